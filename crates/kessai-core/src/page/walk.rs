//! A walk by offsets, in which each page begins with the last item of the page before; or by the
//! numbers of pages, each of which shows that item.

use std::collections::HashSet;

use super::{Endless, window};

/// Where a walk is: which page to ask for, and what has been seen.
#[derive(Debug)]
pub(super) struct Walk {
    /// Where the walk began; it never goes back beyond.
    first: i64,
    /// Where the next page begins.
    offset: i64,
    /// How many items to ask for: two at least, one of which is known already.
    limit: i64,
    /// How many were asked for last.
    asked: i64,
    /// The most items that came in one page: the provider may give fewer than it is asked for.
    full: i64,
    seen: HashSet<Box<str>>,
    next: Next,
    /// How many pages in a row brought nothing new.
    idle: i64,
}

/// How the next page must begin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Next {
    /// With anything: there is no page before it, or pages of one, which cannot overlap.
    Anything,
    /// With an item that is known.
    Known,
    /// There is no next page.
    Ended,
}

impl Walk {
    pub(super) fn new(offset: i64, limit: i64) -> Self {
        let first = offset.max(0);
        Self {
            first,
            offset: first,
            limit: limit.max(2),
            asked: 0,
            full: 0,
            seen: HashSet::new(),
            next: Next::Anything,
            idle: 0,
        }
    }

    /// The page to ask for: its offset and its limit.
    pub(super) fn asks(&mut self) -> Option<(i64, i64)> {
        self.asked = self.limit;
        (self.next != Next::Ended).then_some((self.offset, self.limit))
    }

    /// The same, where pages have numbers: its number, counted from one, and its limit.
    pub(super) fn asks_by_number(&mut self) -> Option<(i64, i64)> {
        if self.next == Next::Ended {
            return None;
        }
        // Where a page begins depends on how many the provider really gives.
        let most = if self.full == 0 { self.limit } else { self.limit.min(self.full) };
        let mut page = window::showing(self.offset, self.first, most);
        if self.next == Next::Known && window::end(page.0, page.1) < self.offset.saturating_add(2) {
            // No page shows more than the item that is known: none can overlap here.
            self.next = Next::Anything;
            page = window::showing(self.offset.saturating_add(1), self.first, most);
        }
        let (number, size) = page;
        self.offset = (number - 1) * size;
        self.asked = size;
        Some(page)
    }

    pub(super) fn end(&mut self) {
        self.next = Next::Ended;
    }

    /// Takes the keys of a page that was asked for, and says of each item whether it is new.
    pub(super) fn took(&mut self, keys: &[&str]) -> Result<Vec<bool>, Endless> {
        let count = i64::try_from(keys.len()).unwrap_or(i64::MAX);
        let known = keys.first().is_some_and(|key| self.seen.contains(*key));
        if self.next == Next::Known && !known {
            self.back();
            return Ok(vec![false; keys.len()]);
        }
        let new: Vec<bool> = keys.iter().map(|key| self.seen.insert(Box::from(*key))).collect();
        let nothing_new = !new.contains(&true);
        // The list ends where a page that fits onto what is known brings nothing more, and is
        // shorter than pages are.
        if count == 0 || (nothing_new && count < self.full.min(self.asked)) {
            self.end();
            return Ok(new);
        }
        self.full = self.full.max(count);
        self.idle = if nothing_new { self.idle + 1 } else { 0 };
        if self.idle > self.patience() {
            return Err(Endless);
        }
        (self.offset, self.next) = if self.full > 1 {
            (self.offset + count - 1, Next::Known)
        } else {
            (self.offset + count, Next::Anything)
        };
        Ok(new)
    }

    /// Goes back, to find an item that is known.
    fn back(&mut self) {
        self.offset = (self.offset - (self.full - 1).max(1)).max(self.first);
        self.next = if self.offset == self.first { Next::Anything } else { Next::Known };
    }

    /// How many pages may bring nothing new: as many as it takes to pass all that is known, which
    /// new items in front may have pushed to where the walk is, and a few for those that come
    /// meanwhile.
    fn patience(&self) -> i64 {
        let seen = i64::try_from(self.seen.len()).unwrap_or(i64::MAX);
        seen / (self.full - 1).max(1) + 8
    }
}

#[cfg(test)]
mod tests;
