//! How long to wait before a repeat.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};

use super::Retry;
use crate::clock::Clock;
use crate::error::Error;

/// How long to wait before repeat `number`, counted from 1; `None` if the provider asks for more
/// than is put up with.
pub(crate) fn before(
    number: u32,
    error: &Error,
    retry: &Retry,
    clock: &dyn Clock,
) -> Option<Duration> {
    let doubled = 2_u32.saturating_pow(number.saturating_sub(1));
    let most = retry.first_wait.saturating_mul(doubled).min(retry.longest_wait);
    let own = clock.jitter(most);
    match error.retry_after() {
        Some(hint) if hint > retry.longest_hint => None,
        Some(hint) => Some(hint.max(own)),
        None if error.is_throttled() => Some(own.saturating_mul(2)),
        None => Some(own),
    }
}

/// What `Retry-After` asks for: seconds, or until a date. Anything else asks for nothing.
pub(crate) fn hint(headers: &HeaderMap, clock: &dyn Clock) -> Option<Duration> {
    let text = |name: HeaderName| Some(headers.get(name)?.to_str().ok()?.trim());
    let hint = text(header::RETRY_AFTER)?;
    if !hint.is_empty() && hint.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(hint.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(hint).ok()?;
    // By the clock that wrote the date, if it tells the time; it need not be ours.
    let now = text(header::DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    let now: SystemTime = now.unwrap_or_else(|| clock.system_time());
    Some(until.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FakeClock;
    use crate::error::Kind;
    use crate::refusal::Refusal;

    fn asked(pairs: &[(&'static str, &str)]) -> Option<Duration> {
        let headers = pairs.iter().map(|(name, value)| {
            (HeaderName::from_static(name), value.parse().expect("a header's value"))
        });
        hint(&headers.collect(), &FakeClock::new())
    }

    fn seconds(hint: &str) -> Option<u64> {
        asked(&[("retry-after", hint)]).map(|hint| hint.as_secs())
    }

    const SECOND: Duration = Duration::from_secs(1);

    /// The wait before each of the first seven repeats, where chance makes it as long as it can.
    fn waits(error: &Error) -> [Option<Duration>; 7] {
        let retry = Retry::default();
        std::array::from_fn(|at| {
            let number = u32::try_from(at + 1).expect("a small number");
            before(number, error, &retry, &FakeClock::new())
        })
    }

    fn failed(kind: Kind, hint: Option<Duration>) -> Error {
        Error::new("fake", "pay", kind, Duration::ZERO).with_retry_after(hint)
    }

    fn throttled(hint: Option<Duration>) -> Error {
        let refusal = Refusal::new("slow_down").with_throttling(true);
        failed(Kind::Status, hint).with_refusal(Some(refusal))
    }

    #[test]
    fn waits_double_up_to_the_longest_and_are_twice_as_long_where_patience_is_asked_for() {
        let millis = [500, 1000, 2000, 4000, 8000, 8000, 8000].map(Duration::from_millis);
        let broken = failed(Kind::NoAnswer { timed_out: false }, None);
        assert_eq!(waits(&broken), millis.map(Some));
        assert_eq!(waits(&throttled(None)), millis.map(|wait| Some(2 * wait)));
        let (retry, clock) = (Retry::default(), FakeClock::new());
        assert_eq!(before(u32::MAX, &broken, &retry, &clock), Some(retry.longest_wait));
    }

    #[test]
    fn a_hint_makes_a_wait_longer_and_never_shorter_nor_too_long() {
        let longest = Retry::default().longest_hint;
        for (hint, first) in [
            (Duration::ZERO, Some(SECOND / 2)),
            (3 * SECOND, Some(3 * SECOND)),
            (longest, Some(longest)),
            (longest + SECOND, None),
        ] {
            assert_eq!(waits(&throttled(Some(hint)))[0], first, "{hint:?}");
            let busy = failed(Kind::NoAnswer { timed_out: false }, Some(hint));
            assert_eq!(waits(&busy)[0], first, "{hint:?}");
        }
    }

    #[test]
    fn a_hint_is_seconds() {
        assert_eq!(["0", "1", " 30 ", "86400"].map(seconds), [0, 1, 30, 86_400].map(Some));
        assert_eq!(seconds("99999999999999999999"), Some(u64::MAX), "a long time");
    }

    #[test]
    fn a_hint_is_a_date_by_the_clock_of_whoever_wrote_it() {
        // The clock of these tests says midnight.
        for hint in [
            "Thu, 01 Jan 2026 00:00:20 GMT",
            "Thursday, 01-Jan-26 00:00:20 GMT",
            "Thu Jan  1 00:00:20 2026",
        ] {
            assert_eq!(seconds(hint), Some(20), "{hint}");
        }
        assert_eq!(seconds("Wed, 31 Dec 2025 23:00:00 GMT"), Some(0), "it has passed");
        let hint = ("retry-after", "Thu, 01 Jan 2026 01:00:20 GMT");
        assert_eq!(asked(&[hint]), Some(Duration::from_secs(3620)));
        let their_date = ("date", "Thu, 01 Jan 2026 01:00:00 GMT");
        assert_eq!(asked(&[hint, their_date]), Some(Duration::from_secs(20)));
        assert_eq!(asked(&[hint, ("date", "soon")]), Some(Duration::from_secs(3620)));
    }

    #[test]
    fn rubbish_asks_for_nothing() {
        for hint in ["", " ", "-1", "+1", "1.5", "soon", "1 s", "Thu, 99 Jan 2026 00:00:20 GMT"] {
            assert_eq!(seconds(hint), None, "{hint:?}");
        }
        assert_eq!(asked(&[]), None);
    }
}
