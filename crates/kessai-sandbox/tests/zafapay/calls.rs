//! Calls that are wrong in themselves, and who may make which.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{bearer, call, card, order, say};

#[tokio::test]
async fn a_body_that_the_document_does_not_allow_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let refusals = [
        (json!({}), "validation_error", "amount"),
        (json!({ "amount": 1 }), "validation_error", "currency"),
        (order(json!({ "amount": "10" })), "validation_error", "amount"),
        (order(json!({ "currency": "yen!" })), "validation_error", "currency"),
        (order(json!({ "capture_method": "later" })), "validation_error", "capture_method"),
        (order(json!({ "save_card": true })), "validation_error", "customer_id"),
        (order(json!({ "save_card": true, "customer_id": "" })), "validation_error", "customer_id"),
        (order(json!({ "payment_method_id": "pmi_1" })), "validation_error", "customer_id"),
        (order(json!({ "amount": 0 })), "invalid_amount", "amount"),
        (order(json!({ "amount": -1 })), "invalid_amount", "amount"),
        (order(json!({ "amount": 17.625 })), "invalid_amount", "amount"),
        (order(json!({ "amount": 10.5, "currency": "jpy" })), "invalid_amount", "amount"),
        (order(json!({ "amount": u64::MAX })), "amount_above_maximum", "amount"),
        (order(json!({ "currency": "USD" })), "unsupported_currency", "currency"),
        (order(json!({ "payment_method": "barter" })), "not_supported", "payment_method"),
        (order(json!({ "payment_method": { "token": 1 } })), "not_supported", "payment_method"),
    ];
    for (body, code, parameter) in refusals {
        let refused = call(&sandbox, "POST", "/v1/payments", body.clone()).await;
        assert_eq!(refused.refusal(), (400, code, parameter), "{body}");
        let error = &refused.body["error"];
        assert_eq!(error["type"], "invalid_request_error");
        assert!(error["request_id"].as_str().unwrap().starts_with("req_"));
        assert_eq!(error["details"].is_array(), code == "validation_error");
    }
    assert!(sandbox.zafapay().ledger().lines().is_empty());
    assert!(sandbox.zafapay().events().is_empty());
}

#[tokio::test]
async fn each_key_is_for_its_own_calls() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let (payment, token) = (order(Value::Null).to_string(), card("4242424242424242").to_string());
    let server = bearer(zafapay.access_token());
    let browser = bearer(zafapay.publishable_key());
    let (unknown, basic) = (bearer("pk_test_1"), "authorization: Basic YTo=\r\n".to_owned());
    let calls = [
        ("/v1/payments", &payment, &server, 201, ""),
        ("/v1/tokens", &token, &browser, 201, ""),
        ("/v1/payments", &payment, &browser, 403, "forbidden"),
        ("/v1/tokens", &token, &server, 403, "forbidden"),
        ("/v1/payments", &payment, &unknown, 401, "unauthorized"),
        ("/v1/tokens", &token, &unknown, 401, "unauthorized"),
        ("/v1/payments", &payment, &basic, 401, "unauthorized"),
        ("/v1/payments", &payment, &String::new(), 401, "unauthorized"),
    ];
    for (target, body, key, status, code) in calls {
        let heard = say(zafapay.base_url(), "POST", target, key, body).await;
        assert_eq!(heard.refusal(), (status, code, ""), "{target} {key}");
        let error = heard.body.get("error").and_then(Value::as_object);
        let members = error.map(|error| error.keys().map(String::as_str).collect::<Vec<_>>());
        assert!(members.is_none_or(|members| members == ["code", "message"]));
    }
    assert_eq!(zafapay.journal()[2].operation(), Some("create_payment"));
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
    let calls = [
        ("GET", "/v1/payments/tx_none", Value::Null),
        ("POST", "/v1/payments/tx_none/capture", json!({})),
        ("POST", "/v1/payments/tx_none/refund", json!({})),
        ("POST", "/v1/payments/tx_none/void", Value::Null),
        ("POST", "/v1/customers/payment-methods/pmi_none/block", json!({ "reason": "x" })),
        ("POST", "/v1/customers/payment-methods/pmi_none/unblock", Value::Null),
        ("POST", "/v1/customers/payment-methods/pmi_none/detach", Value::Null),
    ];
    for (method, target, body) in calls {
        let refused = call(&sandbox, method, target, body).await;
        assert_eq!(refused.refusal(), (404, "not_found", ""), "{target}");
    }
    let zafapay = sandbox.zafapay();
    let key = bearer(zafapay.access_token());
    for (method, target) in [("GET", "/v1/payments"), ("GET", "/payments/tx_1"), ("POST", "/")] {
        let refused = say(zafapay.base_url(), method, target, &key, "").await;
        assert_eq!(refused.refusal(), (404, "not_found", ""), "{method} {target}");
        assert_eq!(zafapay.journal().last().unwrap().operation(), None);
    }
}

#[tokio::test]
async fn what_is_no_json_is_refused_as_a_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let zafapay = sandbox.zafapay();
    let key = bearer(zafapay.access_token());
    for body in ["{", "[]", "7", r#"{"amount":1e999,"currency":"usd"}"#] {
        let broken = say(zafapay.base_url(), "POST", "/v1/payments", &key, body).await;
        assert_eq!(broken.refusal(), (400, "validation_error", ""), "{body}");
    }
}

#[tokio::test]
async fn the_providers_share_a_clock_and_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let (elepay, zafapay) = (sandbox.elepay(), sandbox.zafapay());
    assert_ne!(elepay.base_url(), zafapay.base_url());
    assert_ne!(elepay.publishable_key(), zafapay.publishable_key());
    call(&sandbox, "POST", "/v1/payments", order(Value::Null)).await;
    assert_eq!((elepay.journal().len(), zafapay.journal().len()), (0, 1));
}
