//! What the merchant's server would be told.

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::cards::DECLINED;
use kessai_sandbox::zafapay::{Event, SIGNATURE_HEADER};
use serde_json::{Value, json};

use crate::http::{call, judge_event, look, of, ok, order, paid, token};

fn body(event: &Event) -> Value {
    let body: Value = serde_json::from_slice(event.body()).unwrap();
    judge_event(&body);
    assert_eq!(body["event"], event.kind());
    body
}

#[tokio::test]
async fn an_event_is_flat_and_leaves_out_what_does_not_apply() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, Value::Null).await;
    let payment = look(&sandbox, &id).await;
    let told = body(&sandbox.zafapay().events()[0]);
    let expected = json!({
        "event": "payment.succeeded", "transaction_id": id, "merchant_id": told["merchant_id"],
        "merchant_name": told["merchant_name"], "status": "succeeded", "amount": "10.00",
        "currency": "usd", "payment_method": "card", "is_recurring": false, "card_brand": "visa",
        "card_last4": "4242", "card_exp_month": 12, "card_exp_year": 2099, "metadata": {},
        "created_at": payment["created_at"], "timestamp": told["timestamp"],
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_event_gives_back_what_was_asked_and_what_was_saved() {
    let sandbox = Sandbox::start().await.unwrap();
    let asked = json!({
        "external_id": "A-1", "product_name": "Tea", "customer_id": "member-1", "name": "WEI TAN",
        "email": "wei@mail.example", "tel": "0", "metadata": { "cup": 2 }, "save_card": true,
    });
    let id = paid(&sandbox, asked.clone()).await;
    let payment = look(&sandbox, &id).await;
    let told = body(&sandbox.zafapay().events()[0]);
    for name in ["external_id", "product_name", "customer_id", "email", "tel", "metadata"] {
        assert_eq!(told[name], asked[name], "{name}");
    }
    assert_eq!((&told["save_card"], &told["cardholder_name"]), (&json!(true), &json!("WEI TAN")));
    assert_eq!(told["payment_method_id"], payment["payment_method_id"]);

    let again =
        json!({ "payment_method_id": told["payment_method_id"], "customer_id": "member-1" });
    ok(&sandbox, "POST", "/v1/payments", order(again)).await;
    let charged = body(&sandbox.zafapay().events()[1]);
    assert_eq!(charged["is_recurring"], true);
    assert_eq!(charged["payment_method_id"], told["payment_method_id"]);
    assert!(charged.get("save_card").is_none());
}

#[tokio::test]
async fn each_end_of_a_payment_has_its_own_event() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let refunded = paid(&sandbox, Value::Null).await;
    for amount in [json!({ "amount": 1 }), json!({ "amount": 1 }), json!({})] {
        ok(&sandbox, "POST", &of(&refunded, "refund"), amount).await;
    }
    let disputed = paid(&sandbox, Value::Null).await;
    zafapay.chargeback(&disputed).unwrap();
    let voided = paid(&sandbox, json!({ "capture_method": "manual" })).await;
    ok(&sandbox, "POST", &of(&voided, "void"), Value::Null).await;
    let declined = json!({ "token": token(&sandbox, DECLINED).await });
    call(&sandbox, "POST", "/v1/payments", order(declined)).await;

    let events: Vec<_> = zafapay.events().iter().map(body).collect();
    let told: Vec<_> = events.iter().map(|it| (&it["status"], &it["amount_refunded"])).collect();
    let none = &Value::Null;
    let expected = [
        (&json!("succeeded"), none),
        (&json!("refunded"), &json!("1.00")),
        (&json!("refunded"), &json!("2.00")),
        (&json!("refunded"), &json!("10.00")),
        (&json!("succeeded"), none),
        (&json!("chargeback"), none),
        (&json!("canceled"), none),
        (&json!("failed"), none),
    ];
    assert_eq!(told, expected);
    let failed = events.last().unwrap();
    let error = json!({
        "code": "card_declined", "category": "soft_decline", "message": failed["error"]["message"],
        "recommended_action": "use_different_card",
    });
    assert_eq!(failed["error"], error);
    assert!(events.iter().take(7).all(|event| event.get("error").is_none()));
}

#[tokio::test]
async fn a_body_is_signed_with_the_secret_of_the_endpoint() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    assert_eq!(SIGNATURE_HEADER, "X-Zafapay-Signature-Sandbox");
    assert!(zafapay.webhook_secret().starts_with("whsec_"));
    let signature = zafapay.signature(b"{}");
    assert!(signature.len() == 64 && signature.bytes().all(|it| b"0123456789abcdef".contains(&it)));
    assert_ne!(signature, zafapay.signature(b"{} "));
    paid(&sandbox, json!({ "email": "wei@mail.example" })).await;
    let shown = format!("{:?}", zafapay.events());
    assert!(shown.contains("payment.succeeded") && !shown.contains("wei@mail"), "{shown}");
}
