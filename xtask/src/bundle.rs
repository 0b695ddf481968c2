//! The joined document as one file of plain OpenAPI, with the examples in their places.

use std::collections::BTreeMap;

use crate::document::{Entry, Node, Value};
use crate::examples::Example;
use crate::load::Document;

/// The document as JSON, ending in a newline.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn bundle(
    document: &Document,
    examples: &BTreeMap<String, Example>,
) -> Result<String, serde_json::Error> {
    let mut root = document.root.clone();
    let responses = root.at(&["components", "responses"]).cloned();
    if let Some(paths) = root.get_mut("paths") {
        for path in paths.entries_mut() {
            for verb in path.node.entries_mut() {
                let id = verb.node.text_at("operationId").unwrap_or_default();
                if let Some(example) = examples.get(id).cloned() {
                    embed(&mut verb.node, &example, responses.as_ref());
                }
            }
        }
    }
    open_choices(&mut root);
    keep_descriptions(&mut root);
    serde_json::to_string_pretty(&root).map(|text| text + "\n")
}

/// Rewrites a choice as OpenAPI can say it: what tells of which kind it is stands beside it, where
/// a `discriminator` does not look.
fn open_choices(root: &mut Node) {
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    for schema in schemas.into_iter().flat_map(Node::entries_mut) {
        if let Some(kinds) = schema.node.remove("oneOf") {
            schema.node.remove("discriminator");
            schema.node.set("anyOf", kinds.value);
        }
    }
}

/// Rewrites a `$ref` with a description beside it as OpenAPI 3.0 wants it: other tools ignore what
/// stands beside one.
fn keep_descriptions(node: &mut Node) {
    if node.entries().len() > 1
        && let Some(reference) = node.remove("$ref")
    {
        let entry = Entry { key: "$ref".to_owned(), place: node.place.clone(), node: reference };
        let inner = Node { place: node.place.clone(), value: Value::Map(vec![entry]) };
        node.set("allOf", Value::List(vec![inner]));
    }
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                keep_descriptions(&mut entry.node);
            }
        }
        Value::List(items) => items.iter_mut().for_each(keep_descriptions),
        _ => {}
    }
}

/// Puts an example beside the schemas it is an example of.
fn embed(operation: &mut Node, example: &Example, responses: Option<&Node>) {
    if let (Some(body), Some(holder)) =
        (example.request.get("body"), operation.get_mut("requestBody"))
    {
        put(holder, "request", body);
    }
    let Some(declared) = operation.get_mut("responses") else { return };
    for answer in &example.answers {
        let exact = answer.status.to_string();
        let class = format!("{}XX", &exact[..1]);
        let status = if declared.get(&exact).is_some() { exact } else { class };
        let (Some(body), Some(response)) = (&answer.body, declared.get_mut(&status)) else {
            continue;
        };
        // A response that operations share cannot hold the example of one of them.
        if let Some(shared) =
            response.text_at("$ref").and_then(|reference| reference.rsplit('/').next())
            && let Some(own) = responses.and_then(|responses| responses.get(shared))
        {
            *response = own.clone();
        }
        put(response, &answer.name, body);
    }
}

fn put(holder: &mut Node, name: &str, value: &Node) {
    let Some(content) = holder.get_mut("content") else { return };
    let Some(media) = content.get_mut("application/json") else { return };
    if media.get("examples").is_none() {
        media.set("examples", Value::Map(Vec::new()));
    }
    let entry = Entry { key: "value".to_owned(), place: value.place.clone(), node: value.clone() };
    if let Some(examples) = media.get_mut("examples") {
        examples.set(name, Value::Map(vec![entry]));
    }
}
