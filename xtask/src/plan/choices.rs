//! Choices, read out of a checked document.

use super::{Alternative, Kind};
use crate::document::Node;

/// Whether a schema is one of several objects.
pub(super) fn is_choice(schema: &Node) -> bool {
    schema.get("oneOf").is_some()
}

/// The member that tells of which kind a choice is.
pub(super) fn tag(schema: &Node) -> String {
    let tag = schema.at(&["discriminator", "propertyName"]).and_then(Node::text);
    tag.unwrap_or_default().to_owned()
}

/// A choice with its kinds, in the order they are written.
pub(super) fn read(schema: &Node, root: &Node) -> Kind {
    let words = schema.at(&["discriminator", "mapping"]).map(Node::entries).unwrap_or_default();
    let references = schema.get("oneOf").map(Node::items).unwrap_or_default();
    let kinds = references.iter().filter_map(|item| item.text_at("$ref")).map(|reference| {
        let words = words.iter().filter(|entry| entry.node.text() == Some(reference));
        let name = reference.rsplit('/').next().unwrap_or_default();
        let described = root.at(&["components", "schemas", name]);
        let docs = described.and_then(|kind| kind.text_at("description")).unwrap_or_default();
        Alternative {
            schema: name.to_owned(),
            words: words.map(|entry| entry.key.clone()).collect(),
            docs: docs.split("\n\n").next().unwrap_or_default().to_owned(),
        }
    });
    Kind::Choice { tag: tag(schema), kinds: kinds.collect() }
}
