//! Wallets: linked, read, paid from and unlinked.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{LeverError, wallet};
use serde_json::{Value, json};

use crate::http::{Heard, call, call_with, ok, partner, queried, text};
use crate::signing::signed;

const TOKEN: &str = "/api/v1/oauth/access_token";
const REFRESH: &str = "/api/v1/oauth/refresh_token";
const PAY: &str = "/api/v2/ewallet/payment";
const CONFIRM: &str = "/api/v2/ewallet/payment/confirm";
const CANCEL: &str = "/api/v2/ewallet/transaction/cancel";

/// A call without the partner's token, as those have which link wallets.
async fn open(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Heard {
    call_with(sandbox, "", method, target, body).await
}

fn grant(sandbox: &Sandbox, name: &str, value: &str) -> Value {
    let appotapay = sandbox.appotapay();
    let mut body = json!({
        "client_key": appotapay.api_key(),
        "secret_key": appotapay.secret_key(),
        "grant_type": "authorization_code",
    });
    body[name] = value.into();
    body
}

/// The tokens of a newly linked wallet.
async fn linked(sandbox: &Sandbox) -> Value {
    let form = format!(
        "/oauth/login?client_key={}&scope=user.info&response_type=code\
         &redirect_uri=https%3A%2F%2Fshop.example%2Flinked&state=s%201",
        sandbox.appotapay().api_key(),
    );
    let page = open(sandbox, "GET", &form, Value::Null).await;
    assert_eq!((page.status, page.body), (200, Value::Null));
    let back = sandbox.appotapay().link_wallet(&form).unwrap();
    assert!(back.starts_with("https://shop.example/linked?code="));
    assert_eq!(queried(&back, "state"), "s 1");
    let body = grant(sandbox, "code", &queried(&back, "code"));
    let heard = open(sandbox, "POST", TOKEN, body.clone()).await;
    assert_eq!(heard.status, 200);
    let again = open(sandbox, "POST", TOKEN, body).await;
    assert_eq!(again.refusal(), (400, 400, ""));
    heard.body["data"].clone()
}

/// Calls in the name of the wallet's owner.
async fn act(
    sandbox: &Sandbox,
    tokens: &Value,
    target: &str,
    body: Value,
    signs: &[&str],
) -> Heard {
    let body = signed(sandbox.appotapay(), body, signs);
    let user = format!("authorization: Bearer {}\r\n", text(tokens, "access_token"));
    let headers = format!("{}{user}", partner(sandbox));
    call_with(sandbox, &headers, "POST", target, body).await
}

/// What the signature of a payment is made of.
const SIGNED: [&str; 5] = ["amount", "currency", "extraData", "orderId", "orderInfo"];

async fn pay(sandbox: &Sandbox, tokens: &Value, order: &str, amount: i64) -> Heard {
    let body =
        json!({ "orderId": order, "orderInfo": "Coffee", "amount": amount, "currency": "VND" });
    act(sandbox, tokens, PAY, body, &SIGNED).await
}

async fn confirm(sandbox: &Sandbox, tokens: &Value, order: &str, code: &str) -> Heard {
    let body = json!({
        "orderId": order, "verificationMethod": "OTP", "verificationCode": code,
    });
    act(sandbox, tokens, CONFIRM, body, &["orderId", "verificationCode"]).await
}

async fn cancel(sandbox: &Sandbox, order: &str) -> Heard {
    let body = signed(sandbox.appotapay(), json!({ "orderId": order }), &["orderId"]);
    call(sandbox, "POST", CANCEL, body).await
}

async fn balance(sandbox: &Sandbox, tokens: &Value) -> i64 {
    let target = format!("/api/v1/users/accounts/info?token={}", text(tokens, "access_token"));
    let account = open(sandbox, "GET", &target, Value::Null).await;
    account.body["data"]["wallet_balance"].as_i64().unwrap()
}

/// The status and the code of the payment that was answered.
fn outcome(heard: &Heard) -> (&str, Option<i64>) {
    let transaction = &heard.body["transaction"];
    (text(transaction, "status"), transaction["errorCode"].as_i64())
}

#[tokio::test]
async fn small_amounts_are_paid_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let tokens = linked(&sandbox).await;
    let paid = pay(&sandbox, &tokens, "ORD1", 120_000).await;
    assert_eq!(outcome(&paid), ("success", None));
    assert_eq!(paid.body["transaction"]["verificationMethod"], "NONE");
    assert_eq!(balance(&sandbox, &tokens).await, wallet::BALANCE - 120_000);
    let again = pay(&sandbox, &tokens, "ORD1", 120_000).await;
    assert_eq!(again.refusal(), (400, 30, ""));
    assert_eq!(cancel(&sandbox, "ORD1").await.refusal(), (400, 41, ""));

    let found = "/api/v2/orders/transaction?referenceId=ORD1&type=PARTNER_ORDER_ID";
    let found = ok(&sandbox, "GET", found, Value::Null).await;
    assert_eq!(found["transaction"]["status"], "success");
    let refund = json!({
        "partnerRefId": "RF1", "transactionId": found["transaction"]["transactionId"],
        "amount": 120_000, "currency": "VND", "reason": "cold",
    });
    ok(&sandbox, "POST", "/api/v2/transaction/refund", refund).await;
    assert_eq!(balance(&sandbox, &tokens).await, wallet::BALANCE);
    assert_eq!(cancel(&sandbox, "ORD1").await.refusal(), (400, 40, ""));
}

