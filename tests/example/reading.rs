//! What the generated tables of operations stand on. It knows no specification, so that the fuzz
//! targets, which are built without the generator, can have it too.

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use kessai_core::{Decode, Error, Response, Unreadable};
use serde::Serialize;
use serde_json::Value;

/// The root of the repository.
pub fn root() -> PathBuf {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.find(|folder| folder.join("specs").is_dir()).expect("a folder above").to_owned()
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
pub fn answered<T: Debug + Decode + Serialize>(
    answer: Result<Response<T>, Error>,
) -> Result<Value, Error> {
    answer.map(|response| {
        assert_silent(&response);
        again(&*response)
    })
}

/// What was read, written again.
pub fn written<T: Debug + Decode + Serialize>(
    read: Result<T, Unreadable>,
) -> Result<Value, Unreadable> {
    read.map(|value| {
        assert_silent(&value);
        again(&value)
    })
}

/// A value as JSON, which reads as the same value. What lies too deep for a [`Value`] is its text.
fn again<T: Decode + Serialize>(value: &T) -> Value {
    let text = serde_json::to_string(value).expect("JSON");
    let read = T::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(serde_json::to_string(&read).expect("JSON"), text, "it is written as it was read");
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// What stands in every place that may not be printed, where a test is about that.
pub const CANARY: &str = "kanarievogel";

/// Whatever is read in these tests is printed too, and holds no canary then.
fn assert_silent(value: &impl Debug) {
    let printed = format!("{value:?} {value:#?}");
    assert!(!printed.contains(CANARY) && !printed.contains("31415926"), "{printed}");
}
