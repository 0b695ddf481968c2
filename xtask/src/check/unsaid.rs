//! Limits and defaults that the docs do not say.
//!
//! A rule goes when the docs learn to say it; until then the description is where it is read.

use super::Report;
use super::outline::{Kind, Outline, Role, Site};
use crate::document::{Entry, Value};

/// The keys, and what to write in their place.
const KEYS: [(&str, &str); 7] = [
    ("pattern", "how the text is written, in the description"),
    ("minItems", "how many there are at least, in the description"),
    ("uniqueItems", "that each item comes once, in the description"),
    ("minProperties", "how many entries there are at least, in the description"),
    ("exclusiveMinimum", "the least number that is allowed as `minimum`"),
    ("exclusiveMaximum", "the greatest number that is allowed as `maximum`"),
    ("multipleOf", "which numbers are allowed, in the description"),
];

const PROBLEM: &str = "is a limit that the docs do not say";

/// Whether a key of a schema is looked at here.
pub(super) fn is_key(name: &str) -> bool {
    KEYS.iter().any(|(key, _)| *key == name)
}

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.schemas() {
        for Entry { key, node, .. } in schema.node.entries() {
            match (key.as_str(), &node.value) {
                ("minimum" | "maximum", Value::Float(_)) => {
                    let instead = "a whole number, or the limit in the description";
                    report.refuse_key(schema, key, PROBLEM, instead);
                }
                ("default", value) if is_unsaid(schema, value) => {
                    let problem = "is a default that the docs do not say";
                    let instead = "what is taken when it is left out, in the description";
                    report.refuse_key(schema, key, problem, instead);
                }
                _ => {}
            }
            if let Some((_, instead)) = KEYS.iter().find(|(unsaid, _)| unsaid == key)
                && !stands_for_none(schema, key, &node.value)
            {
                report.refuse_key(schema, key, PROBLEM, *instead);
            }
        }
    }
}

/// Whether it says that an empty object of a type stands for none, as the docs say too.
fn stands_for_none(schema: &Site<'_>, key: &str, value: &Value) -> bool {
    let named = schema.kind == Kind::Schema(Role::Named) && schema.node.get("properties").is_some();
    named && (key, value) == ("minProperties", &Value::Integer(1))
}

/// Whether a default is one that the type allows (any other is refused as such), but no plain
/// value.
fn is_unsaid(schema: &Site<'_>, value: &Value) -> bool {
    matches!(
        (schema.schema_type(), value),
        ("array", Value::List(_)) | ("object", Value::Map(_)) | ("number", Value::Float(_))
    )
}
