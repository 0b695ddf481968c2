//! Requests that carry their proof in the body or the query, and answers that are signed or say no.

use http::HeaderMap;

use crate::fake::{self, NoKey, answer};
use crate::{Call, Error, Operation, Outcome, Sign, SignError, Unsigned};

static PAY: Operation = Operation::post("pay", "/pay").succeeds("code", &["ok"]);
static LOOK: Operation = Operation::get("look", "/pay");

/// Writes what the body holds behind it, and takes no answer that does not end so.
struct Seal;

impl Sign for Seal {
    fn complete(
        &self,
        operation: &Operation,
        query: &mut String,
        body: &mut Vec<u8>,
    ) -> Result<(), SignError> {
        if operation.name() == "look" {
            query.push_str("seal=1");
        } else {
            body.extend_from_slice(b" sealed");
        }
        Ok(())
    }

    fn verify(&self, _: &Operation, answer: &[u8], denied: bool) -> Result<(), SignError> {
        if denied || answer.ends_with(b" ") { Ok(()) } else { Err(SignError("it is not sealed")) }
    }

    fn sign(&self, request: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        let length = request.body.len().into();
        headers.insert("x-length", length);
        Ok(())
    }
}

async fn paid(body: &'static str) -> Result<(), Error> {
    let (transport, _) = fake::transport(move |_| answer(200, body));
    Call::new(&transport, &PAY).await
}

#[tokio::test]
async fn what_a_good_status_denies_is_refused_or_unknown_and_never_done() {
    assert!(paid(r#"{"code":"ok"}"#).await.is_ok());
    let outcome = async |body| paid(body).await.expect_err(body).outcome();
    assert_eq!(outcome(r#"{"code":"no"}"#).await, Outcome::Refused);
    assert_eq!(outcome(r#"{"code":"who knows"}"#).await, Outcome::Unknown);
    assert_eq!(outcome(r#"{"code":"newer"}"#).await, Outcome::Unknown);
    assert_eq!(outcome(r#"{"code":"in no words of the provider"}"#).await, Outcome::Unknown);
}

#[tokio::test]
async fn a_denial_shows_its_code_and_no_more() {
    let error = paid(r#"{"code":"no"}"#).await.expect_err("a denial");
    assert_eq!(error.refusal().map(crate::Refusal::code), Some("no"));
    assert_eq!(error.to_string(), "refused: pay at fake was answered 200 no");
    assert!(error.is_refused() && !error.is_unreadable() && !error.is_forged());
}

#[tokio::test]
async fn a_seal_goes_over_the_wire_and_is_there_when_the_headers_are_signed() {
    let (builder, sent) = fake::builder(|_| answer(200, r#"{"code":"ok"} "#));
    let transport = builder.build(Seal).expect("a transport");
    Call::<()>::new(&transport, &PAY).json(&[1]).await.expect("sealed");
    Call::<()>::new(&transport, &LOOK).await.expect("sealed");
    assert_eq!(sent.requests()[0].body().as_ref(), b"[1] sealed");
    assert_eq!(sent.requests()[0].headers()["x-length"], "10");
    assert_eq!(sent.uris()[1], "https://api.example.com/pay?seal=1");
}

#[tokio::test]
async fn an_answer_that_is_not_the_providers_leaves_the_outcome_open() {
    let (builder, _) = fake::builder(|_| answer(200, r#"{"code":"ok"}"#));
    let transport = builder.build(Seal).expect("a transport");
    let error = Call::<()>::new(&transport, &PAY).json(&[1]).await.expect_err("it is not sealed");
    assert_eq!((error.outcome(), error.is_forged()), (Outcome::Unknown, true));
    assert_eq!(error.to_string(), "outcome unknown: pay at fake: it is not sealed");
}

#[tokio::test]
async fn what_cannot_be_sealed_is_not_sent() {
    struct Broken;
    impl Sign for Broken {
        fn complete(
            &self,
            _: &Operation,
            _: &mut String,
            _: &mut Vec<u8>,
        ) -> Result<(), SignError> {
            Err(SignError("no seal"))
        }
        fn sign(&self, _: &Unsigned<'_>, _: &mut HeaderMap) -> Result<(), SignError> {
            Ok(())
        }
    }
    let (builder, sent) = fake::builder(|_| answer(200, ""));
    let transport = builder.build(Broken).expect("a transport");
    let error = Call::<()>::new(&transport, &PAY).json(&[1]).await.expect_err("no seal");
    assert_eq!((error.outcome(), sent.uris().len()), (Outcome::NotSent, 0));
}

#[tokio::test]
async fn a_call_without_a_body_is_sent_without_one() {
    let (builder, sent) = fake::builder(|_| answer(200, ""));
    let transport = builder.build(NoKey).expect("a transport");
    Call::<()>::new(&transport, &PAY).await.expect("nothing is read");
    assert!(sent.requests()[0].headers().get("content-type").is_none());
}
