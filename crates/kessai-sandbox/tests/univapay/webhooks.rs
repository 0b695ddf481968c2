//! Webhooks, and what they are told.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{DECLINED, PAYS, THREE_DS};
use serde_json::{Value, json};

use crate::http::{call, charge, charge_by, get, of, ok, order, text, token, with};

/// A webhook that is told these events.
async fn hook(sandbox: &Sandbox, triggers: Value) -> Value {
    let body = json!({
        "triggers": triggers, "url": "https://shop.invalid/univapay", "auth_token": "open sesame",
    });
    ok(sandbox, "POST", "/store/webhooks", body).await
}

/// The kinds of what was told so far, each with the status of what it has happened to.
fn told(sandbox: &Sandbox) -> Vec<(String, String)> {
    let events = sandbox.univapay().events();
    let told = events.iter().map(|event| {
        let body: Value = serde_json::from_slice(event.body()).unwrap();
        assert_eq!((&body["id"], &body["event"]), (&json!(event.id()), &json!(event.kind())));
        let status = body["data"]["status"].as_str().unwrap_or_default();
        (event.kind().to_owned(), status.to_owned())
    });
    told.collect()
}

fn expected(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(kind, status)| ((*kind).to_owned(), (*status).to_owned())).collect()
}

#[tokio::test]
async fn a_webhook_is_made_changed_turned_off_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = hook(&sandbox, json!(["charge_finished"])).await;
    let one = format!("/store/webhooks/{}", text(&made, "id"));
    assert_eq!(get(&sandbox, &one).await, made);
    let again = json!({ "triggers": ["charge_finished"], "url": made["url"] });
    let refused = call(&sandbox, "POST", "/store/webhooks", again).await;
    assert_eq!(refused.code(), (409, "WEBHOOK_URL_EXISTS"));
    let refusals = [
        (json!({ "triggers": ["transfer_created"] }), "triggers", "INVALID_EVENT_FOR_STORE"),
        (json!({ "triggers": [] }), "triggers", "MUST_HAVE_ONE_ELEMENT"),
        (json!({ "url": "shop.invalid" }), "url", "INVALID_FORMAT_URL"),
    ];
    for (change, field, reason) in refusals {
        let refused = call(&sandbox, "PATCH", &one, change).await;
        assert_eq!(refused.refusal(), (400, "VALIDATION_ERROR", field, reason));
    }
    let change = json!({ "active": false, "auth_token": null, "triggers": ["refund_finished"] });
    let changed = ok(&sandbox, "PATCH", &one, change).await;
    assert_eq!((&changed["active"], &changed["auth_token"]), (&json!(false), &Value::Null));
    assert_eq!(get(&sandbox, "/store/webhooks?active=true").await["items"], json!([]));
    assert_eq!(get(&sandbox, "/store/webhooks?active=false").await["items"][0], changed);
    ok(&sandbox, "DELETE", &one, Value::Null).await;
    assert_eq!(call(&sandbox, "GET", &one, Value::Null).await.code(), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn charges_are_told_of_as_they_move_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let kinds = ["charge_updated", "charge_finished", "refund_finished", "cancel_finished"];
    let made = hook(&sandbox, json!(kinds)).await;
    let held = charge(&sandbox, PAYS, json!({ "capture": false })).await;
    let called_off = charge(&sandbox, PAYS, json!({ "capture": false, "amount": 2 })).await;
    get(&sandbox, "/charges").await;
    ok(&sandbox, "POST", &of(&held, "/capture"), json!({})).await;
    let refund = json!({ "amount": 1, "currency": "JPY" });
    ok(&sandbox, "POST", &of(&held, "/refunds"), refund).await;
    ok(&sandbox, "POST", &of(&called_off, "/cancels"), json!({})).await;
    charge(&sandbox, THREE_DS, json!({})).await;
    charge(&sandbox, DECLINED, json!({})).await;
    let kinds = expected(&[
        ("charge_updated", "authorized"),
        ("charge_updated", "authorized"),
        ("charge_finished", "successful"),
        ("refund_finished", "successful"),
        ("charge_finished", "canceled"),
        ("cancel_finished", "successful"),
        ("charge_updated", "awaiting"),
        ("charge_finished", "failed"),
    ]);
    assert_eq!(told(&sandbox), kinds);
    let events = sandbox.univapay().events();
    assert!(events.iter().all(|event| event.authorization() == Some("open sesame")));
    let sent = format!("/store/webhooks/{}/events?limit=3", text(&made, "id"));
    let sent = get(&sandbox, &sent).await;
    assert_eq!(
        (&sent["items"][0]["event"], &sent["has_more"]),
        (&json!("charge_finished"), &json!(true))
    );
    assert_eq!(sent["items"][0]["id"], events.last().unwrap().id());
}

#[tokio::test]
async fn tokens_deposits_and_subscriptions_are_told_of() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let kinds = json!([
        "token_created",
        "token_updated",
        "recurring_token_deleted",
        "token_three_d_s_updated",
        "bank_transfer_status_updated",
        "subscription_created",
        "subscription_payment",
        "subscription_failure",
        "subscription_suspended",
        "subscription_canceled",
        "subscription_completed",
    ]);
    hook(&sandbox, kinds).await;
    let token = token(&sandbox, "recurring", PAYS).await;
    ok(&sandbox, "POST", &format!("/store/tokens/{token}/three_ds"), json!({})).await;
    get(&sandbox, "/tokens").await;
    univapay.finish_token_three_ds(&token, true).unwrap();
    let plan = json!({ "plan_type": "fixed_cycles", "fixed_cycles": 2 });
    let body = with(order(&token), json!({ "period": "daily", "subscription_plan": plan }));
    let started = ok(&sandbox, "POST", "/subscriptions", body.clone()).await;
    let target = format!("/store/subscriptions/{}", text(&started, "id"));
    get(&sandbox, &target).await;
    ok(&sandbox, "PATCH", &format!("{target}/suspend"), json!({})).await;
    ok(&sandbox, "DELETE", &target, Value::Null).await;
    ok(&sandbox, "POST", "/subscriptions", body).await;
    sandbox.clock().advance(std::time::Duration::from_secs(2 * 24 * 60 * 60));
    get(&sandbox, "/subscriptions").await;
    ok(&sandbox, "DELETE", &format!("/store/tokens/{token}"), Value::Null).await;
    let kinds = expected(&[
        ("token_created", ""),
        ("token_three_d_s_updated", ""),
        ("token_three_d_s_updated", ""),
        ("token_three_d_s_updated", ""),
        ("subscription_created", "unverified"),
        ("subscription_payment", "current"),
        ("subscription_suspended", "suspended"),
        ("subscription_canceled", "canceled"),
        ("subscription_created", "unverified"),
        ("subscription_payment", "current"),
        ("subscription_payment", "completed"),
        ("subscription_completed", "completed"),
        ("recurring_token_deleted", ""),
    ]);
    assert_eq!(told(&sandbox), kinds);

    let before = univapay.events().len();
    let data = json!({ "brand": "bank_test_brand" });
    let charge = charge_by(&sandbox, "bank_transfer", data).await;
    univapay.deposit(text(&charge, "id"), 1200).unwrap();
    let events = univapay.events();
    let [_, deposited] = &events[before..] else { panic!("{events:?}") };
    let body: Value = serde_json::from_slice(deposited.body()).unwrap();
    let data = &body["data"];
    assert_eq!(
        (&data["payment_status"], &data["amount_difference"]),
        (&json!("exceeded"), &json!(200))
    );
    assert_eq!((&data["balance"], &data["charge_id"]), (&json!(200), &charge["id"]));
}
