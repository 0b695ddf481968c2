//! A request that the document allows.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The JSON text of named values, as it was sent.
pub(super) type Literals = BTreeMap<String, Box<RawValue>>;

/// A request in the document's terms, as the rules see it.
pub(crate) struct Call {
    pub(crate) path: BTreeMap<String, String>,
    pub(crate) query: Members,
    pub(crate) body: Members,
}

impl Call {
    /// A call that has nothing but a body, such as one of many in a request.
    pub(crate) fn of_body(body: Members) -> Self {
        let query = Members::new(Map::new(), Literals::new());
        Self { path: BTreeMap::new(), query, body }
    }

    /// What stands in the path at `{name}`; empty if the template has no such place.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }
}

/// Named values whose types were checked: asking for one by another type gives nothing.
pub(crate) struct Members {
    values: Map<String, Value>,
    literals: Literals,
}

impl Members {
    pub(super) fn new(values: Map<String, Value>, literals: Literals) -> Self {
        Self { values, literals }
    }

    /// The JSON text of a member of the body as it was sent: a number has all its digits there.
    pub(crate) fn literal(&self, name: &str) -> Option<&str> {
        self.literals.get(name).map(|literal| literal.get())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.values.get(name)?.as_i64()
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.values.get(name)?.as_bool()
    }

    /// The items of an array; none if it is absent.
    pub(crate) fn array(&self, name: &str) -> &[Value] {
        self.values.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.values.get(name)?.as_object()
    }

    /// The objects of an array of the body, each with its own literals; none if it is absent.
    pub(crate) fn objects(&self, name: &str) -> Vec<Self> {
        let items = self.literal(name).and_then(|array| serde_json::from_str(array).ok());
        let items: Vec<Box<RawValue>> = items.unwrap_or_default();
        let object = |item: &RawValue| {
            let values = serde_json::from_str(item.get()).ok()?;
            Some(Self { values, literals: serde_json::from_str(item.get()).ok()? })
        };
        items.iter().filter_map(|item| object(item)).collect()
    }

    /// The same with a member that is this JSON.
    pub(crate) fn with(mut self, name: &str, literal: &str) -> Self {
        if let (Ok(value), Ok(raw)) = (serde_json::from_str(literal), serde_json::from_str(literal))
        {
            self.values.insert(name.to_owned(), value);
            self.literals.insert(name.to_owned(), raw);
        }
        self
    }

    /// The texts of an array; none if it is absent.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        self.array(name).iter().filter_map(Value::as_str).collect()
    }
}
