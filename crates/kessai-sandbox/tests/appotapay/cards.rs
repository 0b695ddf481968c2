//! Credit cards: tokens, charges, and what is declined.

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::cards;
use serde_json::{Value, json};

use crate::http::{call, ok, text, with};

/// A card with this number.
pub fn card(number: &str) -> Value {
    json!({
        "number": number,
        "holderName": "NGUYEN VAN A",
        "expirationMonth": "12",
        "expirationYear": "98",
        "cvv": "314",
    })
}

/// 250,000 dong from a card, with `more` members or others.
pub fn charge(reference: &str, number: &str, more: Value) -> Value {
    let body = json!({
        "card": card(number), "amount": 250_000, "merchantRefId": reference, "currency": "VND",
    });
    with(body, more)
}

/// A token of a card with this number.
async fn token(sandbox: &Sandbox, reference: &str, number: &str, kind: &str) -> String {
    let body = json!({ "card": card(number), "tokenType": kind, "merchantRefId": reference });
    let token = ok(sandbox, "POST", "/credit-card/token", body).await;
    text(&token, "tokenId").to_owned()
}

#[tokio::test]
async fn a_charge_holds_the_money_or_takes_it_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let held = charge("ORD-1", cards::PAYS, Value::Null);
    let held = ok(&sandbox, "POST", "/credit-card/charge", held).await;
    assert_eq!((&held["status"], &held["capturedAmount"]), (&json!("AUTHORIZED"), &json!(0)));
    let shown = json!({
        "number": "512345XXXXXX2346", "expirationMonth": "12", "expirationYear": "98",
        "cardBrand": "MASTERCARD", "cardType": "CREDIT", "countryCode": "VN",
    });
    assert_eq!(held["card"], shown);
    let taken = charge("ORD-2", cards::PAYS, json!({ "capture": true }));
    let taken = ok(&sandbox, "POST", "/credit-card/charge", taken).await;
    assert_eq!((&taken["status"], &taken["capturedAmount"]), (&json!("CAPTURED"), &json!(250_000)));
    let ledger = sandbox.appotapay().ledger();
    ledger.assert_sound();
    let totals = ledger.totals()["VND"];
    assert_eq!((totals.authorized, totals.captured), (500_000, 250_000));
    assert_eq!(ledger.reference("ORD-2")[0].charge, text(&taken, "id"));
}

#[tokio::test]
async fn a_charge_is_found_by_either_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = charge("ORD-1", cards::PAYS, Value::Null);
    let made = call(&sandbox, "POST", "/credit-card/charge", body).await;
    let by_id = format!("/credit-card/charge/{}", made.id());
    let by_reference = "/credit-card/charge/ORD-1?referenceType=MERCHANT_REFERENCE_ID";
    for target in [by_id.as_str(), by_reference] {
        assert_eq!(ok(&sandbox, "GET", target, Value::Null).await, made.body);
    }
    let other = call(&sandbox, "GET", "/credit-card/charge/ORD-1", Value::Null).await;
    assert_eq!(other.refusal(), (404, 14, ""));
}

#[tokio::test]
async fn a_reference_is_charged_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = charge("ORD-1", cards::PAYS, Value::Null);
    ok(&sandbox, "POST", "/credit-card/charge", body.clone()).await;
    let again = call(&sandbox, "POST", "/credit-card/charge", body).await;
    assert_eq!(again.refusal(), (400, 4, ""));
    assert_eq!(sandbox.appotapay().ledger().lines().len(), 1);
}

#[tokio::test]
async fn a_declined_charge_leaves_nothing_behind() {
    let sandbox = Sandbox::start().await.unwrap();
    for (number, code) in [
        (cards::DECLINED, 82),
        (cards::NO_FUNDS, 64),
        (cards::EXPIRED, 63),
        (cards::WRONG_CVV, 70),
        (cards::STOLEN, 65),
        ("4111111111111112", 61),
        ("9704229306604047", 62),
    ] {
        let body = charge("ORD-1", number, Value::Null);
        let declined = call(&sandbox, "POST", "/credit-card/charge", body).await;
        assert_eq!(declined.refusal(), (400, code, ""), "{number}");
    }
    assert!(sandbox.appotapay().ledger().lines().is_empty());
    ok(&sandbox, "POST", "/credit-card/charge", charge("ORD-1", cards::PAYS, Value::Null)).await;
}

