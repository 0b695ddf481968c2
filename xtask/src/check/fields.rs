//! Fields: what is only read has one of the generator's own.

use std::collections::BTreeSet;

use super::Report;
use super::outline::{Kind, Outline, Role};
use crate::document::Node;
use crate::names::snake;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
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

/// The schemas that a request holds, directly or through others: they have no such field.
fn sent<'a>(outline: &Outline<'a>) -> BTreeSet<&'a str> {
    let mut sent = BTreeSet::new();
    let bodies = outline.operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut open: Vec<&str> = bodies.map(|body| body.name).collect();
    while let Some(name) = open.pop() {
        if sent.insert(name) {
            let prefix = format!("components.schemas.{name}.");
            let below = outline.sites.iter().filter(|site| site.path.starts_with(&prefix));
            open.extend(below.filter(|site| site.is_reference()).map(|s| outline.resolve(s).name));
        }
    }
    sent
}
