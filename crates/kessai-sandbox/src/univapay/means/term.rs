//! How long there is to bring the money.

use super::{Data, Refusal, invalid, text};
use crate::object::Object;
use crate::univapay::time::{DAY_MS, duration, time_of_day};

/// How long there is to pay, as it was asked for.
#[derive(Clone)]
pub(super) struct Term {
    period: Option<String>,
    shift: Option<String>,
}

impl Term {
    /// 30 days.
    const USUAL_MS: i64 = 30 * DAY_MS;

    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        let read = |name: &str, known: fn(&str) -> bool| match text(data, name)? {
            Some(text) if !known(text) => Err(invalid(name, "INVALID_FORMAT")),
            text => Ok(text.map(str::to_owned)),
        };
        Ok(Self {
            period: read("expiration_period", |text| duration(text).is_some())?,
            shift: read("expiration_time_shift", |text| time_of_day(text).is_some())?,
        })
    }

    pub(super) fn show(&self, object: Object) -> Object {
        object
            .put("expiration_period", self.period.as_deref().unwrap_or("P30D"))
            .put_some("expiration_time_shift", self.shift.as_deref())
    }

    /// The end of it: moved on to the next such time of day, if one was asked for.
    pub(super) fn end(&self, now: i64) -> i64 {
        let period = self.period.as_deref().and_then(duration).unwrap_or(Self::USUAL_MS);
        let end = now.saturating_add(period);
        match self.shift.as_deref().and_then(time_of_day) {
            Some(time) => {
                let wait = time.saturating_sub(end).rem_euclid(DAY_MS);
                end.saturating_add(wait)
            }
            None => end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn term(period: Option<&str>, shift: Option<&str>) -> Term {
        Term { period: period.map(str::to_owned), shift: shift.map(str::to_owned) }
    }

    #[test]
    fn the_end_is_moved_to_the_next_such_time_of_day() {
        assert_eq!(term(None, None).end(7), 7 + 30 * DAY_MS);
        assert_eq!(term(Some("PT9H"), None).end(7), 7 + 9 * HOUR);
        // Noon in London is nine in the evening in Tokyo.
        let evening = term(Some("PT12H"), Some("23:00:00+09:00"));
        assert_eq!(evening.end(0), 14 * HOUR);
        let morning = term(Some("PT12H"), Some("07:00:00+09:00"));
        assert_eq!(morning.end(0), 22 * HOUR);
    }
}
