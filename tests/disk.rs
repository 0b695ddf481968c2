//! What the generator does to the disk.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::file::{self, Files};

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kessai-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect()
}

#[test]
fn only_what_differs_is_written_and_nothing_is_left_over() {
    let root = Folder::new("differs");
    let owned = [PathBuf::from("out")];
    let first = files(&[("out/a.rs", "a\n"), ("out/b.rs", "b\n"), ("other.json", "{}\n")]);
    let changes = file::compare(&root.0, &first, &owned).expect("a comparison");
    assert_eq!((changes.write.len(), changes.delete.len()), (3, 0));
    file::apply(&root.0, &first, &changes).expect("written");

    let again = file::compare(&root.0, &first, &owned).expect("a comparison");
    assert!(again.is_empty(), "the second time there is nothing to write");

    let second = files(&[("out/a.rs", "A\n"), ("other.json", "{}\n")]);
    let changes = file::compare(&root.0, &second, &owned).expect("a comparison");
    assert_eq!(changes.delete, [Path::new("out/b.rs")]);
    let [(path, diff)] = changes.write.as_slice() else { panic!("one file differs") };
    assert_eq!(path, Path::new("out/a.rs"));
    assert!(diff.contains("-a\n+A\n"), "{diff}");
    file::apply(&root.0, &second, &changes).expect("written");
    assert!(!root.0.join("out/b.rs").exists());
}

#[test]
fn a_folder_goes_when_its_module_is_one_file_again() {
    let root = Folder::new("folder");
    let owned = [PathBuf::from("out")];
    let part = format!("{} from specs/a.yaml. Do not edit.\n", file::MARK);
    let long = files(&[("out/a.rs", "mod sent;\n"), ("out/a/sent.rs", &part)]);
    let changes = file::compare(&root.0, &long, &owned).expect("a comparison");
    file::apply(&root.0, &long, &changes).expect("written");
    assert!(file::compare(&root.0, &long, &owned).expect("a comparison").is_empty());

    fs::write(root.0.join("out/a/notes.rs"), "//! Typed by somebody.\n").expect("a file");
    let typed = file::compare(&root.0, &long, &owned).expect_err("not ours to delete").to_string();
    assert!(typed.contains("out/a/notes.rs"), "{typed}");
    fs::remove_file(root.0.join("out/a/notes.rs")).expect("gone");

    let short = files(&[("out/a.rs", "")]);
    let changes = file::compare(&root.0, &short, &owned).expect("a comparison");
    assert_eq!(changes.delete, [Path::new("out/a/sent.rs")]);
    file::apply(&root.0, &short, &changes).expect("written");
    assert!(root.0.join("out/a.rs").exists() && !root.0.join("out/a").exists());
}

#[test]
fn a_complaint_of_the_disk_names_the_file() {
    let root = Folder::new("complaint");
    fs::create_dir_all(root.0.join("out/old")).expect("a folder");
    let folder = file::compare(&root.0, &Files::new(), &[PathBuf::from("out")]);
    let folder = folder.expect_err("a folder is not ours to delete").to_string();
    assert!(folder.contains("out/old"), "{folder}");

    fs::write(root.0.join("charges.yml"), "").expect("a file");
    let ending = file::read_yaml(&root.0).expect_err("it would be passed over").to_string();
    assert!(ending.contains("charges.yml"), "{ending}");
}
