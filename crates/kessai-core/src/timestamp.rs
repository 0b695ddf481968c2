//! Moments as texts: a date, a time of day and a zone.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The first second that can be written with four digits for the year, and the last.
const WRITTEN: [i64; 2] = [-62_167_219_200, 253_402_300_799];

/// A moment as the provider wrote it, by ISO 8601: `2024-06-25T07:12:15.16452Z`.
///
/// It keeps its text, whatever it is, and is compared by it: the same moment in another zone is
/// another text.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use kessai_core::Timestamp;
///
/// let paid = Timestamp::from("2018-12-05T07:40:30.817+09:00");
/// let moment = UNIX_EPOCH + Duration::from_millis(1_543_963_230_817);
/// assert_eq!(paid.to_system_time(), Some(moment));
/// assert_eq!(Timestamp::from(moment).as_str(), "2018-12-04T22:40:30.817Z");
/// assert_eq!(Timestamp::from("2018-12-05").to_system_time(), None, "no time, no zone");
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Timestamp(Box<str>);

impl Timestamp {
    /// Its text, as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment for the standard library.
    ///
    /// `None` if the text is not a date, a time with seconds and up to nine digits behind them, and
    /// a zone (`Z`, or an offset such as `+09:00`); or if the moment does not fit.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let (seconds, nanos) = parse(&self.0)?;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let second = if seconds < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        second?.checked_add(Duration::from_nanos(nanos))
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<SystemTime> for Timestamp {
    /// In UTC, with as many digits behind the seconds as it takes. A moment before the year 0 falls
    /// into its first second, one after the year 9999 into its last.
    fn from(time: SystemTime) -> Self {
        let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (signed(after.as_secs()), after.subsec_nanos()),
            Err(before) => match (signed(before.duration().as_secs()), before.duration()) {
                (seconds, distance) if distance.subsec_nanos() == 0 => (-seconds, 0),
                (seconds, distance) => (-seconds - 1, 1_000_000_000 - distance.subsec_nanos()),
            },
        };
        let seconds = seconds.clamp(WRITTEN[0], WRITTEN[1]);
        let (year, month, day) = civil(seconds.div_euclid(DAY));
        let second = seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction = match nanos {
            0 => String::new(),
            nanos => format!(".{nanos:09}").trim_end_matches('0').to_owned(),
        };
        Self::from(format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
        ))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

fn signed(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// Whole seconds since 1970 and the nanoseconds after them.
fn parse(text: &str) -> Option<(i64, u64)> {
    let (date, time) = text.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (time, offset) = match time.strip_suffix('Z') {
        Some(time) => (time, 0),
        None => {
            let at = time.rfind(['+', '-'])?;
            let (time, offset) = time.split_at(at);
            let [hours, minutes] = numbers(&offset[1..], ':', [2, 2])?;
            let ahead = (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
            (time, if offset.starts_with('-') { -ahead } else { ahead })
        }
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let nanos = match fraction.len() {
        digits @ 1..=9 => u64::try_from(number(fraction, digits)?).ok()?.checked_mul(
            // Nine digits are nanoseconds.
            10_u64.pow(u32::try_from(9 - digits).ok()?),
        )?,
        _ => return None,
    };
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    // A leap second is the first of the next minute: the standard library knows none.
    let in_range = (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && (hour < 24 && minute < 60 && second <= 60);
    let second = hour * 3600 + minute * 60 + second - offset;
    in_range.then(|| (days(year, month, day) * DAY + second, nanos))
}

/// The numbers in a text, of so many digits each, with `mark` between them.
fn numbers<const N: usize>(text: &str, mark: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(mark);
    let mut numbers = [0; N];
    for (value, digits) in numbers.iter_mut().zip(digits) {
        *value = number(parts.next()?, digits)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let all = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the beginning of 1970 to a date of the Gregorian calendar.
///
/// The calendar repeats itself every 400 years, which have 146 097 days. A year that begins in
/// March ends with its leap day, and its months follow one formula.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let in_cycle = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_cycle = in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + day_of_year;
    year.div_euclid(400) * 146_097 + day_of_cycle - 719_468
}

/// The date so many days after the beginning of 1970: the inverse of [`days`].
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let day_of_cycle = days.rem_euclid(146_097);
    let in_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * in_cycle + in_cycle / 4 - in_cycle / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = days.div_euclid(146_097) * 400 + in_cycle + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests;
