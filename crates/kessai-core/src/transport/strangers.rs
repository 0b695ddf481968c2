//! Answers of somebody in between: what they leave open.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::fake::{self, NoKey, answer};
use crate::{Call, Error, FakeClock, KeyPromise, Operation, Outcome, Provider, Retry, Unknown};

#[derive(Debug)]
struct Payment {
    id: Option<String>,
    unknown: Unknown,
}

crate::object!(Payment, [(id, "id")], unknown);

static PAY: Operation = Operation::post("pay", "/payments");
static LOOK: Operation = Operation::get("look", "/payments");

async fn paid(operation: &'static Operation, body: &'static str) -> Result<Payment, Error> {
    let (transport, _) = fake::transport(move |_| answer(200, body));
    Call::new(&transport, operation).await
}

#[tokio::test]
async fn an_object_in_which_nothing_is_documented_is_no_payment() {
    let error = paid(&PAY, r#"{"message":"under maintenance"}"#).await.expect_err("not a payment");
    assert_eq!((error.outcome(), error.is_unreadable()), (Outcome::Unknown, true));
    assert!(paid(&PAY, r#"{"id":"p_1","message":"thank you"}"#).await.is_ok());
    assert!(paid(&PAY, "{}").await.is_ok());
    let seen = paid(&LOOK, r#"{"message":"under maintenance"}"#).await.expect("nothing was done");
    assert_eq!((seen.id, seen.unknown.get("message").is_some()), (None, true));
}

#[tokio::test]
async fn an_answer_that_does_not_say_how_it_went_leaves_it_open() {
    static PAY: Operation = Operation::post("pay", "/payments").succeeds("id", &["p_1"]);
    let error = paid(&PAY, r#"{"id":null}"#).await.expect_err("it says nothing");
    assert_eq!((error.outcome(), error.is_unreadable()), (Outcome::Unknown, true));
    assert!(paid(&PAY, r#"{"id":"p_1"}"#).await.is_ok());
}

#[tokio::test]
async fn a_page_with_a_good_status_is_no_answer_that_tells_nothing() {
    let (transport, _) = fake::transport(|_| answer(200, "<html>rejected</html>"));
    let error = Call::<()>::new(&transport, &PAY).await.expect_err("a page");
    assert_eq!((error.outcome(), error.is_unreadable()), (Outcome::Unknown, true));
}

/// A provider that documents 429 without a body, and says which keys it has not kept.
static CAREFUL: Provider = Provider::new("careful", "kessai-careful/1", |_, _| None)
    .with_bare_throttling()
    .with_key_promise(|_| KeyPromise::BestEffort)
    .with_key_unkept_header("x-kept", &["no", "off"]);

static PAY_BY_KEY: Operation = Operation::post("pay", "/payments").idempotent("Idempotency-Key");

/// How often a call is sent that is answered so every time, and what becomes of it.
async fn sent(status: u16, kept: Option<&'static str>, keys: bool) -> (usize, Outcome) {
    let (builder, sent) = fake::builder_of(&CAREFUL, move |_| {
        let (time, played) = answer(status, "");
        let played = played.map(|mut answer| {
            let kept = kept.map(HeaderValue::from_static);
            answer.headers.extend(kept.map(|kept| (HeaderName::from_static("x-kept"), kept)));
            answer
        });
        (time, played)
    });
    let retry = Retry { best_effort_keys: keys, ..Retry::default() };
    let transport = builder.clock(FakeClock::new()).retry(retry).build(NoKey).expect("a transport");
    let call = Call::<()>::new(&transport, &PAY_BY_KEY).deadline(Duration::from_secs(600));
    let error = call.await.expect_err("it fails");
    (sent.requests().len(), error.outcome())
}

#[tokio::test]
async fn too_many_requests_without_words_is_a_refusal_only_where_it_is_documented() {
    assert_eq!(sent(429, None, false).await, (3, Outcome::Refused));
    let (transport, requests) = fake::transport(|_| answer(429, ""));
    let error = Call::<()>::new(&transport, &PAY).await.expect_err("throttled");
    assert_eq!((error.outcome(), error.is_throttled()), (Outcome::Unknown, true));
    assert_eq!(requests.requests().len(), 1);
}

#[tokio::test]
async fn a_key_that_was_not_kept_protects_from_nothing() {
    assert_eq!(sent(500, None, true).await, (3, Outcome::Unknown));
    assert_eq!(sent(500, Some("yes"), true).await, (3, Outcome::Unknown));
    assert_eq!(sent(500, Some("no"), true).await, (1, Outcome::Unknown));
    assert_eq!(sent(500, Some("off"), true).await, (1, Outcome::Unknown));
    assert_eq!(sent(500, None, false).await, (1, Outcome::Unknown));
}
