//! Lives of subscriptions.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{DECLINED, PAYS, THREE_DS};
use serde_json::{Value, json};

use crate::http::{call, get, of, ok, text, token, with};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A subscription of 1000 yen a day as it is at first, with `more` members or others.
async fn start(sandbox: &Sandbox, number: &str, more: Value) -> String {
    let token = token(sandbox, "subscription", number).await;
    let body = json!({
        "transaction_token_id": token, "amount": 1000, "currency": "JPY", "period": "daily",
    });
    let made = ok(sandbox, "POST", "/subscriptions", with(body, more)).await;
    assert_eq!(
        (&made["status"], &made["next_payment"]["is_paid"]),
        (&json!("unverified"), &json!(false))
    );
    text(&made, "id").to_owned()
}

fn one(id: &str, act: &str) -> String {
    format!("/store/subscriptions/{id}{act}")
}

async fn status(sandbox: &Sandbox, id: &str) -> String {
    text(&get(sandbox, &one(id, "?polling=true")).await, "status").to_owned()
}

#[tokio::test]
async fn a_subscription_is_charged_until_its_plan_ends() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = json!({ "plan_type": "fixed_cycles", "fixed_cycles": 3 });
    let id =
        start(&sandbox, PAYS, json!({ "subscription_plan": plan, "metadata": { "a": 1 } })).await;
    let first = get(&sandbox, &one(&id, "?polling=true")).await;
    assert_eq!((&first["status"], &first["amount_left"]), (&json!("current"), &json!(667)));
    assert_eq!((&first["cycles_left"], &first["metadata"]), (&json!(2), &json!({ "a": 1 })));
    let latest = get(&sandbox, &one(&id, "/charges/latest")).await;
    assert_eq!(
        (&latest["status"], &latest["requested_amount"]),
        (&json!("successful"), &json!(333))
    );
    assert_eq!(latest["subscription_id"], id);

    sandbox.clock().advance(DAY * 3);
    assert_eq!(status(&sandbox, &id).await, "completed");
    let merchant = sandbox.univapay().merchant_id();
    let charges = format!("/merchants/{merchant}/stores/{}", sandbox.univapay().store_id());
    let charges = get(&sandbox, &format!("{charges}/subscriptions/{id}/charges")).await;
    assert_eq!(charges["total_hits"], 3);
    let payments = get(&sandbox, &one(&id, "/payments")).await;
    let last = &payments["items"][0];
    assert_eq!((&last["is_last_payment"], &last["amount"]), (&json!(true), &json!(334)));
    let last = one(&id, &format!("/payments/{}", text(last, "id")));
    assert_eq!(get(&sandbox, &last).await["is_paid"], true);
    assert_eq!(get(&sandbox, &format!("{last}/charges")).await["total_hits"], 1);
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].captured, 1000);
    let over = call(&sandbox, "DELETE", &one(&id, ""), Value::Null).await;
    assert_eq!(over.code(), (400, "SUBSCRIPTION_ALREADY_ENDED"));
}

#[tokio::test]
async fn it_is_suspended_goes_on_and_is_canceled() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = start(&sandbox, PAYS, json!({ "initial_amount": 10 })).await;
    assert_eq!(status(&sandbox, &id).await, "current");
    let suspended = ok(&sandbox, "PATCH", &one(&id, "/suspend"), Value::Null).await;
    assert_eq!(suspended["status"], "suspended");
    sandbox.clock().advance(DAY * 3);
    assert_eq!(status(&sandbox, &id).await, "suspended");
    assert_eq!(sandbox.univapay().ledger().lines().len(), 1);

    let on = ok(&sandbox, "PATCH", &one(&id, "/unsuspend"), Value::Null).await;
    assert_eq!(on["status"], "unpaid");
    assert_eq!(status(&sandbox, &id).await, "current");
    let again = call(&sandbox, "PATCH", &one(&id, "/unsuspend"), Value::Null).await;
    assert_eq!(again.refusal(), (400, "VALIDATION_ERROR", "status", "NOT_ALLOWED_VALUE"));

    assert_eq!(call(&sandbox, "DELETE", &one(&id, ""), Value::Null).await.status, 204);
    assert_eq!(status(&sandbox, &id).await, "canceled");
    let lines = sandbox.univapay().ledger().lines().len();
    sandbox.clock().advance(DAY * 3);
    let list = get(&sandbox, "/subscriptions?status=canceled").await;
    assert_eq!(
        (&list["total_hits"], sandbox.univapay().ledger().lines().len()),
        (&json!(1), lines)
    );
    let changed = call(&sandbox, "PATCH", &one(&id, ""), json!({ "metadata": {} })).await;
    assert_eq!(changed.code(), (400, "CANNOT_CHANGE_CANCELED_SUBSCRIPTION"));
}

