//! Members: described, told apart in Rust, and required only where they exist.

use super::Report;
use super::outline::{Kind, Outline, Role, Site};
use crate::document::Node;
use crate::names::snake;
use crate::spelling::did_you_mean;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for member in outline.of_kind(Kind::Schema(Role::Member)) {
        if member.node.get("description").is_none() {
            let instead = if member.is_reference() {
                "`description:` beside the `$ref`, with what it means here"
            } else {
                "`description:` and what it means, in your own words"
            };
            report.refuse(member, "has no description", instead);
        }
        if !snake(member.name).starts_with(char::is_alphabetic) {
            let instead = "a name that begins with a letter; the generator cannot rename it yet";
            report.refuse(member, "makes no name in Rust", instead);
        }
    }
    for schema in outline.schemas() {
        clashes(schema, report);
        required(schema, report);
    }
}

fn properties<'a>(schema: &Site<'a>) -> Vec<&'a str> {
    let properties = schema.node.get("properties").map_or(&[][..], Node::entries);
    properties.iter().map(|entry| entry.key.as_str()).collect()
}

fn clashes(schema: &Site<'_>, report: &mut Report) {
    let names = properties(schema);
    for (index, name) in names.iter().enumerate() {
        if let Some(twin) = names[..index].iter().find(|other| snake(other) == snake(name)) {
            let problem = format!("has `{twin}` and `{name}`, which both become `{}`", snake(name));
            let instead = "one of them; the generator cannot tell the two apart yet";
            report.refuse_key(schema, "properties", problem, instead);
        }
    }
}

fn required(schema: &Site<'_>, report: &mut Report) {
    let names = properties(schema);
    for name in schema.node.get("required").map_or(&[][..], Node::items) {
        let Some(name) = name.text() else {
            let instead = "the names of properties, as texts";
            report.refuse_key(schema, "required", "holds something that is not a name", instead);
            continue;
        };
        if !names.contains(&name) {
            let problem = format!("names `{name}`, which is not a property");
            let otherwise = "a name that stands under `properties`";
            let instead = did_you_mean(name, names.iter().copied(), otherwise);
            report.refuse_key(schema, "required", problem, instead);
        }
    }
}
