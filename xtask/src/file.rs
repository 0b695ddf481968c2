//! Text onto the disk: only what differs, and nothing left over.

use std::collections::{BTreeMap, BTreeSet};
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
/// If the disk cannot be read, or an owned folder holds a folder: that is not ours to delete.
pub fn compare(root: &Path, files: &Files, owned: &[PathBuf]) -> io::Result<Changes> {
    let mut changes = Changes::default();
    for (path, text) in files {
        let old = match fs::read_to_string(root.join(path)) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(named(path, &error)),
        };
        if old != *text {
            changes.write.push((path.clone(), diff(path, &old, text)));
        }
    }
    let owned: BTreeSet<&PathBuf> = owned.iter().collect();
    for folder in owned.into_iter().filter(|folder| root.join(folder).is_dir()) {
        for name in names(&root.join(folder))? {
            let path = folder.join(name);
            if root.join(&path).is_dir() {
                let error =
                    io::Error::other("a folder where only generated files may be; remove it");
                return Err(named(&path, &error));
            }
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
        let folder = target.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| fs::write(target, &files[path]));
        written.map_err(|error| named(path, &error))?;
    }
    for path in &changes.delete {
        fs::remove_file(root.join(path)).map_err(|error| named(path, &error))?;
    }
    Ok(())
}

/// Whether there is a file at `path` below `root`.
#[must_use]
pub fn exists(root: &Path, path: &Path) -> bool {
    root.join(path).is_file()
}

/// The text of a file below `root`.
///
/// # Errors
///
/// If it cannot be read.
pub fn read(root: &Path, path: &Path) -> io::Result<String> {
    fs::read_to_string(root.join(path)).map_err(|error| named(path, &error))
}

fn diff(path: &Path, old: &str, new: &str) -> String {
    let name = path.display().to_string();
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(2)
        .header(&format!("{name} (now)"), &format!("{name} (generated)"))
        .to_string()
}

/// Reads the YAML files of a folder: their names and texts, by name. A folder that is not there has
/// none.
///
/// # Errors
///
/// If the folder cannot be read, or holds a `.yml` file, which would be passed over in silence.
pub fn read_yaml(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(texts);
    }
    for name in names(folder)? {
        let path = folder.join(&name);
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("yaml") => {
                let text = fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
                texts.insert(name, text);
            }
            Some("yml") => {
                return Err(named(&path, &io::Error::other("call it `.yaml`, as the others")));
            }
            _ => {}
        }
    }
    Ok(texts)
}

/// The folders below `folder`, by name; not those that begin with a dot.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn folders(folder: &Path) -> io::Result<Vec<String>> {
    let is_ours = |name: &String| !name.starts_with('.') && folder.join(name).is_dir();
    Ok(names(folder)?.into_iter().filter(is_ours).collect())
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    let entries = fs::read_dir(folder).map_err(|error| named(folder, &error))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// The error, with the file it is about.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
