//! Every way to pay that is not a card.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::LeverError;
use serde_json::{Value, json};

use crate::http::{call, charge_by, get, konbini, of, ok, order, say, text, wallet, with};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn status(sandbox: &Sandbox, charge: &Value) -> (String, Value) {
    let now = get(sandbox, &of(charge, "")).await;
    (text(&now, "status").to_owned(), now["error"]["code"].clone())
}

fn to_be(status: &str) -> (String, Value) {
    (status.to_owned(), Value::Null)
}

#[tokio::test]
async fn cash_is_paid_at_the_store_before_its_time_is_over() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let paid = charge_by(&sandbox, "konbini", konbini()).await;
    let late = charge_by(&sandbox, "konbini", konbini()).await;
    assert_eq!((&paid["status"], &late["status"]), (&json!("awaiting"), &json!("awaiting")));
    univapay.pay_at_store(text(&paid, "id")).unwrap();
    assert_eq!(status(&sandbox, &paid).await, to_be("successful"));
    assert_eq!(univapay.pay_at_store(text(&paid, "id")), Err(LeverError::WrongStatus));

    sandbox.clock().advance(DAY * 3);
    assert_eq!(univapay.pay_at_store(text(&late, "id")), Err(LeverError::WrongStatus));
    assert_eq!(status(&sandbox, &late).await, ("failed".to_owned(), json!(313)));
    assert_eq!(univapay.ledger().totals()["JPY"].captured, 1000);

    let refund = json!({ "amount": 1, "currency": "JPY" });
    let refused = call(&sandbox, "POST", &of(&paid, "/refunds"), refund).await;
    assert_eq!(refused.code(), (400, "REFUND_NOT_ALLOWED"));
}

#[tokio::test]
async fn a_wallet_is_opened_by_its_issuer_token_and_pays_or_does_not() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    for (paid, end) in [(true, to_be("successful")), (false, ("failed".to_owned(), json!(340)))] {
        let charge = charge_by(&sandbox, "online", wallet("pay_pay_online")).await;
        assert_eq!(charge["status"], "awaiting");
        let issuer = get(&sandbox, &of(&charge, "/issuer_token")).await;
        assert_eq!(issuer["call_method"], "http_post");
        assert_eq!(issuer["payload"]["request_data"], charge["id"]);
        let wrong = univapay.finish_three_ds(text(&charge, "id"), true);
        assert_eq!(wrong, Err(LeverError::WrongMethod));
        univapay.finish_in_wallet(text(&charge, "id"), paid).unwrap();
        assert_eq!(status(&sandbox, &charge).await, end);
        let over = call(&sandbox, "GET", &of(&charge, "/issuer_token"), Value::Null).await;
        assert_eq!(over.refusal().3, "INVALID_CHARGE_STATUS");
    }
}

#[tokio::test]
async fn a_bank_transfer_is_paid_once_enough_has_come() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let data = json!({ "brand": "bank_test_brand" });
    let charge = charge_by(&sandbox, "bank_transfer", data).await;
    let id = text(&charge, "id");
    let issuer = get(&sandbox, &of(&charge, "/issuer_token")).await;
    assert_eq!(text(&issuer, "account_number").len(), 7);

    assert_eq!(univapay.deposit(id, 0), Err(LeverError::WrongAmount));
    univapay.deposit(id, 400).unwrap();
    assert_eq!(status(&sandbox, &charge).await, to_be("awaiting"));
    let cancel = call(&sandbox, "POST", &of(&charge, "/cancels"), json!({})).await;
    assert_eq!(cancel.code(), (400, "CANCEL_NOT_ALLOWED"));
    univapay.deposit(id, 700).unwrap();
    assert_eq!(status(&sandbox, &charge).await, to_be("successful"));

    let target = of(&charge, "/bank_transfer_ledgers");
    let refused = call(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(refused.code(), (403, "INVALID_PERMISSIONS"));
    let key = crate::http::bearer(&univapay.merchant_credential());
    let target = target.replace("/store/", &format!("/stores/{}/", univapay.store_id()));
    let ledgers = say(univapay.base_url(), "GET", &target, &key, "").await;
    let items = ledgers.body["items"].as_array().unwrap();
    let entries: Vec<_> = items
        .iter()
        .map(|item| (text(item, "bank_ledger_type"), &item["amount"], &item["balance"]))
        .collect();
    assert_eq!(
        entries,
        [
            ("payment", &json!(1000), &json!(100)),
            ("deposit", &json!(700), &json!(1100)),
            ("deposit", &json!(400), &json!(400)),
        ]
    );
}

