//! What the merchant's server would be told.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{kinds, ok, text};

#[tokio::test]
async fn an_event_carries_the_thing_as_the_api_shows_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let held = ok(&sandbox, "POST", "/charges", order("A-1", json!({ "capture": false }))).await;
    assert_eq!(kinds(&sandbox), [""; 0], "nothing is paid yet");
    let target = format!("/charges/{}", text(&held, "id"));
    let captured = ok(&sandbox, "POST", &format!("{target}/capture"), json!({})).await;
    let refund = ok(&sandbox, "POST", &format!("{target}/refunds"), json!({ "amount": 1 })).await;
    let other = ok(&sandbox, "POST", "/charges", order("A-2", Value::Null)).await;
    let revoke = format!("/charges/{}/revoke", text(&other, "id"));
    let revoked = ok(&sandbox, "POST", &revoke, Value::Null).await;

    let events = elepay.events();
    let told =
        [("charge.succeeded", captured), ("refund.succeeded", refund), ("charge.revoked", revoked)];
    assert_eq!(events.len(), told.len());
    for (event, (kind, object)) in events.iter().zip(told) {
        let body: Value = serde_json::from_slice(event.body()).unwrap();
        let time = body["createTime"].clone();
        assert!(event.id().starts_with("evt_") && time.is_i64());
        assert_eq!(event.kind(), kind);
        let whole = json!({
            "id": event.id(), "object": "event", "createTime": time, "liveMode": false,
            "type": kind, "data": { "object": object },
        });
        assert_eq!(body, whole);
    }
}

#[tokio::test]
async fn a_refusal_tells_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let charge = ok(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    let target = format!("/charges/{}", text(&charge, "id"));
    for act in ["capture", "refunds"] {
        let body = json!({ "amount": 1 });
        crate::http::no(&sandbox, "POST", &format!("{target}/{act}"), body).await;
    }
    assert_eq!(kinds(&sandbox), [""; 0]);
}

#[tokio::test]
async fn after_a_rotation_two_secrets_sign() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let charge = ok(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    elepay.pay(text(&charge, "id")).unwrap();
    let event = &elepay.events()[0];
    let old = elepay.webhook_secret();
    let header = elepay.signature(event.body(), 1_700_000_000);
    assert_eq!(header, event.signed_header(&old, 1_700_000_000));
    assert!(header.starts_with("t=1700000000,sign="));
    assert_eq!(header.len(), "t=1700000000,sign=".len() + 64);

    let sign = |secret: &str| event.signed_header(secret, 7).replace("t=7,", "");
    let new = elepay.rotate_webhook_secret();
    assert_eq!(elepay.webhook_secret(), new);
    assert_ne!(new, old);
    let header = elepay.signature(event.body(), 7);
    assert_eq!(header, format!("t=7,{},{}", sign(&old), sign(&new)));
    let newest = elepay.rotate_webhook_secret();
    let header = elepay.signature(event.body(), 7);
    assert_eq!(header, format!("t=7,{},{}", sign(&new), sign(&newest)), "the oldest is gone");
}
