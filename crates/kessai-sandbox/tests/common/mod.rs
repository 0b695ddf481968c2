//! The little HTTP that the tests speak, and a judge of what they hear.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
pub struct Heard {
    pub status: u16,
    pub body: Value,
}

impl Heard {
    pub fn id(&self) -> &str {
        text(&self.body, "id")
    }
}

/// The text of a member, such as an id.
pub fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().expect("a text")
}

/// Sends one request on a connection of its own.
pub async fn say(base_url: &str, method: &str, target: &str, headers: &str, body: &str) -> Heard {
    hear(base_url, method, target, headers, body).await.1
}

/// Sends one request on a connection of its own, and tells the head of the answer as well.
pub async fn hear(
    base_url: &str,
    method: &str,
    target: &str,
    headers: &str,
    body: &str,
) -> (String, Heard) {
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
    (head.to_owned(), Heard { status, body })
}

/// Reads a compiled document for the judge.
pub fn document(text: &str) -> Value {
    let mut document = text.parse().expect("JSON");
    close(&mut document);
    document
}

/// Lets no object have members that are not declared, for the sandbox invents nothing, and puts
/// `nullable` as the validator knows it.
fn close(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.get("type") == Some(&json!("object")) && members.contains_key("properties") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            if members.get("nullable") == Some(&json!(true)) {
                members.remove("nullable");
                let known = std::mem::take(schema);
                *schema = json!({ "anyOf": [known, { "type": "null" }] });
            }
        }
        _ => {}
    }
}

/// Asserts that a validator which is not the sandbox's own finds the answer in the document.
pub fn judge(document: &Value, operation: &str, heard: &Heard) {
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
    let schema = &answer["content"]["application/json"]["schema"];
    fits(document, schema, &heard.body, &format!("{operation} {status}"));
}

/// Asserts that a body is what a schema of the document says.
pub fn fits(document: &Value, schema: &Value, body: &Value, what: &str) {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft4)
        .build(&schema)
        .expect("a schema");
    let faults: Vec<_> = validator.iter_errors(body).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?} in {body:#}");
}
