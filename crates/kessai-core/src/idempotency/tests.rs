//! Keys: which are made, which are taken, which are sent.

use std::collections::HashSet;
use std::time::Duration;

use super::*;
use crate::fake::{self, NoKey, answer};
use crate::{Call, Operation, Outcome, Phase, Transport};

const HEADER: &str = "Idempotency-Key";

static CREATE: Operation = Operation::post("create_charge", "/charges").idempotent(HEADER);
static REVOKE: Operation = Operation::delete("revoke_charge", "/charges");

fn create(transport: &Transport) -> Call<'_, ()> {
    Call::new(transport, &CREATE)
}

#[test]
fn a_random_key_is_a_uuid_of_version_4_and_no_two_are_alike() {
    assert_eq!(uuid([0; 16], 4), "00000000-0000-4000-8000-000000000000");
    assert_eq!(uuid([0xff; 16], 4), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    let counted: [u8; 16] = std::array::from_fn(|at| u8::try_from(at * 17).unwrap_or(0));
    assert_eq!(uuid(counted, 4), "00112233-4455-4677-8899-aabbccddeeff");
    let keys: HashSet<String> = (0..1000).filter_map(|_| random()).collect();
    assert_eq!(keys.len(), 1000);
    assert!(keys.iter().all(|key| is_key(key)));
}

#[tokio::test]
async fn a_call_sends_the_key_it_shows_and_each_call_has_its_own() {
    let (transport, sent) = fake::transport(|_| answer(200, ""));
    let mut keys = HashSet::new();
    for at in 0..3 {
        let call = create(&transport);
        let key = call.key().map(ToOwned::to_owned).expect("a key");
        let response = call.send().await.expect("an answer");
        assert_eq!(response.idempotency_key(), Some(key.as_str()));
        let header = sent.requests()[at].headers()[HEADER].clone();
        assert!(header == key.as_str() && header.is_sensitive(), "{header:?}");
        keys.insert(key);
    }
    assert_eq!(keys.len(), 3);
}

#[tokio::test]
async fn a_failed_call_can_be_sent_again_with_its_key() {
    let (transport, sent) = fake::transport(|_| fake::failure(Phase::Exchanging));
    let error = create(&transport).await.expect_err("the line breaks");
    assert_eq!(error.outcome(), Outcome::Unknown);
    let key = error.idempotency_key().expect("a key").to_owned();
    let again = create(&transport).idempotency_key(&key);
    assert_eq!(again.key(), Some(key.as_str()));
    let error = again.await.expect_err("the line breaks again");
    assert_eq!(error.idempotency_key(), Some(key.as_str()));
    let keys: Vec<_> =
        sent.requests().iter().map(|request| request.headers()[HEADER].clone()).collect();
    assert_eq!(keys, [&key, &key]);
}

#[tokio::test]
async fn every_error_says_the_key_of_its_call() {
    for play in [
        || fake::failure(Phase::Building),
        || fake::failure(Phase::Connecting),
        || fake::failure(Phase::Exchanging),
        || answer(409, "{}"),
        || answer(500, ""),
        || (Duration::ZERO, Ok(cut())),
    ] {
        let (transport, _) = fake::transport(move |_| play());
        let error = create(&transport).idempotency_key("A-1").await.expect_err("as told");
        assert_eq!(error.idempotency_key(), Some("A-1"), "{error}");
    }
    let (transport, _) = fake::transport(|_| answer(200, "not JSON"));
    let unreadable = Call::<Vec<String>>::new(&transport, &CREATE).idempotency_key("A-1");
    let error = unreadable.await.expect_err("not JSON");
    assert_eq!((error.is_unreadable(), error.idempotency_key()), (true, Some("A-1")));
}

fn cut() -> crate::Answer {
    let (_, whole) = answer(200, "{");
    let mut answer = whole.unwrap_or_else(|failure| panic!("{failure:?}"));
    answer.cut = Some(crate::Cut::Broken);
    answer
}

#[tokio::test]
async fn a_key_that_cannot_be_sent_is_not() {
    let (transport, sent) = fake::transport(|_| answer(200, ""));
    let long = "k".repeat(256);
    for key in ["", " ", "a b", "a\r\nb", "a\tb", "clé", "\u{7f}", &long] {
        let error = create(&transport).idempotency_key(key).await.expect_err(key);
        assert_eq!(error.outcome(), Outcome::NotSent, "{key:?}");
        assert!(!format!("{error}").contains("kkk"), "{error}");
    }
    assert_eq!(sent.requests().len(), 0);
    for key in ["!", "~", &long[1..]] {
        create(&transport).idempotency_key(key).await.expect("an answer");
    }
    assert_eq!(sent.requests().len(), 3);
}

#[tokio::test]
async fn a_call_without_any_randomness_is_not_sent_unless_it_is_given_a_key() {
    let (transport, sent) = fake::transport(|_| answer(200, ""));
    let error = create(&transport).without_key().await.expect_err("no key");
    assert_eq!((error.outcome(), error.idempotency_key()), (Outcome::NotSent, None));
    create(&transport).without_key().idempotency_key("A-1").await.expect("an answer");
    assert_eq!(sent.requests().len(), 1);
}

#[tokio::test]
async fn only_an_operation_whose_repeats_are_recognised_has_a_key() {
    let (transport, sent) = fake::transport(|_| answer(200, ""));
    let revoke = || Call::<()>::new(&transport, &REVOKE);
    assert_eq!(revoke().key(), None);
    let error = revoke().idempotency_key("A-1").await.expect_err("no such key");
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().ends_with("this operation has no idempotency key"), "{error}");
    let response = revoke().send().await.expect("an answer");
    assert_eq!(response.idempotency_key(), None);
    assert!(!sent.requests()[0].headers().contains_key(HEADER));
}

