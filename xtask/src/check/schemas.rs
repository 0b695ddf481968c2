//! Schemas: named and described, each of one type that has a counterpart in Rust.

use super::Report;
use super::outline::{Kind, Outline, Role, Site};
use crate::document::{Node, Value};
use crate::names::{is_pascal, pascal};
use crate::spelling::did_you_mean;

/// The types, and the formats of each; the table of `specs/README.md`.
const TYPES: [(&str, &[&str]); 6] = [
    ("string", &["decimal", "date-time"]),
    ("integer", &["int32", "int64", "epoch-ms"]),
    ("number", &["double", "decimal"]),
    ("boolean", &[]),
    ("array", &[]),
    ("object", &[]),
];

const ENDINGS: [&str; 3] = ["Dto", "Response", "Type"];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.schemas() {
        if !matches!(schema.node.value, Value::Map(_)) {
            report.refuse(schema, "is not a schema", "a mapping with a `type`");
            continue;
        }
        if schema.kind == Kind::Schema(Role::Named) {
            name(schema, report);
            described(schema, report);
        } else {
            nameless(schema, report);
        }
        types(schema, report);
        shape(schema, report);
        default(schema, report);
    }
    for alias in outline.of_kind(Kind::Schema(Role::Named)).filter(|site| site.is_reference()) {
        report.refuse(alias, "is another name for a schema", "the `$ref` where it is used");
    }
}

fn name(schema: &Site<'_>, report: &mut Report) {
    let name = schema.name;
    if !is_pascal(name) {
        let instead = format!("`{}`; an acronym is one word", pascal(name));
        report.refuse(schema, "is not named in Pascal case", instead);
    }
    for ending in ENDINGS {
        if let Some(stem) = name.strip_suffix(ending) {
            let instead = if stem.is_empty() {
                "what it is".to_owned()
            } else {
                format!("`{stem}`, or what it is beyond that")
            };
            report.refuse(schema, format!("has a name that ends in `{ending}`"), instead);
        }
    }
}

fn described(schema: &Site<'_>, report: &mut Report) {
    match schema.node.text_at("description").map(str::trim) {
        None => {
            let instead = "`description:` and what it is, in your own words";
            report.refuse(schema, "has no description", instead);
        }
        Some(text) if text.starts_with(&format!("{} is ", schema.name)) => {
            let instead = "what it is, without its name: `One payment.`";
            report.refuse_key(schema, "description", "repeats the name of the schema", instead);
        }
        Some(_) => {}
    }
}

/// What becomes a type of its own needs a name of its own.
fn nameless(schema: &Site<'_>, report: &mut Report) {
    if schema.node.get("properties").is_some() {
        let instead = "the object under `components.schemas`, and a `$ref` here";
        report.refuse(schema, "is an object without a name", instead);
    }
    if schema.node.get("enum").is_some() {
        let instead = "the enum under `components.schemas`, and a `$ref` here";
        report.refuse(schema, "is an enum without a name", instead);
    }
}

fn types(schema: &Site<'_>, report: &mut Report) {
    if combined(schema) {
        return;
    }
    let Some(node) = schema.node.get("type") else {
        if is_any_json(schema) {
            // Said in words, so that a type that was forgotten is not taken for it.
        } else if schema.node.get("nullable").is_some() {
            let instead =
                "`type:` beside `nullable`, or a `$ref` alone; answers may leave anything out";
            report.refuse(schema, "is nullable but has no type", instead);
        } else {
            let instead = "`type:`, such as `string` or `integer`; where the provider does not say \
                           what it is, a description alone that says \"any JSON\"";
            report.refuse(schema, "has no type", instead);
        }
        return;
    };
    let Some(kind) = node.text() else { return };
    let names = TYPES.iter().map(|(name, _)| *name);
    let Some((_, formats)) = TYPES.iter().find(|(name, _)| *name == kind) else {
        let otherwise = "`string`, `integer`, `number`, `boolean`, `array` or `object`";
        let instead = did_you_mean(kind, names, otherwise);
        report.refuse_key(schema, "type", format!("is `{kind}`, which is no type"), instead);
        return;
    };
    let format = schema.node.text_at("format");
    if let Some(format) = format.filter(|format| !formats.contains(format)) {
        let instead = if formats.is_empty() {
            "no format; the description says how the value is written".to_owned()
        } else {
            let known = format!("{} or no format", formats.join(", "));
            did_you_mean(format, formats.iter().copied(), &known)
        };
        report.refuse_key(schema, "format", format!("is `{format}`, unknown for {kind}"), instead);
    } else if kind == "number" && format.is_none() && schema.node.get("format").is_none() {
        let instead =
            "`format: double` (`decimal` for money), or `type: integer` if there is no fraction";
        report.refuse(schema, "is a number without a format", instead);
    }
}

