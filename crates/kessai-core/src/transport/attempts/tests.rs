//! Calls whose attempts end as they are told, by a clock that goes when it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};

use crate::engine::{Answer, BoxFuture, Engine, Failure, Phase};
use crate::fake::NoKey;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::retry::RetryBudget;
use crate::{Call, FakeClock, KeyPromise, Operation, Provider, Response};

use super::*;

static FAKE: Provider = Provider::new("fake", "fake/1", |_, _| None)
    .with_key_promise(|_| KeyPromise::Guaranteed)
    .with_bare_throttling()
    .with_replay_header("x-replay", "yes");

static GET: Operation = Operation::get("get", "/");
static PAY: Operation = Operation::post("pay", "/").idempotent("Idempotency-Key");
static CAPTURE: Operation = Operation::post("capture", "/");

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(5);

/// How one attempt ends.
#[derive(Clone, Copy, Debug)]
enum Act {
    Success,
    NoConnection,
    /// As long as the attempt may take.
    Silence,
    Says(u16),
    Asks(u16, &'static str),
}

use Act::{Asks, NoConnection, Says, Silence, Success};

/// Plays acts one after the other, and successes after them.
#[derive(Clone)]
struct Play {
    clock: FakeClock,
    acts: Arc<Mutex<VecDeque<Act>>>,
    /// How long each attempt was given.
    given: Arc<Mutex<Vec<Duration>>>,
}

impl Play {
    fn new(acts: &[Act]) -> Self {
        let acts = Arc::new(Mutex::new(acts.iter().copied().collect()));
        Self { clock: FakeClock::new(), acts, given: Arc::default() }
    }

    fn transport(&self, retry: Retry) -> Transport {
        Transport::builder(&FAKE, "https://api.example.com")
            .engine(self.clone())
            .clock(self.clock.clone())
            .limits(Limits { attempt: ATTEMPT, ..Limits::default() })
            .retry(retry)
            .build(NoKey)
            .expect("a transport")
    }

    fn given(&self) -> Vec<Duration> {
        self.given.lock().expect("nobody panicked").clone()
    }
}

impl Engine for Play {
    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        self.given.lock().expect("nobody panicked").push(limits.attempt);
        let act = self.acts.lock().expect("nobody panicked").pop_front();
        let answer = |status: u16, hint: Option<&'static str>| {
            let status = StatusCode::from_u16(status).expect("a status");
            let hint = hint.map(|it| (http::header::RETRY_AFTER, it.parse().expect("a value")));
            Ok(Answer::new(status, HeaderMap::from_iter(hint), Bytes::new()))
        };
        let result = match act.unwrap_or(Success) {
            Success => answer(200, None),
            NoConnection => Err(Failure::new(Phase::Connecting, "as told")),
            Silence => {
                self.clock.advance(limits.attempt);
                let mut failure = Failure::new(Phase::Exchanging, "as told");
                failure.timed_out = true;
                Err(failure)
            }
            Says(status) => answer(status, None),
            Asks(status, hint) => answer(status, Some(hint)),
        };
        Box::pin(std::future::ready(result))
    }
}

async fn send(transport: &Transport, operation: &'static Operation) -> Result<Response<()>, Error> {
    Call::new(transport, operation).send().await
}

fn millis<const N: usize>(all: [u64; N]) -> [Duration; N] {
    all.map(Duration::from_millis)
}

#[tokio::test]
async fn a_call_is_tried_as_often_as_it_may_and_no_oftener() {
    for attempts in 1..=4 {
        let play = Play::new(&[NoConnection; 9]);
        let transport = play.transport(Retry { attempts, ..Retry::default() });
        let error = send(&transport, &CAPTURE).await.expect_err("no connection");
        assert_eq!(play.given().len(), usize::try_from(attempts).expect("a few"));
        assert_eq!((error.attempts(), error.outcome()), (0, Outcome::NotSent));
    }
    let play = Play::new(&[NoConnection; 9]);
    send(&play.transport(Retry::never()), &GET).await.expect_err("no connection");
    assert_eq!(play.given().len(), 1, "every call is tried once");
}

#[tokio::test]
async fn what_may_have_acted_is_not_sent_again_without_a_key() {
    for (operation, times) in [(&CAPTURE, 1), (&GET, 3), (&PAY, 3)] {
        let play = Play::new(&[Says(500); 9]);
        let error = send(&play.transport(Retry::default()), operation).await;
        let error = error.expect_err("a server that fails");
        assert_eq!(play.given().len(), times, "{}", operation.name());
        assert_eq!(
            (error.outcome(), error.status()),
            (Outcome::Unknown, Some(500.try_into().expect("a status")))
        );
        assert_eq!(error.attempts(), u32::try_from(times).expect("a few"));
    }
}

