//! Choices, taken out of a document: progenitor would derive how they are read, and it would be by
//! trying one kind after the other.

use std::collections::BTreeSet;

use super::format;
use crate::document::{Entry, Node, Value};

/// Takes out the choices; a member that refers to one becomes a text of a format of ours.
pub(super) fn take_out(root: &mut Node) {
    let Some(schemas) = root.get_mut("components").and_then(|it| it.get_mut("schemas")) else {
        return;
    };
    let is_choice = |entry: &Entry| entry.node.get("oneOf").is_some();
    let choices = schemas.entries_mut().iter().filter(|entry| is_choice(entry));
    let choices: BTreeSet<String> = choices.map(|entry| entry.key.clone()).collect();
    if let Value::Map(entries) = &mut schemas.value {
        entries.retain(|entry| !is_choice(entry));
    }
    for schema in schemas.entries_mut() {
        for property in schema.node.get_mut("properties").into_iter().flat_map(Node::entries_mut) {
            stand_in(&mut property.node, &choices);
        }
    }
}

fn stand_in(member: &mut Node, choices: &BTreeSet<String>) {
    let named = member.text_at("$ref").and_then(|reference| reference.rsplit('/').next());
    if let Some(name) = named.filter(|name| choices.contains(*name)).map(format::choice) {
        member.remove("$ref");
        member.set("type", Value::Text("string".to_owned()));
        member.set("format", Value::Text(name));
    }
}
