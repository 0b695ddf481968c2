//! The request went out and no answer came back.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kessai_elepay::charges::CaptureCharge;
use kessai_elepay::{Limits, Outcome, Secret};

use super::{
    CHARGE, LONG, SHORT, capture, charge_id, client, client_with, limits, predicates, row,
};
use crate::script::{Act, Script, answer, head, message};

#[tokio::test]
async fn a_connection_that_breaks_leaves_the_outcome_unknown() {
    let says = |bytes: &[u8]| vec![Act::Read, Act::Write(bytes.to_vec())];
    for row in [
        row("closed before the request is read", vec![]).requests(0),
        row("reset before the request is read", vec![Act::Reset]).requests(0),
        row("closed inside the headers", vec![Act::ReadBytes(20)]).requests(0),
        row("reset inside the headers", vec![Act::ReadBytes(20), Act::Reset]).requests(0),
        row("closed after the request", vec![Act::Read]),
        row("reset after the request", vec![Act::Read, Act::Reset]),
        row("the status line is cut", says(b"HTTP/1.1 20")),
        row("the headers are cut", says(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx")),
        row("no HTTP", says(b"220 smtp.example.com ESMTP\r\n")),
        row("HTTP/0.9", says(CHARGE.as_bytes())),
        row("a header without a colon", says(b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n{}")),
        row("two lengths", says(&head(200, &[("content-length", "2"), ("content-length", "3")]))),
        row("a length that is no number", says(&head(200, &[("content-length", "many")]))),
    ] {
        let errors = row.check().await;
        for error in errors {
            assert!(error.to_string().ends_with(" broke off before an answer came"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_timeout_leaves_the_outcome_unknown() {
    let short = Limits { attempt: SHORT, ..limits() };
    for row in [
        row("silence", vec![Act::Read, Act::Listen]),
        row("half a status line, then silence", {
            vec![Act::Read, Act::Write(b"HTTP/1.1 2".to_vec()), Act::Listen]
        }),
        row("headers that never end", {
            vec![Act::Read, Act::Trickle(message(200, &[], CHARGE), Duration::from_millis(20))]
        }),
        row("the request is not even read", vec![Act::Hold]).requests(0),
    ] {
        for error in row.limits(short.clone()).is(&["timeout"]).check().await {
            let message = error.to_string();
            assert!(message.contains(" got no answer within 0."), "{message}");
        }
    }
}

#[tokio::test]
async fn a_call_has_a_timeout_of_its_own() {
    let script = Script::start([vec![Act::Listen], answer(200, &[], CHARGE)]).await;
    let client = client(&script.base_url());
    let began = Instant::now();
    let error = capture(&client).timeout(SHORT).await.expect_err("nobody answers");
    assert!(began.elapsed() < LONG && error.elapsed() >= SHORT, "{:?}", began.elapsed());
    assert_eq!((error.outcome(), predicates(&error)), (Outcome::Unknown, vec!["timeout"]));
    assert_eq!(script.seen("POST "), 1);

    // It was that call's alone, and the connection is given up with it.
    assert!(capture(&client).await.is_ok());
    assert!(script.until(|script| script.hung_up() == 1).await);
    assert_eq!(script.seen("POST "), 2);
}

#[tokio::test]
async fn no_time_at_all_is_a_timeout_and_never_sends_twice() {
    let script = Script::start([]).await;
    let client = client(&script.base_url());
    let error = capture(&client).timeout(Duration::ZERO).await.expect_err("there was no time");
    assert!(error.is_timeout(), "{error}");
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(script.requests().len() <= 1 && script.connections() <= 1);
}

/// [`Limits::silence`] is about an answer that is coming in; waiting for one is what the attempt is
/// for.
#[tokio::test]
async fn an_answer_may_begin_as_late_as_the_attempt_allows() {
    let late = vec![Act::Read, Act::Wait(4 * SHORT), Act::Write(message(200, &[], CHARGE))];
    let script = Script::start([late]).await;
    let client = client_with(&script.base_url(), Limits { silence: SHORT, ..limits() });
    let charge = capture(&client).await;
    assert_eq!(charge.map(|charge| charge.id).map_err(|error| error.to_string()), Ok(charge_id()));
}

#[tokio::test]
async fn breaking_off_inside_a_large_request_leaves_the_outcome_unknown() {
    let note = Secret::new("n".repeat(1024 * 1024));
    let extra = BTreeMap::from([("note".to_owned(), note)]);
    let body = CaptureCharge { extra, ..CaptureCharge::default() };
    for (name, acts, said) in [
        ("closed inside the body", vec![Act::ReadBytes(5000)], vec![]),
        ("reset inside the body", vec![Act::ReadBytes(5000), Act::Reset], vec![]),
        ("no longer read", vec![Act::ReadBytes(5000), Act::Hold], vec!["timeout"]),
    ] {
        let script = Script::start([acts, answer(200, &[], CHARGE)]).await;
        let client = client_with(&script.base_url(), Limits { attempt: LONG, ..limits() });
        let call = client.charges().capture(&charge_id(), &body);
        let call = if said.is_empty() { call } else { call.timeout(2 * SHORT) };
        let error = call.await.expect_err("half a request is not answered");
        assert_eq!((error.outcome(), predicates(&error)), (Outcome::Unknown, said), "{name}");
        assert_eq!((script.connections(), script.requests().len()), (1, 0), "{name}");
        assert_eq!(script.heard().len(), 5000, "{name}");
        assert!(capture(&client).await.is_ok(), "{name}");
    }
}
