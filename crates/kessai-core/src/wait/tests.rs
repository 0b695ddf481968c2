//! Waits against a clock that runs by itself when nobody else does.

use std::error::Error as _;
use std::sync::Mutex;

use tokio::time::Instant;

use super::*;
use crate::fake::{self, NoKey, Play, answer, failure};
use crate::{FakeClock, Operation, Outcome, Phase};

static GET: Operation = Operation::get("get_charge", "/charge");
static CREATE: Operation = Operation::post("create_charge", "/charge");

type Ended = Result<Vec<u32>, WaitError<Vec<u32>>>;

/// Waits for a list of three, where the server plays `play` with the number of the request. Gives
/// what became of it, when each request came, and when the wait ended, all in milliseconds.
async fn waited(
    patience: Patience,
    play: impl Fn(usize) -> Play + Send + Sync + 'static,
) -> (Ended, Vec<u128>, u128) {
    let began = Instant::now();
    let times = std::sync::Arc::new(Mutex::new(Vec::new()));
    let kept = times.clone();
    let (transport, _) = fake::transport(move |_| {
        let mut times = kept.lock().expect("nobody panicked");
        times.push(began.elapsed().as_millis());
        play(times.len() - 1)
    });
    let ask = || Call::new(&transport, &GET);
    let ended = wait(ask, |list: &Vec<u32>| list.len() == 3, patience).await;
    let times = times.lock().expect("nobody panicked").clone();
    (ended, times, began.elapsed().as_millis())
}

fn after(seconds: f64, (_, result): Play) -> Play {
    (Duration::from_secs_f64(seconds), result)
}

fn total(seconds: u64) -> Patience {
    Patience { total: Duration::from_secs(seconds), ..Patience::default() }
}

#[tokio::test(start_paused = true)]
async fn what_is_done_at_once_is_asked_for_once() {
    let (ended, times, end) = waited(Patience::default(), |_| answer(200, "[1,2,3]")).await;
    assert_eq!((ended.ok(), times, end), (Some(vec![1, 2, 3]), vec![0], 0));
}