#[tokio::test]
async fn codes_and_paidy_pay_as_they_are_used() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = json!({ "zip": "105-0011", "city": "Tokyo" });
    let ways = [
        ("qr_scan", json!({ "scanned_qr": "pay_pay:2800" }), to_be("successful")),
        ("qr_scan", json!({ "scanned_qr": "28001111" }), ("failed".to_owned(), json!(322))),
        ("qr_merchant", json!({ "brand": "alipay_connect_mpm" }), to_be("awaiting")),
        (
            "paidy",
            json!({ "paidy_token": "tok", "shipping_address": address, "phone_number": "080" }),
            to_be("successful"),
        ),
        (
            "paidy",
            json!({ "paidy_token": "tok1111", "shipping_address": address }),
            ("failed".to_owned(), json!(340)),
        ),
        ("apple_pay", json!({ "applepay_token": "abc" }), to_be("successful")),
    ];
    for (method, data, end) in ways {
        let charge = charge_by(&sandbox, method, data).await;
        assert_eq!(status(&sandbox, &charge).await, end, "{method}");
    }
    sandbox.clock().advance(Duration::from_secs(30));
    let refused = json!({ "applepay_token": "1111", "cardholder": "TARO YAMADA" });
    let charge = charge_by(&sandbox, "apple_pay", refused).await;
    assert_eq!(status(&sandbox, &charge).await, ("failed".to_owned(), json!(306)));
}

#[tokio::test]
async fn a_code_to_scan_is_ready_a_little_later() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({
        "payment_type": "qr_merchant", "type": "one_time", "data": { "brand": "we_chat_mpm" },
    });
    let made = ok(&sandbox, "POST", "/tokens", body).await;
    assert_eq!(made["data"]["qr_image_url"], Value::Null);
    let later = get(&sandbox, &format!("/store/tokens/{}", text(&made, "id"))).await;
    assert!(later["data"]["qr_image_url"].is_string());
}

#[tokio::test]
async fn what_cannot_be_such_a_token_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let store = |store: &str| with(konbini(), json!({ "convenience_store": store }));
    let app = json!({ "brand": "test_brand", "call_method": "app" });
    let page = json!({ "brand": "we_chat_online", "call_method": "web" });
    let refusals = [
        ("konbini", "one_time", store("kiosk"), "convenience_store", "NOT_ALLOWED_VALUE"),
        ("konbini", "recurring", konbini(), "type", "RECURRING_TOKEN_NOT_ALLOWED"),
        ("online", "recurring", wallet("test_brand"), "type", "ONE_TIME_ONLY_ALLOWED"),
        ("online", "one_time", app, "os_type", "REQUIRED_VALUE"),
        ("online", "one_time", page, "ip_address", "REQUIRED_VALUE"),
        ("qr_scan", "one_time", json!({ "scanned_qr": "" }), "scanned_qr", "REQUIRED_VALUE"),
        (
            "paidy",
            "one_time",
            json!({ "paidy_token": "t", "shipping_address": { "zip": "1" } }),
            "shipping_address",
            "PAIDY_SHIPPING_ADDRESS_NEEDS_ONE_OPTIONAL_FIELD",
        ),
        (
            "konbini",
            "one_time",
            with(konbini(), json!({ "expiration_period": "3 days" })),
            "expiration_period",
            "INVALID_FORMAT",
        ),
    ];
    for (method, kind, data, field, reason) in refusals {
        let body = json!({ "payment_type": method, "type": kind, "data": data });
        let refused = call(&sandbox, "POST", "/tokens", body).await;
        assert_eq!(refused.refusal(), (400, "VALIDATION_ERROR", field, reason));
    }
    let body = json!({ "payment_type": "konbini", "type": "one_time", "data": konbini() });
    let token = ok(&sandbox, "POST", "/tokens", body).await;
    let hold = with(order(text(&token, "id")), json!({ "capture": false }));
    let refused = call(&sandbox, "POST", "/charges", hold).await;
    assert_eq!(refused.refusal().3, "CAPTURE_ONLY_FOR_CARD_PAYMENT");
}

#[tokio::test]
async fn a_subscription_waits_for_cash_every_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "payment_type": "konbini", "type": "subscription", "data": konbini() });
    let token = ok(&sandbox, "POST", "/tokens", body).await;
    let body = with(order(text(&token, "id")), json!({ "period": "weekly" }));
    let started = ok(&sandbox, "POST", "/subscriptions", body).await;
    let target = format!("/store/subscriptions/{}", text(&started, "id"));
    assert_eq!(get(&sandbox, &target).await["status"], "unverified");
    let latest = get(&sandbox, &format!("{target}/charges/latest")).await;
    sandbox.univapay().pay_at_store(text(&latest, "id")).unwrap();
    assert_eq!(get(&sandbox, &target).await["status"], "current");
    let list = get(&sandbox, "/subscriptions?search=yamada").await;
    assert_eq!(list["items"][0]["payment_type"], "konbini");
    sandbox.clock().advance(DAY * 8);
    assert_eq!(get(&sandbox, &format!("{target}/charges")).await["total_hits"], 2);
    sandbox.clock().advance(DAY * 3);
    assert_eq!(get(&sandbox, &target).await["status"], "unpaid");
}
