//! What several rules check, beyond what the document can say.

use serde_json::Value;

use super::refusal::{self, Refusal};
use crate::document::Members;

/// The text of a member that cannot be absent.
pub(super) fn text<'a>(body: &'a Members, name: &str) -> Result<&'a str, Refusal> {
    body.text(name).ok_or_else(|| refusal::MISSING.at(name))
}

/// An amount of money that cannot be absent: not nothing, and not less.
pub(super) fn amount(body: &Members) -> Result<i64, Refusal> {
    positive(body, "amount")?.ok_or_else(|| refusal::MISSING.at("amount"))
}

/// A number that may be absent but, if it is there, is more than nothing.
pub(super) fn positive(body: &Members, name: &str) -> Result<Option<i64>, Refusal> {
    match body.integer(name) {
        Some(number) if number <= 0 => Err(refusal::WRONG.at(name)),
        number => Ok(number),
    }
}

/// Any currency that is written as ISO 4217 writes it.
pub(super) fn currency(body: &Members) -> Result<&str, Refusal> {
    let currency = text(body, "currency")?;
    let capitals = currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if capitals { Ok(currency) } else { Err(refusal::WRONG_CURRENCY.at("currency")) }
}

/// Texts that a request may have at any length, but an answer may not.
pub(super) fn short(body: &Members, names: &[&str]) -> Result<(), Refusal> {
    let long = |name: &&&str| body.text(name).is_some_and(|text| text.chars().count() > 255);
    names.iter().find(long).map_or(Ok(()), |name| Err(refusal::WRONG.at(name)))
}

/// An address that a browser can open.
pub(super) fn link(text: Option<&str>, at: &str) -> Result<(), Refusal> {
    let opens = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    if text.is_none_or(opens) { Ok(()) } else { Err(refusal::WRONG.at(at)) }
}

/// Keys of `extra` and `metadata` are at most 20 characters, and those of `metadata` must not
/// look like elepay's own; its values are at most 255 bytes.
pub(super) fn notes(body: &Members) -> Result<(), Refusal> {
    let keys = |name: &str, allowed: fn(&str, &Value) -> bool| {
        let map = body.object(name).into_iter().flatten();
        let mut wrong = map.filter(|(key, value)| !allowed(key, value));
        wrong.next().map_or(Ok(()), |(key, _)| Err(refusal::WRONG.at(&format!("{name}.{key}"))))
    };
    keys("extra", |key, _| key.chars().count() <= 20)?;
    keys("metadata", |key, value| {
        let reserved = key.starts_with("route") || key.starts_with("__");
        let short = value.as_str().is_none_or(|value| value.len() <= 255);
        key.chars().count() <= 20 && !reserved && short
    })
}
