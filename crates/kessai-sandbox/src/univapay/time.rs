//! Times and spans of time as ISO 8601 writes them.

use crate::calendar::{iso, midnight};

/// Japan is nine hours ahead.
pub(super) const ZONE_MS: i64 = 9 * HOUR_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const MINUTE_MS: i64 = 60 * 1000;

/// The day of a time in Japan, such as `2026-04-12`.
pub(super) fn date(time: i64) -> String {
    iso(time.saturating_add(ZONE_MS)).split('T').next().unwrap_or_default().to_owned()
}

/// A time with its zone, such as `2026-04-12T12:00:00.5+09:00`, in milliseconds since 1970; what is
/// finer than that is dropped.
pub(super) fn instant(text: &str) -> Option<i64> {
    let (day, time) = text.split_once(['T', 't'])?;
    midnight(day)?.checked_add(time_of_day(time)?)
}

/// A time of day with its zone, such as `23:59:59+09:00`, in milliseconds since midnight in London;
/// less than nothing where that is the day before.
pub(super) fn time_of_day(text: &str) -> Option<i64> {
    let (clock, ahead) = match text.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, 0),
        None => {
            let (clock, zone) = text.split_at_checked(text.rfind(['+', '-'])?)?;
            let (sign, zone) = zone.split_at_checked(1)?;
            let ahead = of_clock(zone)?;
            (clock, if sign == "-" { -ahead } else { ahead })
        }
    };
    Some(of_clock(clock)? - ahead)
}

/// Hours and minutes, and seconds where there are any.
fn of_clock(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let (hours, minutes) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
    let ms = match parts.next() {
        None => 0,
        Some(seconds) => {
            let (seconds, part) = seconds.split_once('.').unwrap_or((seconds, "0"));
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let thousandths: String = part.chars().chain("00".chars()).take(3).collect();
            number(seconds, 59)? * 1000 + thousandths.parse::<i64>().ok()?
        }
    };
    Some(hours * HOUR_MS + minutes * MINUTE_MS + ms)
}

/// Two digits that are not more than `most`.
fn number(text: &str, most: i64) -> Option<i64> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if is_number { text.parse().ok()? } else { return None };
    (number <= most).then_some(number)
}

/// A span of weeks, days, hours, minutes and seconds, such as `P7D` or `PT216H`, in milliseconds.
pub(super) fn duration(text: &str) -> Option<i64> {
    let text = text.strip_prefix('P')?;
    let (days, clock) = text.split_once('T').unwrap_or((text, ""));
    let mut sum: i64 = 0;
    for (part, units) in [
        (days, &[('W', 7 * DAY_MS), ('D', DAY_MS)][..]),
        (clock, &[('H', HOUR_MS), ('M', MINUTE_MS), ('S', 1000)][..]),
    ] {
        let mut rest = part;
        for (letter, ms) in units {
            if let Some((count, after)) = rest.split_once(*letter) {
                sum =
                    sum.checked_add(count.parse::<u32>().ok().map(i64::from)?.checked_mul(*ms)?)?;
                rest = after;
            }
        }
        if !rest.is_empty() {
            return None;
        }
    }
    (sum > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_same_wherever_it_is_told() {
        let noon = DAY_MS / 2 + 500;
        for text in ["1970-01-01T12:00:00.5Z", "1970-01-01T21:00:00.5004+09:00"] {
            assert_eq!(instant(text), Some(noon), "{text}");
        }
        assert_eq!(instant("1970-01-01T07:00:00.500-05:00"), Some(noon));
        for text in ["1970-01-01", "1970-01-01T12:00:00", "1970-01-01T24:00:00Z", "T+", "1T1Z"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_of_time_has_its_units_in_order() {
        assert_eq!(duration("P7D"), Some(7 * DAY_MS));
        assert_eq!(duration("PT216H"), Some(9 * DAY_MS));
        assert_eq!(duration("P1DT1H1M1S"), Some(DAY_MS + HOUR_MS + MINUTE_MS + 1000));
        for text in ["", "P", "P0D", "7D", "P1M", "PT1D", "P1HT", "P-1D", "P日D"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
