//! Several subscriptions at once.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{call, get, ok, text, token};

const BATCHES: &str = "/subscriptions/batches";

fn plan(token: &str, amount: i64) -> Value {
    json!({ "transaction_token_id": token, "amount": amount, "currency": "JPY", "period": "monthly" })
}

fn once(token: &str, amount: i64) -> Value {
    json!({ "transaction_token_id": token, "amount": amount, "currency": "JPY" })
}

#[tokio::test]
async fn a_batch_is_made_after_its_answer_and_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let card = token(&sandbox, "recurring", PAYS).await;
    let body = json!({
        "subscriptions": [plan(&card, 980), plan(&card, 1980)],
        "charges": [once(&card, 500), once(&card, 501)],
        "initial_charge_metadata": { "order": "A-7" },
    });
    let batch = ok(&sandbox, "POST", BATCHES, body).await;
    assert_eq!((&batch["status"], &batch["subscription_ids"]), (&json!("awaiting"), &json!([])));
    let path = format!("{BATCHES}/{}", text(&batch, "batch_id"));
    let made = get(&sandbox, &format!("{path}?polling=true")).await;
    assert_eq!(made["status"], "successful");
    assert_eq!(get(&sandbox, &path).await, made);

    let subscriptions = made["subscription_ids"].as_array().unwrap();
    let mut amounts = Vec::new();
    for id in subscriptions {
        let target = format!("/store/subscriptions/{}", id.as_str().unwrap());
        amounts.push(get(&sandbox, &target).await["amount"].clone());
    }
    assert_eq!(amounts, [980, 1980]);
    let charge = get(&sandbox, &format!("/store/charges/{}", text(&made, "charge_id"))).await;
    assert_eq!(
        (&charge["requested_amount"], &charge["metadata"]["order"]),
        (&json!(500), &json!("A-7"))
    );
    assert_eq!(get(&sandbox, "/charges").await["total_hits"], 4);
    sandbox.univapay().ledger().assert_sound();
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].captured, 980 + 1980 + 500 + 501);
}

#[tokio::test]
async fn a_batch_that_fails_keeps_what_was_made() {
    let sandbox = Sandbox::start().await.unwrap();
    let card = token(&sandbox, "subscription", PAYS).await;
    let body = json!({ "subscriptions": [plan(&card, 980), plan(&card, 1980)] });
    let batch = ok(&sandbox, "POST", BATCHES, body).await;
    let path = format!("{BATCHES}/{}", text(&batch, "batch_id"));
    let failed = get(&sandbox, &path).await;
    assert_eq!(failed["status"], "failed", "a token for one subscription pays one");
    assert_eq!(failed["subscription_ids"].as_array().unwrap().len(), 1);
    assert_eq!(get(&sandbox, "/subscriptions").await["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_batch_that_cannot_be_made_is_refused_as_a_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let card = token(&sandbox, "recurring", PAYS).await;
    let one_time = token(&sandbox, "one_time", PAYS).await;
    let for_plans = token(&sandbox, "subscription", PAYS).await;
    let refusals = [
        (json!({}), (400, "VALIDATION_ERROR")),
        (json!({ "subscriptions": [plan(&card, 980), plan("x", 980)] }), (404, "NOT_FOUND")),
        (json!({ "subscriptions": [plan(&one_time, 980)] }), (400, "NOT_SUBSCRIPTION_TOKEN")),
        (json!({ "charges": [once(&for_plans, 980)] }), (400, "NON_SUBSCRIPTION_PAYMENT")),
        (json!({ "charges": [once(&card, 0)] }), (400, "VALIDATION_ERROR")),
        (
            json!({ "charges": [once(&card, 1)], "initial_charge_metadata": { "a": {} } }),
            (400, "VALIDATION_ERROR"),
        ),
    ];
    for (body, code) in refusals {
        assert_eq!(call(&sandbox, "POST", BATCHES, body.clone()).await.code(), code, "{body}");
    }
    assert_eq!(get(&sandbox, "/charges").await["items"], json!([]));
    let none = call(&sandbox, "GET", "/subscriptions/batches/x", Value::Null).await;
    assert_eq!(none.code(), (404, "NOT_FOUND"));
}
