//! What may be sent again, after what, and what several attempts come to.

use std::time::Duration;

use Outcome::{NotSent, Refused, Unknown};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::*;
use crate::engine::{Answer, Cut};
use crate::error::Kind;

static GET: Operation = Operation::get("get", "/");
static SEARCH: Operation = Operation::post("search", "/").reads();
static PAY: Operation = Operation::post("pay", "/");
static KEYED: Operation = Operation::post("keyed", "/").idempotent("Idempotency-Key");

const GUARANTEED: Safety = Safety::Keyed { guaranteed: true };
const BEST_EFFORT: Safety = Safety::Keyed { guaranteed: false };
const ALL: [Safety; 4] = [Safety::Reads, GUARANTEED, BEST_EFFORT, Safety::Acts];

fn provider(promise: fn(&Operation) -> KeyPromise) -> Provider {
    Provider::new("fake", "fake/1", |_, _| None).with_key_promise(promise)
}

fn error(kind: Kind) -> Error {
    Error::new("fake", "pay", kind, Duration::ZERO)
}

fn said(status: u16, refusal: Refusal) -> Error {
    let status = StatusCode::from_u16(status).expect("a status");
    let answer = Answer::new(status, HeaderMap::new(), Bytes::new());
    error(Kind::Status).with_answer(answer, None).with_refusal(Some(refusal))
}

fn no() -> Error {
    said(400, Refusal::new("no"))
}

fn not_connected() -> Error {
    error(Kind::NotConnected { timed_out: false })
}

fn broken_off() -> Error {
    error(Kind::NoAnswer { timed_out: false })
}

#[test]
fn a_repeat_is_safe_by_what_the_operation_does_and_the_provider_guarantees() {
    let nothing = provider(|_| KeyPromise::Nothing);
    let best_effort = provider(|_| KeyPromise::BestEffort);
    let guaranteed = provider(|_| KeyPromise::Guaranteed);
    let (careful, bold) = (Retry::default(), Retry { best_effort_keys: true, ..Retry::default() });
    for (operation, provider, by_default, boldly) in [
        (&GET, &nothing, Safety::Reads, Safety::Reads),
        (&SEARCH, &nothing, Safety::Reads, Safety::Reads),
        (&PAY, &nothing, Safety::Acts, Safety::Acts),
        // A promise about keys says nothing of an operation that has none.
        (&PAY, &best_effort, Safety::Acts, Safety::Acts),
        (&PAY, &guaranteed, Safety::Acts, Safety::Acts),
        (&KEYED, &nothing, Safety::Acts, Safety::Acts),
        (&KEYED, &best_effort, Safety::Acts, BEST_EFFORT),
        (&KEYED, &guaranteed, GUARANTEED, GUARANTEED),
    ] {
        let safety = [&careful, &bold].map(|retry| Safety::of(operation, provider, retry));
        assert_eq!(safety, [by_default, boldly], "{} {provider:?}", operation.name());
    }
}

#[test]
fn what_acts_is_repeated_only_after_what_certainly_did_nothing() {
    let slow_down = Refusal::new("slow_down").with_throttling(true);
    let in_use = Refusal::new("in_use").with_key_in_use(true);
    for (error, reads, keyed, acts) in [
        (not_connected(), true, true, true),
        (broken_off(), true, true, false),
        (error(Kind::Cut(Cut::Broken)), true, true, false),
        (said(500, Refusal::new("broken")), true, true, false),
        (said(408, Refusal::new("late")), true, true, false),
        (said(429, Refusal::new("slow_down")), true, true, true),
        (said(400, slow_down.clone()), true, true, true),
        // Asking for patience is no promise, where the provider doubts it itself.
        (said(429, slow_down.with_doubt(true)), true, true, false),
        (said(409, in_use), false, true, false),
        (no(), false, false, false),
        (error(Kind::NotBuilt("as told")), false, false, false),
        (error(Kind::OutOfTime), false, false, false),
        (error(Kind::Forged("as told")), false, false, false),
    ] {
        let allowed = ALL.map(|safety| safety.allows_after(&error));
        assert_eq!(allowed, [reads, keyed, keyed, acts], "{error:?}");
    }
}

#[test]
fn a_key_that_was_not_kept_makes_a_call_one_that_acts_unless_it_is_guaranteed() {
    for (error, best_effort) in [(not_connected as fn() -> Error, true), (broken_off, false)] {
        let error = error().with_key_unkept(true);
        let allowed = ALL.map(|safety| safety.allows_after(&error));
        assert_eq!(allowed, [true, true, best_effort, best_effort], "{error:?}");
    }
}

#[test]
fn a_refusal_speaks_for_the_attempts_before_it_only_where_it_is_their_answer() {
    let after_a_lost_answer = |last: &Error| {
        ALL.map(|safety| {
            let mut history = History::default();
            history.add(&broken_off());
            history.add(last);
            history.told_by(last, safety)
        })
    };
    let told = |outcomes: [Outcome; 4]| outcomes.map(|outcome| (2, outcome));
    assert_eq!(after_a_lost_answer(&no()), told([Refused, Unknown, Unknown, Unknown]));
    let again = no().with_replay(true);
    assert_eq!(after_a_lost_answer(&again), told([Refused, Refused, Unknown, Unknown]));
    // What leaves it open settles nothing, whoever gives it again.
    let open = broken_off().with_replay(true);
    assert_eq!(after_a_lost_answer(&open), told([Unknown; 4]));
}

#[test]
fn what_found_no_connection_was_not_sent_and_makes_nothing_unsent() {
    let mut history = History::default();
    assert_eq!(history.sent_with_the_last(), 1);
    history.add(&not_connected());
    assert_eq!(history.told_by(&not_connected(), Safety::Acts), (0, NotSent));
    assert_eq!(history.sent_with_the_last(), 1);
    let throttled = said(429, Refusal::new("slow_down"));
    history.add(&throttled);
    assert_eq!(history.told_by(&throttled, Safety::Acts), (1, Refused));
    history.add(&not_connected());
    assert_eq!(history.told_by(&not_connected(), Safety::Acts), (1, Refused));
    history.add(&broken_off());
    history.add(&not_connected());
    assert_eq!(history.told_by(&not_connected(), GUARANTEED), (2, Unknown));
    assert_eq!(history.sent_with_the_last(), 3);
}
