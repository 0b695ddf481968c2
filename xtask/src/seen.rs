//! The document as callers see it: without what the client fills in itself.
//!
//! The provider's own view stays in the joined document: there a signature is a member like any
//! other, and a header a parameter. Callers never write them, so neither the methods nor the types
//! nor their examples have them.

use std::collections::BTreeSet;

use crate::document::{Node, Value};
use crate::examples::Example;
use crate::load::Document;
use crate::plan::body_schema;

/// The member, or the parameter of the query, that holds the signature of a request.
pub const SIGNATURE: &str = "signature";

/// Takes the signatures out of what is sent, and puts headers where they are referred to.
#[must_use]
pub fn seen(document: &Document) -> Document {
    let mut seen = document.clone();
    let headers = seen.root.at(&["components", "parameters"]).cloned();
    let mut signed = BTreeSet::new();
    if let Some(paths) = seen.root.get_mut("paths") {
        for path in paths.entries_mut() {
            for verb in path.node.entries_mut() {
                let is_signed = is_signed(&verb.node);
                if is_signed {
                    signed.extend(verb.node.get("requestBody").and_then(body_schema));
                }
                parameters(&mut verb.node, headers.as_ref(), is_signed);
            }
        }
    }
    let schemas = seen.root.get_mut("components").and_then(|node| node.get_mut("schemas"));
    for schema in schemas.into_iter().flat_map(Node::entries_mut) {
        if signed.contains(&schema.key) {
            unsign(&mut schema.node);
        }
    }
    seen
}

/// The example of an operation of `document` as callers see it.
#[must_use]
pub fn example(document: &Document, operation: &str, example: &Example) -> Example {
    let mut seen = example.clone();
    let paths = document.root.get("paths").map(Node::entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|path| path.node.entries());
    let found = operations
        .map(|verb| &verb.node)
        .find(|verb| verb.text_at("operationId") == Some(operation));
    if found.is_some_and(is_signed) {
        for part in ["body", "query"] {
            if let Some(part) = seen.request.get_mut(part) {
                part.remove(SIGNATURE);
            }
        }
    }
    seen
}

fn is_signed(operation: &Node) -> bool {
    operation.get("x-kessai-signed").is_some()
}

fn parameters(operation: &mut Node, headers: Option<&Node>, is_signed: bool) {
    let Some(Node { value: Value::List(parameters), .. }) = operation.get_mut("parameters") else {
        return;
    };
    for parameter in parameters.iter_mut() {
        let named = parameter.text_at("$ref").and_then(|reference| reference.rsplit('/').next());
        if let Some(header) = named.and_then(|name| headers?.get(name)) {
            *parameter = header.clone();
        }
    }
    parameters.retain(|parameter| {
        let is_query = parameter.text_at("in") == Some("query");
        !(is_signed && is_query && parameter.text_at("name") == Some(SIGNATURE))
    });
}

fn unsign(schema: &mut Node) {
    if let Some(properties) = schema.get_mut("properties") {
        properties.remove(SIGNATURE);
    }
    if let Some(Node { value: Value::List(required), .. }) = schema.get_mut("required") {
        required.retain(|name| name.text() != Some(SIGNATURE));
    }
}
