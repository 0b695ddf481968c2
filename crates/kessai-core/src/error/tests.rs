//! What each kind of failure says of the money, of a repeat, and to whoever reads the log.

use Outcome::{NotSent, Refused, Unknown};

use super::*;
use crate::wire::decode;

const SECOND: Duration = Duration::from_secs(1);

fn error(kind: Kind) -> Error {
    Error::new("fake", "pay", kind, SECOND)
}

fn answered(kind: Kind, status: u16, refusal: Option<Refusal>) -> Error {
    let status = StatusCode::from_u16(status).expect("a status");
    let answer = Answer::new(status, HeaderMap::new(), Bytes::new());
    error(kind).with_answer(answer, None).with_refusal(refusal)
}

fn unreadable() -> Kind {
    Kind::Unreadable(decode::<i64>(b"kanarievogel").expect_err("no number"))
}

fn code(code: &str) -> Refusal {
    Refusal::new(code)
}

/// Every kind of failure, and what is said of it: its outcome, its word, whether it may pass, and
/// whether it is a timeout, a lack of a connection, unreadable, forged.
fn kinds() -> Vec<(Error, Outcome, &'static str, bool, [bool; 4])> {
    const NONE: [bool; 4] = [false; 4];
    const TIMEOUT: [bool; 4] = [true, false, false, false];
    const UNREADABLE: [bool; 4] = [false, false, true, false];
    let late = |timed_out| (Kind::NotConnected { timed_out }, Kind::NoAnswer { timed_out });
    let ((refused, broken), (slow, silent)) = (late(false), late(true));
    let connect = [false, true, false, false];
    vec![
        (error(Kind::NotBuilt("as told")), NotSent, "not_built", false, NONE),
        (error(Kind::OutOfTime), NotSent, "timeout", false, TIMEOUT),
        (error(refused), NotSent, "connect", true, connect),
        (error(slow), NotSent, "timeout", true, [true, true, false, false]),
        (error(broken), Unknown, "no_answer", true, NONE),
        (error(silent), Unknown, "timeout", true, TIMEOUT),
        (answered(Kind::Status, 500, None), Unknown, "status", true, NONE),
        (answered(Kind::Denied, 200, Some(code("newer"))), Unknown, "denied", false, NONE),
        (error(Kind::Forged("as told")), Unknown, "forged", false, [false, false, false, true]),
        (error(Kind::Cut(Cut::TooLarge)), Unknown, "cut", false, UNREADABLE),
        (error(Kind::Cut(Cut::Broken)), Unknown, "cut", true, UNREADABLE),
        (error(Kind::Cut(Cut::TimedOut)), Unknown, "timeout", true, [true, false, true, false]),
        (error(unreadable()), Unknown, "unreadable", false, UNREADABLE),
        (error(Kind::Endless), Unknown, "endless", false, NONE),
    ]
}

#[test]
fn each_kind_says_what_became_of_the_money_and_what_it_is() {
    for (error, outcome, fault, may_pass, is) in kinds() {
        assert_eq!((error.outcome(), error.fault()), (outcome, fault), "{error:?}");
        assert_eq!(error.may_pass(), may_pass, "{error:?}");
        let said =
            [error.is_timeout(), error.is_connect(), error.is_unreadable(), error.is_forged()];
        assert_eq!(said, is, "{error:?}");
        assert!(!error.is_refused() && !error.is_throttled(), "{error:?}");
    }
}

#[test]
fn a_status_is_refused_if_it_says_so_and_the_provider_does_not_doubt_it() {
    for (status, refusal, outcome) in [
        (400, None, Unknown),
        (400, Some(code("newer")), Refused),
        (400, Some(code("no").with_doubt(true)), Unknown),
        (400, Some(code("no").with_key_in_use(true)), Unknown),
        (401, None, Refused),
        (401, Some(code("no").with_doubt(true)), Unknown),
        (500, Some(code("no").known_as(Some("no"))), Unknown),
        (302, Some(code("no").known_as(Some("no"))), Unknown),
    ] {
        let error = answered(Kind::Status, status, refusal);
        assert_eq!(error.outcome(), outcome, "{error:?}");
        assert_eq!(error.is_refused(), outcome == Refused, "{error:?}");
    }
}

#[test]
fn a_status_that_the_provider_documents_needs_no_words() {
    for (status, outcome) in [(429, Refused), (403, Refused), (408, Unknown), (500, Unknown)] {
        assert_eq!(answered(Kind::Status, status, None).outcome(), Unknown, "{status}");
        let documented = answered(Kind::Status, status, None).with_documented(true);
        assert_eq!(documented.outcome(), outcome, "{status}");
    }
}

#[test]
fn a_no_with_a_good_status_is_believed_only_in_a_documented_code() {
    let known = || code("no").known_as(Some("no"));
    for (refusal, outcome) in [
        (None, Unknown),
        (Some(code("newer")), Unknown),
        (Some(known()), Refused),
        (Some(known().with_doubt(true)), Unknown),
    ] {
        let error = answered(Kind::Denied, 200, refusal);
        assert_eq!(error.outcome(), outcome, "{error:?}");
    }
}

