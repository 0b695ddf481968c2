//! Money that is held: taken, let go, given back.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::cards;
use serde_json::{Value, json};

use crate::cards::charge;
use crate::http::{call, ok, text};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The id of a charge of 250,000 dong.
async fn charged(sandbox: &Sandbox, reference: &str, number: &str, capture: bool) -> String {
    let body = charge(reference, number, json!({ "capture": capture }));
    let charge = ok(sandbox, "POST", "/credit-card/charge", body).await;
    text(&charge, "id").to_owned()
}

fn part(amount: i64) -> Value {
    json!({ "amount": amount, "currency": "VND" })
}

fn reversal(id: &str, reference: &str) -> Value {
    json!({ "authorizationId": id, "merchantRefId": reference })
}

fn refund(id: &str, reference: &str, amount: i64) -> Value {
    json!({
        "transactionId": id, "merchantRefId": reference, "amount": amount, "currency": "VND",
    })
}

#[tokio::test]
async fn a_part_of_what_is_held_is_taken_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = charged(&sandbox, "ORD-1", cards::PAYS, false).await;
    let capture = format!("/credit-card/{id}/capture");
    let more = call(&sandbox, "POST", &capture, part(250_001)).await;
    assert_eq!(more.refusal(), (400, 118, ""));
    let taken = ok(&sandbox, "POST", &capture, part(200_000)).await;
    assert_eq!((&taken["status"], &taken["capturedAmount"]), (&json!("CAPTURED"), &json!(200_000)));
    let again = call(&sandbox, "POST", &capture, part(1000)).await;
    assert_eq!(again.refusal(), (400, 117, ""));
    let late = reversal(&id, "REV-1");
    let late = call(&sandbox, "POST", "/credit-card/reversal", late).await;
    assert_eq!(late.refusal(), (400, 116, ""));
}

#[tokio::test]
async fn money_that_nobody_takes_is_let_go_after_seven_days() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = charged(&sandbox, "ORD-1", cards::PAYS, false).await;
    let second = charged(&sandbox, "ORD-2", cards::PAYS, false).await;
    sandbox.clock().advance(6 * DAY + DAY * 23 / 24);
    ok(&sandbox, "POST", &format!("/credit-card/{first}/capture"), part(250_000)).await;
    sandbox.clock().advance(DAY / 24);
    let late = format!("/credit-card/{second}/capture");
    assert_eq!(call(&sandbox, "POST", &late, part(1000)).await.refusal(), (400, 117, ""));
    let late = call(&sandbox, "POST", "/credit-card/reversal", reversal(&second, "REV-1")).await;
    assert_eq!(late.refusal(), (400, 114, ""));
    assert_eq!(sandbox.appotapay().ledger().charge(&second).unwrap().status, "REVERSED");
}

#[tokio::test]
async fn what_is_held_is_let_go_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = charged(&sandbox, "ORD-1", cards::PAYS, false).await;
    let gone = ok(&sandbox, "POST", "/credit-card/reversal", reversal(&id, "REV-1")).await;
    assert_eq!((&gone["status"], &gone["amount"]), (&json!("success"), &json!(250_000)));
    for (reference, code) in [("REV-1", 6), ("REV-2", 115)] {
        let again = reversal(&id, reference);
        let again = call(&sandbox, "POST", "/credit-card/reversal", again).await;
        assert_eq!(again.refusal(), (400, code, ""));
    }
    let by_id = format!("/credit-card/reversal/{}", text(&gone, "reversalId"));
    let by_reference = "/credit-card/reversal/REV-1?referenceType=MERCHANT_REFERENCE_ID";
    for target in [by_id.as_str(), by_reference] {
        assert_eq!(ok(&sandbox, "GET", target, Value::Null).await, gone);
    }
    let unknown = call(&sandbox, "GET", "/credit-card/reversal/REV-1", Value::Null).await;
    assert_eq!(unknown.refusal(), (404, 112, ""));
    let refused = call(&sandbox, "POST", "/credit-card/refund", refund(&id, "REF-1", 1000)).await;
    assert_eq!(refused.refusal(), (400, 11, ""));
}

#[tokio::test]
async fn what_was_taken_is_given_back_in_parts_for_six_months() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = charged(&sandbox, "ORD-1", cards::PAYS, true).await;
    let give = |reference: &'static str, amount| refund(&id, reference, amount);
    let first = ok(&sandbox, "POST", "/credit-card/refund", give("REF-1", 100_000)).await;
    assert_eq!(first["status"], "success");
    for (body, code) in [(give("REF-1", 1000), 6), (give("REF-2", 150_001), 12)] {
        let refused = call(&sandbox, "POST", "/credit-card/refund", body).await;
        assert_eq!(refused.refusal(), (400, code, ""));
    }
    let by_reference = "/credit-card/refund/REF-1?referenceType=MERCHANT_REFERENCE_ID";
    assert_eq!(ok(&sandbox, "GET", by_reference, Value::Null).await, first);
    sandbox.clock().advance(DAY * 178);
    ok(&sandbox, "POST", "/credit-card/refund", give("REF-3", 100_000)).await;
    sandbox.clock().advance(DAY * 10);
    let late = call(&sandbox, "POST", "/credit-card/refund", give("REF-4", 50_000)).await;
    assert_eq!(late.refusal(), (400, 83, ""));
    let ledger = sandbox.appotapay().ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(&id).unwrap().totals.refunded, 200_000);
}

#[tokio::test]
async fn when_all_is_given_back_nothing_is_left() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = charged(&sandbox, "ORD-1", cards::GIVES_BACK_LATE, true).await;
    let whole = ok(&sandbox, "POST", "/credit-card/refund", refund(&id, "REF-1", 250_000)).await;
    assert_eq!(whole["status"], "pending");
    let more = call(&sandbox, "POST", "/credit-card/refund", refund(&id, "REF-2", 1000)).await;
    assert_eq!(more.refusal(), (400, 10, ""), "what is pending counts");
    assert_eq!(sandbox.appotapay().ledger().charge(&id).unwrap().totals.refunded, 0);
    sandbox.clock().advance(DAY);
    let target = format!("/credit-card/refund/{}", text(&whole, "refundId"));
    assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await["status"], "success");
    assert_eq!(sandbox.appotapay().ledger().charge(&id).unwrap().totals.refunded, 250_000);
}

#[tokio::test]
async fn what_a_bank_keeps_is_an_error_within_200() {
    let sandbox = Sandbox::start().await.unwrap();
    let held = charged(&sandbox, "ORD-1", cards::KEEPS_MONEY, false).await;
    let kept = ok(&sandbox, "POST", "/credit-card/reversal", reversal(&held, "REV-1")).await;
    assert_eq!(
        (&kept["status"], &kept["errorInformation"]["errorCode"]),
        (&json!("error"), &json!(113))
    );
    ok(&sandbox, "POST", &format!("/credit-card/{held}/capture"), part(250_000)).await;
    let kept = ok(&sandbox, "POST", "/credit-card/refund", refund(&held, "REF-1", 250_000)).await;
    assert_eq!(
        (&kept["status"], &kept["errorInformation"]["errorCode"]),
        (&json!("error"), &json!(25))
    );
    assert_eq!(sandbox.appotapay().ledger().charge(&held).unwrap().totals.refunded, 0);
}
