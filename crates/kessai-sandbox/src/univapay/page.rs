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
    check_uuid(call)?;
    Ok(cut(call, things, count, show)?.0.into())
}

/// The same, with the cursor of the next page, if there is one.
pub(super) fn page_with_next<'a, T: Thing + 'a>(
    call: &Call,
    things: impl Iterator<Item = &'a T>,
    count: Count,
    show: impl Fn(&T) -> Object,
) -> Result<Said, Refusal> {
    check_uuid(call)?;
    let (page, next) = cut(call, things, count, show)?;
    Ok(page.put_some("next_cursor", next).into())
}

fn check_uuid(call: &Call) -> Result<(), Refusal> {
    if call.query.text("cursor").is_some_and(|cursor| cursor.len() != 36) {
        return Err(invalid("cursor", "INVALID_FORMAT_UUID"));
    }
    Ok(())
}

/// One page where ids are digits, as many in each.
pub(super) fn digits_page<'a, T: Thing + 'a>(
    call: &Call,
    things: impl Iterator<Item = &'a T>,
    show: impl Fn(&T) -> Object,
) -> Result<Said, Refusal> {
    let cursor = call.query.text("cursor").unwrap_or_default();
    if !cursor.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid("cursor", "INVALID_FORMAT"));
    }
    Ok(cut(call, things, Count::Untold, show)?.0.into())
}

/// A page, and the id of its last thing if there are more.
fn cut<'a, T: Thing + 'a>(
    call: &Call,
    things: impl Iterator<Item = &'a T>,
    count: Count,
    show: impl Fn(&T) -> Object,
) -> Result<(Object, Option<&'a str>), Refusal> {
    let limit = call.query.integer("limit").unwrap_or(10);
    let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0);
    let limit = limit.ok_or_else(|| invalid("limit", "INVALID_FORMAT"))?;
    let cursor = call.query.text("cursor");
    let ascending = call.query.text("cursor_direction") == Some("asc");
    let mut all: Vec<&'a T> = things.collect();
    let total = (count == Count::Told && cursor.is_none()).then_some(all.len());
    if !ascending {
        all.reverse();
    }
    if let Some(cursor) = cursor {
        all.retain(|thing| if ascending { thing.id() > cursor } else { thing.id() < cursor });
    }
    let has_more = all.len() > limit;
    let last = if has_more { all.get(limit - 1) } else { None };
    let page = Object::new()
        .array("items", all.iter().take(limit).map(|thing| show(thing)))
        .put("has_more", has_more)
        .put_some("total_hits", total);
    Ok((page, last.map(|thing| thing.id())))
}
