//! Card tokens: made, used once, and out of date.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::cards::{DECLINED, PAYS};
use serde_json::json;

use crate::http::{call, card, ok, order, text, token};

#[tokio::test]
async fn a_token_shows_of_the_card_what_may_be_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = call(&sandbox, "POST", "/v1/tokens", card("3530111333300000")).await;
    assert_eq!(made.status, 201);
    assert!(made.id().starts_with("tok_"));
    let shown = json!({
        "bin": "353011", "last4": "0000", "brand": "jcb", "exp_month": 8, "exp_year": 2099,
    });
    assert_eq!(made.body["card"], shown);
    let journal = sandbox.zafapay().journal();
    let said = String::from_utf8_lossy(journal[0].answer_body()).into_owned();
    assert!(!said.contains("3530111333300000") && !said.contains("314"), "{said}");
}

#[tokio::test]
async fn a_card_that_cannot_be_one_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    for (member, value) in [
        ("number", json!("4242424242424241")),
        ("number", json!("4242 4242 4242 4242")),
        ("number", json!(4_242_424_242_424_242_i64)),
        ("exp_month", json!(13)),
        ("exp_year", json!(99)),
        ("exp_year", json!(2020)),
        ("cvc", json!("12")),
    ] {
        let mut body = card(PAYS);
        body["card"][member] = value;
        let refused = call(&sandbox, "POST", "/v1/tokens", body).await;
        assert_eq!(refused.refusal(), (400, "validation_error", &*format!("card.{member}")));
    }
}

#[tokio::test]
async fn a_token_pays_once_even_if_it_is_declined() {
    let sandbox = Sandbox::start().await.unwrap();
    for number in [PAYS, DECLINED] {
        let token = token(&sandbox, number).await;
        let body = order(json!({ "token": token }));
        call(&sandbox, "POST", "/v1/payments", body.clone()).await;
        let again = call(&sandbox, "POST", "/v1/payments", body).await;
        assert_eq!(again.refusal(), (400, "payment_token_already_used", "token"));
    }
    assert_eq!(sandbox.zafapay().ledger().lines().len(), 2);
    let unknown = order(json!({ "token": "tok_none" }));
    let unknown = call(&sandbox, "POST", "/v1/payments", unknown).await;
    assert_eq!(unknown.refusal(), (404, "not_found", "token"));
    let both = order(json!({ "token": "tok_none", "payment_method_id": "pmi_none" }));
    let both = call(&sandbox, "POST", "/v1/payments", both).await;
    assert_eq!(both.refusal(), (400, "validation_error", "payment_method_id"));
}

#[tokio::test]
async fn a_token_is_good_for_thirty_minutes() {
    let sandbox = Sandbox::start().await.unwrap();
    let [first, second] = [token(&sandbox, PAYS).await, token(&sandbox, PAYS).await];
    sandbox.clock().advance(Duration::from_secs(29 * 60));
    let paid = ok(&sandbox, "POST", "/v1/payments", order(json!({ "token": first }))).await;
    assert_eq!(text(&paid, "status"), "completed");
    sandbox.clock().advance(Duration::from_secs(60));
    let late = call(&sandbox, "POST", "/v1/payments", order(json!({ "token": second }))).await;
    assert_eq!(late.refusal(), (400, "payment_token_expired", "token"));
}
