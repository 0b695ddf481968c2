//! Any status and any body as the answer to any operation: what the error says of the money.
//!
//! The rules are written down here a second time, from the promise rather than from the code.

use kessai_core::http::{HeaderMap, StatusCode};
use kessai_core::{Answer, Bytes, Cut, Error, FakeClock, Outcome, Refusal, Retry};
use serde_json::Value;

use super::clients::{ROWS, Row};
use super::input::{Input, holds_canary, joined};
use super::line::Line;

/// Statuses by which whoever says them says that nothing was done.
const CERTAIN: [u16; 9] = [401, 403, 404, 405, 413, 414, 415, 429, 431];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let row = input.choose(&ROWS);
    let status = StatusCode::from_u16(100 + input.number() % 900).expect("a status");
    let cut = [None, Some(Cut::Broken), Some(Cut::TooLarge), Some(Cut::TimedOut)];
    let cut = cut[usize::from(input.byte() % 4)];
    let body = Bytes::copy_from_slice(input.rest());
    if holds_canary(&body) {
        return;
    }
    let told = body.clone();
    let line = Line::new(move |_| {
        let mut answer = Answer::new(status, HeaderMap::new(), told.clone());
        answer.cut = cut;
        answer
    });
    let result = row.call(&line, &FakeClock::new(), &Retry::never(), row.request.clone());
    assert_eq!(line.heard().len(), 1, "{}: it is sent once", row.operation);
    match result {
        Ok(_) => {
            assert!(status.is_success() && cut.is_none(), "{}: {status} {cut:?}", row.operation);
        }
        Err(error) => {
            assert_eq!((error.status(), error.body()), (Some(status), Some(&body)));
            assert_ne!(error.outcome(), Outcome::NotSent, "{}: it was sent", row.operation);
            if error.outcome() == Outcome::Refused {
                is_refused(row, &error, cut);
            }
            let _ = format!("{error} {error:?} {error:#?} {:?}", error.refusal());
        }
    }
}

/// What must hold before anybody may say that nothing was done.
fn is_refused(row: &Row, error: &Error, cut: Option<Cut>) {
    let operation = row.operation;
    let status = error.status().map_or(0, |status| status.as_u16());
    let body = error.body().expect("a body");
    assert!(!error.refusal().is_some_and(Refusal::is_in_doubt), "{operation}: it is in doubt");
    match status {
        200..=299 => {
            assert!(cut.is_none(), "{operation}: the end is missing");
            assert!(row.may_deny, "{operation}: it has no rule");
            let refusal = error.refusal().expect("words of the provider's");
            assert!(!["0", "00"].contains(&refusal.code()), "{operation}: that is success");
        }
        400..=499 => {
            assert_ne!(status, 408, "{operation}: the server may have had it");
            let is_certain = CERTAIN.contains(&status) || error.refusal().is_some();
            assert!(is_certain, "{operation}: {status} is a proxy's");
        }
        _ => panic!("{operation}: {status} is no refusal"),
    }
    if let Some(refusal) = error.refusal() {
        let tree: Result<Value, _> = serde_json::from_slice(body);
        let is_said = tree.map_or(true, |tree| says(&tree, refusal.code()));
        assert!(is_said || contains(body, refusal.code()), "{operation}: the code is invented");
    }
}

/// Whether a text somewhere in `tree` is `word`.
fn says(tree: &Value, word: &str) -> bool {
    match tree {
        Value::String(text) => text == word,
        Value::Array(items) => items.iter().any(|item| says(item, word)),
        Value::Object(members) => members.values().any(|member| says(member, word)),
        _ => false,
    }
}

fn contains(body: &[u8], word: &str) -> bool {
    word.is_empty() || body.windows(word.len()).any(|it| it == word.as_bytes())
}

/// Answers and errors of each operation, with good statuses and bad ones.
pub fn seeds() -> Vec<Vec<u8>> {
    let seed = |([high, low], row): ([u8; 2], &Row)| {
        let plain = r#"{"errorCode":"30","error_code":"30","code":"M002003","message":"no"}"#;
        let answer = row.answer.as_ref().map(Value::to_string).unwrap_or_default();
        let bodies = [row.error.to_string(), plain.to_owned(), answer];
        let statuses = [200, 400, 409, 429, 500].into_iter().zip(bodies.into_iter().cycle());
        statuses.map(move |(status, body): (u16, String)| {
            let [more, less] = (status - 100).to_be_bytes();
            joined(&[high, low, more, less, 0], &[body.as_bytes()])
        })
    };
    ROWS.iter().step_by(4).flat_map(seed).collect()
}
