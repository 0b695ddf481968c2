//! What is plain `OpenAPI` but would be lost on the way to Rust.
//!
//! The later stages do not carry it yet. A rule goes when they learn to; until then a refusal is
//! better than a call without its parameter.

use super::Report;
use super::outline::{Kind, Outline, Role, Site};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        match site.kind {
            Kind::PathItem => shared_parameters(site, report),
            Kind::Operation => own_security(site, report),
            Kind::Parameter | Kind::RequestBody => reference(site, report),
            Kind::Response => success_reference(site, report),
            Kind::Schema(Role::Body) => nameless_body(site, report),
            Kind::Schema(Role::Named) => neither_object_nor_enum(site, report),
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

/// A client signs all calls alike.
fn own_security(operation: &Site<'_>, report: &mut Report) {
    if operation.node.get("security").is_some() {
        let problem = "is not the root's, and the generator does not carry another";
        let instead = "`security` in openapi.yaml alone; which key it takes, in the description";
        report.refuse_key(operation, "security", problem, instead);
    }
}

fn reference(site: &Site<'_>, report: &mut Report) {
    if site.is_reference() {
        let problem = "is a reference, which the generator follows for schemas and failures alone";
        report.refuse(site, problem, "it in full, with a `$ref` to its schema");
    }
}

fn success_reference(answer: &Site<'_>, report: &mut Report) {
    if answer.name.starts_with('2') {
        reference(answer, report);
    }
}

fn nameless_body(body: &Site<'_>, report: &mut Report) {
    // An object without a name is refused as such.
    if !body.is_reference() && body.node.get("properties").is_none() {
        let problem = "is a body without a name, which the generator does not carry";
        report.refuse(body, problem, "a named object that has this as a member, and a `$ref` here");
    }
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
