//! The examples of `specs`, as tests use them.

use std::collections::BTreeMap;
use std::path::Path;

use xtask::examples::{self, Example};
use xtask::generate;

mod reading;

pub use reading::{Arguments, CANARY, answered, json, resource, root, written};

/// The examples of a provider, by operation.
pub fn examples(provider: &str) -> BTreeMap<String, Example> {
    let sources = generate::read(&root(), provider).expect("specs to read");
    let read = |source: &xtask::load::Source| {
        let name =
            Path::new(&source.file).file_stem().expect("a name").to_string_lossy().into_owned();
        (name, examples::read(source).expect("an example"))
    };
    sources.examples.iter().map(read).collect()
}

impl Arguments {
    pub fn of(example: &Example) -> Self {
        Self::new(json(&example.request))
    }
}
