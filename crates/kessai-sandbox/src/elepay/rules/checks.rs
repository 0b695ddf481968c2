//! What several rules check, beyond what the document can say.

use serde_json::{Map, Value};

use crate::document::Members;
use crate::elepay::refusal::{self, Refusal};

/// The text of a member that cannot be absent.
pub(super) fn text<'a>(body: &'a Members, name: &str) -> Result<&'a str, Refusal> {
    body.text(name).ok_or_else(|| refusal::MISSING.at(name))
}

/// An amount of money: not nothing, and not less.
pub(super) fn amount(body: &Members) -> Result<i64, Refusal> {
    let amount = body.integer("amount").ok_or_else(|| refusal::MISSING.at("amount"))?;
    if amount > 0 { Ok(amount) } else { Err(refusal::WRONG.at("amount")) }
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

/// The members of `names` that were sent, to come back as they are.
pub(super) fn echo(body: &Members, names: &[&str]) -> Map<String, Value> {
    let sent = |name: &&str| Some(((*name).to_owned(), body.get(name)?.clone()));
    names.iter().filter_map(sent).collect()
}
