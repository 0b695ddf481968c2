//! Who is let in, and what an event is confirmed by.

use super::*;
use crate::fake::FakeEngine;
use crate::sign::tests::{client, client_of_a_merchant};

const BODY: &[u8] = br#"{"event":"charge_finished","data":{"id":"1","store_id":"2"}}"#;

#[test]
fn the_value_is_taken_with_and_without_bearer() {
    for configured in ["s3cret-value", "Bearer s3cret-value"] {
        let auth = WebhookAuth::new(configured).expect("an authorization");
        for sent in [
            "s3cret-value",
            "Bearer s3cret-value",
            "bearer s3cret-value",
            "Bearer Bearer s3cret-value",
        ] {
            assert!(auth.event(sent, BODY).is_ok(), "{configured} {sent}");
        }
    }
}

#[test]
fn every_other_value_is_rejected() {
    let auth = WebhookAuth::new("s3cret-value").expect("an authorization");
    for sent in ["", "Bearer", "Bearer  "] {
        assert_eq!(auth.event(sent, BODY), Err(Rejected::NoAuthorization), "{sent}");
    }
    for sent in ["s3cret-valu", "s3cret-value2", "S3cret-value", "Basic s3cret-value", "x"] {
        assert_eq!(auth.event(sent, BODY), Err(Rejected::WrongAuthorization), "{sent}");
    }
}

#[test]
fn nothing_is_no_authorization() {
    for nothing in ["", " ", "Bearer", "bearer "] {
        assert!(WebhookAuth::new(nothing).is_err(), "{nothing:?}");
    }
}

#[test]
fn it_is_not_printed() {
    let auth = WebhookAuth::new("s3cret-value").expect("an authorization");
    assert!(!format!("{auth:?}").contains("s3cret"));
}

#[test]
fn only_a_whole_word_is_a_scheme() {
    let auth = WebhookAuth::new("bearers3cret").expect("an authorization");
    assert!(auth.event("Bearer bearers3cret", BODY).is_ok());
    assert_eq!(auth.event("s3cret", BODY), Err(Rejected::WrongAuthorization));
    let auth = WebhookAuth::new("basic1 s3cret").expect("an authorization");
    assert_eq!(auth.event("s3cret", BODY), Err(Rejected::WrongAuthorization));
}

fn event(kind: &str, data: &str) -> WebhookEvent {
    let body = format!(r#"{{"event":"{kind}","data":{data}}}"#);
    WebhookEvent::decode(body.as_bytes()).expect("an event")
}

/// A resource as UnivaPay answers it; each has more than it needs.
const NOW: &str = r#"{"id":"i-1","store_id":"s-1","charge_id":"c-1","status":"failed","mode":"test",
    "payment_type":"card","requested_amount":1200,"requested_currency":"JPY"}"#;

/// The same as a message tells it, of another store.
const TOLD: &str = r#"{"id":"i-1","store_id":"s-2","charge_id":"c-1","status":"successful",
    "mode":"test","payment_type":"card","requested_amount":1200,"requested_currency":"JPY"}"#;

#[tokio::test]
async fn an_event_is_confirmed_by_the_resource_itself_in_the_store_of_the_token() {
    for (kind, path) in [
        ("token_created", "tokens/i-1"),
        ("charge_finished", "charges/i-1"),
        ("refund_finished", "charges/c-1/refunds/i-1"),
        ("cancel_finished", "charges/c-1/cancels/i-1"),
        ("customs_declaration_finished", "charges/c-1/customs/i-1"),
        ("subscription_payment", "subscriptions/i-1"),
    ] {
        let event = event(kind, TOLD);
        let engine = FakeEngine::new([(200, NOW)]);
        let live = event.confirm(&client(&engine), Mode::Live).await.expect("an answer");
        assert_eq!(live, None, "{kind}: it is a test");
        for (is_of_store, store) in [(true, "s-1"), (false, "s-2")] {
            let engine = FakeEngine::new([(200, NOW)]);
            let client = if is_of_store { client(&engine) } else { client_of_a_merchant(&engine) };
            let now =
                event.confirm(&client, Mode::Test).await.expect("an answer").expect("a resource");
            let told = event.data.as_ref().expect("data");
            assert_eq!(std::mem::discriminant(&now), std::mem::discriminant(told), "{kind}");
            assert_ne!(&now, told, "{kind}: what it was told is not believed");
            assert_eq!(engine.sent()[0].uri().path(), format!("/stores/{store}/{path}"), "{kind}");
        }
    }
}

#[tokio::test]
async fn deposits_are_confirmed_by_the_charge_that_they_pay() {
    let engine = FakeEngine::new([(200, NOW)]);
    let deposits = event("bank_transfer_status_updated", r#"{"id":"b-1","charge_id":"c-1"}"#);
    let now = deposits.confirm(&client(&engine), Mode::Test).await.expect("an answer");
    assert!(matches!(now, Some(EventData::Charge(_))), "{now:?}");
    assert_eq!(engine.sent()[0].uri().path(), "/stores/s-1/charges/c-1");
}

#[tokio::test]
async fn an_event_without_the_ids_that_reading_takes_confirms_nothing() {
    let engine = FakeEngine::new([]);
    let (store, merchant) = (client(&engine), client_of_a_merchant(&engine));
    for (kind, data) in [
        ("charge_finished", "null"),
        ("dream_dreamt", r#"{"id":"i-1"}"#),
        ("refund_finished", r#"{"id":"i-1","store_id":"s-1"}"#),
        ("cancel_finished", r#"{"id":"i-1","store_id":"s-1"}"#),
        ("customs_declaration_finished", r#"{"id":"i-1","store_id":"s-1"}"#),
        ("bank_transfer_status_updated", r#"{"id":"i-1"}"#),
    ] {
        let now = event(kind, data).confirm(&store, Mode::Test).await.expect("no call");
        assert_eq!(now, None, "{kind}");
    }
    for kind in ["refund_finished", "bank_transfer_status_updated", "subscription_payment"] {
        let told = event(kind, r#"{"id":"i-1","charge_id":"c-1"}"#);
        assert_eq!(told.confirm(&merchant, Mode::Test).await.expect("no call"), None, "{kind}");
    }
    assert!(engine.sent().is_empty());
}