#[tokio::test]
async fn large_amounts_need_the_one_time_password() {
    let sandbox = Sandbox::start().await.unwrap();
    let tokens = linked(&sandbox).await;
    let waits = pay(&sandbox, &tokens, "ORD1", wallet::OTP_FROM).await;
    assert_eq!(outcome(&waits), ("pending", Some(34)));
    assert_eq!(waits.body["transaction"]["verificationMethod"], "OTP");
    assert_eq!(confirm(&sandbox, &tokens, "ORD1", "000000").await.refusal(), (400, 21, ""));
    assert_eq!(balance(&sandbox, &tokens).await, wallet::BALANCE);
    let paid = confirm(&sandbox, &tokens, "ORD1", wallet::OTP).await;
    assert_eq!(outcome(&paid), ("success", None));
    assert_eq!(balance(&sandbox, &tokens).await, wallet::BALANCE - wallet::OTP_FROM);
    let again = confirm(&sandbox, &tokens, "ORD1", wallet::OTP).await;
    assert_eq!(again.refusal(), (400, 41, ""));
    let other = linked(&sandbox).await;
    let other = confirm(&sandbox, &other, "ORD1", wallet::OTP).await;
    assert_eq!(other.refusal(), (404, 36, ""));
}

#[tokio::test]
async fn a_password_is_tried_three_times_within_five_minutes() {
    let sandbox = Sandbox::start().await.unwrap();
    let tokens = linked(&sandbox).await;
    pay(&sandbox, &tokens, "ORD1", 600_000).await;
    for _ in 0..2 {
        assert_eq!(confirm(&sandbox, &tokens, "ORD1", "000000").await.refusal(), (400, 21, ""));
    }
    let last = confirm(&sandbox, &tokens, "ORD1", "000000").await;
    assert_eq!(outcome(&last), ("error", Some(39)));
    let late = confirm(&sandbox, &tokens, "ORD1", wallet::OTP).await;
    assert_eq!(late.refusal(), (400, 39, ""));

    pay(&sandbox, &tokens, "ORD2", 600_000).await;
    sandbox.clock().advance(Duration::from_secs(5 * 60));
    let late = confirm(&sandbox, &tokens, "ORD2", wallet::OTP).await;
    assert_eq!(late.refusal(), (400, 22, ""));
    let cancelled = cancel(&sandbox, "ORD2").await;
    assert_eq!((cancelled.status, text(&cancelled.body, "orderId")), (200, "ORD2"));
    assert_eq!(cancel(&sandbox, "ORD2").await.refusal(), (400, 33, ""));
    assert_eq!(balance(&sandbox, &tokens).await, wallet::BALANCE);
}

