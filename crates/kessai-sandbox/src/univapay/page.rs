//! Lists, page by page.

use super::refusal::{Refusal, invalid};
use super::said::Said;
use crate::document::Call;
use crate::object::Object;
use crate::shelf::Thing;

/// Whether the first page of a list tells how many things there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Count {
    Told,
    Untold,
}

/// One page of `things`, which are the oldest first.
///
/// A cursor need not name a thing of the list: ids are in the order of time.
pub(super) fn page<'a, T: Thing + 'a>(
    call: &Call,
    things: impl Iterator<Item = &'a T>,
    count: Count,
    show: impl Fn(&T) -> Object,
) -> Result<Said, Refusal> {
    let limit = call.query.integer("limit").unwrap_or(10);
    let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0);
    let limit = limit.ok_or_else(|| invalid("limit", "INVALID_FORMAT"))?;
    let cursor = call.query.text("cursor");
    if cursor.is_some_and(|cursor| cursor.len() != 36) {
        return Err(invalid("cursor", "INVALID_FORMAT_UUID"));
    }
    let ascending = call.query.text("cursor_direction") == Some("asc");
    let mut all: Vec<_> = things.collect();
    let total = (count == Count::Told && cursor.is_none()).then_some(all.len());
    if !ascending {
        all.reverse();
    }
    if let Some(cursor) = cursor {
        all.retain(|thing| if ascending { thing.id() > cursor } else { thing.id() < cursor });
    }
    let page = Object::new()
        .array("items", all.iter().take(limit).map(|thing| show(thing)))
        .put("has_more", all.len() > limit)
        .put_some("total_hits", total);
    Ok(page.into())
}

/// Refuses filters that the sandbox does not know.
pub(super) fn without(call: &Call, filters: &[&str]) -> Result<(), Refusal> {
    match filters.iter().find(|filter| call.query.get(filter).is_some()) {
        Some(filter) => Err(super::refusal::not_here(filter)),
        None => Ok(()),
    }
}
