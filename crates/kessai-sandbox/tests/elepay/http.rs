//! The little HTTP that the tests speak, and a judge of what they hear.

use std::sync::LazyLock;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
pub struct Heard {
    pub status: u16,
    pub body: Value,
}

impl Heard {
    /// The status and elepay's code, and the parameter at fault.
    pub fn refusal(&self) -> (u16, &str, Option<&str>) {
        let code = self.body["errorCode"].as_str().unwrap_or_default();
        (self.status, code, self.body["parameterName"].as_str())
    }

    pub fn id(&self) -> &str {
        self.body["id"].as_str().expect("an id")
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

/// The text of a member, such as an id.
pub fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().expect("a text")
}

/// What was told so far, oldest first.
pub fn kinds(sandbox: &Sandbox) -> Vec<String> {
    sandbox.elepay().events().iter().map(|event| event.kind().to_owned()).collect()
}

/// Sends one request on a connection of its own.
pub async fn say(base_url: &str, method: &str, target: &str, headers: &str, body: &str) -> Heard {
    let host = base_url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    let request = format!(
        "{method} {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}\
         content-length: {}\r\n\r\n{body}",
        body.len(),
    );
    // The server may answer, and close, before it has read everything.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let body = if body.is_empty() { Value::Null } else { body.parse().expect("JSON") };
    Heard { status, body }
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = include_str!("../../openapi/elepay.json").parse().expect("JSON");
    close(&mut document);
    document
});

/// Lets no object have members that are not declared: the sandbox invents nothing.
fn close(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.get("type") == Some(&json!("object")) && members.contains_key("properties") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
        }
        _ => {}
    }
}

/// Asserts that a validator which is not the sandbox's own finds the answer in the document.
fn judge(operation: &str, heard: &Heard) {
    let document = &*DOCUMENT;
    let item = document["paths"].as_object().expect("paths").values();
    let mut operations = item.flat_map(|item| item.as_object().expect("an item").values());
    let declared = operations.find(|declared| declared["operationId"] == operation);
    let answers = &declared.expect("an operation")["responses"];
    let status = heard.status.to_string();
    let class = format!("{}XX", heard.status / 100);
    let answer = answers.get(&status).or(answers.get(&class)).expect("a declared status");
    let answer = match answer["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).expect("an answer"),
        None => answer,
    };
    if answer["content"].is_null() {
        assert!(heard.body.is_null(), "{operation} {status} has a body: {:#}", heard.body);
        return;
    }
    let mut schema = answer["content"]["application/json"]["schema"].clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft4)
        .build(&schema)
        .expect("a schema");
    let faults: Vec<_> = validator.iter_errors(&heard.body).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{operation} {status}: {faults:#?} in {:#}", heard.body);
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
