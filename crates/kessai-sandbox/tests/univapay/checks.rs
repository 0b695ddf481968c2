//! What cards are checked for: 3-D Secure of tokens, security codes, charges in quick succession.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::LeverError;
use kessai_sandbox::univapay::cards::{DECLINED, PAYS, THREE_DS};
use serde_json::{Value, json};

use crate::http::{call, card, charge, get, of, ok, order, text, token, with};

/// A new token of a card with more `data`.
async fn made(sandbox: &Sandbox, kind: &str, number: &str, more: Value) -> Value {
    let mut body = card(kind, number);
    body["data"] = with(body["data"].take(), more);
    ok(sandbox, "POST", "/tokens", body).await
}

fn one(token: &Value, act: &str) -> String {
    format!("/store/tokens/{}{act}", text(token, "id"))
}

async fn three_ds(sandbox: &Sandbox, token: &Value) -> (String, Value) {
    let token = get(sandbox, &one(token, "?polling=true")).await;
    let three_ds = &token["data"]["three_ds"];
    (text(three_ds, "status").to_owned(), three_ds["error"]["code"].clone())
}

#[tokio::test]
async fn a_recurring_token_is_secured_once_and_needs_no_more_of_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let on = json!({ "three_ds": { "enabled": true, "redirect_endpoint": "https://a.invalid/" } });
    let token = made(&sandbox, "recurring", THREE_DS, on.clone()).await;
    let id = text(&token, "id");
    assert_eq!(token["data"]["three_ds"]["status"], "pending");
    assert_eq!(three_ds(&sandbox, &token).await, ("awaiting".to_owned(), Value::Null));
    let issuer = get(&sandbox, &one(&token, "/three_ds/issuer_token")).await;
    assert_eq!(issuer["payload"]["resource_id"], token["id"]);
    let again = call(&sandbox, "POST", &one(&token, "/three_ds"), json!({})).await;
    assert_eq!(again.code(), (400, "CANNOT_CHANGE_TOKEN"));

    univapay.finish_token_three_ds(id, false).unwrap();
    assert_eq!(three_ds(&sandbox, &token).await, ("failed".to_owned(), json!(358)));
    assert_eq!(univapay.finish_token_three_ds(id, true), Err(LeverError::WrongStatus));
    ok(&sandbox, "POST", &one(&token, "/three_ds"), json!({})).await;
    univapay.finish_token_three_ds(id, true).unwrap();
    let first = ok(&sandbox, "POST", "/charges", order(id)).await;
    assert_eq!(get(&sandbox, &of(&first, "")).await["status"], "successful");

    let off = ok(&sandbox, "DELETE", &one(&token, "/three_ds"), Value::Null).await;
    assert_eq!(off["data"]["three_ds"], Value::Null);
    let second = with(order(id), json!({ "amount": 2 }));
    let second = ok(&sandbox, "POST", "/charges", second).await;
    assert_eq!(get(&sandbox, &of(&second, "")).await["status"], "awaiting");

    let mut once = card("one_time", PAYS);
    once["data"]["three_ds"] = on["three_ds"].clone();
    let refused = call(&sandbox, "POST", "/tokens", once).await;
    assert_eq!(refused.code(), (400, "INVALID_TOKEN_TYPE"));
}

#[tokio::test]
async fn a_security_code_that_is_not_confirmed_pays_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let asked = json!({ "cvv_authorize": { "enabled": true, "currency": "JPY" } });
    for (number, status, code) in [(PAYS, "current", 201), (DECLINED, "failed", 400)] {
        let token = made(&sandbox, "recurring", number, asked.clone()).await;
        assert_eq!(token["data"]["cvv_authorize"]["status"], "pending");
        let later = get(&sandbox, &one(&token, "?polling=true")).await;
        assert_eq!(later["data"]["cvv_authorize"]["status"], status);
        let charge = call(&sandbox, "POST", "/charges", order(text(&token, "id"))).await;
        assert_eq!(charge.status, code);
        if code == 400 {
            assert_eq!(charge.code(), (400, "CVV_AUTHORIZATION_NOT_COMPLETED"));
        }
    }
    let mut body = card("recurring", PAYS);
    body["data"] = with(body["data"].take(), asked);
    body["data"].as_object_mut().unwrap().remove("cvv");
    let refused = call(&sandbox, "POST", "/tokens", body).await;
    assert_eq!(refused.code(), (400, "CVV_REQUIRED"));
}

#[tokio::test]
async fn a_security_code_may_be_asked_for_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    sandbox.univapay().ask_for_cvv(&token).unwrap();
    let refused = call(&sandbox, "POST", "/charges", order(&token)).await;
    assert_eq!(refused.code(), (400, "RECURRING_USAGE_REQUIRES_CVV"));
    let target = format!("/store/tokens/{token}");
    let sent = ok(&sandbox, "PATCH", &target, json!({ "data": { "cvv": "321" } })).await;
    assert_eq!(sent["data"]["cvv_authorize_check"]["status"], "current");
    ok(&sandbox, "POST", "/charges", order(&token)).await;
}

#[tokio::test]
async fn the_same_card_is_not_charged_the_same_so_soon() {
    let sandbox = Sandbox::start().await.unwrap();
    charge(&sandbox, PAYS, json!({})).await;
    let again = token(&sandbox, "one_time", PAYS).await;
    let quick = |more| with(order(&again), more);
    let refused = call(&sandbox, "POST", "/charges", quick(json!({}))).await;
    assert_eq!(refused.code(), (400, "CHARGE_TOO_QUICK"));
    sandbox.clock().advance(Duration::from_secs(29));
    let refused = call(&sandbox, "POST", "/charges", quick(json!({}))).await;
    assert_eq!(refused.code(), (400, "CHARGE_TOO_QUICK"));
    ok(&sandbox, "POST", "/charges", quick(json!({ "amount": 1001 }))).await;
    charge(&sandbox, THREE_DS, json!({})).await;
    sandbox.clock().advance(Duration::from_secs(1));
    charge(&sandbox, PAYS, json!({})).await;
}

#[tokio::test]
async fn another_number_makes_another_card_of_a_token() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", DECLINED).await;
    let other = json!({ "data": { "card_number": PAYS } });
    let changed = ok(&sandbox, "PATCH", &format!("/store/tokens/{token}"), other).await;
    assert_eq!(changed["data"]["card"]["last_four"], "4444");
    assert_eq!(changed["data"]["card"]["cardholder"], "TARO YAMADA");
    let charge = ok(&sandbox, "POST", "/charges", order(&token)).await;
    assert_eq!(get(&sandbox, &of(&charge, "")).await["status"], "successful");
}
