//! The rows of the grid: every operation of every provider, with what its example sends and answers.

use serde_json::Value;
use xtask::examples::{self, Example};

use super::shapes::{Shapes, with};
use crate::document::{Document, Shape};
use crate::example::{Arguments, examples, json};
use crate::provider::{PROVIDERS, Provider};
use crate::secrecy::{CANARY, NUMBER};

/// What a second sending of an operation may do.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// It only reads.
    Read,
    /// The provider knows it by its key, and the client is told to count on that.
    Keyed,
    /// It does the same once more, or might.
    Unkeyed,
}

/// One operation.
pub struct Row {
    pub provider: &'static str,
    pub operation: &'static str,
    pub kind: Kind,
    pub has_key: bool,
    pub has_body: bool,
    pub arguments: Arguments,
    /// How many canaries there are in its body.
    pub hidden: usize,
    /// Its good answer.
    pub good: (u16, String),
    /// What the provider refuses it with, in its own words.
    pub refusal: (u16, String),
    /// An answer with a good status that says no, where the status alone does not tell.
    pub denial: Option<String>,
    /// Its good answer, bent; nothing if it has none.
    pub shapes: Option<Shapes>,
    /// What it has in common with others, for whoever wants one of each.
    pub likeness: Likeness,
}

/// The method, what else there is, and the kind.
type Likeness = (String, [bool; 6], Kind);

impl Row {
    /// The name of the row.
    pub fn name(&self) -> String {
        let keyed = if self.kind == Kind::Keyed { ", keys counted on" } else { "" };
        format!("{}::{}{keyed}", self.provider, self.operation)
    }

    /// The status for an answer that has a body, whether it should or not.
    pub fn status(&self) -> u16 {
        if self.good.0 == 204 { 200 } else { self.good.0 }
    }
}

/// A key that must not be seen, and is the same whenever a call is sent.
pub const CALL_KEY: &str = "key-kanarievogel-31415926";

/// The rows of a provider.
pub fn rows(name: &str) -> Vec<Row> {
    let provider = provider(name);
    let (document, examples) = (provider.document(), examples(name));
    let row = |operation: &&'static str| {
        let example = &examples[*operation];
        let kinds = kinds(&document, operation);
        kinds.into_iter().map(|kind| row(provider, &document, operation, kind, example)).collect()
    };
    provider.operations.iter().flat_map(|operation| -> Vec<Row> { row(operation) }).collect()
}

fn provider(name: &str) -> &'static Provider {
    PROVIDERS.iter().find(|provider| provider.name == name).expect("a provider")
}

/// As what an operation is played: one with a key is played twice, once as every client has it, and
/// once counting on the key, where the provider has said anything of keys.
fn kinds(document: &Document, operation: &str) -> Vec<Kind> {
    let told = document.operation(operation);
    match (document.method(operation), told["x-kessai-idempotency"].is_string()) {
        ("get", _) => vec![Kind::Read],
        _ if told["x-kessai-reads"] == true => vec![Kind::Read],
        (_, true) if !told["servers"].is_array() => vec![Kind::Unkeyed, Kind::Keyed],
        _ => vec![Kind::Unkeyed],
    }
}

fn row(
    provider: &'static Provider,
    document: &Document,
    operation: &'static str,
    kind: Kind,
    example: &Example,
) -> Row {
    let told = document.operation(operation);
    let answer = document.answer(operation);
    let is_signed = told["x-kessai-signed"].is_array();
    let success = example.success().expect("a success");
    let good = (status(success), body(success));
    let shapes = answer.map(|schema| Shapes::of(document, told, schema, &good.1));
    let mut request = json(&example.request);
    request["key"] = CALL_KEY.into();
    let hidden = match document.request(operation) {
        Some(schema) if !is_signed => hide(document, schema, &mut request["body"], false),
        _ => 0,
    };
    let has_key = told["x-kessai-idempotency"].is_string();
    let has_body = document.request(operation).is_some();
    let method = document.method(operation).to_owned();
    let denial = rules(told).find_map(|rule| rule["member"].as_str()).map(denial);
    let answers_signed =
        answer.is_some_and(|schema| document.resolve(schema)["x-kessai-signed"].is_array());
    let traits = [has_body, has_key, is_signed, answers_signed, denial.is_some(), answer.is_some()];
    Row {
        provider: provider.name,
        operation,
        kind,
        has_key,
        has_body,
        arguments: Arguments::new(request),
        hidden,
        good,
        refusal: refusal(provider.name, told, example),
        denial,
        likeness: (method, traits, kind),
        shapes,
    }
}