#[tokio::test]
async fn an_empty_wallet_pays_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let tokens = linked(&sandbox).await;
    let access = text(&tokens, "access_token");
    sandbox.appotapay().set_wallet_balance(access, 119_999).unwrap();
    let failed = pay(&sandbox, &tokens, "ORD1", 120_000).await;
    assert_eq!((failed.status, outcome(&failed)), (200, ("error", Some(75))));
    assert_eq!(balance(&sandbox, &tokens).await, 119_999);
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 0);
}

#[tokio::test]
async fn a_wrong_signature_pays_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let tokens = linked(&sandbox).await;
    let body =
        json!({ "orderId": "ORD1", "orderInfo": "Coffee", "amount": 1000, "currency": "VND" });
    let wrong = act(&sandbox, &tokens, PAY, body, &["amount", "currency"]).await;
    assert_eq!(wrong.refusal(), (400, 2, ""));
    // What is empty is signed as if it were not sent.
    let body = json!({
        "orderId": "ORD1", "orderInfo": "Cà phê & bánh", "extraData": "", "amount": 1000,
        "currency": "VND",
    });
    let paid = act(&sandbox, &tokens, PAY, body, &SIGNED).await;
    assert_eq!(outcome(&paid), ("success", None));
}

#[tokio::test]
async fn new_tokens_take_the_place_of_old_ones_until_the_wallet_is_unlinked() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = linked(&sandbox).await;
    let body = grant(&sandbox, "refresh_token", text(&first, "refresh_token"));
    let second = open(&sandbox, "POST", REFRESH, body.clone()).await.body["data"].clone();
    let again = open(&sandbox, "POST", REFRESH, body).await;
    assert_eq!(again.refusal(), (400, 400, ""));
    assert_eq!(pay(&sandbox, &first, "ORD1", 1000).await.refusal(), (401, 401, ""));
    assert_eq!(outcome(&pay(&sandbox, &second, "ORD1", 1000).await), ("success", None));

    let access = text(&second, "access_token");
    let body = json!({ "client_key": sandbox.appotapay().api_key(), "access_token": access });
    let unlinked = open(&sandbox, "POST", "/api/v1/users/app/destroy", body.clone()).await;
    assert_eq!(unlinked.body, json!({ "code": 200, "success": true }));
    let again = open(&sandbox, "POST", "/api/v1/users/app/destroy", body).await;
    assert_eq!(again.refusal(), (401, 401, ""));
    let unknown = sandbox.appotapay().set_wallet_balance(access, 1);
    assert_eq!(unknown, Err(LeverError::NotFound));
}

#[tokio::test]
async fn tokens_end() {
    let sandbox = Sandbox::start().await.unwrap();
    let tokens = linked(&sandbox).await;
    let end = tokens["expiry_in"].as_i64().unwrap();
    let left = u64::try_from(end - sandbox.clock().now_ms() / 1000).unwrap();
    sandbox.clock().advance(Duration::from_secs(left + 1));
    assert_eq!(pay(&sandbox, &tokens, "ORD1", 1000).await.refusal(), (401, 401, ""));
    let body = grant(&sandbox, "refresh_token", text(&tokens, "refresh_token"));
    assert_eq!(open(&sandbox, "POST", REFRESH, body).await.status, 200);
}

#[tokio::test]
async fn a_wrong_key_links_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for (member, value, refusal) in [
        ("client_key", "other", (401, 401, "")),
        ("secret_key", "other", (401, 401, "")),
        ("grant_type", "refresh_token", (400, 400, "")),
        ("code", "other", (400, 400, "")),
    ] {
        let mut body = grant(&sandbox, "code", "none");
        body[member] = value.into();
        assert_eq!(open(&sandbox, "POST", TOKEN, body).await.refusal(), refusal, "{member}");
    }
    let form = "https://ewallet.invalid/oauth/login?client_key=other&response_type=code\
                &redirect_uri=x&state=y";
    assert_eq!(sandbox.appotapay().link_wallet(form), Err(LeverError::NotFound));
}
