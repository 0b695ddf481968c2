//! Members that providers have published and the specification does not have.

use std::collections::BTreeSet;

use serde_json::Value;
use xtask::examples::PublishedKind;

use super::published::published;
use crate::document::{Document, Shape};
use crate::example::examples;
use crate::provider::PROVIDERS;

/// What is not in the specification all the same: whose it is, its path, and why.
const KNOWN: &[(&str, &str, &str)] = &[
    ("univapay", ".test_mode", "of an older API; nothing newer has it"),
    ("zafapay", ".amount_captured", "of pages older than those that are followed"),
    ("zafapay", ".client_secret", "of pages older than those that are followed"),
    ("zafapay", ".connector", "what an older page calls the gateway"),
    ("zafapay", ".gateway_transaction_id", "of pages older than those that are followed"),
    ("zafapay", ".merchant_order_id", "of pages older than those that are followed"),
    ("zafapay", ".psp_reference", "of pages older than those that are followed"),
    ("zafapay", ".success", "of pages older than those that are followed"),
    ("zafapay", ".transaction_id", "of pages older than those that are followed"),
];

#[test]
fn every_published_member_is_in_the_specification() {
    let mut found = BTreeSet::new();
    for provider in PROVIDERS {
        let document = provider.document();
        let texts = published(provider);
        let mut look = |file: &str, schema: &Value| {
            let body: Value = serde_json::from_str(&texts[file]).expect("JSON");
            let mut strangers = Vec::new();
            strangers_of(&document, schema, &body, "", &mut strangers);
            found.extend(strangers.into_iter().map(|path| (provider.name, path)));
        };
        for (operation, example) in examples(provider.name) {
            for body in &example.published {
                match body.kind {
                    PublishedKind::Answer => {
                        if let Some(schema) = document.answer(&operation) {
                            look(&body.file, schema);
                        }
                    }
                    PublishedKind::Error => look(&body.file, document.schema(provider.error)),
                    PublishedKind::Request | PublishedKind::Skipped(_) => {}
                }
            }
        }
        for message in provider.messages {
            for file in message.files {
                look(file, document.schema(message.schema));
            }
        }
    }
    let known = KNOWN.iter().map(|(provider, path, _)| (*provider, (*path).to_owned()));
    assert_eq!(found, known.collect());
}

/// Collects the members of `body` that its schema does not have, with the way there.
fn strangers_of(
    document: &Document,
    schema: &Value,
    body: &Value,
    path: &str,
    strangers: &mut Vec<String>,
) {
    match (document.shape(schema), body) {
        (Shape::Object(properties, _), Value::Object(members)) => {
            for (name, member) in members {
                let path = format!("{path}.{name}");
                match properties.get(name) {
                    Some(schema) => strangers_of(document, schema, member, &path, strangers),
                    None => strangers.push(path),
                }
            }
        }
        (Shape::List(schema), Value::Array(items)) => {
            for item in items {
                strangers_of(document, schema, item, path, strangers);
            }
        }
        (Shape::Any, Value::Object(members)) => {
            if let Some(kind) = document.kind(schema, members) {
                strangers_of(document, kind, body, path, strangers);
            }
        }
        _ => {}
    }
}
