//! Customers of subscriptions, and what they pay with.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{LeverError, cards};
use serde_json::{Value, json};

use crate::http::{call, judge_told, ok, queried, text, with};
use crate::signing::unsealed;

const METHODS: &str = "/api/v1/subs/payment-methods";

/// The id of a new customer.
pub async fn customer(sandbox: &Sandbox, reference: &str) -> String {
    let body = json!({ "customerRefId": reference, "customer": { "firstName": "Ha" } });
    let customer = ok(sandbox, "POST", "/api/v1/customers", body).await;
    text(&customer, "customerId").to_owned()
}

/// A card with this number, with 3-D Secure unless `more` says something else.
fn card(reference: &str, customer: &str, number: &str, more: Value) -> Value {
    let properties = json!({
        "skipThreeDSecure": "NO",
        "successReturnUrl": "https://shop.example/saved?a=1",
        "failureReturnUrl": "https://shop.example/failed",
    });
    let info = json!({ "cardNumber": number, "cardMonth": "12", "cardYear": "2098" });
    let body = json!({
        "paymentMethodRefId": reference, "customerId": customer, "country": "VN",
        "currency": "VND", "paymentMethod": "CC_SUBS", "reusability": "MULTIPLE_USE",
        "card": { "properties": properties, "cardInfo": info },
    });
    with(body, more)
}

/// The same without 3-D Secure.
fn skipping(reference: &str, customer: &str, number: &str) -> Value {
    let mut body = card(reference, customer, number, Value::Null);
    body["card"]["properties"] = json!({ "skipThreeDSecure": "YES" });
    body
}

/// The id of a card that can be charged.
pub async fn saved(sandbox: &Sandbox, reference: &str, customer: &str, number: &str) -> String {
    let made = ok(sandbox, "POST", METHODS, skipping(reference, customer, number)).await;
    assert_eq!((&made["status"], &made["actions"]), (&json!("ACTIVE"), &Value::Null));
    text(&made, "paymentMethodId").to_owned()
}

#[tokio::test]
async fn a_customer_is_found_by_reference_and_changed_by_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let details = json!({
        "firstName": "Ha", "lastName": "Phan", "mobileNumber": "+84123456789",
        "email": "ha@shop.example", "gender": "FEMALE", "dateOfBirth": "1996-02-29",
        "placeOfBirth": "HN", "nationality": "VN",
    });
    let body = json!({ "customerRefId": "CUS1", "customer": details });
    let made = ok(&sandbox, "POST", "/api/v1/customers", body.clone()).await;
    assert_eq!(ok(&sandbox, "GET", "/api/v1/customers/CUS1", Value::Null).await, made);
    let again = call(&sandbox, "POST", "/api/v1/customers", body).await;
    assert_eq!(again.refusal(), (400, 3002, ""));

    let by_id = format!("/api/v1/customers/{}", text(&made, "customerId"));
    let changed = ok(&sandbox, "PATCH", &by_id, json!({ "lastName": "Tran" })).await;
    assert_eq!((&changed["firstName"], &changed["lastName"]), (&json!("Ha"), &json!("Tran")));
    for (method, target) in [("GET", by_id.as_str()), ("PATCH", "/api/v1/customers/CUS1")] {
        let body = if method == "GET" { Value::Null } else { json!({}) };
        assert_eq!(call(&sandbox, method, target, body).await.refusal(), (404, 3003, ""));
    }
}

#[tokio::test]
async fn the_data_of_a_customer_is_looked_at() {
    let sandbox = Sandbox::start().await.unwrap();
    for (member, value) in [
        ("mobileNumber", "0901234567"),
        ("email", "ha"),
        ("dateOfBirth", "1995-02-29"),
        ("nationality", "vn"),
    ] {
        let customer = with(json!({ "firstName": "Ha" }), json!({ member: value }));
        let body = json!({ "customerRefId": "CUS1", "customer": customer });
        let refused = call(&sandbox, "POST", "/api/v1/customers", body).await;
        assert_eq!(refused.refusal(), (400, 3027, member));
    }
    let body = json!({ "customerRefId": "CUS-1", "customer": { "firstName": "Ha" } });
    let refused = call(&sandbox, "POST", "/api/v1/customers", body).await;
    assert_eq!(refused.refusal(), (400, 1, "customerRefId"));
}

#[tokio::test]
async fn the_customer_proves_that_a_card_is_theirs() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let customer = customer(&sandbox, "CUS1").await;
    for (reference, number, passed, status, word, to) in [
        ("CARD1", cards::PAYS, true, "ACTIVE", "VERIFIED", "https://shop.example/saved?a=1&data="),
        ("CARD2", cards::PAYS, false, "FAILED", "FAILED", "https://shop.example/failed?data="),
        (
            "CARD3",
            cards::ONLY_WITHOUT_THREE_DS[0],
            true,
            "FAILED",
            "FAILED",
            "https://shop.example/failed?data=",
        ),
    ] {
        let body = card(reference, &customer, number, Value::Null);
        let made = ok(&sandbox, "POST", METHODS, body).await;
        assert_eq!(
            (&made["status"], &made["actions"][0]["action"]),
            (&json!("REQUIRES_ACTION"), &json!("AUTH"))
        );
        let id = text(&made, "paymentMethodId");
        let url = appotapay.finish_payment_method(id, passed).unwrap();
        assert!(url.starts_with(to), "{url}");
        let data = unsealed(appotapay, &queried(&url, "data"), &queried(&url, "signature"));
        judge_told("PaymentMethodReturn", &data);
        assert_eq!((&data["paymentMethodId"], &data["status"]), (&json!(id), &json!(word)));
        let found = ok(&sandbox, "GET", &format!("{METHODS}/{reference}"), Value::Null).await;
        assert_eq!(found["status"], status);
        assert_eq!(appotapay.finish_payment_method(id, true), Err(LeverError::WrongStatus));
    }
    assert!(appotapay.events().is_empty(), "no event of a payment method is known");
}

