//! Refunds of payments, and monthly payments.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::LeverError;
use serde_json::{Value, json};

use crate::http::{call, judge_told, ok, text, told};
use crate::payments::ordered;

const REFUND: &str = "/api/v2/transaction/refund";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The id of a payment of 250,000 dong by this method and bank.
async fn paid(sandbox: &Sandbox, order: &str, method: &str, bank: &str) -> String {
    let more = json!({ "paymentMethod": method, "bankCode": bank });
    let id = ordered(sandbox, order, more).await;
    sandbox.appotapay().pay_order(&id).unwrap();
    id
}

fn refund(id: &str, reference: &str, amount: i64) -> Value {
    json!({
        "partnerRefId": reference, "transactionId": id, "amount": amount, "currency": "VND",
        "reason": "A seat returned",
    })
}

#[tokio::test]
async fn a_bank_gives_back_in_parts_within_a_year() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, "ORD-1", "ATM", "VCB").await;
    let first = ok(&sandbox, "POST", REFUND, refund(&id, "RF1", 100_000)).await;
    assert_eq!(first["status"], "success");
    let by_id = format!("{REFUND}/{}", text(&first, "refundId"));
    let by_reference = format!("{REFUND}/RF1?type=PARTNER_ORDER_ID");
    for target in [by_id, by_reference] {
        assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await, first);
    }
    for (body, refusal) in [
        (refund(&id, "RF1", 1000), (400, 31, "")),
        (refund(&id, "RF2", 150_001), (400, 32, "")),
        (refund("AP1", "RF2", 1000), (404, 36, "")),
        (refund(&id, "RF2", 999), (400, 1, "amount")),
    ] {
        assert_eq!(call(&sandbox, "POST", REFUND, body).await.refusal(), refusal);
    }
    sandbox.clock().advance(DAY * 367);
    let late = call(&sandbox, "POST", REFUND, refund(&id, "RF3", 150_000)).await;
    assert_eq!(late.refusal(), (400, 135, ""));
    let ledger = sandbox.appotapay().ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(&id).unwrap().totals.refunded, 100_000);
}

#[tokio::test]
async fn some_ways_to_pay_give_back_all_or_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let wallet = paid(&sandbox, "ORD-1", "EWALLET", "VNPTWALLET").await;
    let part = call(&sandbox, "POST", REFUND, refund(&wallet, "RF1", 1000)).await;
    assert_eq!(part.refusal(), (400, 135, ""));
    ok(&sandbox, "POST", REFUND, refund(&wallet, "RF1", 250_000)).await;
    let transfer = paid(&sandbox, "ORD-2", "VA", "WOORIBANK").await;
    let none = call(&sandbox, "POST", REFUND, refund(&transfer, "RF2", 250_000)).await;
    assert_eq!(none.refusal(), (400, 135, ""));
    let unpaid = ordered(&sandbox, "ORD-3", Value::Null).await;
    let unpaid = call(&sandbox, "POST", REFUND, refund(&unpaid, "RF3", 250_000)).await;
    assert_eq!(unpaid.refusal(), (400, 135, ""));
}

#[tokio::test]
async fn a_refund_to_a_credit_card_takes_a_day() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, "ORD-1", "CC", "VISA").await;
    let mut made = Vec::new();
    for reference in ["RF1", "RF2", "RF3"] {
        let refund = ok(&sandbox, "POST", REFUND, refund(&id, reference, 80_000)).await;
        assert_eq!((&refund["status"], &refund["refundedAt"]), (&json!("processing"), &json!("")));
        made.push(text(&refund, "refundId").to_owned());
    }
    let more = call(&sandbox, "POST", REFUND, refund(&id, "RF4", 10_001)).await;
    assert_eq!(more.refusal(), (400, 32, ""), "what is processed counts");
    let appotapay = sandbox.appotapay();
    appotapay.settle_payment_refund(&made[0], true).unwrap();
    appotapay.settle_payment_refund(&made[1], false).unwrap();
    assert_eq!(appotapay.settle_payment_refund(&made[1], true), Err(LeverError::WrongStatus));
    sandbox.clock().advance(DAY);
    for (id, status) in made.iter().zip(["success", "error", "success"]) {
        let refund = ok(&sandbox, "GET", &format!("{REFUND}/{id}"), Value::Null).await;
        assert_eq!(refund["status"], status);
    }
    assert_eq!(appotapay.ledger().charge(&id).unwrap().totals.refunded, 160_000);
}

#[tokio::test]
async fn the_merchant_is_told_of_monthly_payments_at_another_address() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, "ORD-1", "ISTM", "BAOKIM").await;
    sandbox.appotapay().settle_installment(&id, true).unwrap();
    sandbox.appotapay().settle_installment(&id, false).unwrap();
    let told = told(&sandbox);
    assert_eq!(told.len(), 3, "the payment itself, and two of its installments");
    for ((kind, url, data), code) in told[1..].iter().zip([103, 105]) {
        assert_eq!((&**kind, &**url), ("installment", "https://shop.example/installments"));
        judge_told("InstallmentNotification", data);
        assert_eq!(data["transaction"]["errorCode"], code);
        assert_eq!(data["transaction"]["referenceId"], "ORD-1");
    }
    let card = paid(&sandbox, "ORD-2", "CC", "VISA").await;
    let wrong = sandbox.appotapay().settle_installment(&card, true);
    assert_eq!(wrong, Err(LeverError::WrongMethod));
}