#[test]
fn what_the_provider_had_no_time_for_may_pass() {
    let slow_down = || Some(code("slow_down").with_throttling(true));
    for (kind, status, refusal, throttled, may_pass) in [
        (Kind::Status, 400, None, false, false),
        (Kind::Status, 400, slow_down(), true, true),
        (Kind::Status, 408, None, false, true),
        (Kind::Status, 429, None, true, true),
        (Kind::Status, 429, slow_down(), true, true),
        (Kind::Status, 499, None, false, false),
        (Kind::Status, 503, None, false, true),
        (Kind::Denied, 200, Some(code("no")), false, false),
        (Kind::Denied, 200, slow_down(), true, true),
    ] {
        let error = answered(kind, status, refusal);
        assert_eq!((error.is_throttled(), error.may_pass()), (throttled, may_pass), "{error:?}");
    }
}

#[test]
fn of_a_call_it_says_what_became_of_all_attempts() {
    let refused = || answered(Kind::Status, 401, None);
    let minute = Duration::from_secs(60);
    let error = refused().of_call(3, Unknown, minute);
    assert_eq!((error.outcome(), error.attempts(), error.elapsed()), (Unknown, 3, minute));
    assert!(!error.is_refused());
    let open = "outcome unknown: pay at fake was answered 401, \
                and an attempt before that leaves more open";
    assert_eq!(error.to_string(), open);

    let error = refused().of_call(3, Refused, minute);
    assert_eq!((error.outcome(), error.attempts(), error.elapsed()), (Refused, 3, minute));
    assert_eq!(error.to_string(), "refused: pay at fake was answered 401");

    // One that was open and turns out to be settled says no longer that it was.
    let error = refused().of_call(3, Unknown, minute).with_elapsed(SECOND);
    assert_eq!((error.outcome(), error.elapsed()), (Unknown, SECOND));
}

#[test]
fn it_holds_what_was_answered() {
    let mut headers = HeaderMap::new();
    headers.insert("x-a", http::HeaderValue::from_static("1"));
    let answer = Answer::new(StatusCode::CONFLICT, headers.clone(), Bytes::from_static(b"body"));
    let error = error(Kind::Status)
        .with_answer(answer, Some("req_1".into()))
        .with_refusal(Some(code("taken").with_request_id(Some("req_2".into()))))
        .with_idempotency_key(Some("A-1".into()))
        .with_retry_after(Some(SECOND))
        .with_replay(true)
        .with_key_unkept(true);
    assert_eq!((error.provider(), error.operation()), ("fake", "pay"));
    assert_eq!(error.status(), Some(StatusCode::CONFLICT));
    assert_eq!(error.headers(), Some(&headers));
    assert_eq!(error.body().map(AsRef::as_ref), Some(&b"body"[..]));
    assert_eq!(error.refusal().map(Refusal::code), Some("taken"));
    assert_eq!((error.request_id(), error.idempotency_key()), (Some("req_1"), Some("A-1")));
    assert_eq!((error.retry_after(), error.replayed()), (Some(SECOND), true));
    assert!(error.is_key_unkept());
    let error = error.with_request_id(None);
    assert_eq!(error.request_id(), Some("req_2"), "the provider's words have one too");
}

#[test]
fn without_an_answer_it_makes_none_up() {
    let error = error(Kind::OutOfTime);
    assert_eq!((error.status(), error.headers(), error.body()), (None, None, None));
    assert_eq!((error.refusal(), error.request_id(), error.idempotency_key()), (None, None, None));
    assert_eq!((error.retry_after(), error.replayed(), error.attempts()), (None, false, 0));
    assert!(!error.is_key_unkept());
    assert_eq!(error.elapsed(), SECOND);
    assert!(StdError::source(&error).is_none());
    let named = error.with_request_id(Some("req_1".into())).with_source("broken pipe".into());
    assert_eq!(named.request_id(), Some("req_1"));
    let source = StdError::source(&named).expect("the engine's");
    assert_eq!(source.to_string(), "broken pipe");
}

#[test]
fn it_reads_as_a_sentence_that_begins_with_the_outcome() {
    let known = code("no").known_as(Some("no"));
    for (error, sentence) in [
        (error(Kind::NotBuilt("no key")), "not sent: pay at fake: no key"),
        (error(Kind::OutOfTime), "not sent: pay at fake had no time left"),
        (error(Kind::NotConnected { timed_out: false }), "not sent: pay at fake could not connect"),
        (
            error(Kind::NotConnected { timed_out: true }),
            "not sent: pay at fake could not connect within 1.0 s",
        ),
        (
            error(Kind::NoAnswer { timed_out: false }),
            "outcome unknown: pay at fake broke off before an answer came",
        ),
        (
            error(Kind::NoAnswer { timed_out: true }),
            "outcome unknown: pay at fake got no answer within 1.0 s",
        ),
        (
            answered(Kind::Status, 400, Some(code("kanarievogel"))),
            "refused: pay at fake was answered 400",
        ),
        (answered(Kind::Denied, 200, Some(known)), "refused: pay at fake was answered 200 no"),
        (
            error(Kind::Cut(Cut::TooLarge)),
            "outcome unknown: pay at fake got an answer beyond the limits",
        ),
        (error(Kind::Cut(Cut::Broken)), "outcome unknown: pay at fake got only part of its answer"),
        (
            error(unreadable()),
            "outcome unknown: pay at fake got an answer that does not read: \
             not JSON of the expected shape",
        ),
        (
            error(Kind::Endless),
            "outcome unknown: pay at fake got page after page without anything new",
        ),
    ] {
        assert_eq!(error.to_string(), sentence);
        let printed = format!("{error:?}");
        assert!(printed.contains("outcome: ") && printed.contains("\"pay\""), "{printed}");
        assert!(!printed.contains("kanarievogel"), "{printed}");
    }
}
