//! Lists, page by page.

use super::refusal::{Refusal, invalid};
use crate::document::Members;

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// The first is 1.
    pub(super) number: usize,
    pub(super) limit: usize,
}

impl Page {
    /// Reads `page` and `limit`, which the document gives defaults or requires.
    pub(super) fn read(query: &Members) -> Result<Self, Refusal> {
        let count = |name: &str| {
            let count = usize::try_from(query.integer(name).unwrap_or(1)).ok();
            let positive = count.filter(|count| *count > 0);
            positive.ok_or_else(|| invalid(name, "it is less than 1"))
        };
        Ok(Self { number: count("page")?, limit: count("limit")? })
    }

    /// The items that are on the page.
    pub(super) fn of<T>(self, items: &[T]) -> &[T] {
        let start = (self.number - 1).saturating_mul(self.limit).min(items.len());
        let end = start.saturating_add(self.limit).min(items.len());
        &items[start..end]
    }

    /// How many pages so many items are.
    pub(super) fn pages(self, items: usize) -> usize {
        items.div_ceil(self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_may_be_short_and_those_after_it_are_empty() {
        let page = |number| Page { number, limit: 2 };
        assert_eq!(
            [1, 2, 3, usize::MAX].map(|number| page(number).of(&[7, 8, 9]).len()),
            [2, 1, 0, 0]
        );
        assert_eq!([0, 1, 2, 3].map(|items| page(1).pages(items)), [0, 1, 1, 2]);
    }
}
