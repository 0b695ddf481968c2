//! Times, of which AppotaPay has six forms.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_core::Timestamp;

/// The zone of Vietnam, for times that name none.
const ZONE: &str = "+07:00";

/// Reads a time as AppotaPay writes it, in whichever of its forms:
///
/// - `2026-11-21T10:22:07+07:00`, of cards, payments and subscriptions;
/// - `2026-11-21T10:22:07`, of terminals;
/// - `2026-11-21 10:22:07.000`, of payments with data that you collected;
/// - `21-11-2026 10:22:07`, of transfers, virtual accounts, bills, top-ups and bought cards;
/// - `10:22:07 21/11/2026 GMT+7`, of prepaid cards that customers pay with;
/// - `1795231327`, in seconds since 1970.
///
/// **Not verified:** that a time without a zone is Vietnam's, seven hours before UTC.
///
/// `None` if it is none of these, as the empty text that stands for no time.
///
/// ```
/// use kessai_appotapay::moment;
///
/// let moments = ["21-11-2026 10:22:07", "2026-11-21T10:22:07+07:00", "1795231327"].map(moment);
/// assert!(moments[0].is_some() && moments.iter().all(|it| *it == moments[0]));
/// ```
#[must_use]
pub fn moment(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    if text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return UNIX_EPOCH.checked_add(Duration::from_secs(text.parse().ok()?));
    }
    if let moment @ Some(_) = Timestamp::from(text).to_system_time() {
        return moment;
    }
    let (first, second) = text.split_once([' ', 'T'])?;
    let (date, time) = match second.strip_suffix(" GMT+7") {
        Some(date) => (turned(date, '/')?, first),
        None if first.find('-') == Some(2) => (turned(first, '-')?, second),
        None => (first.to_owned(), second),
    };
    Timestamp::from(format!("{date}T{time}{ZONE}")).to_system_time()
}

/// `dd-MM-yyyy` as `yyyy-MM-dd`.
fn turned(date: &str, between: char) -> Option<String> {
    let parts: Vec<&str> = date.split(between).collect();
    match parts[..] {
        [day, month, year] => Some(format!("{year}-{month}-{day}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_the_same_moment() {
        let expected = UNIX_EPOCH.checked_add(Duration::from_secs(1_795_231_327));
        for text in [
            "2026-11-21T10:22:07+07:00",
            "2026-11-21T03:22:07Z",
            "2026-11-21T10:22:07",
            "2026-11-21 10:22:07",
            "2026-11-21 10:22:07.000",
            "21-11-2026 10:22:07",
            "10:22:07 21/11/2026 GMT+7",
            "1795231327",
            " 1795231327 ",
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            " ",
            "2026",
            "21-11-2026",
            "31-02-2026 10:00:00",
            "10:22:07 21/11 GMT+7",
            "x y",
            "99999999999999999999999",
            "21-11-2026 25:00:00",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
