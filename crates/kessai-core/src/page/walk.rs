//! A walk by offsets, in which each page begins with the last item of the page before.

use std::collections::HashSet;

use super::{Endless, MOST_IDLE};

/// Where a walk is: which page to ask for, and what has been seen.
#[derive(Debug)]
pub(super) struct Walk {
    /// Where the walk began; it never goes back beyond.
    first: i64,
    /// Where the next page begins.
    offset: i64,
    /// How many items to ask for: two at least, one of which is known already.
    limit: i64,
    seen: HashSet<Box<str>>,
    next: Next,
    idle: u8,
}

/// What the next page is to show.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Next {
    /// Anything: there is no page before it.
    Anything,
    /// First the last item of the page before.
    Known,
    /// Nothing, because the page before was not full.
    Nothing { before: i64 },
    /// There is no next page.
    Ended,
}

impl Walk {
    pub(super) fn new(offset: i64, limit: i64) -> Self {
        let first = offset.max(0);
        let limit = limit.max(2);
        Self { first, offset: first, limit, seen: HashSet::new(), next: Next::Anything, idle: 0 }
    }

    /// The page to ask for: its offset and its limit.
    pub(super) fn asks(&self) -> Option<(i64, i64)> {
        (self.next != Next::Ended).then_some((self.offset, self.limit))
    }

    pub(super) fn end(&mut self) {
        self.next = Next::Ended;
    }

    /// Takes the keys of a page that was asked for, and says of each item whether it is new.
    pub(super) fn took(&mut self, keys: &[&str]) -> Result<Vec<bool>, Endless> {
        let count = i64::try_from(keys.len()).unwrap_or(i64::MAX);
        let known = keys.first().is_some_and(|key| self.seen.contains(*key));
        match self.next {
            Next::Anything | Next::Nothing { .. } if count == 0 => {
                self.end();
                return Ok(Vec::new());
            }
            // The provider gives fewer than it is asked for, or the list has grown. With pages of
            // one there is no overlap to be had.
            Next::Nothing { before } if before > 1 && !known => {
                self.limit = before.min(self.limit).max(2);
                self.back(1);
                return Ok(vec![false; keys.len()]);
            }
            Next::Known if !known => {
                self.back(self.limit - 1);
                return Ok(vec![false; keys.len()]);
            }
            _ => {}
        }
        let new: Vec<bool> = keys.iter().map(|key| self.seen.insert(Box::from(*key))).collect();
        self.idle = if new.contains(&true) { 0 } else { self.idle + 1 };
        if self.idle > MOST_IDLE {
            return Err(Endless);
        }
        if count < self.limit {
            self.next = Next::Nothing { before: count };
            self.offset += count;
        } else {
            self.next = Next::Known;
            self.offset += count - 1;
        }
        Ok(new)
    }

    /// Goes back, to find an item that is known.
    fn back(&mut self, by: i64) {
        self.offset = (self.offset - by).max(self.first);
        self.next = if self.offset == self.first { Next::Anything } else { Next::Known };
    }
}

#[cfg(test)]
mod tests;
