//! Any `Retry-After` and any `Date`: what is made of them, and that nobody waits longer than allowed
//! nor sends again what must not be.

use std::time::Duration;

use kessai_core::http::{HeaderMap, HeaderValue, StatusCode};
use kessai_core::{Answer, Bytes, Clock as _, FakeClock, Retry};

use super::clients::{ROWS, Row};
use super::input::{Input, joined};
use super::line::Line;

const STATUSES: [u16; 8] = [429, 503, 500, 502, 408, 400, 409, 404];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let row = input.choose(&ROWS);
    let status = STATUSES[usize::from(input.byte()) % STATUSES.len()];
    let ahead = u64::from(input.number());
    let (hint, date) = (input.part(), input.part());
    ask(row, status, hint, date, &Retry::default());
    // By our own clock, which stands still at first.
    let moment = FakeClock::new().system_time() + Duration::from_secs(ahead);
    let later = httpdate::fmt_http_date(moment);
    let asked = ask(row, status, later.as_bytes(), b"", &Retry::never());
    assert_eq!(asked, Some(Duration::from_secs(ahead)), "{later}");
}

/// Calls, is answered so and perhaps calls again; gives how long it was asked to wait.
fn ask(row: &Row, status: u16, hint: &[u8], date: &[u8], retry: &Retry) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    for (name, value) in [("retry-after", hint), ("date", date)] {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(name, value);
        }
    }
    let said = headers.get("retry-after").and_then(|value| value.to_str().ok()).map(str::trim);
    let seconds = said.filter(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let seconds = seconds.map(|it| it.parse().unwrap_or(u64::MAX));

    let clock = FakeClock::new();
    let answered = StatusCode::from_u16(status).expect("a status");
    let line = Line::new(move |_| Answer::new(answered, headers.clone(), Bytes::new()));
    let error = row.call(&line, &clock, retry, row.request.clone()).expect_err("a bad status");
    let (heard, slept) = (line.heard(), clock.slept());
    let asked = error.retry_after();
    if let Some(seconds) = seconds {
        assert_eq!(asked, Some(Duration::from_secs(seconds)));
    }
    assert!(asked.is_none() || !hint.is_empty(), "nobody asked");

    assert!(heard.len() <= 3 && slept.len() + 1 == heard.len(), "{} requests", heard.len());
    for wait in &slept {
        assert!(*wait <= retry.longest_hint, "{wait:?} is too long");
    }
    if let (Some(asked), [first, ..]) = (asked, slept.as_slice()) {
        assert!(*first >= asked.min(retry.longest_hint), "{first:?} is less than {asked:?}");
    }
    if asked.is_some_and(|asked| asked > retry.longest_hint) {
        assert_eq!(heard.len(), 1, "{}: {asked:?} is too much", row.operation);
    }
    assert!(slept.iter().sum::<Duration>() < Duration::from_secs(60), "{slept:?}");
    let method = heard[0].method().as_str();
    if !row.only_reads(method) && status != 429 {
        assert_eq!(heard.len(), 1, "{}: it acts, and {status} is no promise", row.operation);
    }
    assert!(heard.iter().all(|it| it.body() == heard[0].body()), "{}", row.operation);
    asked
}

pub fn seeds() -> Vec<Vec<u8>> {
    let hints: [&[u8]; 8] = [
        b"0",
        b" 30 ",
        b"31",
        b"99999999999999999999",
        b"Thu, 01 Jan 2026 00:00:20 GMT",
        b"Thursday, 01-Jan-26 00:00:20 GMT",
        b"Thu Jan  1 00:00:20 2026",
        b"-1",
    ];
    let seed = |((at, hint), ([high, low], _)): ((u8, &&[u8]), ([u8; 2], _))| {
        joined(&[high, low, at, 0, at], &[hint, b"Thu, 01 Jan 2026 01:00:00 GMT"])
    };
    (0..).zip(hints.iter().cycle()).zip(ROWS.iter().step_by(7)).map(seed).collect()
}
