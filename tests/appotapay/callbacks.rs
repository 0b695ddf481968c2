//! What AppotaPay sends on its own account: what is taken, and what is not.

use std::fs;

use kessai_appotapay::service_events::{EbillAcknowledgement, EbillAcknowledgementCode};
use kessai_appotapay::{Callbacks, Credentials, Rejected, SubscriptionNotification};
use kessai_core::encoding::{base64, to_query};
use serde_json::{Value, json};

use super::{SECRET, credentials, signature};
use crate::example::root;

/// A message as it is posted.
fn packed(told: &Value) -> String {
    let data = base64(told.to_string().as_bytes());
    json!({ "data": data, "signature": signature(&data), "time": 1_795_231_327 }).to_string()
}

fn callbacks() -> Callbacks {
    Callbacks::new(credentials(SECRET))
}

#[test]
fn the_published_message_is_taken_with_the_published_key() {
    let folder = root().join("specs/appotapay/examples/published");
    let text = |file: &str| fs::read_to_string(folder.join(file)).expect("a sample");
    let mut message: Value =
        serde_json::from_str(&text("installment-ipn-webhook-1.json")).expect("JSON");
    let callbacks = Callbacks::new(
        Credentials::new("A", "k", "XAonJgy14YhtePEITXhyBS2unjfJLAV3").expect("keys"),
    );
    let printed = callbacks.installment(message.to_string().as_bytes());
    assert_eq!(printed, Err(Rejected::WrongSignature), "the page prints that of another message");

    let vector = root().join("tests/vectors/appotapay/signature-ipn-data-vector-1.json");
    let vector: Value =
        serde_json::from_str(&fs::read_to_string(vector).expect("a vector")).expect("JSON");
    message["signature"] = vector["hmac_sha256_hex"].clone();
    let told = callbacks.installment(message.to_string().as_bytes()).expect("it is signed");
    let transaction = told.transaction;
    assert_eq!((transaction.error_code, transaction.pay_per_month), (Some(103), Some(1_000_000)));
}

#[test]
fn one_bit_flipped_anywhere_is_refused() {
    let told = json!({ "transaction": { "transactionId": "AP1", "amount": 50_000 } });
    let message = packed(&told);
    assert!(callbacks().payment(message.as_bytes()).is_ok());
    let time = message.find("\"time\"").expect("a time");
    for at in (0..message.len()).filter(|at| *at < time) {
        for bit in 0..8 {
            let mut bytes = message.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let taken = callbacks().payment(&bytes);
            // Blanks between the parts are not part of what is said.
            assert!(taken.is_err(), "bit {bit} of byte {at}: {}", String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn the_browser_brings_the_same_in_a_query() {
    let told =
        json!({ "transaction": { "orderId": "O-1", "status": "success", "x": "~~~???>>>" } });
    let data = base64(told.to_string().as_bytes());
    let signature = signature(&data);
    let query = format!("?data={}&signature={signature}&time=1", to_query(&data));
    let told = callbacks().payment_return(&query).expect("it is signed");
    assert_eq!(told.transaction.order_id.as_deref(), Some("O-1"));
    // Some frameworks undo the escapes of a query before they hand it over.
    let raw = format!("data={data}&signature={signature}");
    assert!(callbacks().payment_return(&raw).is_ok(), "a plus is no blank");
    assert_eq!(
        callbacks().payment_return(&format!("signature={signature}")),
        Err(Rejected::NoSignature)
    );
    let other = query.replacen("data=", "data=A", 1);
    assert_eq!(callbacks().payment_return(&other), Err(Rejected::WrongSignature));
}

#[test]
fn each_message_about_subscriptions_is_read_as_what_it_is_of() {
    let read = |event: &str, data: Value| {
        callbacks().subscription(packed(&json!({ "event": event, "data": data })).as_bytes())
    };
    let cycle = json!({ "cycleId": "c", "amount": 5000 });
    assert!(matches!(
        read("subscription.cycle.succeeded", cycle),
        Ok(SubscriptionNotification::Cycle(told)) if told.data.as_ref().is_some_and(|it| it.amount == Some(5000))
    ));
    let plan = read("subscription.plan.newer", json!({ "planId": "p" }));
    assert!(matches!(plan, Ok(SubscriptionNotification::Plan(_))));
    let refund = read("refund.failed", json!({ "refundId": "r" }));
    assert!(matches!(refund, Ok(SubscriptionNotification::Refund(_))));
    let method = read("of.a.method", json!({ "paymentMethodId": "m" }));
    assert!(matches!(method, Ok(SubscriptionNotification::PaymentMethod(_))));
    let newer = read("moon.landed", json!([1]));
    assert!(matches!(newer, Ok(SubscriptionNotification::Other(_))));
}

#[test]
fn a_message_that_is_signed_by_its_members_is_not_taken_with_others() {
    let signed = "amount=50000&appotapayTransId=AP1&errorCode=0&partnerRefId=P-1&\
                  time=21-11-2026 10:22:07&transferAmount=50000&transferStatus=success";
    let message = json!({
        "errorCode": 0, "message": "not signed",
        "transaction": {
            "amount": 50_000, "transferAmount": 50_000, "transferStatus": "success",
            "appotapayTransId": "AP1", "partnerRefId": "P-1", "time": "21-11-2026 10:22:07",
        },
        "signature": signature(signed),
    })
    .to_string();
    let told = callbacks().transfer(message.as_bytes()).expect("it is signed");
    assert_eq!(told.transaction.partner_ref_id, "P-1");
    for (what, with) in [("50000", "90000"), ("success", "error"), ("P-1", "P-2"), ("AP1", "AP2")] {
        let forged = message.replacen(what, with, 1);
        assert_eq!(
            callbacks().transfer(forged.as_bytes()),
            Err(Rejected::WrongSignature),
            "{what}"
        );
    }
    // Which of two would be signed, and which read?
    let twice = message.replacen("\"amount\":", "\"amount\":1,\"amount\":", 1);
    assert!(callbacks().transfer(twice.as_bytes()).is_err(), "{twice}");
    let unsigned = message.replacen("signature", "other", 1);
    assert_eq!(callbacks().transfer(unsigned.as_bytes()), Err(Rejected::NoSignature));
}

#[test]
fn old_and_new_keys_are_both_tried() {
    let message = packed(
        &json!({ "transaction": { "transaction_id": "t", "partner_ref_id": "P-1", "status": "void" } }),
    );
    let other = Callbacks::new(credentials("another"));
    assert_eq!(other.pos(message.as_bytes()), Err(Rejected::WrongSignature));
    assert!(other.or(credentials(SECRET)).pos(message.as_bytes()).is_ok());
}

#[test]
fn a_virtual_account_is_answered_in_its_own_words() {
    let answer = EbillAcknowledgement::new(EbillAcknowledgementCode::Taken, "Success");
    let answer = serde_json::to_value(&answer).expect("JSON");
    assert_eq!(answer, json!({ "statusCode": "00", "statusDetail": "Success" }));
}
