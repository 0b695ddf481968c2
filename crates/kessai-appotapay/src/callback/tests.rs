//! Which messages are taken, and as what.

use kessai_core::encoding::{base64, hex, to_query};

use super::*;

fn credentials(secret: &str) -> Credentials {
    Credentials::new("PARTNER", "key", secret).expect("keys")
}

fn callbacks() -> Callbacks {
    Callbacks::new(credentials("secret"))
}

fn signature(text: &str) -> String {
    hex(&credentials("secret").tag(text.as_bytes()).into_bytes())
}

/// A message as it is posted.
fn packed(told: &str) -> String {
    let data = base64(told.as_bytes());
    format!(r#"{{"data":"{data}","signature":"{}","time":1795231327}}"#, signature(&data))
}

/// What another program signed, with the key that the pages print.
struct Vector {
    secret_key: String,
    string_to_sign: String,
    hmac_sha256_hex: String,
}

kessai_core::object!(
    Vector,
    [
        (secret_key, "secret_key", required),
        (string_to_sign, "string_to_sign", required),
        (hmac_sha256_hex, "hmac_sha256_hex", required),
    ]
);

#[test]
fn the_published_message_is_taken_with_the_published_key_alone() {
    let vector = Vector::decode(include_bytes!(
        "../../../../tests/vectors/appotapay/signature-ipn-data-vector-1.json"
    ));
    let vector = vector.expect("a vector");
    let body = format!(
        r#"{{"data":"{}","signature":"{}"}}"#,
        vector.string_to_sign, vector.hmac_sha256_hex
    );
    let published = Callbacks::new(credentials(&vector.secret_key));
    let told = published.installment(body.as_bytes()).expect("it is signed");
    assert_eq!(told.transaction.pay_per_month, Some(1_000_000));
    assert_eq!(callbacks().installment(body.as_bytes()), Err(Rejected::WrongSignature));
    assert!(callbacks().or(credentials(&vector.secret_key)).installment(body.as_bytes()).is_ok());
}

#[test]
fn what_is_packed_is_taken_with_its_own_signature_alone() {
    let message = packed(r#"{"transaction":{"transactionId":"AP1","amount":50000}}"#);
    let told = callbacks().payment(message.as_bytes()).expect("it is signed");
    assert_eq!(told.transaction.amount, Some(50_000));
    let other = packed(r#"{"transaction":{"transactionId":"AP1","amount":90000}}"#);
    let data = |message: &str| message.split('"').nth(3).expect("data").to_owned();
    let forged = message.replace(&data(&message), &data(&other));
    assert_eq!(callbacks().payment(forged.as_bytes()), Err(Rejected::WrongSignature));
    for unsigned in ["", "{}", r#"{"data":"e30="}"#, "[1]"] {
        assert_eq!(callbacks().payment(unsigned.as_bytes()), Err(Rejected::NoSignature));
    }
    let strange = packed("<html>");
    assert!(matches!(callbacks().payment(strange.as_bytes()), Err(Rejected::Unreadable(_))));
}

#[test]
fn a_browser_brings_the_same_in_its_query() {
    let data = base64(r#"{"transaction":{"orderId":"O-1","x":"~~~???>>>"}}"#.as_bytes());
    let (escaped, signature) = (to_query(&data), signature(&data));
    for query in [
        format!("?data={escaped}&signature={signature}&time=1"),
        format!("time=1&signature={signature}&data={escaped}"),
    ] {
        let told = callbacks().payment_return(&query).expect("it is signed");
        assert_eq!(told.transaction.order_id.as_deref(), Some("O-1"));
        let forged = query.replacen("data=", "data=A", 1);
        assert_eq!(callbacks().payment_return(&forged), Err(Rejected::WrongSignature));
    }
    let unsigned = format!("data={escaped}");
    assert_eq!(callbacks().payment_return(&unsigned), Err(Rejected::NoSignature));
}

#[test]
fn a_message_about_subscriptions_is_read_as_what_its_event_is_about() {
    let read = |event: &str, data: &str| {
        let message = packed(&format!(r#"{{"event":"{event}","data":{data}}}"#));
        callbacks().subscription(message.as_bytes()).expect("it is signed")
    };
    let plan = read("subscription.plan.newer", r#"{"planId":"p"}"#);
    assert!(matches!(plan, SubscriptionNotification::Plan(_)), "{plan:?}");
    let cycle = read("subscription.cycle.succeeded", r#"{"cycleId":"c","amount":5000}"#);
    let SubscriptionNotification::Cycle(cycle) = cycle else { panic!("{cycle:?}") };
    assert_eq!(cycle.data.as_ref().and_then(|data| data.amount), Some(5000));
    let refund = read("refund.failed", r#"{"refundId":"r"}"#);
    assert!(matches!(refund, SubscriptionNotification::Refund(_)), "{refund:?}");
    // No page names the events of payment methods.
    let method = read("of.a.method", r#"{"paymentMethodId":"m"}"#);
    assert!(matches!(method, SubscriptionNotification::PaymentMethod(_)), "{method:?}");
    for data in ["null", "[1]"] {
        let newer = read("moon.landed", data);
        assert!(matches!(newer, SubscriptionNotification::Other(_)), "{newer:?}");
    }
}

#[test]
fn a_message_that_is_signed_by_its_members_is_not_taken_with_others() {
    let signed = "amount=50000&appotapayTransId=AP1&errorCode=0&partnerRefId=P-1&\
                  time=21-11-2026 10:22:07&transferAmount=50000&transferStatus=success";
    let message = format!(
        r#"{{"errorCode":0,"transaction":{{"amount":50000,"transferAmount":50000,
        "transferStatus":"success","appotapayTransId":"AP1","partnerRefId":"P-1",
        "time":"21-11-2026 10:22:07"}},"signature":"{}"}}"#,
        signature(signed)
    );
    let told = callbacks().transfer(message.as_bytes()).expect("it is signed");
    assert_eq!(told.transaction.partner_ref_id, "P-1");
    for (what, with) in [("50000", "90000"), ("success", "error"), ("P-1", "P-2")] {
        let forged = message.replacen(what, with, 1);
        assert_eq!(callbacks().transfer(forged.as_bytes()), Err(Rejected::WrongSignature));
    }
    let unsigned = message.replacen("signature", "other", 1);
    assert_eq!(callbacks().transfer(unsigned.as_bytes()), Err(Rejected::NoSignature));
}

#[test]
fn a_card_that_a_payment_saved_is_in_a_text_inside_of_the_message() {
    let saved = |result: &str| {
        let message = format!(r#"{{"transaction":{{"transactionId":"AP1"}}{result}}}"#);
        callbacks().payment(packed(&message).as_bytes()).expect("it is signed").saved_card()
    };
    let card = saved(r#","tokenResult":"{\"status\":0,\"card\":{\"status\":\"active\"}}""#);
    let card = card.expect("a card");
    let state = card.card.as_ref().and_then(|card| card.status.as_deref());
    assert_eq!((card.status, state), (Some(0), Some("active")));
    assert_eq!((saved(""), saved(r#","tokenResult":"none""#)), (None, None));
}
