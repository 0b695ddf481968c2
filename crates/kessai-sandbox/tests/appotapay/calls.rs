//! Calls that are wrong in themselves, and who may make which.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{call, call_with, partner, say};
use crate::signing::token;

const CODES: &str = "/credit-card/error-code/list";

#[tokio::test]
async fn every_call_needs_a_token_that_is_good_now() {
    let sandbox = Sandbox::start().await.unwrap();
    let now = sandbox.clock().now_ms() / 1000;
    let header = |token: &str| format!("x-appotapay-auth: {token}\r\n");
    let good = token(sandbox.appotapay(), now + 300);
    for (headers, status) in [
        (header(&good), 200),
        (header(&format!("Bearer {good}")), 200),
        (header(&token(sandbox.appotapay(), now - 1)), 401),
        (header(&token(sandbox.appotapay(), now + 2 * 86_400)), 401),
        (header(&good[..good.len() - 2]), 401),
        (String::new(), 401),
    ] {
        let heard = call_with(&sandbox, &headers, "GET", CODES, Value::Null).await;
        assert_eq!(
            (heard.status, heard.body["errorCode"].as_i64()),
            match status {
                200 => (200, Some(0)),
                _ => (401, Some(401)),
            }
        );
    }
    sandbox.clock().advance(Duration::from_secs(300));
    let late = call_with(&sandbox, &header(&good), "GET", CODES, Value::Null).await;
    assert_eq!(late.refusal(), (401, 401, ""));
}

#[tokio::test]
async fn a_sub_account_is_named_by_a_uuid() {
    let sandbox = Sandbox::start().await.unwrap();
    let named = |account: &str| format!("{}x-account-ref-id: {account}\r\n", partner(&sandbox));
    let uuid = named("6f1d3c1e-8f0a-4b57-9a59-2f8f1c0d9e11");
    let other = named("sub-1");
    let get = "/api/v2/orders/transaction?referenceId=AP1";
    let charge = "/credit-card/charge/01K9";
    for (target, headers, refusal) in [
        (get, &uuid, (404, 36, "")),
        (get, &other, (400, 90, "")),
        (charge, &uuid, (404, 14, "")),
        (charge, &other, (400, 119, "")),
    ] {
        let heard = call_with(&sandbox, headers, "GET", target, Value::Null).await;
        assert_eq!(heard.refusal(), refusal, "{target}");
    }
}

#[tokio::test]
async fn a_path_that_is_not_there_is_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let heard = say(appotapay.base_url(), "GET", "/api/v9/nothing", &partner(&sandbox), "").await;
    assert_eq!(heard.refusal(), (404, 404, ""));
    assert_eq!(appotapay.journal()[0].operation(), None);
}

#[tokio::test]
async fn a_body_that_the_document_does_not_allow_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    for (target, body, member) in [
        ("/credit-card/charge", json!({}), "amount"),
        ("/credit-card/charge", json!({ "amount": "1000" }), "merchantRefId"),
        ("/credit-card/token", json!({ "card": {} }), "tokenType"),
        ("/api/v2/orders/payment", json!({ "transaction": {} }), "partnerReference"),
        ("/api/v2/transaction/refund", json!({ "partnerRefId": 7 }), "transactionId"),
    ] {
        let heard = call(&sandbox, "POST", target, body).await;
        let (status, code, at) = heard.refusal();
        assert_eq!((status, code), (400, 1), "{target}");
        assert!(!at.is_empty(), "{target} names no member, such as {member}");
    }
    assert!(sandbox.appotapay().ledger().lines().is_empty());
}
