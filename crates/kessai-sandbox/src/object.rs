//! JSON objects, with their members in the provider's order and with exact numbers.

use serde_json::Value;

/// An object, member by member.
///
/// Not a [`Value`], which holds a number that is no integer as a float.
#[derive(Clone, Default)]
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A member; nothing is null.
    pub(crate) fn put(self, name: &str, value: impl Into<Value>) -> Self {
        let json = value.into().to_string();
        self.literal(name, &json)
    }

    /// A member if it applies; what does not is left out.
    pub(crate) fn put_some<T: Into<Value>>(self, name: &str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.put(name, value),
            None => self,
        }
    }

    /// A member whose JSON is written already.
    pub(crate) fn literal(mut self, name: &str, json: &str) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&Value::from(name).to_string());
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// A member that is an object.
    pub(crate) fn object(self, name: &str, object: &Self) -> Self {
        self.literal(name, &object.json())
    }

    /// A member that is an array of objects.
    pub(crate) fn array(self, name: &str, items: impl Iterator<Item = Self>) -> Self {
        let items: Vec<_> = items.map(|item| item.json()).collect();
        self.literal(name, &format!("[{}]", items.join(",")))
    }

    /// The whole of it.
    pub(crate) fn json(&self) -> String {
        if self.0.is_empty() { "{}".to_owned() } else { format!("{}}}", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_json_in_the_order_of_its_members() {
        let inner = Object::new().put("z", "\"\n").put("a", None::<&str>);
        let object = Object::new()
            .literal("amount", "90071992547409.93")
            .put_some("none", None::<i64>)
            .object("inner", &inner)
            .array("empty", std::iter::empty())
            .array("items", [Object::new(), inner.clone()].into_iter());
        let inner = r#"{"z":"\"\n","a":null}"#;
        let json = format!(
            r#"{{"amount":90071992547409.93,"inner":{inner},"empty":[],"items":[{{}},{inner}]}}"#
        );
        assert_eq!(object.json(), json);
        assert!(serde_json::from_str::<Value>(&json).is_ok());
    }
}
