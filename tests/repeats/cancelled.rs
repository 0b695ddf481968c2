//! A call that is dropped, whenever.

use std::future::{Future as _, IntoFuture as _, poll_fn};
use std::pin::pin;
use std::task::Poll;

use kessai_core::{Operation, Retry};

use super::play::{Act, CAPTURE, CREATE, GET, Play, call};

/// Polls a call so many times and drops it. Whether it was finished by then.
async fn polled(play: &Play, operation: &'static Operation, polls: usize) -> bool {
    let transport = play.transport(Retry::default());
    let mut call = pin!(call(&transport, operation).into_future());
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        call.as_mut().poll(context).map(|_| true)
    })
    .await
}

#[tokio::test]
async fn a_call_may_be_dropped_at_any_poll_and_nothing_follows() {
    let rows: [(&'static Operation, &[Act], usize); 6] = [
        (&GET, &[], 1),
        (&GET, &[Act::BrokenOff, Act::Asks(503, "3")], 3),
        (&GET, &[Act::Silence, Act::Silence, Act::Silence], 3),
        (&CREATE, &[Act::CutOff, Act::Says(409, "key_in_use")], 3),
        (&CAPTURE, &[Act::NoConnection, Act::Asks(429, "7")], 3),
        (&CAPTURE, &[Act::BrokenOff], 1),
    ];
    for (operation, acts, attempts) in rows {
        let mut most = 0;
        for polls in 0.. {
            assert!(polls < 50, "{acts:?}: the call is never finished");
            let play = Play::new(acts);
            let is_done = polled(&play, operation, polls).await;
            let (sent, slept) = (play.given().len(), play.clock.slept().len());
            assert!(sent >= most && sent <= attempts, "{acts:?} after {polls} polls: {sent}");
            assert!(slept == sent || slept + 1 == sent || sent == 0, "{acts:?}: {slept} sleeps");
            most = sent;
            // Whoever else is there gets a turn; nobody goes on with the call.
            for _ in 0..8 {
                tokio::task::yield_now().await;
            }
            assert_eq!(play.given().len(), sent, "{acts:?}: sent after it was dropped");
            assert_eq!(play.clock.slept().len(), slept, "{acts:?}: slept after it was dropped");
            let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
            assert_eq!(tasks, 0, "{acts:?}: something was spawned");
            if is_done {
                assert_eq!(sent, attempts, "{acts:?}");
                break;
            }
        }
    }
}
