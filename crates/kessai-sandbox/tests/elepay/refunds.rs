//! Giving money back.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::call;

const HOUR: Duration = Duration::from_secs(3600);

/// A paid charge's list of refunds.
async fn paid(sandbox: &Sandbox, more: Value) -> String {
    let charge = call(sandbox, "POST", "/charges", order("A-1", more)).await;
    sandbox.elepay().pay(charge.id()).unwrap();
    format!("/charges/{}/refunds", charge.id())
}

#[tokio::test]
async fn no_more_is_given_back_than_was_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    let refunds = paid(&sandbox, Value::Null).await;
    for (amount, code) in [(1201, "U008001"), (0, "M002002")] {
        let refused = call(&sandbox, "POST", &refunds, json!({ "amount": amount })).await;
        assert_eq!(refused.refusal(), (400, code, Some("amount")), "{amount}");
    }
    assert_eq!(call(&sandbox, "POST", &refunds, json!({ "amount": 1000 })).await.status, 201);
    let refused = call(&sandbox, "POST", &refunds, json!({ "amount": 201 })).await;
    assert_eq!(refused.refusal(), (400, "U008001", Some("amount")));
    assert_eq!(call(&sandbox, "POST", &refunds, json!({ "amount": 200 })).await.status, 201);
    let refused = call(&sandbox, "POST", &refunds, json!({ "amount": 1 })).await;
    assert_eq!(refused.refusal(), (400, "M006000", None));
    sandbox.elepay().ledger().assert_sound();
}

#[tokio::test]
async fn nothing_is_given_back_that_was_not_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    let held = call(&sandbox, "POST", "/charges", order("A-1", json!({ "capture": false }))).await;
    let refunds = format!("/charges/{}/refunds", held.id());
    let refused = call(&sandbox, "POST", &refunds, json!({ "amount": 1 })).await;
    assert_eq!(refused.refusal(), (400, "M006000", None));
    let none = call(&sandbox, "GET", &refunds, Value::Null).await;
    assert_eq!(none.body, json!({ "total": 0, "refunds": [] }));
}

#[tokio::test]
async fn a_refund_is_in_the_currency_of_the_charge() {
    let sandbox = Sandbox::start().await.unwrap();
    let refunds = paid(&sandbox, json!({ "currency": "USD" })).await;
    let unnamed = call(&sandbox, "POST", &refunds, json!({ "amount": 1 })).await;
    assert_eq!(unnamed.refusal(), (400, "M002002", Some("currency")));
    let body = json!({ "amount": 1, "currency": "USD" });
    let refund = call(&sandbox, "POST", &refunds, body).await;
    assert_eq!((refund.status, &refund.body["currency"]), (201, &json!("USD")));
}

#[tokio::test]
async fn a_refund_after_ninety_days_comes_too_late() {
    let sandbox = Sandbox::start().await.unwrap();
    let refunds = paid(&sandbox, Value::Null).await;
    sandbox.clock().advance((90 * 24 - 1) * HOUR);
    assert_eq!(call(&sandbox, "POST", &refunds, json!({ "amount": 1 })).await.status, 201);
    sandbox.clock().advance(2 * HOUR);
    let refused = call(&sandbox, "POST", &refunds, json!({ "amount": 1 })).await;
    assert_eq!(refused.refusal(), (400, "U007002", None));
}
