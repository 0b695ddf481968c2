//! Signatures and the word of an answer: made of members that are there.

use super::Report;
use super::outline::{Kind, Operation, Outline, Role, Site};
use crate::document::Node;
use crate::plan::rules_of;
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
    for rule in outline.root.node.get(SUCCESS).map(rules_of).unwrap_or_default() {
        form(&outline.root, rule, report);
    }
    for operation in &outline.operations {
        request(outline, operation, report);
        for rule in operation.site.node.get(SUCCESS).map(rules_of).unwrap_or_default() {
            success(outline, operation, rule, report);
        }
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

/// The member of `object` at a path. A kind of a choice is not looked into.
fn find<'a>(outline: &Outline<'a>, object: &Site<'a>, path: &str) -> Option<Site<'a>> {
    path.split('.').try_fold(outline.resolve(object), |at, name| {
        let member = outline.at(&format!("{}.properties.{name}", at.path))?;
        Some(outline.resolve(member))
    })
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
    if find(outline, object, path.split('=').next().unwrap_or(path)).is_none() {
        let object = outline.resolve(object);
        let problem = format!("names `{path}`, which `{}` does not have", object.name);
        report.refuse_key(site, key, problem, "a member by its path, such as `transaction.time`");
    }
}

/// The member that a rule names, if it is one.
fn form<'a>(site: &Site<'_>, rule: &'a Node, report: &mut Report) -> Option<&'a str> {
    let texts = |values: &Node| {
        !values.items().is_empty() && values.items().iter().all(|value| value.text().is_some())
    };
    let keys = ["member", "values", "fails"];
    let known = rule.entries().iter().all(|it| keys.contains(&it.key.as_str()));
    let values = [rule.get("values"), rule.get("fails")];
    let one = matches!(values, [Some(values), None] | [None, Some(values)] if texts(values));
    match (rule.text_at("member"), known && one) {
        (Some(member), true) => Some(member),
        _ => {
            let instead =
                "`{ member: errorCode, values: ['0'] }`, or `fails:`; all values are texts";
            let problem = "does not say which member holds which values";
            report.refuse_key(site, SUCCESS, problem, instead);
            None
        }
    }
}

/// The member that says whether the call went well has to be in the answer, or in what is answered
/// when it did not.
fn success(outline: &Outline<'_>, operation: &Operation<'_>, rule: &Node, report: &mut Report) {
    let site = &operation.site;
    let Some(member) = form(site, rule, report) else { return };
    let answer = operation.answers.iter().find(|(status, _)| status.starts_with('2'));
    let Some(answer) = answer.and_then(|(_, answer)| answer.content()) else {
        let problem = "is on an operation without an answer";
        report.refuse_key(site, SUCCESS, problem, "it on one whose answer has a body");
        return;
    };
    let bodies = operation.answers.iter().filter_map(|(_, answer)| answer.content());
    if !bodies.into_iter().any(|body| find(outline, &body, member).is_some()) {
        has(outline, site, &answer, SUCCESS, member, report);
    }
}
