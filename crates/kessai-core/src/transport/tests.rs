//! What a transport sends with every request, and what it makes of answers.

use std::sync::Mutex;

use http::StatusCode;

use super::*;
use crate::engine::{Failure, Phase};
use crate::fake::{self, NoKey, Play, answer};
use crate::{Call, FakeClock, Outcome, Refusal};

static GET: Operation = Operation::get("get", "/charges");
static PAY: Operation = Operation::post("pay", "/pay");

/// Names its requests and marks its answers.
static NAMED: Provider =
    Provider::new("named", "named/1", |_, body| (body == b"no").then(|| Refusal::new("no")))
        .with_request_id_header("x-id")
        .with_replay_header("x-replay", "yes");

/// Plays one answer, and remembers the limits it was given.
struct One<F> {
    play: F,
    given: Arc<Mutex<Option<Limits>>>,
}

impl<F: Fn() -> Play + Send + Sync> Engine for One<F> {
    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        *self.given.lock().expect("nobody panicked") = Some(limits.clone());
        let (_, result) = (self.play)();
        Box::pin(std::future::ready(result))
    }
}

/// A builder of transports to [`NAMED`] that play one answer.
fn named(play: impl Fn() -> Play + Send + Sync + 'static) -> TransportBuilder {
    let engine = One { play, given: Arc::default() };
    Transport::builder(&NAMED, "https://api.example.com").engine(engine).retry(Retry::never())
}

/// Names its requests.
struct Names(&'static str);

impl Sign for Names {
    fn sign(&self, _: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        headers.insert("x-id", HeaderValue::from_static(self.0));
        Ok(())
    }
}

fn with_headers(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> Play {
    let (takes, whole) = answer(status, body);
    let mut whole = whole.expect("an answer");
    whole.headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value")))
        .collect();
    (takes, Ok(whole))
}

async fn pay(builder: TransportBuilder, sign: impl Sign + 'static) -> Result<Response<()>, Error> {
    let transport = builder.build(sign).expect("a transport");
    Call::new(&transport, &PAY).send().await
}

#[tokio::test]
async fn every_request_says_who_sends_it_and_what_it_takes() {
    let (builder, sent) = fake::builder(|_| answer(200, ""));
    let everywhere = HeaderName::from_static("x-everywhere");
    let builder = builder.header(everywhere, HeaderValue::from_static("1")).user_agent("shop/1.2");
    let accept = HeaderValue::from_static("text/html");
    let transport = builder.header(ACCEPT, accept).build(Names("req_1")).expect("a transport");
    Call::<()>::new(&transport, &GET).header("x-id", "mine").await.expect("an answer");
    let requests = sent.requests();
    let headers = requests[0].headers();
    let all = |name: &str| headers.get_all(name).iter().cloned().collect::<Vec<_>>();
    assert_eq!(all("x-everywhere"), ["1"]);
    assert_eq!(all("user-agent"), ["fake/1 shop/1.2"]);
    assert_eq!(all("accept"), ["application/json"], "what this crate writes has the last word");
    assert_eq!(all("x-id"), ["req_1"], "and so has the signature");
}

#[tokio::test]
async fn another_signature_goes_over_the_same_line() {
    let (builder, sent) = fake::builder(|_| answer(200, ""));
    let transport = builder.user_agent("shop/1.2").build(Names("one")).expect("a transport");
    let other = transport.signed_by(Names("other"));
    for transport in [&transport, &other] {
        Call::<()>::new(transport, &GET).await.expect("an answer");
    }
    let requests = sent.requests();
    let ids: Vec<_> = requests.iter().map(|request| request.headers()["x-id"].clone()).collect();
    assert_eq!(ids, ["one", "other"]);
    assert_eq!(requests[0].uri(), requests[1].uri());
    assert_eq!(requests[1].headers()["user-agent"], "fake/1 shop/1.2");
}

#[tokio::test]
async fn another_signature_shares_what_repeats_may_cost_and_the_clock() {
    let clock = FakeClock::new();
    let (builder, sent) = fake::builder(|_| fake::failure(Phase::Connecting));
    let budget = crate::RetryBudget { size: 20, repeat: 10, ..crate::RetryBudget::default() };
    let retry = Retry { attempts: 2, budget, ..Retry::default() };
    let transport = builder.clock(clock.clone()).retry(retry).build(NoKey).expect("a transport");
    let other = transport.signed_by(NoKey);
    for transport in [&transport, &other, &transport, &other] {
        Call::<()>::new(transport, &GET).await.expect_err("no connection");
    }
    assert_eq!((sent.requests().len(), clock.slept().len()), (6, 2), "two repeats in all");
}

#[tokio::test]
async fn an_answer_whose_headers_are_too_large_is_not_read() {
    for (value, fits) in [("1234567", true), ("12345678", false)] {
        // Two names of three characters, and their values.
        let headers = [("x-a", value), ("x-b", "123")];
        let play = move || with_headers(200, &headers, "");
        let limits = Limits { headers: 16, ..Limits::default() };
        let answer = pay(named(play).limits(limits), NoKey).await;
        assert_eq!(answer.is_ok(), fits, "{value}");
        if let Err(error) = answer {
            let sentence = "outcome unknown: pay at named got an answer beyond the limits";
            assert_eq!(error.to_string(), sentence);
        }
    }
}

#[tokio::test]
async fn an_engine_is_given_the_limits() {
    let given = Arc::default();
    let engine = One { play: || answer(200, ""), given: Arc::clone(&given) };
    let limits = Limits { attempt: Duration::from_secs(7), body: 9, ..Limits::default() };
    let builder = Transport::builder(&NAMED, "https://api.example.com").engine(engine);
    pay(builder.limits(limits.clone()), NoKey).await.expect("an answer");
    assert_eq!(*given.lock().expect("nobody panicked"), Some(limits));
}

#[tokio::test]
async fn half_an_answer_is_neither_a_success_nor_a_no() {
    for (cut, is_timeout) in [(Cut::Broken, false), (Cut::TimedOut, true), (Cut::TooLarge, false)] {
        // The other half of a 401 may have said that nobody knows.
        for status in [200, 401] {
            let play = move || {
                let (takes, whole) = answer(status, "{");
                let whole = whole.map(|mut answer| {
                    answer.cut = Some(cut);
                    answer
                });
                (takes, whole)
            };
            let error = pay(named(play), NoKey).await.expect_err("half an answer");
            assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?} {error}");
            assert_eq!(error.is_timeout(), is_timeout && status == 200, "{error}");
            assert_eq!(error.is_unreadable(), status == 200, "{error}");
        }
    }
}

#[tokio::test]
async fn only_2xx_is_a_success() {
    for status in [200, 201, 204, 299] {
        let response = pay(named(move || answer(status, "")), NoKey).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::from_u16(status).expect("a status"));
    }
    for (status, body, outcome) in [
        (199, "no", Outcome::Unknown),
        (302, "no", Outcome::Unknown),
        (400, "no", Outcome::Refused),
        (400, "", Outcome::Unknown),
    ] {
        let error = pay(named(move || answer(status, body)), NoKey).await.expect_err("no success");
        assert_eq!(error.outcome(), outcome, "{error}");
        assert_eq!(error.refusal().map(Refusal::code), (!body.is_empty()).then_some("no"));
        assert_eq!((error.attempts(), error.body().map(Bytes::len)), (1, Some(body.len())));
    }
}

