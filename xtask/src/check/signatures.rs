//! Signatures and the word of an answer: made of members that are there.

use super::Report;
use super::outline::{Kind, Operation, Outline, Role, Site};
use crate::document::Node;
use crate::seen::SIGNATURE;

const SIGNED: &str = "x-kessai-signed";
const SUCCESS: &str = "x-kessai-success";

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        if site.node.get(SIGNED).is_some() {
            list(site, report);
        }
    }
    for schema in outline.of_kind(Kind::Schema(Role::Named)) {
        for member in members(schema.node) {
            has(outline, schema, schema, SIGNED, &member, report);
        }
    }
    for operation in &outline.operations {
        request(outline, operation, report);
        success(outline, operation, report);
    }
}

/// Whether it is a list of names, and on something that is signed.
fn list(site: &Site<'_>, report: &mut Report) {
    let signed = site.kind == Kind::Operation
        || site.kind == Kind::Schema(Role::Named) && site.node.get("properties").is_some();
    let items = site.node.get(SIGNED).map_or(&[][..], Node::items);
    if !signed {
        let instead =
            "it on the operation that is signed, or on the object that the provider signs";
        report.refuse_key(site, SIGNED, "is neither on an operation nor on an object", instead);
    } else if items.is_empty() || !items.iter().all(|item| item.text().is_some()) {
        let instead = "`[amount, transaction.time]`: the members, each by its path";
        report.refuse_key(site, SIGNED, "is not a list of members", instead);
    }
}

/// The paths that a list names.
fn members(node: &Node) -> Vec<String> {
    let items = node.get(SIGNED).map_or(&[][..], Node::items);
    items.iter().filter_map(Node::text).map(|item| item.trim_end_matches('?').to_owned()).collect()
}

/// A request is signed over its body, or its query if it has none, and has a place for the result.
fn request(outline: &Outline<'_>, operation: &Operation<'_>, report: &mut Report) {
    let site = &operation.site;
    if site.node.get(SIGNED).is_none() {
        return;
    }
    if let Some(body) = &operation.body {
        has(outline, site, body, SIGNED, SIGNATURE, report);
        for member in members(site.node) {
            has(outline, site, body, SIGNED, &member, report);
        }
        return;
    }
    for name in members(site.node).iter().map(String::as_str).chain([SIGNATURE]) {
        let found = operation.parameters.iter().any(|parameter| {
            let text = |key| parameter.node.text_at(key);
            text("in") == Some("query") && text("name") == Some(name)
        });
        if !found {
            let problem = format!("names `{name}`, which the query does not have");
            report.refuse_key(site, SIGNED, problem, "a parameter of the query");
        }
    }
}

/// Refuses the path of a member that `object` does not have. `name=word` is a word instead of one.
fn has(
    outline: &Outline<'_>,
    site: &Site<'_>,
    object: &Site<'_>,
    key: &str,
    path: &str,
    report: &mut Report,
) {
    let object = outline.resolve(object);
    let mut at = Some(object.clone());
    for name in path.split('=').next().unwrap_or(path).split('.') {
        let member = at.and_then(|at| {
            // A kind of a choice is not looked into.
            outline.at(&format!("{}.properties.{name}", at.path)).cloned()
        });
        at = member.map(|member| outline.resolve(&member));
    }
    if at.is_none() {
        let problem = format!("names `{path}`, which `{}` does not have", object.name);
        report.refuse_key(site, key, problem, "a member by its path, such as `transaction.time`");
    }
}

/// The member that says whether the call went well has to be in the answer.
fn success(outline: &Outline<'_>, operation: &Operation<'_>, report: &mut Report) {
    let site = &operation.site;
    let Some(node) = site.node.get(SUCCESS) else { return };
    let texts = |values: &Node| {
        !values.items().is_empty() && values.items().iter().all(|value| value.text().is_some())
    };
    let known = node.entries().iter().all(|it| ["member", "values"].contains(&it.key.as_str()));
    let (member, values) = (node.text_at("member"), node.get("values"));
    let (Some(member), true) = (member, known && values.is_some_and(texts)) else {
        let instead = "`{ member: errorCode, values: ['0'] }`; numbers stand as texts too";
        report.refuse_key(site, SUCCESS, "does not say which member holds which values", instead);
        return;
    };
    let answer = operation.answers.iter().find(|(status, _)| status.starts_with('2'));
    match answer.and_then(|(_, answer)| answer.content()) {
        Some(body) => has(outline, site, &body, SUCCESS, member, report),
        None => {
            let problem = "is on an operation without an answer";
            report.refuse_key(site, SUCCESS, problem, "it on one whose answer has a body");
        }
    }
}
