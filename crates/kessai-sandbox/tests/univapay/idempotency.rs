//! Calls that are made once.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{Heard, call_text, get, of, token};

const KEY: &str = "idempotency-key: once-1\r\n";

/// What `Idempotency-Status` says; empty if there is none.
fn status(head: &str) -> &str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(name, _)| *name == "idempotency-status").map_or("", |(_, value)| value)
}

async fn post(sandbox: &Sandbox, headers: &str, body: &Value) -> (String, Heard) {
    let (top, heard) = call_text(sandbox, "POST", "/charges", headers, &body.to_string()).await;
    (status(&top).to_owned(), heard)
}

#[tokio::test]
async fn the_first_answer_is_told_again_for_a_day() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    let body = json!({ "transaction_token_id": token, "amount": 1000, "currency": "JPY" });
    let (status, first) = post(&sandbox, KEY, &body).await;
    assert_eq!((&*status, first.status), ("successfully_stored", 201));
    assert_eq!(get(&sandbox, &of(&first.body, "")).await["status"], "successful");

    let (status, again) = post(&sandbox, KEY, &body).await;
    assert_eq!((&*status, again.status), ("retrieved_idempotent_response", 201));
    assert_eq!(again.body, first.body);
    let mut other = body.clone();
    other["amount"] = json!(1001);
    let (status, conflict) = post(&sandbox, KEY, &other).await;
    assert_eq!(&*status, "conflicting_key");
    assert_eq!(conflict.code(), (409, "IDEMPOTENCY_KEY_CONFLICT"));
    assert_eq!(sandbox.univapay().ledger().lines().len(), 1);

    sandbox.clock().advance(Duration::from_secs(24 * 60 * 60));
    let (status, new) = post(&sandbox, KEY, &other).await;
    assert_eq!(&*status, "successfully_stored");
    assert_ne!(new.body["id"], first.body["id"]);
}

#[tokio::test]
async fn a_refused_call_is_not_kept_and_without_a_key_nothing_is_told() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    let mut body = json!({ "transaction_token_id": token, "amount": 0, "currency": "JPY" });
    let (status, refused) = post(&sandbox, KEY, &body).await;
    assert_eq!((&*status, refused.status), ("not_stored", 400));
    body["amount"] = json!(1);
    assert_eq!(post(&sandbox, KEY, &body).await.0, "successfully_stored");
    assert_eq!(post(&sandbox, "", &body).await.0, "");
    let (head, _) = call_text(&sandbox, "GET", "/charges", KEY, "").await;
    assert_eq!(self::status(&head), "");
}
