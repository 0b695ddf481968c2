//! Which numbered page shows a certain place of a list.
//!
//! Pages that are numbered begin only at multiples of their size, so that pages of one size never
//! overlap. Pages of different sizes do: by asking for a few items less, a page can begin before a
//! place and go on behind it.

/// How many sizes of a page are tried: enough that one of them nearly always shows something new,
/// however large a page is asked for.
const TRIED: usize = 100;

/// A page that shows what is at `offset`, and the most of what comes behind it: its number, counted
/// from one, and its size, `most` at most. It begins at `first` or later.
pub(super) fn showing(offset: i64, first: i64, most: i64) -> (i64, i64) {
    let pages = (1..=most).rev().take(TRIED).map(|size| (offset / size, size));
    let pages = pages.filter(|(before, size)| before * size >= first && *before < i64::MAX);
    let best = pages.max_by_key(|(before, size)| end(before + 1, *size));
    best.map_or((offset.saturating_add(1), 1), |(before, size)| (before + 1, size))
}

/// What comes behind a page.
pub(super) fn end(number: i64, size: i64) -> i64 {
    number.saturating_mul(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_the_place_and_begins_where_it_may() {
        for (first, most) in (0..9).flat_map(|first| (1..30).map(move |most| (first, most))) {
            for offset in first..200 {
                let (number, size) = showing(offset, first, most);
                let begin = (number - 1) * size;
                assert!((1..=most).contains(&size));
                assert!((first..=offset).contains(&begin) && offset < begin + size);
            }
        }
    }

    #[test]
    fn it_shows_as_much_behind_the_place_as_any_page_can() {
        assert_eq!(showing(0, 0, 20), (1, 20));
        assert_eq!(showing(19, 0, 20), (2, 19));
        assert_eq!(showing(37, 0, 20), (3, 18));
        assert_eq!(showing(25, 0, 20), (2, 20));
        // That page begins before the first place.
        assert_eq!(showing(25, 24, 20), (3, 12));
        // No list is as long, but a caller may begin anywhere.
        assert_eq!(showing(i64::MAX, 0, 1), (i64::MAX, 1));
        // Nor is any page, but a caller may ask for it.
        assert_eq!(showing(0, 0, i64::MAX), (1, i64::MAX));
    }
}
