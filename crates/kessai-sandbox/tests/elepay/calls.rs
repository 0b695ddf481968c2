//! Calls that are wrong in themselves, and the sandbox around them.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::charges::order;
use crate::http::{call, say};

#[tokio::test]
async fn a_body_that_the_document_does_not_allow_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let long = "x".repeat(51);
    let refusals = [
        (json!({}), "M002001", "amount"),
        (json!({ "amount": 1, "paymentMethod": "creditcard" }), "M002001", "orderNo"),
        (order("A-1", json!({ "amount": "1200" })), "M002002", "amount"),
        (order("A-1", json!({ "amount": 0 })), "M002002", "amount"),
        (order("A-1", json!({ "amount": 1e30 })), "M002002", "amount"),
        (order("A-1", json!({ "paymentMethod": "seashells" })), "M002002", "paymentMethod"),
        (order(&long, json!({})), "M002002", "orderNo"),
        (order("A-1", json!({ "currency": "YEN!" })), "M002002", "currency"),
        (order("A-1", json!({ "currency": "jpy" })), "M002009", "currency"),
        (order("A-1", json!({ "metadata": { "shop": 7 } })), "M002002", "metadata.shop"),
        (order("A-1", json!({ "metadata": { "__a": "" } })), "M002002", "metadata.__a"),
        (order("A-1", json!({ "capture": null })), "M002002", "capture"),
    ];
    for (body, code, parameter) in refusals {
        let refused = call(&sandbox, "POST", "/charges", body.clone()).await;
        assert_eq!(refused.refusal(), (400, code, Some(parameter)), "{body}");
    }
    assert!(sandbox.elepay().ledger().lines().is_empty());
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
    let calls = [
        ("GET", "/charges/ch_none", Value::Null),
        ("GET", "/charges/ch_none/status", Value::Null),
        ("POST", "/charges/ch_none/capture", json!({})),
        ("POST", "/charges/ch_none/revoke", Value::Null),
        ("GET", "/charges/ch_none/refunds", Value::Null),
        ("POST", "/charges/ch_none/refunds", json!({ "amount": 1 })),
    ];
    for (method, target, body) in calls {
        let refused = call(&sandbox, method, target, body).await;
        assert_eq!(refused.refusal(), (400, "M002003", None), "{target}");
    }
    let charge = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    let refund = format!("/charges/{}/refunds/rfd_none", charge.id());
    let refused = call(&sandbox, "GET", &refund, Value::Null).await;
    assert_eq!(refused.refusal(), (400, "M002003", None));
}

#[tokio::test]
async fn a_call_without_the_key_changes_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let body = order("A-1", Value::Null).to_string();
    let none = say(elepay.base_url(), "POST", "/charges", "", &body).await;
    assert_eq!(none.refusal(), (400, "M004002", None));
    let wrong = "authorization: Bearer sk_live_1\r\n";
    let wrong = say(elepay.base_url(), "POST", "/charges", wrong, &body).await;
    assert_eq!(wrong.refusal(), (400, "M004001", None));
    assert!(elepay.ledger().lines().is_empty());
    assert!(elepay.journal().iter().all(|entry| entry.operation() == Some("create_charge")));
}

#[tokio::test]
async fn a_call_that_the_document_does_not_have_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let key = format!("authorization: Bearer {}\r\n", elepay.secret_key());
    for (method, target) in [("DELETE", "/charges"), ("GET", "/charges/"), ("GET", "/moon")] {
        let refused = say(elepay.base_url(), method, target, &key, "").await;
        assert_eq!(refused.refusal(), (400, "M003000", None), "{method} {target}");
    }
    assert!(elepay.journal().iter().all(|entry| entry.operation().is_none()));
}

#[tokio::test]
async fn broken_and_oversized_bodies_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let key = format!("authorization: Bearer {}\r\n", elepay.secret_key());
    for body in ["{", "[]", "\u{fffd}"] {
        let broken = say(elepay.base_url(), "POST", "/charges", &key, body).await;
        assert_eq!(broken.refusal(), (400, "M002002", None), "{body}");
    }
    let large = " ".repeat(1024 * 1024 + 1);
    let refused = say(elepay.base_url(), "POST", "/charges", &key, &large).await;
    assert_eq!((refused.status, refused.body), (413, Value::Null));
    assert_eq!(elepay.journal().last().unwrap().status(), 413);
}

#[tokio::test]
async fn messages_are_japanese_unless_english_is_asked_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let url = sandbox.elepay().base_url();
    let japanese = say(url, "GET", "/charges", "", "").await;
    let english = say(url, "GET", "/charges", "accept-language: en\r\n", "").await;
    assert!(!japanese.body["message"].as_str().unwrap().is_ascii());
    assert_eq!(english.body["message"], "The request carries no API key.");
    assert_ne!(japanese.body["requestId"], english.body["requestId"]);
}

#[tokio::test]
async fn the_journal_keeps_every_call() {
    let sandbox = Sandbox::start().await.unwrap();
    call(&sandbox, "GET", "/charges?limit=1", Value::Null).await;
    call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    let journal = sandbox.elepay().journal();
    let seen: Vec<_> =
        journal.iter().map(|entry| (entry.operation().unwrap(), entry.status())).collect();
    assert_eq!(seen, [("list_charges", 200), ("create_charge", 201)]);
    assert_eq!((journal[0].method(), journal[0].path()), ("GET", "/charges"));
    assert_eq!(journal[0].query(), "limit=1");
    let sent: Value = serde_json::from_slice(journal[1].request_body()).unwrap();
    assert_eq!(sent["orderNo"], "A-1");
    assert!(journal[1].answer_body().starts_with(b"{"));
}

#[tokio::test]
async fn two_sandboxes_give_the_same_ids_and_share_nothing() {
    let one = Sandbox::start().await.unwrap();
    let other = Sandbox::start().await.unwrap();
    let first = call(&one, "POST", "/charges", order("A-1", Value::Null)).await;
    let second = call(&other, "POST", "/charges", order("A-1", Value::Null)).await;
    assert_eq!(first.id(), second.id());
    assert_eq!(one.elepay().secret_key(), other.elepay().secret_key());
}

#[tokio::test]
async fn a_dropped_sandbox_serves_no_more() {
    let sandbox = Sandbox::start().await.unwrap();
    let host = sandbox.elepay().base_url().trim_start_matches("http://").to_owned();
    let open = TcpStream::connect(&host).await.unwrap();
    drop(sandbox);
    while TcpStream::connect(&host).await.is_ok() {
        tokio::task::yield_now().await;
    }
    open.readable().await.unwrap();
    assert!(!matches!(open.try_read(&mut [0]), Ok(1..)));
}
