//! Payments, from the request to the money.

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::cards::{DECLINED, EXPIRED, NO_FUNDS, PAYS, THREE_DS};
use kessai_sandbox::zafapay::{Decline, LeverError};
use serde_json::{Value, json};

use crate::http::{bearer, call, kinds, look, ok, order, say, text, token};

const PAYMENT: &str = "/v1/payments";

#[tokio::test]
async fn a_hosted_checkout_waits_until_the_customer_pays() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let more = json!({ "external_id": "A-1", "amount": 17.62, "product_name": "Tea" });
    let asked = call(&sandbox, "POST", PAYMENT, order(more)).await;
    assert_eq!(asked.status, 201);
    assert_eq!(asked.body["status"], "pending");
    assert_eq!(asked.body["payment_type"], "single");
    assert_eq!(asked.body["amount"], json!(17.62));
    assert_eq!(asked.body["metadata"], json!({}));
    assert!(text(&asked.body, "payment_url").contains(asked.id()));
    assert!(asked.id().starts_with("req_"));
    let early = call(&sandbox, "GET", &format!("{PAYMENT}/{}", asked.id()), Value::Null).await;
    assert_eq!(early.refusal(), (404, "not_found", ""), "there is no payment yet");
    assert!(zafapay.ledger().lines().is_empty());

    let id = zafapay.pay(asked.id()).unwrap();
    let paid = look(&sandbox, &id).await;
    assert_eq!(paid, look(&sandbox, asked.id()).await, "both ids name it");
    let shown = json!({
        "id": id, "request_id": asked.id(), "status": "completed", "amount": "17.62",
        "currency": "usd", "capture_method": "automatic", "external_id": "A-1",
        "payment_method": "card", "amount_refunded": "0", "original_amount": null,
        "original_currency": null, "applied_rate": null, "card_brand": "visa",
        "card_last4": "4242", "cardholder_name": null, "card_exp_month": 12,
        "card_exp_year": 2099, "card_country": "JP", "card_funding": "credit",
        "payment_method_id": null, "is_recurring": false, "customer_id": null, "email": null,
        "tel": null, "product_name": "Tea", "error_code": null, "refunds": [], "metadata": {},
        "created_at": paid["created_at"], "updated_at": paid["updated_at"],
    });
    assert_eq!(paid, shown);
    assert_eq!(paid.as_object().unwrap().len(), 30);

    let ledger = zafapay.ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(&id).unwrap().totals.captured, 1762);
    assert_eq!(ledger.reference("A-1").len(), 1);
    assert_eq!(zafapay.pay(asked.id()), Err(LeverError::WrongStatus));
    assert_eq!(zafapay.pay("req_none"), Err(LeverError::NotFound));
}

#[tokio::test]
async fn a_customer_can_fail_or_give_up_at_the_checkout() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let one = ok(&sandbox, "POST", PAYMENT, order(Value::Null)).await;
    let id = zafapay.fail(text(&one, "id"), Decline::InsufficientFunds).unwrap();
    let failed = look(&sandbox, &id).await;
    assert_eq!(failed["status"], "failed");
    assert_eq!(failed["error_code"], "insufficient_funds");

    let other = ok(&sandbox, "POST", PAYMENT, order(Value::Null)).await;
    let id = zafapay.cancel(text(&other, "id")).unwrap();
    assert_eq!(look(&sandbox, &id).await["status"], "canceled");
    for id in [text(&one, "id"), text(&other, "id")] {
        assert_eq!(zafapay.pay(id), Err(LeverError::WrongStatus));
        assert_eq!(zafapay.fail(id, Decline::CardDeclined), Err(LeverError::WrongStatus));
        assert_eq!(zafapay.cancel(id), Err(LeverError::WrongStatus));
    }
    assert_eq!(kinds(&sandbox), ["payment.failed", "payment.canceled"]);
    assert_eq!(zafapay.ledger().totals()["usd"].authorized, 0);
}

#[tokio::test]
async fn a_card_token_is_charged_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let token_id = token(&sandbox, PAYS).await;
    let asked = call(&sandbox, "POST", PAYMENT, order(json!({ "token": token_id }))).await;
    assert_eq!((asked.status, text(&asked.body, "status")), (201, "completed"));
    assert_eq!(asked.body["payment_type"], "token");
    assert!(asked.body.get("payment_url").is_none() && asked.body.get("transaction_id").is_none());

    let token_id = token(&sandbox, PAYS).await;
    let manual = order(json!({ "token": token_id, "capture_method": "manual" }));
    let asked = call(&sandbox, "POST", PAYMENT, manual).await;
    assert_eq!((asked.status, text(&asked.body, "status")), (201, "authorized"));
    let totals = sandbox.zafapay().ledger().totals()["usd"];
    assert_eq!((totals.authorized, totals.captured), (2000, 1000));
}

