//! Members whose shape another member tells: in the joined document, in the tests' own reading of
//! it, and on their way out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kessai_core::http::{HeaderMap, Request, StatusCode};
use kessai_core::{
    Answer, BoxFuture, Bytes, Call, Engine, Failure, Json, Limits, Operation, Outcome, Provider,
    Sign, SignError, Transport, Unsigned,
};
use serde_json::{Value, json as value};
use xtask::{bundle, file, fixture, load};

use crate::document::{Document, Shape};
use crate::example::{CANARY, root};

/// The joined document of the small fixture.
fn small() -> Value {
    let texts = file::read_yaml(&root().join("tests/fixtures/accepted")).expect("fixtures");
    let document = load::load(&fixture::split(&texts["small.yaml"])).expect("it can be joined");
    let text = bundle::bundle(&document, &BTreeMap::new()).expect("JSON");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn the_joined_document_says_a_choice_as_plain_openapi() {
    let kinds = ["CardData", "KonbiniData"].map(|kind| format!("#/components/schemas/{kind}"));
    let kinds = kinds.map(|kind| value!({ "$ref": kind }));
    assert_eq!(
        small()["components"]["schemas"]["TokenData"],
        value!({
            "description": "What is kept of what a customer pays with.",
            "anyOf": kinds,
        })
    );
}

#[test]
fn these_tests_put_canaries_into_every_kind_of_a_choice() {
    let document = Document::of(&small().to_string());
    let token = document.answer("create_token").expect("a token");
    let Shape::Object(members, _) = document.shape(token) else { panic!("a token is an object") };
    assert!(matches!(document.shape(&members["data"]), Shape::Any), "it is kept as it is");
    let token = document.filled(token, CANARY, CANARY);
    assert_eq!(token["payment_type"], "card");
    assert_eq!([&token["data"]["holder"], &token["data"]["slip"]], [CANARY, CANARY]);
    let request = document.request("create_token").expect("a body");
    let request = document.filled(request, CANARY, CANARY);
    assert_eq!(request["data"]["number"], CANARY);
    assert_eq!(request["data"]["holder"]["name"], CANARY);
}

#[derive(Clone, Debug, PartialEq)]
struct Card {
    number: Option<String>,
}

kessai_core::object!(Card, [(number, "number")]);

#[derive(Clone, Debug, PartialEq)]
enum Source {
    Card(Box<Card>),
    Other(Json),
}

kessai_core::choice!(Source, [(Card, Card, "card")]);

/// Counts how often it was asked to send.
struct Counter(Arc<AtomicUsize>);

impl Engine for Counter {
    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let answer = Answer::new(StatusCode::NO_CONTENT, HeaderMap::new(), Bytes::new());
        Box::pin(async { Ok(answer) })
    }
}

struct Nobody;

impl Sign for Nobody {
    fn sign(&self, _: &Unsigned<'_>, _: &mut HeaderMap) -> Result<(), SignError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_choice_that_is_not_what_it_is_said_to_be_is_not_sent() {
    static SMALL: Provider = Provider::new("small", "tests", |_, _| None);
    static CREATE: Operation = Operation::post("create_token", "/tokens");

    let sent = Arc::default();
    let builder = Transport::builder(&SMALL, "https://api.example.com");
    let transport = builder.engine(Counter(Arc::clone(&sent))).build(Nobody).expect("a transport");
    let card = Source::from(Card { number: None });
    let other = Source::Other(Json::from(true));
    for (told, choice, is_sent) in [
        (Some("card"), Some(&card), true),
        (Some("konbini"), Some(&card), false),
        (None, Some(&card), false),
        (Some("konbini"), Some(&other), true),
        (Some(""), Some(&other), false),
        (None, Some(&other), false),
        (Some("card"), None, true),
        (None, None, true),
    ] {
        let before = sent.load(Ordering::Relaxed);
        let call: Call<'_, ()> = Call::new(&transport, &CREATE).agree(told, choice);
        match call.await {
            Ok(()) => assert!(is_sent, "{told:?} {choice:?}"),
            Err(error) => {
                assert!(!is_sent, "{told:?} {choice:?}");
                assert_eq!(error.outcome(), Outcome::NotSent);
            }
        }
        assert_eq!(sent.load(Ordering::Relaxed) - before, usize::from(is_sent));
    }
}
