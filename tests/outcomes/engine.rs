//! An engine of one's own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kessai_core::http::{HeaderMap, Method, Request, StatusCode};
use kessai_core::{Answer, BoxFuture, Bytes, Cut, Engine, Failure, FakeClock, Phase};
use kessai_elepay::{Client, Error, Limits, Outcome, SecretKey};

use super::{CHARGE, capture, predicates, words};

type Played = fn() -> Result<Answer, Failure>;
type Given = Arc<Mutex<Vec<(Request<Bytes>, Limits)>>>;

/// Gives always the same and remembers what it was given.
struct Fake {
    play: Played,
    given: Given,
}

impl Engine for Fake {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        self.given.lock().expect("nobody panicked").push((request, limits.clone()));
        Box::pin(async { (self.play)() })
    }
}

fn client(play: Played) -> (Client, Given) {
    let given = Arc::default();
    let key = SecretKey::new("sk_test_1").expect("a secret key");
    let engine = Fake { play, given: Arc::clone(&given) };
    let client = Client::builder(key).engine(engine).clock(FakeClock::new()).build();
    (client.expect("a client"), given)
}

fn answers(status: u16, body: &'static str, cut: Option<Cut>) -> Answer {
    let status = StatusCode::from_u16(status).expect("a status");
    let mut answer = Answer::new(status, HeaderMap::new(), Bytes::from(body));
    answer.cut = cut;
    answer
}

fn fails(phase: Phase, timed_out: bool) -> Failure {
    let mut failure = Failure::new(phase, "as told");
    failure.timed_out = timed_out;
    failure
}

#[tokio::test]
async fn an_engine_gets_the_whole_signed_request_and_the_limits() {
    let (client, given) = client(|| Ok(answers(200, CHARGE, None)));
    let timeout = Duration::from_secs(7);
    let response = capture(&client).header("x-note", "1").timeout(timeout).send().await;
    assert_eq!(response.map(|response| response.attempts()).map_err(|it| it.to_string()), Ok(1));

    let given = given.lock().expect("nobody panicked");
    let [(request, limits)] = given.as_slice() else { panic!("{} requests", given.len()) };
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "https://api.elepay.io/charges/ch_1/capture");
    assert_eq!(request.body().as_ref(), br#"{"amount":1200}"#);
    assert_eq!(*limits, Limits { attempt: timeout, ..Limits::default() });
    for (name, value, secret) in [
        ("authorization", "Bearer sk_test_1", true),
        ("x-note", "1", true),
        ("accept", "application/json", false),
        ("content-type", "application/json", false),
    ] {
        let header = request.headers().get(name).expect(name);
        assert_eq!((header.to_str().ok(), header.is_sensitive()), (Some(value), secret), "{name}");
    }
}

#[tokio::test]
async fn what_an_engine_says_decides_the_outcome() {
    let rows: [(&str, Played, Outcome, &[&str]); 10] = [
        ("no request", || Err(fails(Phase::Building, false)), Outcome::NotSent, &[]),
        ("no line", || Err(fails(Phase::Connecting, false)), Outcome::NotSent, &["connect"]),
        (
            "no line in time",
            || Err(fails(Phase::Connecting, true)),
            Outcome::NotSent,
            &["timeout", "connect"],
        ),
        ("broken", || Err(fails(Phase::Exchanging, false)), Outcome::Unknown, &[]),
        ("silent", || Err(fails(Phase::Exchanging, true)), Outcome::Unknown, &["timeout"]),
        ("cut", || Ok(answers(200, CHARGE, Some(Cut::Broken))), Outcome::Unknown, &["unreadable"]),
        (
            "large",
            || Ok(answers(200, CHARGE, Some(Cut::TooLarge))),
            Outcome::Unknown,
            &["unreadable"],
        ),
        (
            "slow",
            || Ok(answers(200, CHARGE, Some(Cut::TimedOut))),
            Outcome::Unknown,
            &["timeout", "unreadable"],
        ),
        ("refused", || Ok(answers(404, "", None)), Outcome::Refused, &["refused"]),
        ("half a no", || Ok(answers(404, "", Some(Cut::Broken))), Outcome::Unknown, &[]),
    ];
    for (name, play, outcome, said) in rows {
        let (client, given) = client(play);
        let error: Error = capture(&client).await.expect_err(name);
        assert_eq!((error.outcome(), predicates(&error).as_slice()), (outcome, said), "{name}");
        assert_eq!(error.attempts(), u32::from(outcome != Outcome::NotSent), "{name}");
        assert!(error.to_string().starts_with(words(outcome)), "{name}: {error}");
        let times = if predicates(&error).contains(&"connect") { 3 } else { 1 };
        assert_eq!(given.lock().expect("nobody panicked").len(), times, "{name}");
        let source = std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(source.is_some(), error.status().is_none(), "{name}: {source:?}");
    }
}

#[tokio::test]
async fn an_engine_is_not_asked_to_send_what_cannot_be_put_together() {
    let (client, given) = client(|| Ok(answers(200, CHARGE, None)));
    let error = client.charges().get(&"..".into()).await.expect_err("that would climb");
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(given.lock().expect("nobody panicked").len(), 0);
}
