//! What is plain `OpenAPI` but would be lost on the way to Rust.
//!
//! The later stages do not carry it yet. A rule goes when they learn to; until then a refusal is
//! better than a call without its parameter.

use super::Report;
use super::outline::{Kind, Outline, Role, Site};
use crate::document::Node;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        match site.kind {
            Kind::PathItem => shared_parameters(site, report),
            Kind::Parameter => {
                parameter_reference(outline, site, report);
                in_the_url(outline, site, report);
            }
            Kind::RequestBody => reference(site, report),
            Kind::Response => success_reference(site, report),
            Kind::Schema(Role::Body) => nameless_body(site, report),
            Kind::Schema(Role::Named) => {
                neither_object_nor_enum(site, report);
                perhaps_null(site, report);
            }
            Kind::Schema(Role::Inner | Role::Parameter) => perhaps_null(site, report),
            _ => {}
        }
    }
}

fn shared_parameters(path: &Site<'_>, report: &mut Report) {
    if path.node.get("parameters").is_some() {
        let problem = "stands beside the methods, where the generator does not look";
        report.refuse_key(path, "parameters", problem, "them in each of the operations");
    }
}

/// A value in the path or the query, or each of several.
fn in_the_url(outline: &Outline<'_>, parameter: &Site<'_>, report: &mut Report) {
    let Some(schema) = outline.schema_of(parameter) else { return };
    let items = outline.at(&format!("{}.items", schema.path));
    let value = outline.resolve(items.unwrap_or(schema));
    if value.schema_type() == "number" && parameter.node.text_at("in") == Some("query") {
        let problem = "is a number with a fraction, which the clients do not write into a query";
        let instead = "`type: string`; its description says how the number is written";
        report.refuse(parameter, problem, instead);
    }
    if value.node.get("x-kessai-secret").is_some() && parameter.node.text_at("in") == Some("path") {
        let problem = "is a secret in the path, which everybody on the way may keep";
        let instead = "it in the request body; when a provider has no other way, the generator \
                       learns it first";
        report.refuse(parameter, problem, instead);
    }
}

fn perhaps_null(schema: &Site<'_>, report: &mut Report) {
    // Beside a reference and without a type it is refused as such.
    if schema.node.get("nullable").is_some() && schema.node.get("type").is_some() {
        let problem = "may be null, which the generator carries for members alone";
        let instead = if schema.kind == Kind::Schema(Role::Inner) {
            "it without `nullable`; when a provider sends null here, the generator learns it first"
        } else {
            "it without `nullable`; a member that is not required may be null anyway"
        };
        report.refuse(schema, problem, instead);
    }
}

fn reference(site: &Site<'_>, report: &mut Report) {
    if site.is_reference() {
        let problem = "is a reference, which the generator follows for schemas and failures alone";
        report.refuse(site, problem, "it in full, with a `$ref` to its schema");
    }
}

/// Headers are the client's own, so each stands once; what callers give stands where it is given.
fn parameter_reference(outline: &Outline<'_>, parameter: &Site<'_>, report: &mut Report) {
    let is_shared = parameter.path.starts_with("components.");
    let target = outline.resolve(parameter);
    let is_header = target.node.text_at("in") == Some("header");
    if is_shared && parameter.is_reference() {
        reference(parameter, report);
    } else if is_shared && !is_header {
        let problem = "is shared, which the generator carries for headers alone";
        report.refuse(parameter, problem, "it in full in each of the operations");
    } else if !is_shared && parameter.is_reference() && !is_header && !target.is_reference() {
        let problem = "is a reference to what is no header";
        report.refuse(parameter, problem, "it in full, with a `$ref` to its schema");
    } else if !is_shared && !parameter.is_reference() && is_header {
        let instead = "a `$ref` to it under `components.parameters`; the client fills it in";
        report.refuse_key(parameter, "in", "is a header that stands inline", instead);
    }
}

fn success_reference(answer: &Site<'_>, report: &mut Report) {
    if answer.name.starts_with('2') {
        reference(answer, report);
    }
}

fn nameless_body(body: &Site<'_>, report: &mut Report) {
    // An object without a name is refused as such.
    if body.is_reference() || body.node.get("properties").is_some() {
        return;
    }
    let problem = "is a body without a name, which the generator does not carry";
    if !body.path.contains(".responses.2") {
        report.refuse(body, problem, "a named object that has this as a member, and a `$ref` here");
    } else if !is_plain_list(body.node) {
        let instead = "a `$ref`, or a list with nothing but `type: array` and `items:` with one";
        report.refuse(body, problem, instead);
    }
}

/// Whether a schema is a list of something that has a name, and nothing more is said of it.
fn is_plain_list(schema: &Node) -> bool {
    let keys = schema.entries().iter().map(|entry| entry.key.as_str());
    schema.text_at("type") == Some("array")
        && schema.at(&["items", "$ref"]).is_some()
        && keys.into_iter().all(|key| ["type", "items"].contains(&key))
}

fn neither_object_nor_enum(schema: &Site<'_>, report: &mut Report) {
    let node = schema.node;
    let named = ["properties", "enum", "$ref"].iter().any(|key| node.get(key).is_some());
    // What has no type, or holds nothing, is refused as such.
    let other = match schema.schema_type() {
        "array" | "string" | "integer" | "number" | "boolean" => true,
        "object" => node.get("additionalProperties").is_some(),
        _ => false,
    };
    if other && !named {
        let problem = "is neither an object with properties nor an enum";
        let instead = "it inline, where it is used; only these two become types of their own";
        report.refuse(schema, problem, instead);
    }
}
