//! Connections that are kept, left and lost between calls.

use std::future::{Future, IntoFuture as _, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use kessai_elepay::charges::CaptureCharge;
use kessai_elepay::{Client, Outcome};

use super::{CHARGE, capture, client, get, predicates};
use crate::script::{Act, Script, answer, message};

/// An answer after which the connection stays open.
fn kept() -> Act {
    Act::Write(message(200, &[], CHARGE))
}

async fn capture_other(client: &Client) -> Result<String, kessai_elepay::Error> {
    let charge = client.charges().capture(&"ch_2".into(), &CaptureCharge::default()).await?;
    Ok(charge.id.to_string())
}

const OTHER: &str = "POST /charges/ch_2/capture ";

#[tokio::test]
async fn a_connection_is_used_again() {
    let script = Script::start([vec![Act::Read, kept(), Act::Read, kept(), Act::Listen]]).await;
    let client = client(&script.base_url());
    assert!(capture(&client).await.is_ok() && get(&client.clone()).await.is_ok());
    assert_eq!((script.connections(), script.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_call_that_is_dropped_in_flight_is_not_repeated() {
    let script = Script::start([vec![Act::Listen], answer(200, &[], CHARGE)]).await;
    let client = client(&script.base_url());
    {
        let mut call = pin!(capture(&client).into_future());
        tokio::select! {
            answer = &mut call => panic!("nobody answers: {answer:?}"),
            sent = script.until(|script| script.seen("POST ") == 1) => assert!(sent),
        }
    }
    assert!(script.until(|script| script.hung_up() == 1).await, "the connection is given up");
    assert!(get(&client).await.is_ok());
    assert_eq!((script.seen("POST "), script.requests().len(), script.connections()), (1, 2, 2));
}

#[tokio::test]
async fn a_call_may_be_dropped_at_any_poll() {
    for polls in 0.. {
        assert!(polls < 200, "the call is never finished");
        let script = Script::start((0..3).map(|_| answer(200, &[], CHARGE))).await;
        let client = client(&script.base_url());
        let done = {
            let mut call = pin!(capture(&client).into_future());
            let mut left = polls;
            poll_fn(|context| {
                if left == 0 {
                    return Poll::Ready(false);
                }
                left -= 1;
                call.as_mut().poll(context).map(|answer| answer.is_ok())
            })
            .await
        };
        assert!(get(&client).await.is_ok(), "after {polls} polls");
        assert!(script.seen("POST ") <= 1, "after {polls} polls");
        assert_eq!(script.seen("GET "), 1, "after {polls} polls");
        if done {
            assert_eq!(script.seen("POST "), 1);
            break;
        }
    }
}

#[tokio::test]
async fn a_kept_connection_that_the_server_has_closed_never_makes_a_request_arrive_twice() {
    for pause in [0, 0, 0, 1, 1, 2, 5, 20, 50].map(Duration::from_millis) {
        let other = || answer(200, &[], CHARGE.replace("ch_1", "ch_2"));
        let script = Script::start([vec![Act::Read, kept()], other(), other()]).await;
        let client = client(&script.base_url());
        assert!(capture(&client).await.is_ok(), "{pause:?}");
        tokio::time::sleep(pause).await;
        match capture_other(&client).await {
            Ok(id) => assert_eq!((id.as_str(), script.seen(OTHER)), ("ch_2", 1), "{pause:?}"),
            Err(error) if error.outcome() == Outcome::NotSent => {
                assert_eq!(script.seen(OTHER), 0, "{pause:?}: {error}");
            }
            Err(error) => assert!(script.seen(OTHER) <= 1, "{pause:?}: {error}"),
        }
        assert!(get(&client).await.is_ok(), "{pause:?}");
        assert!(script.seen(OTHER) <= 1, "{pause:?}: seen late");
    }
}

#[tokio::test]
async fn a_kept_connection_that_breaks_under_a_request_leaves_the_outcome_unknown() {
    for (name, breaks, seen) in [
        ("closed after the request", vec![Act::Read], 1),
        ("reset after the request", vec![Act::Read, Act::Reset], 1),
        ("closed at its first byte", vec![Act::ReadBytes(1)], 0),
        ("reset at its first byte", vec![Act::ReadBytes(1), Act::Reset], 0),
        ("answered with half a line", vec![Act::Read, Act::Write(b"HTTP/1.1 2".to_vec())], 1),
    ] {
        let acts = [vec![Act::Read, kept()], breaks].concat();
        let script = Script::start([acts, answer(200, &[], CHARGE)]).await;
        let client = client(&script.base_url());
        assert!(capture(&client).await.is_ok(), "{name}");
        let error = capture_other(&client).await.expect_err(name);
        assert_eq!(error.outcome(), Outcome::Unknown, "{name}: {error}");
        assert_eq!(predicates(&error), [""; 0], "{name}: {error}");
        assert_eq!((script.connections(), script.seen(OTHER)), (1, seen), "{name}");
        assert!(get(&client).await.is_ok(), "{name}");
        assert_eq!((script.connections(), script.seen(OTHER)), (2, seen), "{name}: seen late");
    }
}

/// Only what comes in before the next request goes out can be told apart, so the late one waits for
/// its turn.
#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_never_taken_for_the_next_one() {
    let unasked = message(200, &[], CHARGE.replace("ch_1", "ch_9"));
    let at_once = [message(200, &[], CHARGE), unasked.clone()].concat();
    let later = [Act::Wait(Duration::from_millis(20)), Act::Write(unasked)];
    for (name, acts, pause) in [
        ("at once", vec![Act::Read, Act::Write(at_once.clone()), Act::Listen], 0),
        ("at once, next call later", vec![Act::Read, Act::Write(at_once), Act::Listen], 20),
        ("later", [&[Act::Read, kept()], &later[..], &[Act::Listen]].concat(), 100),
    ] {
        let next = answer(200, &[], CHARGE.replace("ch_1", "ch_2"));
        let script = Script::start([acts, next]).await;
        let client = client(&script.base_url());
        assert!(capture(&client).await.is_ok(), "{name}");
        tokio::time::sleep(Duration::from_millis(pause)).await;
        match capture_other(&client).await {
            Ok(id) => assert_eq!(id, "ch_2", "{name}"),
            Err(error) => assert_eq!(error.outcome(), Outcome::Unknown, "{name}: {error}"),
        }
        assert!(script.seen(OTHER) <= 1, "{name}");
    }
}

#[tokio::test]
async fn calls_at_the_same_time_get_their_own_answers() {
    let answered = |id: &str| message(200, &[], CHARGE.replace("ch_1", id));
    let slow = vec![Act::Read, Act::Wait(Duration::from_millis(50)), Act::Write(answered("ch_1"))];
    let quick = vec![Act::Read, Act::Write(answered("ch_2"))];
    let script = Script::start([slow, quick]).await;
    let client = client(&script.base_url());
    let (first, second) = tokio::join!(capture(&client).into_future(), async {
        assert!(script.until(|script| script.seen("POST ") == 1).await);
        capture_other(&client).await
    });
    assert_eq!(first.expect("the slow one").id.as_str(), "ch_1");
    assert_eq!(second.expect("the quick one"), "ch_2");
    assert_eq!((script.connections(), script.requests().len()), (2, 2));
}
