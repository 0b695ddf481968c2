//! Good answers, bent: what still must read, and what must not.

use serde_json::Value;

use crate::document::{Document, Shape};
use crate::secrecy::CANARY;

/// One good answer in other shapes. What is missing here cannot be made of it.
pub struct Shapes {
    /// Without a member that must be there.
    pub missing: Option<String>,
    /// With null for one that must be there.
    pub null: Option<String>,
    /// With null for each that need not be there.
    pub nulls: Option<String>,
    /// With words and members that nobody knows, and numbers as text.
    pub newer: String,
    /// With a member that nobody knows, a hundred levels deep.
    pub deep: String,
    /// With a member that is there twice.
    pub twice: Option<String>,
}

/// What bends an answer, and where it must not.
struct Bender<'d> {
    document: &'d Document,
    /// The paths to members that say by known words alone that it is a good answer.
    success: Vec<&'d str>,
}

impl Shapes {
    /// What can be made of `good`, the answer of the operation that is `told` of, which is of
    /// `schema`.
    pub fn of(document: &Document, told: &Value, schema: &Value, good: &str) -> Self {
        let rules = super::row::rules(told).filter(|rule| rule["values"].is_array());
        let success = rules.filter_map(|rule| rule["member"].as_str()).collect();
        let bender = Bender { document, success };
        let parsed: Value = serde_json::from_str(good).expect("JSON");
        let is_signed = document.resolve(schema)["x-kessai-signed"].is_array();
        let required = bender.required(schema, &parsed);
        let bent = |bend: &dyn Fn(&mut Value, &str)| {
            required.as_ref().map(|name| {
                let mut body = parsed.clone();
                bend(&mut body, name);
                body.to_string()
            })
        };
        let newer = if is_signed { good.to_owned() } else { bender.newer(schema, &parsed) };
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        Self {
            missing: bent(&|body, name| {
                body.as_object_mut().and_then(|members| members.remove(name));
            }),
            null: bent(&|body, name| body[name] = Value::Null),
            nulls: (!is_signed).then(|| bender.nulls(schema, &parsed)).flatten(),
            newer: with(&newer, "newerThanThisCrate", &format!(r#"{{"deep":"{CANARY}"}}"#)),
            deep: with(good, "newerThanThisCrate", &deep),
            twice: bender.known(schema, &parsed).map(|(name, value)| with(good, &name, &value)),
        }
    }
}

/// The text of an object, or of a list of them, with one member more in front of the first.
pub fn with(body: &str, name: &str, value: &str) -> String {
    let comma = if body.starts_with("{}") { "" } else { "," };
    body.replacen('{', &format!(r#"{{"{name}":{value}{comma}"#), 1)
}

impl Bender<'_> {
    /// A member that must be there, may not be null and is.
    fn required(&self, schema: &Value, body: &Value) -> Option<String> {
        let Shape::Object(properties, required) = self.document.shape(schema) else { return None };
        let fits = |name: &&str| {
            let member = self.document.resolve(&properties[*name]);
            body.get(*name).is_some() && member["nullable"] != true && !member["type"].is_null()
        };
        required.iter().find(|name| fits(name)).map(|name| (*name).to_owned())
    }

    /// A member that the schema knows, as text.
    fn known(&self, schema: &Value, body: &Value) -> Option<(String, String)> {
        let Shape::Object(properties, _) = self.document.shape(schema) else { return None };
        let known = |name: &&String| properties.get(name.as_str()).is_some();
        let (name, value) = body.as_object()?.iter().find(|(name, _)| known(name))?;
        Some((name.clone(), value.to_string()))
    }

    fn nulls(&self, schema: &Value, body: &Value) -> Option<String> {
        let Shape::Object(properties, required) = self.document.shape(schema) else { return None };
        let mut body = body.clone();
        let mut count = 0;
        for name in properties.as_object()?.keys() {
            let is_needed =
                self.success.iter().any(|path| path.split('.').next() == Some(name.as_str()));
            if !is_needed && !required.contains(&name.as_str()) {
                body[name] = Value::Null;
                count += 1;
            }
        }
        (count > 0).then(|| body.to_string())
    }

    fn newer(&self, schema: &Value, body: &Value) -> String {
        let mut body = body.clone();
        self.renew(schema, &mut body, "");
        body.to_string()
    }

    fn renew(&self, schema: &Value, body: &mut Value, path: &str) {
        let schema = self.document.resolve(schema);
        match (self.document.shape(schema), body) {
            (Shape::Object(properties, _), Value::Object(members)) => {
                for (name, member) in members {
                    let path = format!("{path}.{name}");
                    if let Some(schema) = properties.get(name)
                        && !self.success.contains(&&path[1..])
                    {
                        self.renew(schema, member, &path);
                    }
                }
            }
            (Shape::List(items), Value::Array(list)) => {
                for item in list {
                    self.renew(items, item, path);
                }
            }
            (Shape::Plain, body) if body.is_number() => *body = body.to_string().into(),
            (Shape::Plain, body) if body.is_string() && schema["enum"].is_array() => {
                *body = "newer_than_this_crate".into();
            }
            _ => {}
        }
    }
}