#[tokio::test(start_paused = true)]
async fn pauses_double_up_to_the_longest() {
    let (ended, times, end) = waited(Patience::default(), |request| {
        answer(200, if request == 6 { "[1,2,3]" } else { "[]" })
    })
    .await;
    assert_eq!(ended.ok(), Some(vec![1, 2, 3]));
    assert_eq!(times, [0, 1000, 3000, 7000, 12_000, 17_000, 22_000]);
    assert_eq!(end, 22_000);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_holds_the_request_is_asked_again_at_once() {
    let (_, times, _) = waited(total(10), |_| after(3.0, answer(200, "[]"))).await;
    assert_eq!(times, [0, 3000, 6000, 9000]);
    // Within the pause, what the server took of it counts.
    let (_, times, _) = waited(total(10), |_| after(0.4, answer(200, "[]"))).await;
    assert_eq!(times, [0, 1000, 3000, 7000]);
}

#[tokio::test(start_paused = true)]
async fn the_last_answer_is_handed_back_when_time_runs_out() {
    let (ended, times, end) =
        waited(total(10), |request| answer(200, format!("[{request}]"))).await;
    assert_eq!(times, [0, 1000, 3000, 7000]);
    assert_eq!(end, 7000, "it does not sleep for nothing");
    let error = ended.expect_err("time ran out");
    assert!(error.is_timeout() && error.error().is_none() && error.source().is_none());
    assert_eq!(error.to_string(), "it was not done in time");
    assert!(!format!("{error:?}").contains('3'), "{error:?}");
    assert_eq!(error.last(), Some(&vec![3]));
    assert_eq!(error.into_last(), Some(vec![3]));
}

#[tokio::test(start_paused = true)]
async fn a_call_under_way_is_left_when_time_runs_out() {
    let (ended, times, end) = waited(total(10), |request| match request {
        0 => answer(200, "[7]"),
        _ => after(3600.0, answer(200, "[1,2,3]")),
    })
    .await;
    assert_eq!((times, end), (vec![0, 1000], 10_000));
    assert_eq!(ended.expect_err("time ran out").into_last(), Some(vec![7]));
}

#[tokio::test(start_paused = true)]
async fn errors_that_may_pass_are_put_up_with_three_times_in_a_row() {
    let faults: [fn() -> Play; 7] = [
        || answer(500, ""),
        || answer(503, "{}"),
        || answer(429, ""),
        || answer(408, ""),
        || failure(Phase::Connecting),
        || failure(Phase::Exchanging),
        || {
            let (takes, result) = answer(200, "[");
            let cut = |mut answer: crate::Answer| {
                answer.cut = Some(crate::Cut::TimedOut);
                answer
            };
            (takes, result.map(cut))
        },
    ];
    for fault in faults {
        let (ended, times, _) = waited(Patience::default(), move |request| match request {
            3 | 7 => answer(200, "[7]"),
            11 => answer(200, "[1,2,3]"),
            _ => fault(),
        })
        .await;
        assert_eq!((ended.ok(), times.len()), (Some(vec![1, 2, 3]), 12));

        let (ended, times, _) = waited(Patience::default(), move |request| match request {
            0 => answer(200, "[7]"),
            _ => fault(),
        })
        .await;
        let error = ended.expect_err("the fourth in a row");
        assert_eq!(times, [0, 1000, 3000, 7000, 12_000]);
        assert!(!error.is_timeout() && error.error().is_some(), "{error}");
        assert_eq!(error.last(), Some(&vec![7]));
    }
}

#[tokio::test(start_paused = true)]
async fn after_an_error_the_whole_pause_is_kept() {
    let (_, times, _) = waited(total(20), |request| match request {
        0 | 1 => after(3.0, answer(429, "")),
        _ => answer(200, "[1,2,3]"),
    })
    .await;
    assert_eq!(times, [0, 4000, 9000]);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_does_not_pass_ends_the_wait() {
    let faults: [fn() -> Play; 4] = [
        || answer(400, "{}"),
        || answer(404, ""),
        || answer(200, r#"{"not":"a list"}"#),
        || failure(Phase::Building),
    ];
    for fault in faults {
        let (ended, times, _) = waited(Patience::default(), move |_| fault()).await;
        let error = ended.expect_err("as told");
        assert_eq!(times, [0]);
        let cause = error.error().expect("the call that failed");
        let told = "waiting ended, what was asked for goes on; the last look: ";
        assert_eq!(error.to_string(), format!("{told}{cause}"));
        assert_eq!(
            error.source().map(ToString::to_string),
            cause.source().map(ToString::to_string)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_lost_does_not_say_that_what_was_asked_for_was_not_sent() {
    let (ended, ..) = waited(Patience::default(), |_| failure(Phase::Connecting)).await;
    let error = ended.expect_err("no line");
    assert_eq!(error.error().map(Error::outcome), Some(Outcome::NotSent), "of the look");
    let told = error.to_string();
    assert!(told.starts_with("waiting ended, what was asked for goes on; "), "{told}");
}

#[tokio::test]
async fn what_does_more_than_read_is_not_sent() {
    let (transport, sent) = fake::transport(|_| answer(200, "[1,2,3]"));
    let ask = || Call::<Vec<u32>>::new(&transport, &CREATE);
    let error = wait(ask, |_| true, Patience::default()).await.expect_err("it creates");
    assert_eq!(error.error().map(Error::outcome), Some(Outcome::NotSent));
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn any_patience_will_do() {
    let most = Duration::MAX;
    let patience = Patience { pause: most, longest_pause: most, total: most, errors: u32::MAX };
    let (ended, ..) = waited(patience.clone(), |_| answer(200, "[1,2,3]")).await;
    assert!(ended.is_ok());
    let (ended, times, _) = waited(patience, |_| answer(200, "[]")).await;
    assert_eq!((ended.is_err(), times), (true, vec![0]), "the pause is as long as the wait");

    let none = Duration::ZERO;
    let patience = Patience { pause: none, longest_pause: none, total: none, errors: 0 };
    let (ended, times, _) = waited(patience, |_| answer(200, "[]")).await;
    assert_eq!((ended.is_err(), times.len()), (true, 1), "it is asked for once at least");
}

#[tokio::test(start_paused = true)]
async fn pauses_go_by_the_clock_of_the_client() {
    let began = Instant::now();
    let clock = FakeClock::new();
    let (builder, sent) = fake::builder(|_| answer(200, "[]"));
    let transport = builder.clock(clock.clone()).build(NoKey).expect("a transport");
    let ask = || Call::<Vec<u32>>::new(&transport, &GET);
    let ended = wait(ask, |_| false, total(10));
    let ended = tokio::time::timeout(Duration::from_secs(60), ended).await;
    assert!(ended.expect("not by another clock").is_err_and(|error| error.is_timeout()));
    assert_eq!(clock.slept(), [1, 2, 4].map(Duration::from_secs));
    assert_eq!((sent.requests().len(), began.elapsed()), (4, Duration::ZERO), "nobody waited");

    // Not without end, where the clock goes by pauses alone.
    let patience = Patience { pause: Duration::ZERO, longest_pause: Duration::ZERO, ..total(1) };
    let error = wait(ask, |_| false, patience).await.expect_err("it never comes");
    assert!(error.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn a_bound_of_the_calls_own_is_kept_if_it_is_shorter() {
    let (transport, _) = fake::transport(|_| after(60.0, answer(200, "[1,2,3]")));
    for (own, total_of, ends) in [(2, 10, 2), (10, 2, 2)] {
        let began = Instant::now();
        let own = Duration::from_secs(own);
        let ask = || Call::<Vec<u32>>::new(&transport, &GET).deadline(own);
        let patience = Patience { errors: 0, ..total(total_of) };
        let error = wait(ask, |_| true, patience).await.expect_err("it takes a minute");
        assert_eq!((error.is_timeout(), began.elapsed().as_secs()), (total_of == 2, ends));
    }
}

#[test]
fn a_wait_can_be_spawned() {
    fn assert_send<T: Send>(_: T) {}
    let (transport, _) = fake::transport(|_| answer(200, "[]"));
    let ask = || Call::<Vec<u32>>::new(&transport, &GET);
    assert_send(wait(ask, |_| true, Patience::default()));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_patience_gets_it() {
    let (ended, times, _) = waited(total(60), |request| match request {
        0 => asks("8"),
        1 => asks("0"),
        _ => answer(200, "[1,2,3]"),
    })
    .await;
    assert_eq!(ended.ok(), Some(vec![1, 2, 3]));
    assert_eq!(times, [0, 8000, 10_000], "the pause doubles all the same");
    let (ended, times, _) = waited(total(60), |_| asks("60")).await;
    assert!(ended.is_err_and(|error| error.is_timeout()));
    assert_eq!(times, [0], "nobody waits for what comes too late");
}

fn asks(hint: &'static str) -> Play {
    let (takes, result) = answer(429, "");
    let with_hint = result.map(|mut answer| {
        answer.headers.insert("retry-after", http::HeaderValue::from_static(hint));
        answer
    });
    (takes, with_hint)
}