fn status(answer: &examples::Answer) -> u16 {
    u16::try_from(answer.status).expect("a status")
}

/// Byte for byte in the order of the example: some of them are signed.
fn body(answer: &examples::Answer) -> String {
    let text = |body| serde_json::to_string(body).expect("JSON");
    answer.body.as_ref().map(text).unwrap_or_default()
}

/// The first refusal of the example that is one of the request itself, or one that all have.
/// AppotaPay's 3049 is none: an attempt that was forced is under way.
fn refusal(provider: &str, told: &Value, example: &Example) -> (u16, String) {
    let own = example.answers.iter().filter(|answer| answer.status == 400);
    let own = own.map(body).find(|body| !body.is_empty() && !body.contains(r#""errorCode":3049"#));
    let is_open = told["security"].as_array().is_some_and(Vec::is_empty);
    let words = own.unwrap_or_else(|| words(provider, is_open).to_owned());
    // What the provider adds to it is nobody's business.
    (400, with(&words, "newerThanThisCrate", &format!("{CANARY:?}")))
}

/// What says of an operation's good statuses whether they are any: one rule, or a list of them.
pub fn rules(told: &Value) -> impl Iterator<Item = &Value> {
    let rules = &told["x-kessai-success"];
    let one = rules.is_object().then_some(rules);
    one.into_iter().chain(rules.as_array().into_iter().flatten())
}

/// An answer that says no in `member`, by the path to it.
fn denial(member: &str) -> String {
    let no = match member.rsplit('.').next() {
        Some("status") => "error".into(),
        Some("code") => Value::from(401),
        // Prepaid cards have a table of their own, without 1.
        _ if member == "error_code" => Value::from(10),
        _ => Value::from(1),
    };
    let object =
        |value: Value, name: &str| Value::Object([(name.to_owned(), value)].into_iter().collect());
    let mut body = member.rsplit('.').fold(no, object);
    if member == "status" {
        // A status is one of a thing, and things have a name; without a reason it leaves it open.
        body["refundId"] = "r".into();
        body["errorCode"] = 1.into();
    }
    with(&body.to_string(), "newerThanThisCrate", &format!("{CANARY:?}"))
}

/// A refusal that every operation of a provider knows, or each that is open to anybody.
fn words(provider: &str, is_open: bool) -> &'static str {
    match provider {
        // The login of wallets has words of its own.
        "appotapay" if is_open => r#"{"code":400,"message":"kanarievogel"}"#,
        "appotapay" => r#"{"errorCode":1,"message":"kanarievogel"}"#,
        "elepay" => r#"{"requestId":"req_1","errorCode":"M002002","message":"kanarievogel"}"#,
        "univapay" => r#"{"status":"error","code":"VALIDATION_ERROR","errors":[]}"#,
        _ => {
            r#"{"error":{"type":"invalid_request_error","code":"validation_error","message":"kanarievogel"}}"#
        }
    }
}

/// Puts a canary into every text of a request that may not be printed, and says how many it put.
fn hide(document: &Document, schema: &Value, body: &mut Value, secret: bool) -> usize {
    let is_secret = |schema: &Value| secret || schema["x-kessai-secret"] == true;
    let secret = is_secret(schema);
    let schema = document.resolve(schema);
    let secret = secret || is_secret(schema);
    match (document.shape(schema), body) {
        (Shape::Object(properties, _), Value::Object(members)) => {
            let known = members.iter_mut().filter_map(|(name, member)| {
                Some(hide(document, properties.get(name)?, member, secret))
            });
            known.sum()
        }
        (Shape::List(items), Value::Array(list)) => {
            list.iter_mut().map(|item| hide(document, items, item, secret)).sum()
        }
        (Shape::Plain, Value::String(text))
            if secret && schema["format"].is_null() && schema["enum"].is_null() =>
        {
            *text = format!("{CANARY} {NUMBER}");
            1
        }
        _ => 0,
    }
}
