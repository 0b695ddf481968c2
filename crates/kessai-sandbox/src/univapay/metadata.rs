//! Notes of the merchant, which come back as they were sent.

use serde_json::{Map, Value};

use super::filters::has;
use super::refusal::{Refusal, invalid};
use crate::document::Members;

/// The note that says which customer it is.
pub(super) const CUSTOMER: &str = "univapay-customer-id";

/// The notes of a request as JSON, if it has any; only what is flat is taken.
pub(super) fn sent(body: &Members) -> Result<Option<String>, Refusal> {
    let Some(notes) = body.object("metadata") else { return Ok(None) };
    let nested = |value: &serde_json::Value| match value.as_array() {
        Some(items) => items.iter().any(|item| item.is_object() || item.is_array()),
        None => value.is_object(),
    };
    if notes.values().any(nested) {
        return Err(invalid("metadata", "NESTED_JSON_NOT_ALLOWED"));
    }
    Ok(body.literal("metadata").map(str::to_owned))
}

/// The notes of a new thing.
pub(super) fn new(body: &Members) -> Result<String, Refusal> {
    Ok(sent(body)?.unwrap_or_else(|| "{}".to_owned()))
}

/// Whether a text is found in notes: in a name, or in what it says.
pub(super) fn have(notes: &str, text: &str) -> bool {
    read(notes).iter().any(|(name, value)| has(name, text) || is_in(value, text))
}

fn is_in(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => has(own, text),
        Value::Array(items) => items.iter().any(|item| is_in(item, text)),
        other => has(&other.to_string(), text),
    }
}

/// Whether the note of this name is this text.
pub(super) fn is(notes: &str, name: &str, text: &str) -> bool {
    read(notes).get(name).and_then(Value::as_str) == Some(text)
}

/// The notes as they were sent.
pub(super) fn read(notes: &str) -> Map<String, Value> {
    serde_json::from_str(notes).unwrap_or_default()
}
