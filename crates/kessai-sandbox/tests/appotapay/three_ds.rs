//! 3-D Secure of credit cards.

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{LeverError, cards};
use serde_json::{Value, json};

use crate::cards::{card, charge};
use crate::http::{call, ok, queried, text, with};

const CHARGE: &str = "/credit-card/charge";

/// Checks a card with this number for 250,000 dong.
async fn enroll(sandbox: &Sandbox, reference: &str, number: &str) -> Value {
    let body = json!({
        "card": card(number), "amount": 250_000, "merchantRefId": reference, "currency": "VND",
        "returnUrl": "https://shop.example/back?order=1",
    });
    ok(sandbox, "POST", "/credit-card/enrollment", body).await
}

async fn status(sandbox: &Sandbox, id: &str) -> Value {
    let target = format!("/credit-card/enrollment/validate/{id}");
    ok(sandbox, "POST", &target, Value::Null).await["status"].clone()
}

#[tokio::test]
async fn a_customer_who_has_passed_can_be_charged_once() {
    let sandbox = Sandbox::start().await.unwrap();
    for (place, number) in cards::CHALLENGE.into_iter().enumerate() {
        let reference = format!("ORD-{place}");
        let with_id = |id: &str| charge(&reference, number, json!({ "authenticationId": id }));
        let early = call(&sandbox, "POST", CHARGE, charge(&reference, number, Value::Null)).await;
        assert_eq!(early.refusal(), (400, 102, ""));
        let check = enroll(&sandbox, &reference, number).await;
        let id = text(&check, "id");
        assert_eq!(check["status"], "PENDING");
        assert!(text(&check, "deviceDataCollectionUrl").contains(id));
        for body in [charge(&reference, number, Value::Null), with_id(id)] {
            assert_eq!(call(&sandbox, "POST", CHARGE, body).await.refusal(), (400, 103, ""));
        }
        let back = sandbox.appotapay().finish_three_ds(id, true).unwrap();
        assert!(back.starts_with("https://shop.example/back?order=1&"));
        assert_eq!(
            (&*queried(&back, "authenticationId"), &*queried(&back, "status")),
            (id, "VERIFIED")
        );
        assert_eq!(status(&sandbox, id).await, "VERIFIED");

        let more = with(with_id(id), json!({ "amount": 250_001 }));
        assert_eq!(call(&sandbox, "POST", CHARGE, more).await.refusal(), (400, 110, ""));
        let paid = ok(&sandbox, "POST", CHARGE, with_id(id)).await;
        assert_eq!(text(&paid, "authenticationId"), id);
        assert_eq!(paid["eci"], ["05", "02"][place]);
        let again = with(with_id(id), json!({ "merchantRefId": "ORD-9" }));
        assert_eq!(call(&sandbox, "POST", CHARGE, again).await.refusal(), (400, 93, ""));
    }
}

#[tokio::test]
async fn a_customer_who_has_failed_cannot_be_charged() {
    let sandbox = Sandbox::start().await.unwrap();
    let number = cards::CHALLENGE[0];
    let check = enroll(&sandbox, "ORD-1", number).await;
    let id = text(&check, "id");
    let back = sandbox.appotapay().finish_three_ds(id, false).unwrap();
    assert_eq!(queried(&back, "status"), "FAILED");
    let again = sandbox.appotapay().finish_three_ds(id, true);
    assert_eq!(again, Err(LeverError::WrongStatus));
    let body = charge("ORD-1", number, json!({ "authenticationId": id }));
    assert_eq!(call(&sandbox, "POST", CHARGE, body).await.refusal(), (400, 90, ""));
}

#[tokio::test]
async fn some_cards_pass_alone_and_some_never() {
    let sandbox = Sandbox::start().await.unwrap();
    let alone = enroll(&sandbox, "ORD-1", cards::FRICTIONLESS[0]).await;
    assert_eq!((&alone["status"], &alone["eci"]), (&json!("VERIFIED"), &json!("06")));
    let body = charge("ORD-1", cards::FRICTIONLESS[0], json!({ "authenticationId": alone["id"] }));
    assert_eq!(ok(&sandbox, "POST", CHARGE, body).await["eci"], "06");

    let number = cards::ONLY_WITHOUT_THREE_DS[0];
    let never = enroll(&sandbox, "ORD-2", number).await;
    let back = sandbox.appotapay().finish_three_ds(text(&never, "id"), true).unwrap();
    assert_eq!(queried(&back, "status"), "FAILED");
    ok(&sandbox, "POST", CHARGE, charge("ORD-2", number, Value::Null)).await;

    let other = enroll(&sandbox, "ORD-3", cards::PAYS).await;
    assert_eq!((&other["status"], &other["eci"]), (&json!("CARD_NOT_ENROLLED"), &json!("01")));
    assert_eq!(other["deviceDataCollectionUrl"], "");
}

#[tokio::test]
async fn an_authentication_is_of_one_card() {
    let sandbox = Sandbox::start().await.unwrap();
    let check = enroll(&sandbox, "ORD-1", cards::FRICTIONLESS[0]).await;
    for (id, member) in [(text(&check, "id"), "authenticationId"), ("01K9", "")] {
        let body = charge("ORD-1", cards::PAYS, json!({ "authenticationId": id }));
        let refused = call(&sandbox, "POST", CHARGE, body).await;
        assert_eq!(refused.refusal(), (400, 94, member));
    }
    let unknown = "/credit-card/enrollment/validate/01K9";
    let unknown = call(&sandbox, "POST", unknown, Value::Null).await;
    assert_eq!(unknown.refusal(), (404, 94, ""));
}

#[tokio::test]
async fn a_check_makes_a_token_for_one_payment() {
    let sandbox = Sandbox::start().await.unwrap();
    let check = enroll(&sandbox, "ORD-1", cards::FRICTIONLESS[0]).await;
    let more = json!({
        "card": null, "tokenId": check["tokenId"], "authenticationId": check["id"],
    });
    ok(&sandbox, "POST", CHARGE, charge("ORD-1", cards::PAYS, more.clone())).await;
    let again = call(&sandbox, "POST", CHARGE, charge("ORD-2", cards::PAYS, more)).await;
    assert_eq!(again.refusal(), (400, 92, ""));
}