#[tokio::test]
async fn a_declined_card_is_refused_and_its_payment_has_failed() {
    let sandbox = Sandbox::start().await.unwrap();
    let cards =
        [(DECLINED, "card_declined"), (NO_FUNDS, "insufficient_funds"), (EXPIRED, "expired_card")];
    for (number, code) in cards {
        let token_id = token(&sandbox, number).await;
        let body = order(json!({ "token": token_id, "external_id": code }));
        let declined = call(&sandbox, "POST", PAYMENT, body).await;
        assert_eq!(declined.refusal(), (400, code, ""));
        let error = &declined.body["error"];
        assert_eq!(error["type"], "payment_error");
        assert_eq!(error["category"], "soft_decline");
        assert_eq!(error["recommended_action"], "use_different_card");

        let ledger = sandbox.zafapay().ledger();
        let line = &ledger.reference(code)[0];
        assert_eq!((line.status.as_str(), line.totals.authorized), ("failed", 0));
        let payment = look(&sandbox, &line.charge).await;
        assert_eq!(payment["error_code"], code);
        assert_ne!(payment["request_id"], error["request_id"], "which names the call");
    }
    assert_eq!(kinds(&sandbox), ["payment.failed"; 3]);
}

#[tokio::test]
async fn a_card_that_wants_3d_secure_sends_the_customer_away_first() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    for (passed, status, back) in [
        (true, "completed", "https://shop.example/?a=b&status=succeeded"),
        (false, "failed", "https://shop.example/?a=b&status=failed"),
    ] {
        let token_id = token(&sandbox, THREE_DS).await;
        let more = json!({ "token": token_id, "return_url": "https://shop.example/?a=b" });
        let asked = call(&sandbox, "POST", PAYMENT, order(more)).await;
        assert_eq!((asked.status, text(&asked.body, "status")), (202, "requires_action"));
        assert!(text(&asked.body, "redirect_url").starts_with("https://"));
        assert_eq!(look(&sandbox, asked.id()).await["status"], "requires_action");
        assert_eq!(zafapay.pay(asked.id()), Err(LeverError::WrongStatus));

        let went = zafapay.finish_three_ds(asked.id(), passed).unwrap();
        assert_eq!(went.as_deref(), Some(back));
        assert_eq!(look(&sandbox, asked.id()).await["status"], status);
        assert_eq!(zafapay.finish_three_ds(asked.id(), true), Err(LeverError::WrongStatus));
    }
    let token_id = token(&sandbox, THREE_DS).await;
    let asked = ok(&sandbox, "POST", PAYMENT, order(json!({ "token": token_id }))).await;
    assert_eq!(zafapay.finish_three_ds(text(&asked, "id"), true), Ok(None));
    assert_eq!(zafapay.ledger().totals()["usd"].captured, 2000);
}

#[tokio::test]
async fn numbers_and_notes_keep_every_digit() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let key = bearer(zafapay.access_token());
    // Neither fits into a float.
    let body =
        r#"{"amount":90071992547409.93,"currency":"usd","metadata":{"a":0.30000000000000000001}}"#;
    let asked = say(zafapay.base_url(), "POST", PAYMENT, &key, body).await;
    let said = |at: usize| {
        let journal = zafapay.journal();
        String::from_utf8(journal[at].answer_body().to_vec()).unwrap()
    };
    assert!(said(0).contains(r#""amount":90071992547409.93,"#), "{}", said(0));
    zafapay.pay(asked.id()).unwrap();
    look(&sandbox, asked.id()).await;
    assert!(said(1).contains(r#""amount":"90071992547409.93""#), "{}", said(1));
    assert!(said(1).contains(r#""metadata":{"a":0.30000000000000000001}"#), "{}", said(1));
    assert_eq!(zafapay.ledger().totals()["usd"].captured, 9_007_199_254_740_993);
}

#[tokio::test]
async fn a_depot_payment_has_no_card() {
    let sandbox = Sandbox::start().await.unwrap();
    let depot = |more: Value| {
        let mut body = order(json!({ "payment_method": "depot", "customer_id": "member-1" }));
        body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        body
    };
    let asked = ok(&sandbox, "POST", PAYMENT, depot(Value::Null)).await;
    let id = sandbox.zafapay().pay(text(&asked, "id")).unwrap();
    let paid = look(&sandbox, &id).await;
    assert_eq!((text(&paid, "payment_method"), &paid["card_last4"]), ("depot", &Value::Null));

    let token_id = token(&sandbox, PAYS).await;
    for (more, code, parameter) in [
        (json!({ "capture_method": "manual" }), "not_supported", "capture_method"),
        (json!({ "save_card": true }), "recurring_not_supported", "save_card"),
        (json!({ "token": token_id }), "validation_error", "payment_method"),
    ] {
        let refused = call(&sandbox, "POST", PAYMENT, depot(more)).await;
        assert_eq!(refused.refusal(), (400, code, parameter));
    }
    let charged = ok(&sandbox, "POST", PAYMENT, order(json!({ "token": token_id }))).await;
    assert_eq!(charged["status"], "completed", "the refused request left the token good");
}
