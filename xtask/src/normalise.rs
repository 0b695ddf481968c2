//! The document as progenitor can carry it: every schema, one good answer, nothing it would
//! misread.
//!
//! What is taken away here is in the [`Plan`](crate::plan::Plan), or is of no use to a decoder: a
//! limit on the length of an answer would make a type refuse it.

use crate::document::{Node, Value};
use crate::plan::success;

mod choices;

/// The formats by which progenitor is told of types of our own.
pub mod format {
    /// The format of the ids of `resource`.
    #[must_use]
    pub fn id(resource: &str) -> String {
        format!("id-of-{resource}")
    }

    /// The format of what stands in for the choice called `name`.
    #[must_use]
    pub fn choice(name: &str) -> String {
        format!("choice-of-{name}")
    }

    /// The format of what may not be printed.
    pub const SECRET: &str = "secret";

    /// The format of any JSON.
    pub const JSON: &str = "json";

    /// The format of exact decimal numbers, written as numbers or as texts.
    pub const DECIMAL: &str = "decimal";

    /// The format of milliseconds since 1970.
    pub const EPOCH_MS: &str = "epoch-ms";

    /// The format of a date with its time and zone.
    pub const DATE_TIME: &str = "date-time";
}

/// Keys of the joined document that progenitor gets to see.
const ROOT: [&str; 4] = ["openapi", "info", "paths", "components"];

/// Keys of a schema that say what type it is.
const SCHEMA: [&str; 10] = [
    "$ref",
    "additionalProperties",
    "description",
    "enum",
    "format",
    "items",
    "nullable",
    "properties",
    "required",
    "type",
];

/// Rewrites a checked document for progenitor.
#[must_use]
pub fn normalise(document: &Node) -> Node {
    let mut root = document.clone();
    keep(&mut root, &ROOT);
    choices::take_out(&mut root);
    if let Some(paths) = root.get_mut("paths") {
        for path in paths.entries_mut() {
            for verb in path.node.entries_mut() {
                operation(&mut verb.node);
            }
        }
    }
    if let Some(components) = root.get_mut("components") {
        keep(components, &["schemas"]);
        if let Some(schemas) = components.get_mut("schemas") {
            for entry in schemas.entries_mut() {
                schema(&mut entry.node);
            }
        }
    }
    root
}

fn operation(node: &mut Node) {
    let answer = success(node).map(|answer| {
        let mut answer = answer.clone();
        keep(&mut answer, &["description", "content"]);
        answer.value
    });
    let status = if answer.as_ref().is_some_and(has_content) { "200" } else { "204" };
    keep(node, &["operationId", "summary", "description", "parameters", "requestBody"]);
    if let Some(Node { value: Value::List(parameters), .. }) = node.get_mut("parameters") {
        parameters.retain(|parameter| parameter.text_at("in") != Some("header"));
        for parameter in parameters {
            keep(parameter, &["name", "in", "required", "schema"]);
            if let Some(inner) = parameter.get_mut("schema") {
                schema(inner);
            }
        }
    }
    if let Some(body) = node.get_mut("requestBody") {
        // A body that may be left out is sent as an empty object: one signature instead of two.
        body.set("required", Value::Bool(true));
    }
    node.set("responses", Value::Map(Vec::new()));
    if let (Some(responses), Some(answer)) = (node.get_mut("responses"), answer) {
        responses.set(status, answer);
    }
}

fn has_content(answer: &Value) -> bool {
    matches!(answer, Value::Map(entries) if entries.iter().any(|entry| entry.key == "content"))
}

fn schema(node: &mut Node) {
    let id = node.text_at("x-kessai-id").map(format::id);
    let secret = node.flag("x-kessai-secret") && node.text_at("type") == Some("string");
    let is_integer = node.text_at("type") == Some("integer");
    let is_time = node.text_at("format") == Some(format::EPOCH_MS);
    if node.get("$ref").is_some() {
        keep(node, &["$ref"]);
        return;
    }
    keep(node, &SCHEMA);
    if node.get("type").is_none() {
        node.set("type", Value::Text("string".to_owned()));
        node.set("format", Value::Text(format::JSON.to_owned()));
    }
    if is_integer && !is_time {
        node.remove("format");
    }
    if let Some(format) = id.or_else(|| secret.then(|| format::SECRET.to_owned())) {
        node.set("format", Value::Text(format));
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = node.get_mut(key) {
            schema(inner);
        }
    }
    if let Some(properties) = node.get_mut("properties") {
        for property in properties.entries_mut() {
            schema(&mut property.node);
        }
    }
}

fn keep(node: &mut Node, keys: &[&str]) {
    if let Value::Map(entries) = &mut node.value {
        entries.retain(|entry| keys.contains(&entry.key.as_str()));
    }
}
