//! A request that the document allows.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A request in the document's terms, as the rules see it.
pub(crate) struct Call {
    pub(crate) path: BTreeMap<String, String>,
    pub(crate) query: Members,
    pub(crate) body: Members,
}

impl Call {
    /// What stands in the path at `{name}`; empty if the template has no such place.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }
}

/// Named values whose types were checked: asking for one by another type gives nothing.
pub(crate) struct Members(Map<String, Value>);

impl Members {
    pub(crate) fn new(members: Map<String, Value>) -> Self {
        Self(members)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    /// The items of an array; none if it is absent.
    pub(crate) fn array(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name)?.as_object()
    }

    /// The texts of an array; none if it is absent.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        self.array(name).iter().filter_map(Value::as_str).collect()
    }
}
