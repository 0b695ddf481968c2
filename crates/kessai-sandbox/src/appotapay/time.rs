//! Times as AppotaPay writes them, always by the clocks of Vietnam, seven hours ahead of UTC.

use crate::calendar::{self, Interval, iso};
use crate::card_number::is_digits;

const AHEAD_MS: i64 = 7 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A time in milliseconds since 1970, such as `2026-07-20T09:34:59+07:00`.
pub(super) fn rfc3339(ms: i64) -> String {
    format!("{}+07:00", local(ms))
}

/// The same without the offset, such as `2026-07-20T09:34:59`.
pub(super) fn local(ms: i64) -> String {
    let mut text = iso(ms.saturating_add(AHEAD_MS));
    text.truncate(text.len() - ".000Z".len());
    text
}

/// A time as `dd-MM-yyyy HH:mm:ss`.
pub(super) fn day_first(ms: i64) -> String {
    let local = local(ms);
    let (date, time) = local.split_once('T').unwrap_or_default();
    let mut parts = date.rsplitn(3, '-');
    let mut part = || parts.next().unwrap_or_default();
    format!("{}-{}-{} {time}", part(), part(), part())
}

/// Whole seconds since 1970.
pub(super) fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000)
}

/// When the day began that a time is in.
pub(super) fn midnight(ms: i64) -> i64 {
    let local = ms.saturating_add(AHEAD_MS);
    ms.saturating_sub(local.rem_euclid(DAY_MS))
}

/// The time so many intervals after another; nothing if that is out of reach.
///
/// Days and months are those of Vietnam.
pub(super) fn after(interval: Interval, start: i64, count: i64) -> Option<i64> {
    interval.after(start.checked_add(AHEAD_MS)?, count)?.checked_sub(AHEAD_MS)
}

/// Reads a time of RFC 3339; nothing if it is none.
pub(super) fn read(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once('T')?;
    let (clock, offset) = match rest.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let (clock, offset) = rest.split_at_checked(rest.len().checked_sub(6)?)?;
            let minutes = minutes(offset.get(1..)?)?;
            match offset.get(..1)? {
                "+" => (clock, minutes),
                "-" => (clock, -minutes),
                _ => return None,
            }
        }
    };
    let (hour_minute, second) = clock.rsplit_once(':')?;
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    if !is_digits(fraction, 1..=9) {
        return None;
    }
    let ms: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let minutes = minutes(hour_minute)? - offset;
    Some(calendar::midnight(date)? + (minutes * 60 + two_digits(second, 59)?) * 1000 + ms)
}

/// The minutes of `07:30`.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(two_digits(hours, 23)? * 60 + two_digits(minutes, 59)?)
}

fn two_digits(text: &str, most: i64) -> Option<i64> {
    let number = text.parse().ok().filter(|_| is_digits(text, 2..=2));
    number.filter(|number| *number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written_wherever_it_is_from() {
        let noon = 1_784_606_400_000;
        for text in
            ["2026-07-21T11:00:00+07:00", "2026-07-21T04:00:00Z", "2026-07-21T00:30:00-03:30"]
        {
            assert_eq!(read(text), Some(noon), "{text}");
        }
        assert_eq!(read("2026-07-21T11:00:00.0079+07:00"), Some(noon + 7));
        assert_eq!(read(&rfc3339(noon)), Some(noon));
        let wrong = [
            "",
            "2026-07-21",
            "2026-07-21T11:00+07:00",
            "2026-02-30T11:00:00Z",
            "2026-07-21T24:00:00Z",
        ];
        for text in wrong.into_iter().chain([
            "2026-07-21T11:00:00",
            "2026-07-21T1é:00:00+07:00",
            "2026-07-21T11:00:00.Z",
        ]) {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_counted_from_the_day_in_vietnam() {
        let first = read("2026-05-01T03:00:00+07:00").unwrap();
        let later = after(Interval::Month, first, 1).map(rfc3339);
        assert_eq!(later.as_deref(), Some("2026-06-01T03:00:00+07:00"));
        assert_eq!(rfc3339(midnight(first)), "2026-05-01T00:00:00+07:00");
    }

    #[test]
    fn the_day_begins_in_vietnam_while_it_is_still_evening_in_greenwich() {
        let evening = 1_784_592_000_000 - 6 * 60 * 60 * 1000 - 1;
        assert_eq!(rfc3339(evening), "2026-07-21T00:59:59+07:00");
        assert_eq!(local(evening), "2026-07-21T00:59:59");
        assert_eq!(day_first(evening), "21-07-2026 00:59:59");
        assert_eq!(seconds(1999), 1);
    }
}