/// Whether a schema is any JSON: it has no type, and its description says so.
fn is_any_json(schema: &Site<'_>) -> bool {
    let role = matches!(schema.kind, Kind::Schema(Role::Member | Role::Inner));
    let described = schema.node.text_at("description").is_some_and(|it| it.contains("any JSON"));
    let alone = schema
        .node
        .entries()
        .iter()
        .all(|entry| ["description", "x-kessai-unverified"].contains(&entry.key.as_str()));
    role && described && alone
}

/// Whether a schema is made of others, which is refused as such.
fn combined(schema: &Site<'_>) -> bool {
    ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| schema.node.get(key).is_some())
}

/// What a list or an object holds.
fn shape(schema: &Site<'_>, report: &mut Report) {
    let properties = schema.node.get("properties");
    let values = schema.node.get("additionalProperties");
    match schema.schema_type() {
        "array" if schema.node.get("items").is_none() => {
            report.refuse(schema, "does not say what the list holds", "`items:` and a schema");
        }
        "object" if combined(schema) => {}
        "object" => match (properties.map_or(0, |map| map.entries().len()), values) {
            (_, Some(Node { value: Value::Bool(false), .. })) => {
                let instead = "nothing; an answer is not refused for a new member";
                report.refuse_key(schema, "additionalProperties", "is `false`", instead);
            }
            (0, Some(Node { value: Value::Map(_), .. })) => {}
            (0, Some(Node { value: Value::Bool(true), .. })) => {
                let problem = "does not say what the values are";
                let instead = "`additionalProperties: { type: string }`, or a `description` alone \
                               that says \"any JSON\"";
                report.refuse_key(schema, "additionalProperties", problem, instead);
            }
            (0, Some(_)) => {
                let instead = "the schema of the values, such as `{ type: string }`";
                report.refuse_key(schema, "additionalProperties", "is not a schema", instead);
            }
            (1.., Some(_)) => {
                let problem = "stands beside `properties`, where it is lost";
                let instead = "the properties alone, or a member that holds the map";
                report.refuse_key(schema, "additionalProperties", problem, instead);
            }
            (0, None) => {
                let instead =
                    "`properties:`, or `additionalProperties:` with the type of the values";
                report.refuse(schema, "is an object that holds nothing", instead);
            }
            _ => {}
        },
        _ => {}
    }
}

/// A default that the value could not have is a mistake in one of the two.
fn default(schema: &Site<'_>, report: &mut Report) {
    let Some(default) = schema.node.get("default") else { return };
    let fits = match (schema.schema_type(), &default.value) {
        ("string", Value::Text(text)) => {
            let values = schema.node.get("enum").map_or(&[][..], Node::items);
            values.is_empty() || values.iter().any(|value| value.text() == Some(text))
        }
        ("integer", Value::Integer(_))
        | ("number", Value::Integer(_) | Value::Float(_))
        | ("boolean", Value::Bool(_))
        | ("array", Value::List(_))
        | ("object", Value::Map(_)) => true,
        (kind, _) => TYPES.iter().all(|(name, _)| *name != kind),
    };
    if !fits {
        let instead = "a value that the type (and the enum) allows; a text in quotes";
        report.refuse_key(schema, "default", "is not one of the values", instead);
    }
}
