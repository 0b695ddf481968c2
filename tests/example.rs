//! The examples of `specs`, as tests use them.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use kessai_core::{Decode, Error, Response, Unreadable};
use serde::Serialize;
use serde_json::Value;
use xtask::examples::{self, Example};
use xtask::generate;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder above").to_owned()
}

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

/// A node of an example as JSON.
pub fn json(node: &impl Serialize) -> Value {
    serde_json::to_value(node).expect("JSON")
}

/// What an example gives an operation.
pub struct Arguments(Value);

impl Arguments {
    /// The key of a call, unless it says another: with a random one, no two runs would send the same.
    pub const KEY: &str = "00000000-0000-4000-8000-000000000000";

    pub fn new(request: Value) -> Self {
        Self(request)
    }

    pub fn of(example: &Example) -> Self {
        Self(json(&example.request))
    }

    /// The key of the call, where the operation has one.
    pub fn key(&self) -> &str {
        self.0["key"].as_str().unwrap_or(Self::KEY)
    }

    pub fn path<T: for<'a> From<&'a str>>(&self, name: &str) -> T {
        let value = self.0["path"][name].as_str();
        T::from(value.unwrap_or_else(|| panic!("the example has no path parameter `{name}`")))
    }

    pub fn query<T: Decode>(&self) -> T {
        self.part("query")
    }

    pub fn body<T: Decode>(&self) -> T {
        self.part("body")
    }

    /// A part that the example leaves out is an empty one.
    fn part<T: Decode>(&self, name: &str) -> T {
        let text = self.0.get(name).map_or_else(|| "{}".to_owned(), Value::to_string);
        T::decode(text.as_bytes()).expect("an example of the right shape")
    }
}

/// The resource that an operation is of.
pub fn resource<'r>(resources: &[(&'r str, &[&str])], operation: &str) -> &'r str {
    let found = resources.iter().find(|(_, operations)| operations.contains(&operation));
    found.unwrap_or_else(|| panic!("no operation `{operation}`")).0
}

/// An answer, written again.
pub fn answered<T: Debug + Serialize>(answer: Result<Response<T>, Error>) -> Result<Value, Error> {
    answer.map(|response| {
        assert_silent(&response);
        json(&*response)
    })
}

/// What was read, written again.
pub fn written<T: Debug + Serialize>(read: Result<T, Unreadable>) -> Result<Value, Unreadable> {
    read.map(|value| {
        assert_silent(&value);
        json(&value)
    })
}

/// What stands in every place that may not be printed, where a test is about that.
pub const CANARY: &str = "kanarievogel";

/// Whatever is read in these tests is printed too, and holds no canary then.
fn assert_silent(value: &impl Debug) {
    let printed = format!("{value:?} {value:#?}");
    assert!(!printed.contains(CANARY) && !printed.contains("31415926"), "{printed}");
}
