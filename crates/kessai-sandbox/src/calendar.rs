//! Days, weeks, months and years, counted in UTC, and times written as text.

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a merchant bills by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Interval {
    Day,
    Week,
    Month,
    Year,
}

impl Interval {
    /// The time `count` intervals after `start`, both in milliseconds since 1970; nothing if that is
    /// out of reach.
    ///
    /// A month later is the same day of the next month at the same time, or that month's last day
    /// if it is shorter.
    pub(crate) fn after(self, start: i64, count: i64) -> Option<i64> {
        match self {
            Self::Day => start.checked_add(count.checked_mul(DAY_MS)?),
            Self::Week => Self::Day.after(start, count.checked_mul(7)?),
            Self::Month => months_after(start, count),
            Self::Year => months_after(start, count.checked_mul(12)?),
        }
    }
}

/// The year and the month, from 1, of a time in milliseconds since 1970.
pub(crate) fn month_of(ms: i64) -> (i64, i64) {
    let (year, month, _) = date(ms.div_euclid(DAY_MS));
    (year, month + 1)
}

/// A time in milliseconds since 1970 as ISO 8601 text, such as `2026-04-12T03:00:00.000Z`.
pub(crate) fn iso(ms: i64) -> String {
    let (year, month, day) = date(ms.div_euclid(DAY_MS));
    let (seconds, ms) = (ms.rem_euclid(DAY_MS) / 1000, ms.rem_euclid(1000));
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hour, minute) = (minutes / 60, minutes % 60);
    let (month, day) = (month + 1, day + 1);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

/// The midnight, in milliseconds since 1970, of a day such as `2026-04-12`; nothing if there is no
/// such day.
pub(crate) fn midnight(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !((0..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)) {
        return None;
    }
    let midnight = (days(year, month - 1)? + day - 1).checked_mul(DAY_MS)?;
    (iso(midnight).get(..10) == Some(text)).then_some(midnight)
}

fn months_after(start: i64, count: i64) -> Option<i64> {
    let (year, month, day) = date(start.div_euclid(DAY_MS));
    let months = year.checked_mul(12)?.checked_add(month)?.checked_add(count)?;
    let first = days(months.div_euclid(12), months.rem_euclid(12))?;
    let next = days((months + 1).div_euclid(12), (months + 1).rem_euclid(12))?;
    let day = first + day.min(next - first - 1);
    day.checked_mul(DAY_MS)?.checked_add(start.rem_euclid(DAY_MS))
}

/// The days from 1970 to the first of a month. Months count from 0.
fn days(year: i64, month: i64) -> Option<i64> {
    // Years begin in March, so that the leap day is the last of its year.
    let year = year.checked_sub(i64::from(month < 2))?;
    let in_year = (153 * ((month + 10) % 12) + 2) / 5;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year.checked_mul(365)?.checked_add(leaps + in_year - 719_468)
}

/// The year, month and day of the month, the latter two from 0, that a day after 1970 is in.
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let of_cycle = of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096;
    let year = of_cycle / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5;
    let month = (month + 2) % 12;
    (year + era * 400 + i64::from(month < 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of a day, the month and day from 1.
    fn noon(year: i64, month: i64, day: i64) -> i64 {
        (days(year, month - 1).unwrap() + day - 1) * DAY_MS + DAY_MS / 2
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days(1970, 0), Some(0));
        assert_eq!(days(2000, 2), Some(11_017));
        assert_eq!(days(2026, 0), Some(20_454));
    }

    #[test]
    fn every_day_has_the_date_after_that_of_the_day_before() {
        let mut last = date(days(1899, 11).unwrap() - 1);
        for day in days(1899, 11).unwrap()..days(2101, 0).unwrap() {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year, month), Some(day - of_month));
            let same_month = (year, month) == (last.0, last.1);
            assert_eq!(of_month, if same_month { last.2 + 1 } else { 0 });
            last = (year, month, of_month);
        }
    }

    #[test]
    fn a_short_month_ends_early_and_the_next_does_not() {
        let start = noon(2027, 1, 31);
        let month = |count| Interval::Month.after(start, count).unwrap();
        assert_eq!(month(1), noon(2027, 2, 28));
        assert_eq!(month(2), noon(2027, 3, 31));
        assert_eq!(month(12), noon(2028, 1, 31));
        assert_eq!(month(13), noon(2028, 2, 29));
        assert_eq!(Interval::Year.after(noon(2028, 2, 29), 1), Some(noon(2029, 2, 28)));
        assert_eq!(Interval::Year.after(noon(2028, 2, 29), 4), Some(noon(2032, 2, 29)));
    }

    #[test]
    fn a_time_is_written_to_the_millisecond() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(noon(2028, 2, 29) + 61_007), "2028-02-29T12:01:01.007Z");
        assert_eq!(month_of(noon(2027, 12, 31)), (2027, 12));
        assert!(iso(i64::MAX).ends_with('Z'));
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        assert_eq!(midnight("1970-01-02"), Some(DAY_MS));
        assert_eq!(midnight("2028-02-29").map(|ms| ms + DAY_MS / 2), Some(noon(2028, 2, 29)));
        for text in ["", "2027-02-29", "2027-13-01", "2027-1-1", "2027-01-01T00", "1-1", "x-y-z"] {
            assert_eq!(midnight(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_weeks_have_one_length() {
        assert_eq!(Interval::Day.after(7, 3), Some(7 + 3 * DAY_MS));
        assert_eq!(Interval::Week.after(7, 2), Some(7 + 14 * DAY_MS));
    }

    #[test]
    fn what_is_out_of_reach_is_nothing() {
        for interval in [Interval::Day, Interval::Week, Interval::Month, Interval::Year] {
            assert_eq!(interval.after(0, i64::MAX), None);
            assert_eq!(interval.after(i64::MAX, 1), None);
            assert_eq!(interval.after(i64::MAX, i64::MAX), None);
        }
    }
}