#[tokio::test]
async fn an_answer_says_how_many_sendings_it_took_and_how_long() {
    let play = Play::new(&[NoConnection, Silence]);
    let response = send(&play.transport(Retry::default()), &PAY).await.expect("an answer");
    assert_eq!(response.attempts(), 2, "of three tries, one was not sent");
    assert_eq!(response.elapsed(), ATTEMPT + Duration::from_millis(1500));
    assert_eq!(play.clock.slept(), millis([500, 1000]));
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_not_called_one() {
    let play = Play::new(&[Silence, Says(401)]);
    let error = send(&play.transport(Retry::default()), &PAY).await.expect_err("refused");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 2));
    assert!(error.to_string().ends_with("leaves more open"), "{error}");
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_kept_or_ends_the_call() {
    let play = Play::new(&[Asks(429, "7")]);
    send(&play.transport(Retry::default()), &CAPTURE).await.expect("an answer");
    assert_eq!(play.clock.slept(), millis([7000]));
    let play = Play::new(&[Asks(429, "31")]);
    let error = send(&play.transport(Retry::default()), &CAPTURE).await.expect_err("too long");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(31)));
    assert_eq!((error.outcome(), play.given().len()), (Outcome::Refused, 1));
}

#[tokio::test]
async fn no_wait_and_no_attempt_reaches_beyond_the_deadline() {
    let late = async |play: &Play, deadline: Duration| {
        let retry = Retry { deadline: Some(deadline), ..Retry::default() };
        send(&play.transport(retry), &GET).await.expect_err("time ran out")
    };
    // The second attempt has what is left of six seconds after five and a half.
    let play = Play::new(&[Silence, Silence]);
    let error = late(&play, Duration::from_secs(6)).await;
    assert_eq!(play.given(), millis([5000, 500]));
    assert_eq!((error.elapsed(), error.attempts()), (Duration::from_secs(6), 2));

    // A wait that would end with the deadline is not begun; one that ends just before it is.
    let play = Play::new(&[Silence]);
    let error = late(&play, Duration::from_millis(5500)).await;
    assert_eq!((error.elapsed(), play.clock.slept().len()), (ATTEMPT, 0));
    let play = Play::new(&[Silence, Silence]);
    late(&play, Duration::from_millis(5501)).await;
    assert_eq!(play.given(), millis([5000, 1]));
}

#[tokio::test]
async fn a_deadline_is_the_calls_or_the_retrys_or_a_minute_or_one_long_attempt() {
    let endless = Retry { attempts: 50, ..Retry::default() };
    let tried = async |retry: Retry, timeout: Option<u64>, deadline: Option<u64>| {
        let play = Play::new(&[Silence; 50]);
        let transport = play.transport(retry);
        let mut call = Call::<()>::new(&transport, &GET);
        if let Some(timeout) = timeout {
            call = call.timeout(Duration::from_secs(timeout));
        }
        if let Some(deadline) = deadline {
            call = call.deadline(Duration::from_secs(deadline));
        }
        let error = call.await.expect_err("time ran out");
        (error.elapsed().as_secs(), play.given()[0].as_secs())
    };
    let brief = Retry { deadline: Some(Duration::from_secs(12)), ..endless.clone() };
    assert_eq!(tried(endless.clone(), Some(25), None).await, (60, 25));
    assert_eq!(tried(endless, Some(90), None).await, (90, 90));
    assert_eq!(tried(brief.clone(), Some(90), None).await, (12, 12));
    assert_eq!(tried(brief, None, Some(3)).await, (3, 3));
}

#[tokio::test]
async fn who_has_no_time_sends_nothing() {
    let play = Play::new(&[]);
    let transport = play.transport(Retry::default());
    let call = Call::<()>::new(&transport, &PAY).idempotency_key("A-1");
    let error = call.deadline(Duration::ZERO).await.expect_err("there was no time");
    assert_eq!((error.outcome(), error.is_timeout()), (Outcome::NotSent, true));
    assert_eq!((error.provider(), error.operation()), ("fake", "pay"));
    assert_eq!(error.idempotency_key(), Some("A-1"));
    assert_eq!((error.attempts(), play.given().len()), (0, 0));
}

#[tokio::test]
async fn a_repeat_has_its_price_and_a_success_its_reward() {
    // How many of five calls, each of which fails first, are sent again.
    let repeated = async |budget: RetryBudget, first: Act| {
        let play = Play::new(&[]);
        let transport = play.transport(Retry { budget, ..Retry::default() });
        let mut repeated = 0;
        for _ in 0..5 {
            play.acts.lock().expect("nobody panicked").push_back(first);
            repeated += u32::from(send(&transport, &GET).await.is_ok());
        }
        repeated
    };
    let budget = RetryBudget { size: 60, repeat: 20, timeout: 30, success: 0 };
    assert_eq!(repeated(budget.clone(), NoConnection).await, 3);
    assert_eq!(repeated(budget.clone(), Silence).await, 2);
    assert_eq!(repeated(RetryBudget { success: 10, ..budget }, NoConnection).await, 5);
}

#[tokio::test]
async fn what_a_call_says_of_repeats_goes_before_what_the_client_says() {
    let play = Play::new(&[NoConnection; 9]);
    let transport = play.transport(Retry::default());
    let five = Retry { attempts: 5, ..Retry::default() };
    for (retry, times) in [(Some(Retry::never()), 1), (Some(five), 5), (None, 3)] {
        let before = play.given().len();
        let mut call = Call::<()>::new(&transport, &GET);
        if let Some(retry) = retry {
            call = call.retry(retry);
        }
        call.await.expect_err("no connection");
        assert_eq!(play.given().len() - before, times);
    }
}
