//! Our extensions: the few there are, each on the kind of node it is for.

use super::Report;
use super::directions::is_only_sent;
use super::outline::{Kind, Operation, Outline, Role, Site};
use crate::document::{Entry, Node, Value};
use crate::names::is_pascal;
use crate::plan::PageStyle;
use crate::spelling::{did_you_mean, is_slip};

const OURS: [&str; 11] = [
    "x-kessai-currency",
    "x-kessai-feature",
    "x-kessai-id",
    "x-kessai-secret",
    "x-kessai-idempotency",
    "x-kessai-reference",
    "x-kessai-page",
    "x-kessai-reads",
    "x-kessai-signed",
    "x-kessai-success",
    "x-kessai-unverified",
];

/// The one feature behind which a type is made.
const RAW_CARD_DATA: &str = "raw-card-data";

const SHARED: [&str; 2] = ["x-enumDescriptions", "x-enum-varnames"];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        for entry in site.node.entries().iter().filter(|entry| entry.key.starts_with("x-")) {
            if !OURS.contains(&entry.key.as_str()) && !SHARED.contains(&entry.key.as_str()) {
                unknown(site, entry, report);
            } else if !site.is_reference() || entry.key == "x-kessai-unverified" {
                known(outline, site, entry, report);
            }
        }
    }
    for operation in &outline.operations {
        reference(outline, operation, report);
    }
}

fn unknown(site: &Site<'_>, entry: &Entry, report: &mut Report) {
    let otherwise = "nothing; a new extension needs a reason in specs/README.md";
    let instead = did_you_mean(&entry.key, OURS.into_iter().chain(SHARED), otherwise);
    report.refuse_key(site, &entry.key, "is not an extension that the house knows", instead);
}

/// Looks at an extension that exists: is it on the right kind of node, and is its value one?
fn known(outline: &Outline<'_>, site: &Site<'_>, entry: &Entry, report: &mut Report) {
    let key = entry.key.as_str();
    let text = entry.node.text().map(str::trim).filter(|text| !text.is_empty());
    let mut refuse = |problem: &str, instead: &str| report.refuse_key(site, key, problem, instead);
    match key {
        "x-kessai-currency" => currency(outline, site, text, report),
        "x-kessai-feature" => feature(outline, site, text, report),
        "x-kessai-id" if !is_plain_text(site) => {
            refuse("is not on a text", "it beside `type: string`, without `enum` or a secret");
        }
        "x-kessai-id" => id(outline, site, text, report),
        "x-kessai-secret" => {
            if !site.is_schema() || !["string", "object"].contains(&site.schema_type()) {
                refuse("is neither on a text nor on an object", "it beside the type it protects");
            } else if !matches!(entry.node.value, Value::Bool(true)) {
                refuse("is not `true`", "`true`, or leave it out");
            } else if site.node.get("enum").is_some() {
                refuse("is on an enum, whose values everybody knows", "the enum without it");
            }
        }
        "x-kessai-success" if site.kind == Kind::Root => {}
        "x-kessai-idempotency"
        | "x-kessai-reads"
        | "x-kessai-reference"
        | "x-kessai-page"
        | "x-kessai-success"
            if site.kind != Kind::Operation =>
        {
            refuse("is not on an operation", "it beside the `operationId`");
        }
        "x-kessai-reads" if site.name == "get" => {
            refuse("is on an operation that reads anyway", "nothing; `get` says it");
        }
        "x-kessai-reads" if !matches!(entry.node.value, Value::Bool(true)) => {
            refuse("is not `true`", "`true`, or leave it out");
        }
        "x-kessai-idempotency" if site.name == "get" => {
            refuse("is on an operation that only reads", "nothing; a read may be repeated anyway");
        }
        "x-kessai-idempotency" if !text.is_some_and(is_header) => {
            refuse("does not name a header", "the header's name, such as `Idempotency-Key`");
        }
        "x-kessai-page" if text.and_then(PageStyle::named).is_none() => {
            refuse("is a style of paging that is not known", "`offset`, `cursor` or `page`");
        }
        "x-kessai-page" if site.name != "get" => {
            refuse("is on an operation that does not list", "it on the operation with `get`");
        }
        "x-kessai-unverified" => {
            let kinds = [Kind::Operation, Kind::Parameter];
            if !site.is_schema() && !kinds.contains(&site.kind) {
                let instead = "it on the operation, schema, member or parameter in doubt";
                refuse("is on something the docs do not show", instead);
            } else if text.is_none() {
                refuse("does not say why", "what is in doubt, as a text");
            }
        }
        _ if SHARED.contains(&key) && !site.is_schema() => {
            refuse("is not on an enum", "it beside `enum:`");
        }
        _ => {}
    }
}

