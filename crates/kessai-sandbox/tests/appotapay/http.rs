//! How the tests speak to AppotaPay.

use std::sync::LazyLock;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::common;
pub use crate::common::{Heard, say, text};
use crate::signing::{token, unsealed};

impl Heard {
    /// The status and AppotaPay's code, and the member at fault.
    pub fn refusal(&self) -> (u16, i64, &str) {
        let code = self.body["errorCode"].as_i64().or(self.body["code"].as_i64());
        let member = self.body["errors"][0]["field"].as_str().unwrap_or_default();
        (self.status, code.expect("a code"), member)
    }
}

/// The header with a token that is good now.
pub fn partner(sandbox: &Sandbox) -> String {
    let now = sandbox.clock().now_ms() / 1000;
    format!("x-appotapay-auth: {}\r\n", token(sandbox.appotapay(), now + 300))
}

/// Calls AppotaPay with these headers; the answer has to fit the document.
pub async fn call_with(
    sandbox: &Sandbox,
    headers: &str,
    method: &str,
    target: &str,
    body: Value,
) -> Heard {
    let appotapay = sandbox.appotapay();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let heard = say(appotapay.base_url(), method, target, headers, &body).await;
    let journal = appotapay.journal();
    let operation = journal.last().and_then(|entry| entry.operation()).expect("an operation");
    judge(operation, &heard);
    heard
}

/// Calls AppotaPay as the partner.
pub async fn call(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Heard {
    call_with(sandbox, &partner(sandbox), method, target, body).await
}

/// The body of the answer to a call that succeeds.
pub async fn ok(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Value {
    let heard = call(sandbox, method, target, body).await;
    assert!(heard.status < 300, "{method} {target}: {:#}", heard.body);
    heard.body
}

/// `body` with `more` members or others; null takes one away.
pub fn with(mut body: Value, more: Value) -> Value {
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
        body.retain(|_, value| !value.is_null());
    }
    body
}

/// What the query of an address says under this name.
pub fn queried(url: &str, name: &str) -> String {
    let (_, query) = url.split_once('?').expect("a query");
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name).expect("a member of the query");
    percent_encoding::percent_decode_str(value).decode_utf8().expect("text").into_owned()
}

/// The kind, the address and the data of everything that was told with sealed data.
pub fn told(sandbox: &Sandbox) -> Vec<(String, String, Value)> {
    let appotapay = sandbox.appotapay();
    let event = |event: &kessai_sandbox::appotapay::Event| {
        let body: Value = serde_json::from_slice(event.body()).expect("JSON");
        let data = unsealed(appotapay, text(&body, "data"), text(&body, "signature"));
        (event.kind().to_owned(), event.url().to_owned(), data)
    };
    appotapay.events().iter().map(event).collect()
}

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| common::document(include_str!("../../openapi/appotapay.json")));

/// Members of answers may be null, whatever the document says; as the house reads it.
fn judge(operation: &str, heard: &Heard) {
    let heard = Heard { status: heard.status, body: without_null(heard.body.clone()) };
    common::judge(&DOCUMENT, operation, &heard);
}

/// Asserts that what a callback says is this schema of the document.
pub fn judge_told(schema: &str, data: &Value) {
    let reference = json!({ "$ref": format!("#/components/schemas/{schema}") });
    common::fits(&DOCUMENT, &reference, &without_null(data.clone()), schema);
}

fn without_null(body: Value) -> Value {
    match body {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(name, value)| (name, without_null(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(without_null).collect(),
        other => other,
    }
}

#[test]
#[should_panic(expected = "not a number")]
fn the_judge_finds_what_the_document_does_not_allow() {
    judge("get_payment", &Heard { status: 404, body: json!({ "errorCode": "not a number" }) });
}
