//! How the tests speak to elepay.

use std::sync::LazyLock;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::common;
pub use crate::common::{Heard, say, text};

impl Heard {
    /// The status and elepay's code, and the parameter at fault.
    pub fn refusal(&self) -> (u16, &str, Option<&str>) {
        let code = self.body["errorCode"].as_str().unwrap_or_default();
        (self.status, code, self.body["parameterName"].as_str())
    }
}

/// Calls elepay with its key; the answer has to fit the document.
pub async fn call(sandbox: &Sandbox, method: &str, target: &str, body: Value) -> Heard {
    let key = format!("authorization: Bearer {}\r\n", sandbox.elepay().secret_key());
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let heard = say(sandbox.elepay().base_url(), method, target, &key, &body).await;
    let journal = sandbox.elepay().journal();
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

/// The code with which a call is refused, and the parameter at fault.
pub async fn no(
    sandbox: &Sandbox,
    method: &str,
    target: &str,
    body: Value,
) -> (String, Option<String>) {
    let heard = call(sandbox, method, target, body).await;
    let (status, code, parameter) = heard.refusal();
    assert_eq!(status, 400, "{method} {target}: {:#}", heard.body);
    (code.to_owned(), parameter.map(str::to_owned))
}

/// What [`no`] answers with.
pub fn code(code: &str, parameter: &str) -> (String, Option<String>) {
    (code.to_owned(), Some(parameter.to_owned()).filter(|parameter| !parameter.is_empty()))
}

/// What was told so far, oldest first.
pub fn kinds(sandbox: &Sandbox) -> Vec<String> {
    sandbox.elepay().events().iter().map(|event| event.kind().to_owned()).collect()
}

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| common::document(include_str!("../../openapi/elepay.json")));

fn judge(operation: &str, heard: &Heard) {
    common::judge(&DOCUMENT, operation, heard);
}

#[test]
#[should_panic(expected = "invented")]
fn the_judge_finds_what_the_document_does_not_have() {
    judge("get_charge", &Heard { status: 200, body: json!({ "id": "ch_1", "invented": 1 }) });
}

#[test]
#[should_panic(expected = "odd")]
fn the_judge_finds_a_word_that_the_document_does_not_have() {
    judge("get_charge", &Heard { status: 200, body: json!({ "id": "ch_1", "status": "odd" }) });
}
