//! How the tests speak to ZAFA PAY.

use std::sync::LazyLock;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::common;
pub use crate::common::{Heard, say, text};

impl Heard {
    /// The status and ZAFA PAY's code, and the parameter at fault.
    pub fn refusal(&self) -> (u16, &str, &str) {
        let member = |name| self.body["error"][name].as_str().unwrap_or_default();
        (self.status, member("code"), member("param"))
    }
}

pub fn bearer(key: &str) -> String {
    format!("authorization: Bearer {key}\r\n")
}

/// Calls ZAFA PAY with the key that the path takes; the answer has to fit the document.
pub async fn call(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Heard {
    let zafapay = sandbox.zafapay();
    let browser = target == "/v1/tokens";
    let key = if browser { zafapay.publishable_key() } else { zafapay.access_token() };
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let heard = say(zafapay.base_url(), method, target, &bearer(key), &body).await;
    let journal = zafapay.journal();
    let operation = journal.last().and_then(|entry| entry.operation()).expect("an operation");
    judge(operation, &heard);
    heard
}

/// The body of the answer to a call that succeeds.
pub async fn ok(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Value {
    let heard = call(sandbox, method, target, body).await;
    assert!(heard.status < 300, "{method} {target}: {:#}", heard.body);
    heard.body
}

/// What can be asked of a payment.
pub fn of(id: &str, act: &str) -> String {
    format!("/v1/payments/{id}/{act}")
}

/// The payment as it is now, by either of its ids.
pub async fn look(sandbox: &Sandbox, id: &str) -> Value {
    ok(sandbox, "GET", &format!("/v1/payments/{id}"), Value::Null).await
}

/// 10 dollars, with `more` members or others.
pub fn order(more: Value) -> Value {
    let mut body = json!({ "amount": 10, "currency": "usd" });
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    body
}

/// A card with this number.
pub fn card(number: &str) -> Value {
    json!({ "card": { "number": number, "exp_month": 8, "exp_year": 2099, "cvc": "314" } })
}

/// A token of a card with this number.
pub async fn token(sandbox: &Sandbox, number: &str) -> String {
    let token = ok(sandbox, "POST", "/v1/tokens", card(number)).await;
    text(&token, "id").to_owned()
}

/// The id of a payment that the customer has paid at the hosted checkout.
pub async fn paid(sandbox: &Sandbox, more: Value) -> String {
    let request = ok(sandbox, "POST", "/v1/payments", order(more)).await;
    sandbox.zafapay().pay(text(&request, "id")).unwrap()
}

/// What was told so far, oldest first.
pub fn kinds(sandbox: &Sandbox) -> Vec<String> {
    sandbox.zafapay().events().iter().map(|event| event.kind().to_owned()).collect()
}

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| common::document(include_str!("../../openapi/zafapay.json")));

fn judge(operation: &str, heard: &Heard) {
    common::judge(&DOCUMENT, operation, heard);
}

/// Asserts that a webhook is what the document says.
pub fn judge_event(body: &Value) {
    let schema = json!({ "$ref": "#/components/schemas/WebhookEvent" });
    common::fits(&DOCUMENT, &schema, body, "webhook");
}

#[test]
#[should_panic(expected = "null")]
fn the_judge_finds_a_null_that_the_document_does_not_allow() {
    judge("void_payment", &Heard { status: 200, body: json!({ "id": null }) });
}
