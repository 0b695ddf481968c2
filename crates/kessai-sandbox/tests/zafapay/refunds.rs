//! Giving money back.

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::LeverError;
use serde_json::{Value, json};

use crate::http::{call, kinds, look, of, ok, order, paid, text};

#[tokio::test]
async fn money_is_given_back_in_parts_until_nothing_is_left() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, json!({ "amount": 17.62 })).await;
    let refund = of(&id, "refund");
    let body = json!({ "amount": 5.5, "reason": "Cold", "currency": "usd" });
    let part = call(&sandbox, "POST", &refund, body).await;
    assert_eq!(part.status, 200);
    let shown = json!({
        "id": part.id(), "transaction_id": id, "amount": "5.50", "status": "succeeded",
        "psp_refund_id": part.body["psp_refund_id"], "refund_fee": "0.50",
    });
    assert_eq!(part.body, shown);
    let payment = look(&sandbox, &id).await;
    assert_eq!(
        (text(&payment, "status"), text(&payment, "amount")),
        ("partially_refunded", "17.62")
    );
    assert_eq!(payment["amount_refunded"], "5.50");
    assert_eq!(payment["refunds"][0]["reason"], "Cold");

    let over = call(&sandbox, "POST", &refund, json!({ "amount": 12.13 })).await;
    assert_eq!(over.refusal(), (400, "invalid_amount", "amount"), "12.12 is left");
    let rest = ok(&sandbox, "POST", &refund, Value::Null).await;
    assert_eq!(rest["amount"], "12.12");
    let payment = look(&sandbox, &id).await;
    assert_eq!(payment["status"], "refunded");
    assert_eq!(payment["amount_refunded"], "17.62");
    assert_eq!(payment["refunds"].as_array().unwrap().len(), 2);
    let again = call(&sandbox, "POST", &refund, Value::Null).await;
    assert_eq!(again.refusal(), (400, "invalid_status", ""));

    let ledger = sandbox.zafapay().ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(&id).unwrap().totals.refunded, 1762);
    let told = ["payment.succeeded", "payment.refunded", "payment.refunded"];
    assert_eq!(kinds(&sandbox), told);
}

#[tokio::test]
async fn a_refund_is_in_the_currency_of_the_payment() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, json!({ "currency": "jpy", "amount": 1000 })).await;
    let refund = of(&id, "refund");
    let other = call(&sandbox, "POST", &refund, json!({ "currency": "usd" })).await;
    assert_eq!(other.refusal(), (400, "unsupported_currency", "currency"));
    let fraction = call(&sandbox, "POST", &refund, json!({ "amount": 0.5 })).await;
    assert_eq!(fraction.refusal(), (400, "invalid_amount", "amount"));
    let part = ok(&sandbox, "POST", &refund, json!({ "amount": 300 })).await;
    assert_eq!((text(&part, "amount"), text(&part, "refund_fee")), ("300", "50"));
}

#[tokio::test]
async fn nothing_is_given_back_that_was_not_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    let pending = ok(&sandbox, "POST", "/v1/payments", order(Value::Null)).await;
    let refused = call(&sandbox, "POST", &of(text(&pending, "id"), "refund"), Value::Null).await;
    assert_eq!(refused.refusal(), (404, "not_found", ""));
    let held = paid(&sandbox, json!({ "capture_method": "manual" })).await;
    let refused = call(&sandbox, "POST", &of(&held, "refund"), Value::Null).await;
    assert_eq!(refused.refusal(), (400, "invalid_status", ""));
}

#[tokio::test]
async fn a_disputed_payment_cannot_be_refunded() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let id = paid(&sandbox, Value::Null).await;
    zafapay.chargeback(&id).unwrap();
    assert_eq!(look(&sandbox, &id).await["status"], "completed", "calls know no such status");
    let refused = call(&sandbox, "POST", &of(&id, "refund"), Value::Null).await;
    assert_eq!(refused.refusal(), (400, "invalid_state", ""));
    assert_eq!(zafapay.chargeback(&id), Err(LeverError::WrongStatus));
    assert_eq!(zafapay.chargeback("tx_none"), Err(LeverError::NotFound));
    let held = paid(&sandbox, json!({ "capture_method": "manual" })).await;
    assert_eq!(zafapay.chargeback(&held), Err(LeverError::WrongStatus));
}
