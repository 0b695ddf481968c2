//! How the tests speak to UnivaPay.

use std::sync::LazyLock;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::common;
pub use crate::common::{Heard, hear, say, text};

impl Heard {
    /// The status and UnivaPay's code, and what is wrong with which member.
    pub fn refusal(&self) -> (u16, &str, &str, &str) {
        let member = |name| self.body[name].as_str().unwrap_or_default();
        let error = |name| self.body["errors"][0][name].as_str().unwrap_or_default();
        (self.status, member("code"), error("field"), error("reason"))
    }

    /// The status and UnivaPay's code.
    pub fn code(&self) -> (u16, &str) {
        (self.status, self.refusal().1)
    }
}

pub fn bearer(key: &str) -> String {
    format!("authorization: Bearer {key}\r\n")
}

/// Calls UnivaPay as a server; the answer has to fit the document.
///
/// `/store` at the beginning stands for the path of the store, `/merchant` for the merchant's.
pub async fn call(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Heard {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    call_text(sandbox, method, target, "", &body).await.1
}

/// The same, with more headers and with a body as it is; tells the head of the answer as well.
pub async fn call_text(
    sandbox: &Sandbox,
    method: &str,
    target: &str,
    headers: &str,
    body: &str,
) -> (String, Heard) {
    let univapay = sandbox.univapay();
    let store = format!("/stores/{}/", univapay.store_id());
    let merchant = format!("/merchants/{}/", univapay.merchant_id());
    let target = match (target.strip_prefix("/store/"), target.strip_prefix("/merchant/")) {
        (Some(rest), _) => format!("{store}{rest}"),
        (_, Some(rest)) => format!("{merchant}{rest}"),
        _ => target.to_owned(),
    };
    let headers = format!("{headers}{}", bearer(&univapay.credential()));
    let (top, heard) = hear(univapay.base_url(), method, &target, &headers, body).await;
    let journal = univapay.journal();
    let operation = journal.last().and_then(|entry| entry.operation()).expect("an operation");
    if [("capture_charge", 200), ("redeliver_webhook_event", 202)]
        .contains(&(operation, heard.status))
    {
        // The document says so in words alone.
        assert_eq!(heard.body, json!({}));
    } else {
        common::judge(&DOCUMENT, operation, &heard);
    }
    (top, heard)
}

/// The body of the answer to a call that succeeds.
pub async fn ok(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Value {
    let heard = call(sandbox, method, target, body).await;
    assert!(heard.status < 300, "{method} {target}: {:#}", heard.body);
    heard.body
}

pub async fn get(sandbox: &Sandbox, target: &str) -> Value {
    ok(sandbox, "GET", target, Value::Null).await
}

/// An object with `more` members or others.
pub fn with(mut body: Value, more: Value) -> Value {
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    body
}

/// A request for a token of a card with this number.
pub fn card(kind: &str, number: &str) -> Value {
    json!({
        "payment_type": "card",
        "type": kind,
        "email": "taro@example.com",
        "data": {
            "cardholder": "TARO YAMADA", "card_number": number, "exp_month": "09",
            "exp_year": "99", "cvv": "123", "line1": "1-2-3", "country": "JP",
            "phone_number": { "country_code": "81", "local_number": "08012341234" },
        },
    })
}

/// The id of a new token.
pub async fn token(sandbox: &Sandbox, kind: &str, number: &str) -> String {
    call(sandbox, "POST", "/tokens", card(kind, number)).await.id().to_owned()
}

/// A charge of 1000 yen as it is at first, with `more` members or others.
pub async fn charge(sandbox: &Sandbox, number: &str, more: Value) -> Value {
    let token = token(sandbox, "one_time", number).await;
    ok(sandbox, "POST", "/charges", with(order(&token), more)).await
}

/// The body of a charge of 1000 yen.
pub fn order(token: &str) -> Value {
    json!({ "transaction_token_id": token, "amount": 1000, "currency": "JPY" })
}

/// A charge of 1000 yen by another payment method, as it is after `pending`; its data as `data`.
pub async fn charge_by(sandbox: &Sandbox, method: &str, data: Value) -> Value {
    let body = json!({
        "payment_type": method, "type": "one_time", "email": "taro@example.com", "data": data,
    });
    let token = ok(sandbox, "POST", "/tokens", body).await;
    let first = ok(sandbox, "POST", "/charges", order(text(&token, "id"))).await;
    assert_eq!(first["status"], "pending");
    get(sandbox, &of(&first, "")).await
}

/// What a token of a convenience store is made of.
pub fn konbini() -> Value {
    json!({
        "customer_name": "YAMADA TARO", "convenience_store": "lawson", "expiration_period": "P3D",
        "phone_number": { "country_code": "81", "local_number": "08012341234" },
    })
}

/// What a token of a wallet is made of.
pub fn wallet(brand: &str) -> Value {
    json!({ "brand": brand, "call_method": "http_post" })
}

/// The path of a charge, or of what it has.
pub fn of(charge: &Value, act: &str) -> String {
    format!("/store/charges/{}{act}", text(charge, "id"))
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = common::document(include_str!("../../openapi/univapay.json"));
    // Not in the published list: the last is the sandbox's own, the others are known from SDKs.
    let codes = document["components"]["schemas"]["ErrorCode"]["enum"].as_array_mut();
    let codes = codes.expect("codes");
    codes.extend(
        [
            "NOT_FOUND",
            "STORE_EXISTS",
            "BANK_ACCOUNT_EXISTS",
            "MUST_HAVE_A_PRIMARY_BANK_ACCOUNT",
            "PRIMARY_BANK_ACCOUNT_NOT_FOUND",
            "VERIFICATION_DATA_EXISTS",
            "EXPIRED_OTP_TOKEN",
            "CONFIRMATION_REQUIRES_EMAIL",
            "TOKEN_MUST_BE_CONFIRMED",
            "WRONG_CONFIRMATION_CODE",
            "TRANSACTION_TOKEN_IS_NOT_RECURRING",
            "NOT_IMPLEMENTED_BY_SANDBOX",
        ]
        .map(Value::from),
    );
    document
});
