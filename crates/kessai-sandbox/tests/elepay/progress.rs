//! Payments that are not made at once.

use kessai_sandbox::Sandbox;
use kessai_sandbox::elepay::{ChargeProgress, LeverError};
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{code, kinds, no, ok, text};

async fn slip(sandbox: &Sandbox, order_no: &str, method: &str) -> String {
    let body = order(order_no, json!({ "paymentMethod": method }));
    text(&ok(sandbox, "POST", "/charges", body).await, "id").to_owned()
}

async fn status(sandbox: &Sandbox, charge: &str) -> String {
    let state = ok(sandbox, "GET", &format!("/charges/{charge}/status"), Value::Null).await;
    text(&state, "status").to_owned()
}

#[tokio::test]
async fn a_shop_tells_step_by_step() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let charge = slip(&sandbox, "A-1", "konbini").await;
    elepay.set_charge_status(&charge, ChargeProgress::Waiting).unwrap();
    assert_eq!(status(&sandbox, &charge).await, "waiting");
    elepay.set_charge_status(&charge, ChargeProgress::Notified).unwrap();
    assert_eq!(status(&sandbox, &charge).await, "notified");
    let back = elepay.set_charge_status(&charge, ChargeProgress::Waiting);
    assert_eq!(back, Err(LeverError::WrongStatus));
    let revoke = format!("/charges/{charge}/revoke");
    assert_eq!(no(&sandbox, "POST", &revoke, Value::Null).await, code("M006000", ""));
    elepay.pay(&charge).unwrap();
    assert_eq!(kinds(&sandbox), ["charge.waiting", "charge.notified", "charge.succeeded"]);
}

#[tokio::test]
async fn a_wrong_sum_is_no_success() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let charge = slip(&sandbox, "A-1", "banktransfer").await;
    elepay.set_charge_status(&charge, ChargeProgress::AmountMismatch).unwrap();
    assert_eq!(status(&sandbox, &charge).await, "amount_mismatch");
    assert!(elepay.pay(&charge).is_err());
    assert_eq!(elepay.ledger().totals()["JPY"].captured, 0);
    assert_eq!(kinds(&sandbox), ["charge.mismatched"]);
}

#[tokio::test]
async fn a_failure_is_told_by_no_event_and_frees_the_number() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let charge = slip(&sandbox, "A-1", "paypay").await;
    let waits = elepay.set_charge_status(&charge, ChargeProgress::Waiting);
    assert_eq!(waits, Err(LeverError::WrongMethod), "only shops and banks are slow");
    elepay.set_charge_status(&charge, ChargeProgress::Failed).unwrap();
    assert_eq!(status(&sandbox, &charge).await, "failed");
    assert_eq!(kinds(&sandbox), [""; 0]);
    slip(&sandbox, "A-1", "paypay").await;
    let none = elepay.set_charge_status("ch_no", ChargeProgress::Failed);
    assert_eq!(none, Err(LeverError::NotFound));
}
