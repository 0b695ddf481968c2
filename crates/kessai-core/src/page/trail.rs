//! A walk by cursors, in which each page says where the next one begins.

use std::collections::HashSet;

use super::Endless;

/// After so many pages without anything new, a list is taken not to advance.
const MOST_IDLE: u8 = 8;

/// Where a walk by cursors is: behind what to ask for the next page, and what has been seen.
#[derive(Debug)]
pub(super) struct Trail {
    /// The next page begins behind it; `None` is the beginning of the list.
    cursor: Option<Box<str>>,
    /// Every cursor that was asked for.
    asked: HashSet<Box<str>>,
    seen: HashSet<Box<str>>,
    idle: u8,
    ended: bool,
}

impl Trail {
    pub(super) fn new(cursor: Option<&str>) -> Self {
        let cursor: Option<Box<str>> = cursor.map(Box::from);
        let asked = cursor.iter().cloned().collect();
        Self { cursor, asked, seen: HashSet::new(), idle: 0, ended: false }
    }

    /// Whether no page is left to ask for.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// What to ask for the next page with.
    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// Takes what a page holds that was asked for, and says of each item whether it is new.
    ///
    /// The next page begins at the cursor that this one says, or else behind its last item. The
    /// list ends where a page says that there is no `more`, and at the latest with an empty page.
    pub(super) fn took(
        &mut self,
        keys: &[&str],
        more: Option<bool>,
        next: Option<&str>,
    ) -> Result<Vec<bool>, Endless> {
        let new: Vec<bool> = keys.iter().map(|key| self.seen.insert(Box::from(*key))).collect();
        let next = next.filter(|next| !next.is_empty()).or(keys.last().copied());
        let Some(next) = next.filter(|_| !keys.is_empty() && more != Some(false)) else {
            self.end();
            return Ok(new);
        };
        self.idle = if new.contains(&true) { 0 } else { self.idle + 1 };
        if self.idle > MOST_IDLE || !self.asked.insert(Box::from(next)) {
            return Err(Endless);
        }
        self.cursor = Some(Box::from(next));
        Ok(new)
    }
}

#[cfg(test)]
mod tests;
