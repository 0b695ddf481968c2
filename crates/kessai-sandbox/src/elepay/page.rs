//! Lists: which of them are wanted, in what order, and which page of those.

use serde_json::{Map, Value, json};

use super::refusal::{self, Refusal};
use crate::document::Members;

/// Answers with the page that `limit` and `offset` ask for; `total` counts all that were found.
pub(super) fn page<T>(
    query: &Members,
    plural: &str,
    found: &[&T],
    show: impl Fn(&T) -> Value,
) -> Result<Value, Refusal> {
    let offset = count(query, "offset")?;
    let limit = count(query, "limit")?;
    let page = found.iter().skip(offset).take(limit).map(|thing| show(thing));
    let page: Value = page.collect();
    let members = [("total".to_owned(), json!(found.len())), (plural.to_owned(), page)];
    Ok(Map::from_iter(members).into())
}

/// Lists that nobody can order begin with the newest.
pub(super) fn newest_first<'a, T>(found: impl DoubleEndedIterator<Item = &'a T>) -> Vec<&'a T> {
    found.rev().collect()
}

/// In the order of `time`, or the reverse for `desc`, which is meant where `order` is absent.
///
/// Those of one millisecond keep the order in which they were made, or its reverse; those that do
/// not have the time come first, or last.
pub(super) fn ordered<'a, T>(
    query: &Members,
    found: impl Iterator<Item = &'a T>,
    time: impl Fn(&T) -> Option<i64>,
) -> Vec<&'a T> {
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|thing| time(thing));
    if query.text("order") != Some("asc") {
        found.reverse();
    }
    found
}

/// Whether `time` is within `from` and `to`; if it is not there, only where neither is asked for.
pub(super) fn within(query: &Members, time: Option<i64>) -> bool {
    let is = |name, fits: fn(i64, i64) -> bool| {
        query.integer(name).is_none_or(|bound| time.is_some_and(|time| fits(bound, time)))
    };
    is("from", |from, time| from <= time) && is("to", |to, time| time <= to)
}

/// Whether the word in this filter is the one meant, or there is no such filter.
pub(super) fn is(query: &Members, name: &str, word: &str) -> bool {
    query.text(name).is_none_or(|wanted| wanted == word)
}

/// Whether the word is one of those in this filter, or there is no such filter.
pub(super) fn is_one_of(query: &Members, name: &str, word: &str) -> bool {
    let wanted = query.texts(name);
    wanted.is_empty() || wanted.contains(&word)
}

/// Whether one of `texts` contains the keyword in any case, or there is no keyword.
pub(super) fn mentions<'a>(
    query: &Members,
    texts: impl IntoIterator<Item = Option<&'a str>>,
) -> bool {
    let Some(keyword) = query.text("keyword") else { return true };
    let keyword = keyword.to_lowercase();
    texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&keyword))
}

/// A number that the document gives a default and that is not negative.
fn count(query: &Members, name: &str) -> Result<usize, Refusal> {
    let count = query.integer(name).ok_or_else(|| refusal::MISSING.at(name))?;
    usize::try_from(count).map_err(|_| refusal::WRONG.at(name))
}
