//! Tokens of cards.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{call, card, get, ok, text, token, with};

fn order(token: &str) -> Value {
    json!({ "transaction_token_id": token, "amount": 1, "currency": "JPY" })
}

#[tokio::test]
async fn a_token_shows_the_card_and_not_its_number() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = ok(&sandbox, "POST", "/tokens", card("recurring", PAYS)).await;
    let data = &made["data"];
    assert_eq!(
        (&data["card"]["last_four"], &data["card"]["exp_year"]),
        (&json!("4444"), &json!(2099))
    );
    assert_eq!(data["billing"]["phone_number"]["local_number"], "08012341234");
    assert!(!made.to_string().contains(PAYS));
    let one = format!("/store/tokens/{}", text(&made, "id"));
    assert_eq!(get(&sandbox, &one).await, made);
    let change = json!({ "email": "hanako@example.com", "data": { "exp_month": 12 } });
    let changed = ok(&sandbox, "PATCH", &one, change).await;
    assert_eq!(changed["data"]["card"]["exp_month"], 12);
    let list = get(&sandbox, "/store/tokens").await;
    assert_eq!(list["items"][0]["user_data"]["email"], "hanako@example.com");

    ok(&sandbox, "DELETE", &one, Value::Null).await;
    assert_eq!(get(&sandbox, &one).await["active"], false);
    assert_eq!(get(&sandbox, "/tokens").await["total_hits"], 0);
    assert_eq!(get(&sandbox, "/tokens?active=inactive").await["total_hits"], 1);
    let refused = call(&sandbox, "POST", "/charges", order(text(&made, "id"))).await;
    assert_eq!(refused.code(), (400, "RECURRING_TOKEN_DISABLED"));
}

#[tokio::test]
async fn a_token_for_one_charge_pays_once_and_soon() {
    let sandbox = Sandbox::start().await.unwrap();
    let once = token(&sandbox, "one_time", PAYS).await;
    let late = token(&sandbox, "one_time", PAYS).await;
    let subscription = token(&sandbox, "subscription", PAYS).await;
    ok(&sandbox, "POST", "/charges", order(&once)).await;
    sandbox.clock().advance(Duration::from_secs(300));
    let refusals = [
        (&*once, 400, "TRANSACTION_ALREADY_PROCESSED"),
        (&*late, 400, "TRANSACTION_TOKEN_EXPIRED"),
        (&*subscription, 400, "NON_SUBSCRIPTION_PAYMENT"),
        ("none", 404, "NOT_FOUND"),
    ];
    for (token, status, code) in refusals {
        let refused = call(&sandbox, "POST", "/charges", order(token)).await;
        assert_eq!(refused.code(), (status, code));
    }
    assert_eq!(get(&sandbox, "/tokens").await["total_hits"], 1, "one-time tokens are not listed");
}

#[tokio::test]
async fn what_is_no_card_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let refusals = [
        ("card_number", json!("4242424242424241"), "INVALID_CARD_NUMBER"),
        ("card_number", json!(7), "INVALID_FORMAT"),
        ("exp_month", json!("13"), "INVALID_CARD_EXPIRATION"),
        ("exp_month", Value::Null, "INVALID_FORMAT"),
        ("exp_year", json!("20"), "INVALID_CARD_EXPIRATION"),
        ("cvv", json!("12"), "INVALID_CVV"),
    ];
    for (member, value, reason) in refusals {
        let mut body = card("one_time", PAYS);
        body["data"][member] = value;
        let refused = call(&sandbox, "POST", "/tokens", body).await;
        assert_eq!(refused.refusal(), (400, "VALIDATION_ERROR", member, reason));
    }
    let limit = with(card("one_time", PAYS), json!({ "usage_limit": "daily" }));
    let refused = call(&sandbox, "POST", "/tokens", limit).await;
    assert_eq!(refused.code(), (400, "USAGE_LIMIT_NOT_APPLICABLE"));
}
