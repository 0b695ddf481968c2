//! The merchant's review, the platform and rates.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{call, get, ok, with};

#[tokio::test]
async fn what_is_handed_in_for_the_review_is_handed_in_once_and_changed() {
    let sandbox = Sandbox::start().await.unwrap();
    for method in ["GET", "PATCH"] {
        let none = call(&sandbox, method, "/verification", Value::Null).await;
        assert_eq!(none.code(), (404, "NOT_FOUND"), "{method}");
    }
    let body = json!({
        "homepage_url": "https://hanaya.example", "company_description": "花の販売",
        "company_contact_info": { "name": "森 花子", "country": "JP" },
        "business_type": "product_sales", "system_manager_name": "林 一郎",
    });
    let wrong = with(body.clone(), json!({ "homepage_url": "hanaya" }));
    let wrong = call(&sandbox, "POST", "/verification", wrong).await;
    let field = (400, "VALIDATION_ERROR", "homepage_url", "INVALID_FORMAT_URL");
    assert_eq!(wrong.refusal(), field);
    let made = ok(&sandbox, "POST", "/verification", body.clone()).await;
    assert_eq!(made["company_contact_info"]["name"], "森 花子");
    let twice = call(&sandbox, "POST", "/verification", body).await;
    assert_eq!(twice.code(), (409, "VERIFICATION_DATA_EXISTS"));
    let more = json!({ "system_manager_email": "hayashi@hanaya.example" });
    ok(&sandbox, "PATCH", "/verification", more).await;
    let found = get(&sandbox, "/verification").await;
    assert_eq!(found["system_manager_email"], "hayashi@hanaya.example");
    assert_eq!(found["homepage_url"], "https://hanaya.example");
    assert!(made["updated_on"].is_null() && found["updated_on"].is_string());
}

#[tokio::test]
async fn an_amount_is_worth_something_in_other_currencies() {
    let sandbox = Sandbox::start().await.unwrap();
    let amounts = [
        (12_000, "JPY", "USD", 8_000),
        (8_000, "USD", "JPY", 12_000),
        (1, "JPY", "USD", 1),
        (1, "USD", "JPY", 2),
        (100, "USD", "KWD", 300),
        (77, "JPY", "JPY", 77),
        (i64::MAX, "JPY", "JPY", i64::MAX),
    ];
    for (amount, currency, to, worth) in amounts {
        let body = json!({ "amount": amount, "currency": currency, "to": to });
        let found = ok(&sandbox, "POST", "/exchange_rates/calculate", body).await;
        assert_eq!(found, json!({ "amount": worth, "currency": to }), "{amount} {currency}");
    }
    for (amount, to, field) in [(1, "QQQ", "to"), (i64::MAX, "KWD", "amount"), (0, "USD", "amount")]
    {
        let body = json!({ "amount": amount, "currency": "JPY", "to": to });
        let refused = call(&sandbox, "POST", "/exchange_rates/calculate", body).await;
        assert_eq!(refused.refusal().2, field);
    }
}

#[tokio::test]
async fn the_platform_and_its_heart_beat() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(call(&sandbox, "GET", "/heartbeat", Value::Null).await.status, 204);
    assert_eq!(get(&sandbox, "/platform").await["configuration"]["currency"], "JPY");
}
