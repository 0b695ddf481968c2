//! Cards that customers let the merchant keep.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::cards::{PAYS, THREE_DS};
use serde_json::{Value, json};

use crate::http::{Heard, call, card, kinds, look, ok, order, paid, text, token};

const CUSTOMER: &str = "member/1";
const LIST: &str = "/v1/customers/member%2F1/payment-methods";

fn keep(more: &Value) -> Value {
    let mut body = json!({ "save_card": true, "customer_id": CUSTOMER });
    body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    body
}

/// The saved cards of the customer.
async fn cards(sandbox: &Sandbox) -> Vec<Value> {
    let list = ok(sandbox, "GET", LIST, Value::Null).await;
    assert_eq!(list["customer_id"], CUSTOMER);
    list["payment_methods"].as_array().unwrap().clone()
}

async fn charge(sandbox: &Sandbox, id: &str) -> Heard {
    let body = order(json!({ "payment_method_id": id, "customer_id": CUSTOMER }));
    call(sandbox, "POST", "/v1/payments", body).await
}

async fn act(sandbox: &Sandbox, id: &str, act: &str, body: Value) -> Heard {
    call(sandbox, "POST", &format!("/v1/customers/payment-methods/{id}/{act}"), body).await
}

#[tokio::test]
async fn a_card_is_saved_at_the_checkout_and_charged_later() {
    let sandbox = Sandbox::start().await.unwrap();
    assert!(cards(&sandbox).await.is_empty());
    let first = paid(&sandbox, keep(&Value::Null)).await;
    let saved = cards(&sandbox).await;
    let id = text(&saved[0], "id");
    let shown = json!({
        "id": id, "type": "card", "connector_id": saved[0]["connector_id"],
        "card": { "brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2099 },
        "is_default": true, "status": "active", "blocked_reason": null,
        "created_at": saved[0]["created_at"],
    });
    assert_eq!(saved, [shown]);
    let first = look(&sandbox, &first).await;
    assert_eq!((text(&first, "payment_method_id"), &first["is_recurring"]), (id, &json!(false)));

    let charged = charge(&sandbox, id).await;
    assert_eq!((charged.status, text(&charged.body, "status")), (201, "completed"));
    assert_eq!(charged.body["payment_type"], "recurring");
    assert!(charged.body.get("payment_url").is_none());
    let again = look(&sandbox, charged.id()).await;
    assert_eq!((text(&again, "payment_method_id"), &again["is_recurring"]), (id, &json!(true)));
    assert_eq!(kinds(&sandbox), ["payment.succeeded"; 2]);
}

#[tokio::test]
async fn a_card_is_saved_when_the_bank_agrees() {
    let sandbox = Sandbox::start().await.unwrap();
    let asked = keep(&json!({ "token": token(&sandbox, THREE_DS).await }));
    let asked = ok(&sandbox, "POST", "/v1/payments", order(asked)).await;
    assert!(cards(&sandbox).await.is_empty());
    sandbox.zafapay().finish_three_ds(text(&asked, "id"), true).unwrap();
    let saved = cards(&sandbox).await;
    let charged = charge(&sandbox, text(&saved[0], "id")).await;
    assert_eq!(charged.body["status"], "completed", "without the customer, so without 3-D Secure");

    let held = keep(&json!({ "token": token(&sandbox, PAYS).await, "capture_method": "manual" }));
    ok(&sandbox, "POST", "/v1/payments", order(held)).await;
    let defaults: Vec<_> =
        cards(&sandbox).await.iter().map(|it| it["is_default"].clone()).collect();
    assert_eq!(defaults, [true, false]);
}

#[tokio::test]
async fn a_blocked_card_is_not_charged_until_it_is_unblocked() {
    let sandbox = Sandbox::start().await.unwrap();
    paid(&sandbox, keep(&Value::Null)).await;
    let saved = cards(&sandbox).await;
    let id = text(&saved[0], "id");
    let silent = act(&sandbox, id, "block", json!({})).await;
    assert_eq!(silent.refusal(), (400, "validation_error", "reason"));
    let early = act(&sandbox, id, "unblock", Value::Null).await;
    assert_eq!(early.refusal(), (400, "invalid_status", ""));

    let blocked = act(&sandbox, id, "block", json!({ "reason": "Stolen" })).await;
    assert_eq!(
        (text(&blocked.body, "status"), text(&blocked.body, "blocked_reason")),
        ("blocked", "Stolen")
    );
    assert_eq!(cards(&sandbox).await[0]["blocked_reason"], "Stolen");
    let refused = charge(&sandbox, id).await;
    assert_eq!(refused.refusal(), (400, "invalid_status", "payment_method_id"));
    let again = act(&sandbox, id, "block", json!({ "reason": "Stolen" })).await;
    assert_eq!(again.refusal(), (400, "invalid_status", ""));

    let active = act(&sandbox, id, "unblock", Value::Null).await;
    assert_eq!(text(&active.body, "status"), "active");
    assert!(active.body.get("blocked_reason").is_none());
    assert_eq!(charge(&sandbox, id).await.status, 201);
}

#[tokio::test]
async fn a_detached_card_is_gone() {
    let sandbox = Sandbox::start().await.unwrap();
    paid(&sandbox, keep(&Value::Null)).await;
    paid(&sandbox, keep(&Value::Null)).await;
    let saved = cards(&sandbox).await;
    let id = text(&saved[0], "id");
    let gone = act(&sandbox, id, "detach", Value::Null).await;
    assert_eq!((gone.status, text(&gone.body, "status")), (200, "detached"));
    let left = cards(&sandbox).await;
    assert_eq!((left.len(), &left[0]["is_default"]), (1, &json!(true)));
    assert_eq!(charge(&sandbox, id).await.refusal(), (404, "not_found", "payment_method_id"));
    assert_eq!(act(&sandbox, id, "detach", Value::Null).await.refusal(), (404, "not_found", ""));
}

#[tokio::test]
async fn a_card_is_charged_for_its_own_customer_only() {
    let sandbox = Sandbox::start().await.unwrap();
    paid(&sandbox, keep(&Value::Null)).await;
    let saved = cards(&sandbox).await;
    let body = order(json!({ "payment_method_id": saved[0]["id"], "customer_id": "member-2" }));
    let refused = call(&sandbox, "POST", "/v1/payments", body).await;
    assert_eq!(refused.refusal(), (404, "not_found", "payment_method_id"));
}

#[tokio::test]
async fn a_saved_card_expires_with_the_clock() {
    let sandbox = Sandbox::start().await.unwrap();
    let now = look_at_the_year(&sandbox).await;
    let mut soon = card(PAYS);
    soon["card"]["exp_year"] = json!(now + 1);
    let token = ok(&sandbox, "POST", "/v1/tokens", soon).await;
    let asked = keep(&json!({ "token": token["id"] }));
    ok(&sandbox, "POST", "/v1/payments", order(asked)).await;
    let saved = cards(&sandbox).await;
    let id = text(&saved[0], "id");
    assert_eq!(charge(&sandbox, id).await.status, 201);
    sandbox.clock().advance(Duration::from_secs(2 * 366 * 24 * 60 * 60));
    assert_eq!(charge(&sandbox, id).await.refusal(), (400, "expired_card", ""));
}

/// The year by the clock of the sandbox, as it writes it.
async fn look_at_the_year(sandbox: &Sandbox) -> i64 {
    let token = ok(sandbox, "POST", "/v1/tokens", card(PAYS)).await;
    text(&token, "created_at")[..4].parse().unwrap()
}