#[tokio::test]
async fn no_header_takes_the_place_of_the_key() {
    let (builder, sent) = fake::builder(|_| answer(200, ""));
    let everywhere = http::HeaderName::from_static("idempotency-key");
    let builder = builder.header(everywhere, http::HeaderValue::from_static("for all"));
    let transport = builder.build(NoKey).expect("a transport");
    for name in [HEADER, "idempotency-key", "IDEMPOTENCY-KEY"] {
        let error = create(&transport).header(name, "mine").await.expect_err(name);
        assert_eq!(error.outcome(), Outcome::NotSent, "{name}");
    }
    create(&transport).idempotency_key("A-1").await.expect("an answer");
    let requests = sent.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].headers().get_all(HEADER).iter().collect::<Vec<_>>(), ["A-1"]);
}

#[tokio::test]
async fn a_key_is_not_printed() {
    let (transport, _) = fake::transport(|_| answer(500, ""));
    let call = create(&transport).idempotency_key("kanarievogel");
    let printed = format!("{call:?}");
    let pending = call.send();
    let printed = format!("{printed} {pending:?}");
    let error = pending.await.expect_err("as told");
    assert!(!format!("{printed} {error} {error:?}").contains("kanarievogel"));
    let (transport, _) = fake::transport(|_| answer(200, ""));
    let response = create(&transport).idempotency_key("kanarievogel").send().await;
    assert!(!format!("{response:?}").contains("kanarievogel"));
}

#[test]
fn a_derived_key_is_what_another_language_makes_of_it() {
    // By Python's hmac and uuid.
    for (namespace, reference, key) in [
        ("shop/create_charge", "A-1", "a3f4d2e8-77c9-8fd5-9aab-8674513afd23"),
        ("shop/create_charge", "A-2", "6621aeb4-deda-83c0-885e-01869d137b4e"),
        ("shop/create_refund", "A-1", "ce145abe-500e-804e-b8f1-3aa3efd745fe"),
        ("店", "注文 1", "446f9643-4d86-8cc0-a461-0f7edc979d8b"),
    ] {
        let derived = IdempotencyKey::derive(namespace, reference).expect("a key");
        assert_eq!(derived.as_str(), key);
        assert!(is_key(key));
        assert_eq!(format!("{derived:?}"), "IdempotencyKey(..)");
    }
}

#[test]
fn nothing_has_no_key() {
    for (namespace, reference) in [("", "A-1"), ("shop", ""), ("", "")] {
        assert_eq!(IdempotencyKey::derive(namespace, reference), Err(NoReference));
    }
    let why = "a reference, or the namespace or kind that it belongs to, is empty";
    assert_eq!(NoReference.to_string(), why);
}

#[tokio::test]
async fn a_derived_key_is_sent() {
    let (transport, sent) = fake::transport(|_| answer(200, ""));
    let key = IdempotencyKey::derive("shop/create_charge", "A-1").expect("a key");
    let call = create(&transport).idempotency_key(key.clone());
    assert_eq!(call.key(), Some(key.as_str()));
    call.await.expect("an answer");
    assert_eq!(sent.requests()[0].headers()[HEADER], key.as_str());
}
