//! The seeds and the corpus of each target, played again.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::{TARGETS, Target};
use crate::example::root;

/// What is kept for a target.
fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = root().join("tests/fuzz/corpus").join(target);
    let files = fs::read_dir(folder).expect("a corpus").map(|it| it.expect("an entry").path());
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    let read = |path: PathBuf| (path.clone(), fs::read(path).expect("an input"));
    files.into_iter().map(read).collect()
}

pub fn replay(target: &Target) {
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty());
    for (at, seed) in seeds.iter().enumerate() {
        // Shown if it panics.
        println!("seed {at}");
        (target.run)(seed);
    }
    for (path, input) in corpus(target.name) {
        println!("{}", path.display());
        (target.run)(&input);
    }
}

#[test]
fn every_target_has_a_program_and_a_corpus_of_bounded_size() {
    let manifest = fs::read_to_string(root().join("tests/fuzz/Cargo.toml")).expect("a manifest");
    let bins = manifest.split("[[bin]]\nname = \"").skip(1);
    let bins: BTreeSet<&str> = bins.filter_map(|bin| bin.split('"').next()).collect();
    assert_eq!(bins, TARGETS.iter().map(|target| target.name).collect());
    let folders = fs::read_dir(root().join("tests/fuzz/corpus")).expect("corpora");
    assert_eq!(folders.count(), TARGETS.len());
    for target in TARGETS {
        let corpus = corpus(target.name);
        let size: usize = corpus.iter().map(|(_, input)| input.len()).sum();
        let (count, name) = (corpus.len(), target.name);
        assert!((1..=50).contains(&count) && size <= 50_000, "{name}: {count}, {size} bytes");
    }
}