#[tokio::test]
async fn a_request_is_called_by_the_answers_name_for_it_or_else_by_its_own() {
    let answered = |status| move || with_headers(status, &[("x-id", "theirs")], "");
    let response = pay(named(answered(200)), Names("ours")).await.expect("an answer");
    assert_eq!(response.request_id(), Some("theirs"));
    let error = pay(named(answered(500)), Names("ours")).await.expect_err("it failed");
    assert_eq!(error.request_id(), Some("theirs"));

    let response = pay(named(|| answer(200, "")), Names("ours")).await.expect("an answer");
    assert_eq!(response.request_id(), Some("ours"));
    let lost = || fake::failure(Phase::Exchanging);
    let error = pay(named(lost), Names("ours")).await.expect_err("it failed");
    assert_eq!(error.request_id(), Some("ours"), "support can look for what got no answer");
    assert_eq!(pay(named(lost), NoKey).await.expect_err("it failed").request_id(), None);
}

#[tokio::test]
async fn an_answer_that_is_given_again_says_so() {
    for (value, replayed) in [("yes", true), ("no", false)] {
        let play = |status| move || with_headers(status, &[("x-replay", value)], "");
        let response = pay(named(play(200)), NoKey).await.expect("an answer");
        assert_eq!(response.replayed(), replayed);
        let error = pay(named(play(400)), NoKey).await.expect_err("it is refused");
        assert_eq!(error.replayed(), replayed);
    }
}

#[tokio::test]
async fn what_does_not_read_leaves_the_outcome_open_and_keeps_the_answer() {
    let transport = named(|| answer(200, "{}")).build(Names("ours")).expect("a transport");
    let error = Call::<Vec<u8>>::new(&transport, &PAY).await.expect_err("no list");
    assert_eq!((error.outcome(), error.is_unreadable()), (Outcome::Unknown, true));
    assert_eq!((error.provider(), error.operation()), ("named", "pay"));
    assert_eq!((error.request_id(), error.attempts()), (Some("ours"), 1));
    assert_eq!(error.body().map(AsRef::as_ref), Some(&b"{}"[..]));
}

#[test]
fn a_transport_prints_where_it_goes_and_nothing_it_signs_with() {
    let builder = named(|| answer(200, "")).user_agent("kanarievogel");
    let printed = format!("{builder:?}");
    assert!(printed.starts_with("TransportBuilder { provider: \"named\", limits: Limits {"));
    let transport = builder.build(Names("kanarievogel")).expect("a transport");
    let printed = format!("{printed}{transport:?}");
    let place = "Transport { provider: \"named\", base_url: \"https://api.example.com\", limits: ";
    assert!(printed.contains(place) && !printed.contains("kanarie"), "{printed}");
}

#[test]
fn a_transport_that_cannot_work_is_not_built() {
    struct Keyless;
    impl Sign for Keyless {
        fn check(&self) -> Result<(), SignError> {
            Err(SignError("there is no key"))
        }
        fn sign(&self, _: &Unsigned<'_>, _: &mut HeaderMap) -> Result<(), SignError> {
            Ok(())
        }
    }
    let builder = || named(|| answer(200, ""));
    let wrong = |built: Result<Transport, Error>| {
        let error = built.expect_err("it cannot work");
        assert_eq!(error.outcome(), Outcome::NotSent);
        error.to_string()
    };
    let error = wrong(builder().build(Keyless));
    assert_eq!(error, "not sent: build at named: there is no key");
    let error = wrong(builder().user_agent("shop\n").build(NoKey));
    assert_eq!(error, "not sent: build at named: the user agent does not fit into a header");
    let error = wrong(builder().base_url("http://api.example.com").build(NoKey));
    assert!(error.ends_with("the address must use https, or http to loopback"), "{error}");
}