#[tokio::test]
async fn amounts_are_within_limits_and_in_dong() {
    let sandbox = Sandbox::start().await.unwrap();
    for (more, refusal) in [
        (json!({ "amount": 999 }), (400, 96, "")),
        (json!({ "amount": -1000 }), (400, 96, "")),
        (json!({ "amount": 500_000_001 }), (400, 97, "")),
        (json!({ "currency": "USD" }), (400, 1, "currency")),
        (json!({ "amount": 1000.5 }), (400, 1, "amount")),
        (json!({ "tokenId": "01k9" }), (400, 1, "tokenId")),
        (json!({ "card": null }), (400, 1, "card")),
    ] {
        let body = charge("ORD-1", cards::PAYS, more.clone());
        let refused = call(&sandbox, "POST", "/credit-card/charge", body).await;
        assert_eq!(refused.refusal(), refusal, "{more}");
    }
}

#[tokio::test]
async fn a_charge_whose_answer_is_lost_is_found_by_its_reference() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = charge("ORD-1", cards::PAYS_UNANSWERED, json!({ "capture": true }));
    let lost = call(&sandbox, "POST", "/credit-card/charge", body).await;
    assert_eq!(lost.refusal(), (500, 500, ""));
    let target = "/credit-card/charge/ORD-1?referenceType=MERCHANT_REFERENCE_ID";
    assert_eq!(ok(&sandbox, "GET", target, Value::Null).await["status"], "CAPTURED");
}

#[tokio::test]
async fn a_token_for_one_payment_pays_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let single = token(&sandbox, "TOK-1", cards::PAYS, "SINGLE").await;
    let again = token(&sandbox, "TOK-2", cards::PAYS, "MULTIPLE").await;
    let pay = |reference: &str, token: &str| {
        charge(reference, cards::PAYS, json!({ "card": null, "tokenId": token }))
    };
    let first = ok(&sandbox, "POST", "/credit-card/charge", pay("ORD-1", &single)).await;
    assert_eq!((text(&first, "tokenId"), &first["chargeType"]), (&*single, &Value::Null));
    let second = call(&sandbox, "POST", "/credit-card/charge", pay("ORD-2", &single)).await;
    assert_eq!(second.refusal(), (400, 92, ""));
    for reference in ["ORD-3", "ORD-4"] {
        let paid = ok(&sandbox, "POST", "/credit-card/charge", pay(reference, &again)).await;
        assert_eq!(paid["chargeType"], "BY_MULTIPLE_TOKEN");
    }
}

#[tokio::test]
async fn a_deleted_token_pays_no_more() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = token(&sandbox, "TOK-1", cards::PAYS, "MULTIPLE").await;
    let target = format!("/credit-card/token/{id}?merchantRefId=TOK-1");
    let deleted = ok(&sandbox, "DELETE", &target, Value::Null).await;
    let expected = json!({ "tokenId": id, "merchantRefId": "TOK-1", "isDeleted": true });
    assert_eq!(deleted, expected);
    let again = call(&sandbox, "DELETE", &target, Value::Null).await;
    assert_eq!(again.refusal(), (400, 109, ""));
    let unnamed = format!("/credit-card/token/{id}");
    let unnamed = call(&sandbox, "DELETE", &unnamed, Value::Null).await;
    assert_eq!(unnamed.refusal(), (400, 1, "merchantRefId"));
    let body = charge("ORD-1", cards::PAYS, json!({ "card": null, "tokenId": id }));
    let refused = call(&sandbox, "POST", "/credit-card/charge", body).await;
    assert_eq!(refused.refusal(), (400, 41, ""));
    let used = json!({
        "card": card(cards::PAYS), "tokenType": "SINGLE", "merchantRefId": "TOK-1",
    });
    let used = call(&sandbox, "POST", "/credit-card/token", used).await;
    assert_eq!(used.refusal(), (400, 84, ""));
}

#[tokio::test]
async fn the_codes_can_be_listed() {
    let sandbox = Sandbox::start().await.unwrap();
    let list = ok(&sandbox, "GET", "/credit-card/error-code/list", Value::Null).await;
    let codes = list["data"].as_array().unwrap();
    assert!(codes.iter().any(|code| code["code"] == 64) && codes.len() > 90);
}
