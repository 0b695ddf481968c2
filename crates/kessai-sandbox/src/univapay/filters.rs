//! What lists are narrowed by.

use super::cards::Card;
use super::refusal::{Refusal, invalid};
use super::time::instant;
use crate::document::Call;

/// Whether the filter, if there is one, is this text.
pub(super) fn is(call: &Call, filter: &str, text: &str) -> bool {
    within(call, filter, |asked| asked == text)
}

/// Whether the filter, if there is one, fits.
pub(super) fn within(call: &Call, filter: &str, fits: impl FnOnce(&str) -> bool) -> bool {
    call.query.text(filter).is_none_or(fits)
}

/// Whether a text is found in another, in capitals or not.
pub(super) fn has(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// Whether what pays is such a card, if the filters by card ask for one.
pub(super) fn of_card(call: &Call, card: Option<&Card>) -> bool {
    let fits = |filter, fits: &dyn Fn(&Card, &str) -> bool| {
        within(call, filter, |asked| card.is_some_and(|card| fits(card, asked)))
    };
    fits("card_last_four", &|card, asked| card.last_four == asked)
        && fits("card_exp", &|card, asked| card.expires() == asked)
        && fits("cardholder", &|card, asked| {
            let name = card.cardholder.as_deref().unwrap_or_default();
            match asked.strip_prefix('"').and_then(|asked| asked.strip_suffix('"')) {
                Some(whole) => name == whole,
                None => has(name, asked),
            }
        })
}

/// A span of time.
pub(super) struct Span {
    from: i64,
    to: i64,
}

impl Span {
    /// The span that two filters ask for: as ISO 8601, or in milliseconds since 1970.
    pub(super) fn read(call: &Call, from: &str, to: &str) -> Result<Self, Refusal> {
        let time = |filter, open| match call.query.text(filter) {
            None => Ok(open),
            Some(text) => {
                let time = instant(text).or_else(|| text.parse().ok());
                time.ok_or_else(|| invalid(filter, "INVALID_FORMAT_DATE"))
            }
        };
        Ok(Self { from: time(from, i64::MIN)?, to: time(to, i64::MAX)? })
    }

    /// Whether it asks for anything.
    pub(super) fn is_open(&self) -> bool {
        (self.from, self.to) == (i64::MIN, i64::MAX)
    }

    /// Whether the time is in it; its end is not.
    pub(super) fn includes(&self, time: i64) -> bool {
        self.from <= time && (time < self.to || self.to == i64::MAX)
    }

    /// Whether the time is in it; its end is, too.
    pub(super) fn includes_to_the_end(&self, time: i64) -> bool {
        self.from <= time && time <= self.to
    }
}