#[tokio::test]
async fn the_end_may_wait_for_the_next_payment() {
    let sandbox = Sandbox::start().await.unwrap();
    let late = json!({ "schedule_settings": { "termination_mode": "on_next_payment" } });
    let id = start(&sandbox, PAYS, late).await;
    assert_eq!(status(&sandbox, &id).await, "current");
    ok(&sandbox, "DELETE", &one(&id, ""), Value::Null).await;
    let waits = get(&sandbox, &one(&id, "")).await;
    assert_eq!(waits["next_payment"]["terminate_with_status"], "canceled");
    assert_eq!(waits["status"], "current");
    // Planned otherwise, and then once more.
    for end in [Value::Null, json!("suspended"), json!("canceled")] {
        let change = json!({ "next_payment": { "terminate_with_status": end } });
        let changed = ok(&sandbox, "PATCH", &one(&id, ""), change).await;
        assert_eq!(changed["next_payment"]["terminate_with_status"], end);
    }
    sandbox.clock().advance(DAY * 2);
    assert_eq!(status(&sandbox, &id).await, "canceled");
    assert_eq!(sandbox.univapay().ledger().lines().len(), 1);
}

#[tokio::test]
async fn a_declined_card_is_replaced() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = start(&sandbox, DECLINED, json!({})).await;
    assert_eq!(status(&sandbox, &id).await, "unconfirmed");
    let better = token(&sandbox, "recurring", PAYS).await;
    let change = json!({ "transaction_token_id": better, "amount": 2000 });
    ok(&sandbox, "PATCH", &one(&id, ""), change).await;
    let later = get(&sandbox, &one(&id, "")).await;
    assert_eq!(later["status"], "current");
    assert_eq!(later["next_payment"]["amount"], 2000);
    assert_eq!(get(&sandbox, &one(&id, "/charges")).await["total_hits"], 2);
}

#[tokio::test]
async fn the_first_payment_waits_for_three_ds_or_for_its_day() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = start(&sandbox, THREE_DS, json!({})).await;
    assert_eq!(status(&sandbox, &id).await, "unverified");
    let latest = get(&sandbox, &one(&id, "/charges/latest")).await;
    assert_eq!(get(&sandbox, &of(&latest, "")).await["status"], "awaiting");
    sandbox.univapay().finish_three_ds(text(&latest, "id"), true).unwrap();
    assert_eq!(status(&sandbox, &id).await, "current");
    sandbox.clock().advance(DAY * 2);
    assert_eq!(status(&sandbox, &id).await, "current");
    assert!(sandbox.univapay().ledger().lines().len() > 1, "later payments skip it");

    let id =
        start(&sandbox, PAYS, json!({ "schedule_settings": { "start_on": "2099-01-01" } })).await;
    assert_eq!(status(&sandbox, &id).await, "unverified");
    let none = call(&sandbox, "GET", &one(&id, "/charges/latest"), Value::Null).await;
    assert_eq!(none.code(), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn only_a_token_for_it_starts_one_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let wrong = token(&sandbox, "one_time", PAYS).await;
    let right = token(&sandbox, "subscription", PAYS).await;
    let body = |token: &str| {
        json!({
            "transaction_token_id": token, "amount": 1, "currency": "JPY", "cyclical_period": "P10D",
        })
    };
    let refused = call(&sandbox, "POST", "/subscriptions", body(&wrong)).await;
    assert_eq!(refused.code(), (400, "NOT_SUBSCRIPTION_TOKEN"));
    ok(&sandbox, "POST", "/subscriptions", body(&right)).await;
    let refused = call(&sandbox, "POST", "/subscriptions", body(&right)).await;
    assert_eq!(refused.code(), (400, "TRANSACTION_ALREADY_PROCESSED"));
    let hold = with(body(&right), json!({ "first_charge_authorization_only": true }));
    let refused = call(&sandbox, "POST", "/subscriptions", hold).await;
    assert_eq!(refused.code(), (501, "NOT_IMPLEMENTED_BY_SANDBOX"));
}