/// Whether a header could be called so, and not for another reason.
fn is_header(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

fn is_plain_text(site: &Site<'_>) -> bool {
    let other = ["enum", "x-kessai-secret"].iter().any(|key| site.node.get(key).is_some());
    site.is_schema() && site.schema_type() == "string" && !other
}

fn id(outline: &Outline<'_>, site: &Site<'_>, text: Option<&str>, report: &mut Report) {
    let key = "x-kessai-id";
    if site.kind == Kind::Schema(Role::Named) {
        let instead = "it on each member and parameter that names one";
        report.refuse_key(site, key, "is on a schema of its own", instead);
        return;
    }
    let Some(name) = text.filter(|text| is_pascal(text)) else {
        report.refuse_key(
            site,
            key,
            "does not name what it identifies",
            "a schema's name: `Charge`",
        );
        return;
    };
    // Not everything that has an id can be asked for, so the schema may be missing; a slip of the
    // pen may not.
    let known: Vec<&str> = outline.names("schemas").collect();
    if !known.contains(&name)
        && let Some(close) = known.into_iter().find(|known| is_slip(name, known))
    {
        let problem = format!("names `{name}`, which is no schema");
        report.refuse_key(site, key, problem, format!("did you mean `{close}`?"));
    }
}

/// The currency of an amount has to be a member beside it.
fn currency(outline: &Outline<'_>, site: &Site<'_>, text: Option<&str>, report: &mut Report) {
    let key = "x-kessai-currency";
    let beside = site.path.rsplit_once('.').map(|(object, _)| object).unwrap_or_default();
    let found = text.and_then(|name| outline.at(&format!("{beside}.{name}")));
    if site.node.text_at("format") != Some("decimal") {
        report.refuse_key(site, key, "is not on a decimal", "it beside `format: decimal`");
    } else if found.is_none_or(|found| found.schema_type() != "string") {
        let problem = "does not name a text beside it";
        report.refuse_key(site, key, problem, "the member that holds the currency");
    }
}

/// What may be made with a feature alone is what only callers make.
fn feature(outline: &Outline<'_>, site: &Site<'_>, text: Option<&str>, report: &mut Report) {
    let key = "x-kessai-feature";
    let named = site.kind == Kind::Schema(Role::Named) && site.node.get("properties").is_some();
    if !named || !is_only_sent(outline, site.name) {
        let problem = "is not on an object that is sent and never answered";
        report.refuse_key(site, key, problem, "it on the object that the caller makes");
    } else if text != Some(RAW_CARD_DATA) {
        let instead = format!("`{RAW_CARD_DATA}`, the only one so far");
        report.refuse_key(site, key, "is a feature that is not known", instead);
    }
}

/// The merchant's reference has to be a member of what is sent, or of an object in it.
fn reference(outline: &Outline<'_>, operation: &Operation<'_>, report: &mut Report) {
    let key = "x-kessai-reference";
    let site = &operation.site;
    let Some(node) = site.node.get(key) else { return };
    let Some(name) = node.text() else {
        report.refuse_key(site, key, "does not name a member", "a member of the request body");
        return;
    };
    let Some(body) = &operation.body else {
        let problem = "is on an operation without a request body";
        report.refuse_key(site, key, problem, "it on the operation that sends the reference");
        return;
    };
    let mut at = Some(body.clone());
    for name in name.split('.') {
        let member =
            at.and_then(|at| outline.at(&format!("{}.properties.{name}", at.path)).cloned());
        at = member.map(|member| outline.resolve(&member));
    }
    let members = body.node.get("properties").map_or(&[][..], Node::entries);
    if !body.is_reference() && at.is_none() {
        let problem = format!("names `{name}`, which the request body does not have");
        let known = members.iter().map(|member| member.key.as_str());
        let instead = did_you_mean(name, known, "a member of the request body");
        report.refuse_key(site, key, problem, instead);
    }
}
