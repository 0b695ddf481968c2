//! Text onto the disk: only what differs, and nothing left over.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// What the generator made: the text of each file, by its path from the root of the repository.
pub type Files = BTreeMap<PathBuf, String>;

/// What stands between the files on the disk and what they should be.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files to write: the path and a diff.
    pub write: Vec<(PathBuf, String)>,
    /// Files to delete, because nothing makes them any more.
    pub delete: Vec<PathBuf>,
}

impl Changes {
    /// Whether the disk is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.delete.is_empty()
    }
}

/// Compares the disk below `root` with what was made. The folders `owned` may hold nothing else.
///
/// # Errors
///
/// If the disk cannot be read.
pub fn compare(root: &Path, files: &Files, owned: &[PathBuf]) -> io::Result<Changes> {
    let mut changes = Changes::default();
    for (path, text) in files {
        let old = match fs::read_to_string(root.join(path)) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        if old != *text {
            changes.write.push((path.clone(), diff(path, &old, text)));
        }
    }
    for folder in owned {
        if !root.join(folder).is_dir() {
            continue;
        }
        for entry in fs::read_dir(root.join(folder))? {
            let path = folder.join(entry?.file_name());
            if !files.contains_key(&path) {
                changes.delete.push(path);
            }
        }
    }
    Ok(changes)
}

/// Makes the disk as it should be.
///
/// # Errors
///
/// If the disk cannot be written.
pub fn apply(root: &Path, files: &Files, changes: &Changes) -> io::Result<()> {
    for (path, _) in &changes.write {
        let target = root.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(target, &files[path])?;
    }
    changes.delete.iter().try_for_each(|path| fs::remove_file(root.join(path)))
}

fn diff(path: &Path, old: &str, new: &str) -> String {
    let name = path.display().to_string();
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(2)
        .header(&format!("{name} (now)"), &format!("{name} (generated)"))
        .to_string()
}

/// Reads the YAML files of a folder: their names and texts, by name.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn read_yaml(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.is_file() && path.extension().is_some_and(|ending| ending == "yaml") {
            texts.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(texts)
}

/// The folders below `folder`, by name.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn folders(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}
