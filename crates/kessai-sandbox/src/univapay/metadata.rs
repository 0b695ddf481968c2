//! Notes of the merchant, which come back as they were sent.

use super::refusal::{Refusal, invalid};
use crate::document::Members;

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
