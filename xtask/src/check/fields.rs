//! Fields: what is only read has one of the generator's own.

use super::Report;
use super::directions::sent;
use super::outline::{Kind, Outline, Role};
use crate::document::Node;
use crate::names::snake;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    // What is sent has no such field.
    let sent = sent(outline);
    for schema in outline.of_kind(Kind::Schema(Role::Named)) {
        if sent.contains(schema.name) {
            continue;
        }
        let members = schema.node.get("properties").map_or(&[][..], Node::entries);
        for member in members.iter().filter(|member| snake(&member.key) == "unknown") {
            let key = format!("properties.{}", member.key);
            let problem = "becomes the field `unknown`, where answers keep what the crate does \
                           not know";
            let instead = "the schema without it; the generator cannot rename it yet, and its \
                           value is kept there";
            report.refuse_key(schema, &key, problem, instead);
        }
    }
}
