//! The rules one by one, where a sequence of faults alone does not show them.

use std::time::{Duration, Instant, SystemTime};

use kessai_core::{BoxFuture, Clock, FakeClock, Outcome, Retry, RetryBudget};

use super::play::{ATTEMPT, Act, CAPTURE, CREATE, GET, Play, REFUND, SEARCH, call};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_post_that_only_reads_is_sent_again_and_one_that_acts_is_not() {
    for (operation, attempts) in [(&SEARCH, 2), (&CAPTURE, 1)] {
        let play = Play::new(&[Act::BrokenOff]);
        let transport = play.transport(Retry::default());
        let answer = call(&transport, operation).send().await;
        assert_eq!((answer.is_ok(), play.given().len()), (attempts == 2, attempts));
    }
}

#[tokio::test]
async fn a_key_that_is_kept_as_far_as_it_can_be_repeats_nothing_unless_it_is_told_to() {
    let risky = Retry { best_effort_keys: true, ..Retry::default() };
    for (operation, retry, attempts) in [
        (&REFUND, Retry::default(), 1),
        (&REFUND, risky.clone(), 2),
        (&CAPTURE, risky, 1),
        (&CREATE, Retry::default(), 2),
    ] {
        let play = Play::new(&[Act::BrokenOff]);
        let answer = call(&play.transport(retry), operation).send().await;
        assert_eq!((answer.is_ok(), play.given().len()), (attempts == 2, attempts));
    }
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_a_refusal_only_if_it_is_that_answer_given_again() {
    let risky = Retry { best_effort_keys: true, ..Retry::default() };
    let said = Act::Says(400, "no");
    let again = Act::SaysAgain(400, "no");
    let conflict = Act::SaysAgain(409, "key_conflict");
    for (operation, last, outcome) in [
        (&CREATE, said, Outcome::Unknown),
        (&CREATE, again, Outcome::Refused),
        (&CREATE, conflict, Outcome::Unknown),
        (&CREATE, Act::Says(404, "-"), Outcome::Unknown),
        // What is kept as far as it can be may be kept of the second sending, and not of the first.
        (&REFUND, again, Outcome::Unknown),
        (&GET, said, Outcome::Refused),
        (&GET, conflict, Outcome::Unknown),
    ] {
        let play = Play::new(&[Act::BrokenOff, last]);
        let transport = play.transport(risky.clone());
        let error = call(&transport, operation).await.expect_err("it is refused");
        assert_eq!((error.outcome(), error.attempts()), (outcome, 2), "{last:?}: {error}");
        assert_eq!(error.is_refused(), outcome == Outcome::Refused);
        let open = ", and an attempt before that leaves more open";
        let is_said = error.to_string().ends_with(open);
        assert_eq!(is_said, outcome == Outcome::Unknown && last != conflict, "{error}");
    }
}

#[tokio::test]
async fn a_lost_connection_after_a_sending_does_not_make_it_unsent() {
    for (first, outcome) in
        [(Act::Silence, Outcome::Unknown), (Act::Says(429, "-"), Outcome::Refused)]
    {
        for operation in [&GET, &CREATE] {
            let play = Play::new(&[first, Act::NoConnection, Act::NoConnection]);
            let error = call(&play.transport(Retry::default()), operation).await;
            let error = error.expect_err("there is no connection");
            assert_eq!((error.outcome(), error.attempts()), (outcome, 1), "{first:?}: {error}");
            assert!(error.is_connect());
        }
    }
}

#[tokio::test]
async fn a_key_in_use_is_waited_for_where_there_is_a_key() {
    let in_use = Act::Says(409, "key_in_use");
    for (operation, attempts) in [(&CREATE, 2), (&CAPTURE, 1), (&GET, 1)] {
        let play = Play::new(&[in_use]);
        let answer = call(&play.transport(Retry::default()), operation).send().await;
        assert_eq!((answer.is_ok(), play.given().len()), (attempts == 2, attempts));
    }
}

#[tokio::test]
async fn a_code_that_asks_for_patience_is_as_good_as_429() {
    let play = Play::new(&[Act::Says(400, "slow_down"), Act::Says(400, "slow_down")]);
    let answer = call(&play.transport(Retry::default()), &CAPTURE).send().await;
    assert_eq!(answer.expect("an answer").attempts(), 3);
    assert_eq!(play.clock.slept(), [seconds(1), seconds(2)], "twice as long");
}

#[tokio::test]
async fn waits_double_up_to_the_longest() {
    let play = Play::new(&[Act::NoConnection; 7]);
    let retry = Retry { attempts: 8, ..Retry::default() };
    call(&play.transport(retry), &CAPTURE).await.expect("an answer");
    let slept = [500, 1000, 2000, 4000, 8000, 8000, 8000].map(Duration::from_millis);
    assert_eq!(play.clock.slept(), slept);
}

#[tokio::test]
async fn a_hint_makes_a_wait_longer_and_never_shorter() {
    for (hint, wait) in [("0", 500), ("1", 1000), ("30", 30_000), ("-1", 1000), ("soon", 1000)] {
        let play = Play::new(&[Act::Asks(429, hint)]);
        call(&play.transport(Retry::default()), &CAPTURE).await.expect("an answer");
        assert_eq!(play.clock.slept(), [Duration::from_millis(wait)], "{hint}");
    }
    // The clock says midnight.
    let play = Play::new(&[Act::Asks(503, "Thu, 01 Jan 2026 00:00:09 GMT")]);
    call(&play.transport(Retry::default()), &GET).await.expect("an answer");
    assert_eq!(play.clock.slept(), [seconds(9)]);
}

#[tokio::test]
async fn a_hint_beyond_the_longest_is_handed_on() {
    for (hint, asked) in [("31", 31), ("86400", 86_400), ("Thu, 01 Jan 2026 01:00:00 GMT", 3600)] {
        let play = Play::new(&[Act::Asks(429, hint)]);
        let error = call(&play.transport(Retry::default()), &CAPTURE).await;
        let error = error.expect_err("too many requests");
        assert_eq!(error.retry_after(), Some(seconds(asked)), "{hint}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Refused, 1), "{hint}");
        assert_eq!(play.clock.slept(), [Duration::ZERO; 0], "{hint}");
    }
}

#[tokio::test]
async fn no_wait_reaches_beyond_the_deadline_and_no_attempt_does() {
    let late = |play: &Play, deadline| {
        let transport = play.transport(Retry::default());
        async move { call(&transport, &GET).deadline(deadline).send().await }
    };
    // The second attempt has what is left of six seconds after five and a half.
    let play = Play::new(&[Act::Silence, Act::Silence]);
    let error = late(&play, seconds(6)).await.expect_err("time ran out");
    let times: Vec<_> = play.given().iter().map(|given| given.time).collect();
    assert_eq!(times, [ATTEMPT, Duration::from_millis(500)]);
    assert_eq!((error.elapsed(), error.attempts(), error.is_timeout()), (seconds(6), 2, true));

    // A wait that would end with the deadline is not begun.
    let play = Play::new(&[Act::Silence]);
    let deadline = ATTEMPT + Duration::from_millis(500);
    let error = late(&play, deadline).await.expect_err("time ran out");
    assert_eq!((error.elapsed(), play.clock.slept().len()), (ATTEMPT, 0));

    let play = Play::new(&[]);
    let error = late(&play, Duration::ZERO).await.expect_err("there was no time");
    assert_eq!((error.outcome(), error.is_timeout()), (Outcome::NotSent, true));
    assert_eq!((error.attempts(), play.given().len()), (0, 0));
    assert_eq!(error.to_string(), "not sent: get_charge at small had no time left");
}

/// Sleeps twice as long as it should, as a machine does that has too much to do.
struct Oversleeps(FakeClock);

impl Clock for Oversleeps {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn system_time(&self) -> SystemTime {
        self.0.system_time()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(2 * wait)
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}

#[tokio::test]
async fn who_wakes_up_after_the_deadline_sends_nothing_more() {
    let play = Play::new(&[Act::BrokenOff]);
    let transport = play.transport_by(Oversleeps(play.clock.clone()), Retry::default());
    let error = call(&transport, &CREATE).deadline(Duration::from_millis(600)).await;
    let error = error.expect_err("it is too late");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    assert_eq!((play.given().len(), error.elapsed()), (1, seconds(1)));
}

#[tokio::test]
async fn sixty_seconds_are_enough_for_everything_but_a_longer_attempt() {
    let play = Play::new(&[Act::Silence; 8]);
    let retry = Retry { attempts: 50, ..Retry::default() };
    let transport = play.transport(retry.clone());
    let error = call(&transport, &GET).timeout(seconds(25)).await.expect_err("time ran out");
    assert!(error.elapsed() <= seconds(60), "{:?}", error.elapsed());
    assert_eq!(play.given().len(), 3);

    let play = Play::new(&[Act::Silence; 8]);
    let transport = play.transport(retry);
    let error = call(&transport, &GET).timeout(seconds(90)).await.expect_err("time ran out");
    assert_eq!((error.elapsed(), error.attempts()), (seconds(90), 1));
}

#[tokio::test]
async fn a_client_that_has_repeated_too_much_repeats_no_more_until_calls_succeed() {
    let twice = Retry { attempts: 2, ..Retry::default() };
    let play = Play::new(&[Act::NoConnection; 23]);
    let transport = play.transport(twice.clone());
    let fail = || async { call(&transport, &GET).await.expect_err("no connection") };
    for _ in 0..10 {
        fail().await;
    }
    assert_eq!(play.given().len(), 20, "ten repeats cost all there is");
    fail().await;
    call(&transport.clone(), &GET).await.expect_err("a clone is the same client");
    let rich = RetryBudget { size: 1000, ..RetryBudget::default() };
    let rich = Retry { budget: rich, ..twice };
    call(&transport, &GET).retry(rich).await.expect_err("the points are the client's");
    assert_eq!(play.given().len(), 23);

    for _ in 0..10 {
        call(&transport, &GET).await.expect("an answer");
    }
    play.then(&[Act::NoConnection]);
    call(&transport, &GET).await.expect("an answer to the second attempt");
    play.then(&[Act::NoConnection]);
    fail().await;
}

#[tokio::test]
async fn a_call_has_its_own_say_in_how_often() {
    let play = Play::new(&[Act::NoConnection; 9]);
    let transport = play.transport(Retry::default());
    let five = Retry { attempts: 5, ..Retry::default() };
    for (retry, attempts) in [(Some(Retry::never()), 1), (Some(five), 5), (None, 3)] {
        let before = play.given().len();
        let call = call(&transport, &CAPTURE);
        let call = if let Some(retry) = retry { call.retry(retry) } else { call };
        call.await.expect_err("no connection");
        assert_eq!(play.given().len() - before, attempts);
    }
}

#[tokio::test]
async fn an_answer_says_how_many_sendings_it_took_and_how_long() {
    let play = Play::new(&[Act::NoConnection, Act::Silence]);
    let response = call(&play.transport(Retry::default()), &CREATE).send().await;
    let response = response.expect("an answer");
    assert_eq!(response.attempts(), 2, "of three tries, one was not sent");
    assert_eq!(response.elapsed(), ATTEMPT + Duration::from_millis(1500));
    assert!(!response.replayed());
}