#[tokio::test]
async fn a_wallet_shows_its_account_once_the_customer_has_agreed() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = customer(&sandbox, "CUS1").await;
    let properties = json!({
        "successReturnUrl": "https://shop.example/a", "failureReturnUrl": "https://shop.example/b",
    });
    let wallet = json!({ "serviceCode": "APPOTA", "properties": properties });
    let more = json!({ "paymentMethod": "EWALLET_SUBS", "card": null, "ewallet": wallet });
    let body = card("WALLET1", &customer, cards::PAYS, more);
    let made = ok(&sandbox, "POST", METHODS, body).await;
    assert_eq!(made["ewallet"]["account"], Value::Null);
    sandbox.appotapay().finish_payment_method(text(&made, "paymentMethodId"), true).unwrap();
    let found = ok(&sandbox, "GET", &format!("{METHODS}/WALLET1"), Value::Null).await;
    assert_eq!(found["ewallet"]["account"]["name"], "NGUYEN VAN A");
}

#[tokio::test]
async fn a_card_must_be_one_that_can_be_saved() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = customer(&sandbox, "CUS1").await;
    saved(&sandbox, "CARD1", &customer, cards::PAYS).await;
    let info = |number: &str, month: &str, year: &str| {
        let mut body = skipping("CARD2", &customer, number);
        body["card"]["cardInfo"] =
            json!({ "cardNumber": number, "cardMonth": month, "cardYear": year });
        body
    };
    let mut no_url = card("CARD2", &customer, cards::PAYS, Value::Null)["card"].clone();
    no_url["properties"] = json!({ "skipThreeDSecure": "NO" });
    let person = json!({ "firstName": "Ha" });
    for (body, refusal) in [
        (info("4111111111111112", "12", "2098"), (400, 3012, "")),
        (info(cards::PAYS, "13", "2098"), (400, 3012, "")),
        (info(cards::PAYS, "12", "2020"), (400, 3012, "")),
        (info(cards::EXPIRED, "12", "2098"), (400, 3012, "")),
        (skipping("CARD2", &customer, cards::CHALLENGE[0]), (400, 3013, "")),
        (skipping("CARD2", "nobody", cards::PAYS), (404, 3003, "")),
        (skipping("CARD1", &customer, cards::PAYS), (400, 3002, "")),
        (
            with(info(cards::PAYS, "12", "2098"), json!({ "card": no_url })),
            (400, 1, "card.properties.successReturnUrl"),
        ),
        (with(info(cards::PAYS, "12", "2098"), json!({ "card": null })), (400, 1, "card")),
        (with(info(cards::PAYS, "12", "2098"), json!({ "currency": "USD" })), (400, 1, "currency")),
        (
            with(info(cards::PAYS, "12", "2098"), json!({ "customer": person })),
            (400, 1, "customer"),
        ),
        (
            with(info(cards::PAYS, "12", "2098"), json!({ "customerId": null })),
            (400, 1, "customerId"),
        ),
    ] {
        let refused = call(&sandbox, "POST", METHODS, body.clone()).await;
        assert_eq!(refused.refusal(), refusal, "{body:#}");
    }
    let own =
        with(info(cards::PAYS, "12", "2098"), json!({ "customerId": null, "customer": person }));
    let made = ok(&sandbox, "POST", METHODS, own).await;
    assert_eq!(made["card"]["cardInfo"]["cardNumber"], "512345-2346");
    assert_ne!(text(&made, "customerId"), customer);
}

#[tokio::test]
async fn payment_methods_are_listed_by_page_the_newest_first() {
    let sandbox = Sandbox::start().await.unwrap();
    let (first, second) = (customer(&sandbox, "CUS1").await, customer(&sandbox, "CUS2").await);
    for reference in ["CARD1", "CARD2", "CARD3"] {
        saved(&sandbox, reference, &first, cards::PAYS).await;
    }
    saved(&sandbox, "CARD4", &second, cards::PAYS).await;
    let references = |list: &Value| -> Vec<String> {
        let data = list["data"].as_array().unwrap().iter();
        data.map(|method| text(method, "paymentMethodRefId").to_owned()).collect()
    };
    let target = format!("{METHODS}?customerId={first}&limit=2&page=2");
    let list = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(references(&list), ["CARD1"]);
    assert_eq!(list["meta"], json!({ "page": 2, "limit": 2, "total": 3, "pages": 2 }));
    for (filter, total) in
        [("paymentMethodRefId=CARD4", 1), ("paymentMethod=EWALLET_SUBS", 0), ("", 4)]
    {
        let list = ok(&sandbox, "GET", &format!("{METHODS}?{filter}"), Value::Null).await;
        assert_eq!(list["meta"]["total"], total, "{filter}");
    }
    let refused = call(&sandbox, "GET", &format!("{METHODS}?page=0"), Value::Null).await;
    assert_eq!(refused.refusal(), (400, 1, "page"));
}

#[tokio::test]
async fn a_card_expires_by_itself() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = customer(&sandbox, "CUS1").await;
    saved(&sandbox, "CARD1", &customer, cards::PAYS).await;
    sandbox.clock().advance(Duration::from_secs(80 * 366 * 24 * 60 * 60));
    let found = ok(&sandbox, "GET", &format!("{METHODS}/CARD1"), Value::Null).await;
    assert_eq!(found["status"], "EXPIRED");
}
