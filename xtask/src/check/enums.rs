//! Enums: texts, each described, each with a variant of its own.

use super::Report;
use super::outline::{Outline, Site};
use super::taken::is_open_variant;
use crate::document::{Node, Value};
use crate::names::{is_pascal, pascal};
use crate::spelling::did_you_mean;

const TEXTS: &str = "x-enumDescriptions";
const NAMES: &str = "x-enum-varnames";

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.schemas() {
        let Some(node) = schema.node.get("enum") else {
            for key in [TEXTS, NAMES] {
                if schema.node.get(key).is_some() {
                    report.refuse_key(
                        schema,
                        key,
                        "stands where no `enum` is",
                        "`enum:` beside it",
                    );
                }
            }
            continue;
        };
        // Whether there are values at all is looked at with the other keys.
        if !matches!(node.value, Value::List(_)) {
            continue;
        }
        if let Some(values) = values(schema, node, report) {
            descriptions(schema, &values, report);
            match schema.node.get(NAMES) {
                Some(names) => variants(schema, &values, names, report),
                None => unnamed(schema, &values, report),
            }
        }
    }
}

/// The values, if they are texts, each once.
fn values<'a>(schema: &Site<'_>, node: &'a Node, report: &mut Report) -> Option<Vec<&'a str>> {
    if schema.node.get("type").is_some() && schema.schema_type() != "string" {
        let instead = "`type: string`; for numbers leave the enum out and describe each of them";
        report.refuse_key(schema, "enum", "has a type that is not string", instead);
        return None;
    }
    if node.items().is_empty() {
        report.refuse_key(schema, "enum", "has no values", "the values that are known");
        return None;
    }
    let mut values = Vec::new();
    for item in node.items() {
        match item.text() {
            Some(value) if values.contains(&value) => {
                let problem = format!("has `{value}` twice");
                report.refuse_key(schema, "enum", problem, "each value once");
                return None;
            }
            Some(value) => values.push(value),
            None => {
                let problem = "has a value that is not a text";
                let instead = "it in quotes, or nothing: a member that is not required may be null";
                report.refuse_key(schema, "enum", problem, instead);
                return None;
            }
        }
    }
    Some(values)
}

fn descriptions(schema: &Site<'_>, values: &[&str], report: &mut Report) {
    let Some(texts) = schema.node.get(TEXTS) else {
        let instead = format!("`{TEXTS}:` with a line for each value");
        report.refuse(schema, "is an enum whose values are not described", instead);
        return;
    };
    for value in values {
        match texts.get(value).map(|node| node.text().map(str::trim)) {
            Some(Some(text)) if !text.is_empty() => {}
            Some(_) => {
                let problem = format!("says nothing about `{value}`");
                report.refuse_key(schema, TEXTS, problem, "what the value means, as a text");
            }
            None => {
                let problem = format!("leaves out `{value}`");
                let instead = format!("`{value}:` and what it means");
                report.refuse_key(schema, TEXTS, problem, instead);
            }
        }
    }
    for entry in texts.entries() {
        if !values.contains(&entry.key.as_str()) {
            let problem = format!("describes `{}`, which is not a value", entry.key);
            let otherwise = "it under `enum` too, or take it out";
            let instead = did_you_mean(&entry.key, values.iter().copied(), otherwise);
            report.refuse_key(schema, TEXTS, problem, instead);
        }
    }
}

/// Looks at the variants that the specification names.
fn variants(schema: &Site<'_>, values: &[&str], names: &Node, report: &mut Report) {
    let count = names.items().len();
    if count != values.len() {
        let problem = format!("does not name each value: {count} for {}", values.len());
        report.refuse_key(schema, NAMES, problem, "one name for each value, in the same order");
        return;
    }
    let mut seen = Vec::new();
    for name in names.items() {
        let Some(name) = name.text().filter(|name| is_pascal(name)) else {
            let instead = "names such as `InStore`; an acronym is one word";
            report.refuse_key(schema, NAMES, "has a name that is not in Pascal case", instead);
            continue;
        };
        if seen.contains(&name) {
            report.refuse_key(schema, NAMES, format!("has `{name}` twice"), "each name once");
        }
        if is_open_variant(name) {
            let problem = format!("has `{name}`, which every generated enum needs itself");
            report.refuse_key(schema, NAMES, problem, "another name");
        }
        seen.push(name);
    }
}

/// Looks at the variants that the values make by themselves.
fn unnamed(schema: &Site<'_>, values: &[&str], report: &mut Report) {
    let instead = format!("`{NAMES}:` with one name for each value, in the same order");
    for (index, value) in values.iter().enumerate() {
        let name = pascal(value);
        let twin = values[..index].iter().find(|other| pascal(other) == name);
        if !name.starts_with(|first: char| first.is_ascii_alphabetic())
            || !name.chars().all(|letter| letter.is_ascii_alphanumeric())
        {
            let problem = format!("has the value `{value}`, which makes no name in Rust");
            report.refuse_key(schema, "enum", problem, &instead);
        } else if let Some(twin) = twin {
            let problem = format!("has `{twin}` and `{value}`, which both become `{name}`");
            report.refuse_key(schema, "enum", problem, &instead);
        } else if is_open_variant(&name) {
            let problem = format!("has `{value}`; `{name}` is a name every generated enum needs");
            report.refuse_key(schema, "enum", problem, &instead);
        }
    }
}
