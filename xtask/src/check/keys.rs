//! Keys: only those that mean something here, each with a value of its form.

use super::Report;
use super::choices;
use super::outline::{Kind, Outline, Role, Site};
use super::unsaid;
use crate::document::{Entry, Value};

/// The form of a value.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Flag,
    Whole,
    Number,
    List,
    Map,
    Any,
}

use crate::spelling::closest;
use Form::{Any, Flag, List, Map, Number, Text, Whole};

type Keys = &'static [(&'static str, Form)];

const SCHEMA: Keys = &[
    ("type", Text),
    ("format", Text),
    ("description", Text),
    ("enum", List),
    ("nullable", Flag),
    ("default", Any),
];

/// What only some types have.
const BY_TYPE: [(&[&str], Keys); 4] = [
    (&["string"], &[("minLength", Whole), ("maxLength", Whole)]),
    (&["integer", "number"], &[("minimum", Number), ("maximum", Number)]),
    (&["array"], &[("items", Map), ("maxItems", Whole)]),
    (
        &["object"],
        &[
            ("properties", Map),
            ("required", List),
            ("additionalProperties", Any),
            ("maxProperties", Whole),
        ],
    ),
];

fn keys(kind: Kind) -> Keys {
    match kind {
        Kind::Root => &[
            ("openapi", Any),
            ("info", Map),
            ("servers", List),
            ("security", List),
            ("tags", List),
            ("paths", Map),
            ("components", Map),
        ],
        Kind::Info => &[("title", Text), ("version", Text), ("description", Text)],
        Kind::Server => &[("url", Text), ("description", Text)],
        Kind::Tag => &[("name", Text), ("description", Text)],
        Kind::Components => &[
            ("securitySchemes", Map),
            ("parameters", Map),
            ("requestBodies", Map),
            ("responses", Map),
            ("schemas", Map),
        ],
        Kind::SecurityScheme => &[
            ("type", Text),
            ("scheme", Text),
            ("bearerFormat", Text),
            ("in", Text),
            ("name", Text),
            ("description", Text),
        ],
        Kind::PathItem => &[
            ("parameters", List),
            ("get", Map),
            ("post", Map),
            ("put", Map),
            ("patch", Map),
            ("delete", Map),
        ],
        Kind::Operation => &[
            ("operationId", Text),
            ("tags", List),
            ("summary", Text),
            ("description", Text),
            ("security", List),
            ("servers", List),
            ("parameters", List),
            ("requestBody", Map),
            ("responses", Map),
        ],
        Kind::Parameter => &[
            ("name", Text),
            ("in", Text),
            ("description", Text),
            ("required", Flag),
            ("style", Text),
            ("explode", Flag),
            ("schema", Map),
            ("content", Any),
        ],
        Kind::RequestBody => &[("description", Text), ("required", Flag), ("content", Map)],
        Kind::Response => &[("description", Text), ("content", Map)],
        Kind::Media => &[("schema", Map)],
        Kind::Schema(_) => SCHEMA,
    }
}

/// What `OpenAPI` has and the house does not, with what to write instead.
const UNUSED: [(&str, &str); 25] = [
    ("allOf", "all properties in one schema; to describe a `$ref`, `description` beside it"),
    ("anyOf", "one schema with all members optional, or one operation for each"),
    ("oneOf", "a named schema with `oneOf` and `discriminator`, and a `$ref` to it here"),
    ("not", "what the value is, rather than what it is not"),
    ("discriminator", "it beside `oneOf`, in a schema with a name"),
    ("deprecated", "what to use instead, in the description; the attribute is not carried yet"),
    ("xml", "nothing; bodies are JSON"),
    ("encoding", "nothing; bodies are JSON"),
    ("title", "nothing; a schema has the name it is written under"),
    ("example", "the example in `examples/<operation>.yaml`"),
    ("examples", "the examples in `examples/<operation>.yaml`"),
    ("externalDocs", "the link in the description"),
    ("readOnly", "a schema for what is sent and another for what is answered"),
    ("writeOnly", "a schema for what is sent and another for what is answered"),
    ("const", "`enum` with one value; this is OpenAPI 3.0"),
    ("headers", "what the header says in the description; headers do not reach the caller"),
    ("links", "the operation to call next in the description"),
    ("callbacks", "the payload under `components.schemas` of `webhooks.yaml`"),
    ("webhooks", "the payloads under `components.schemas` of `webhooks.yaml`"),
    (
        "servers",
        "the one under `servers` in openapi.yaml, or it on each operation that is elsewhere",
    ),
    ("variables", "the address in full"),
    ("allowReserved", "nothing; every reserved letter is escaped"),
    ("allowEmptyValue", "nothing; a parameter is left out or has a value"),
    ("$ref", "what is meant in full; only schemas, parameters, bodies and answers are shared"),
    ("patternProperties", "`additionalProperties`; this is OpenAPI 3.0"),
];

const METHODS: [&str; 3] = ["head", "options", "trace"];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        // A root without a version or a tag is refused as such.
        if !matches!(site.node.value, Value::Map(_)) && !site.is_schema() {
            report.refuse(site, "is not a mapping", "`key: value` lines");
            continue;
        }
        for entry in site.node.entries() {
            if site.is_reference() && referable(site.kind) {
                beside_reference(site, entry, report);
            } else if !entry.key.starts_with("x-") {
                key(site, entry, report);
            }
        }
    }
}

/// Whether a `$ref` may stand there at all.
fn referable(kind: Kind) -> bool {
    matches!(kind, Kind::Schema(_) | Kind::Parameter | Kind::RequestBody | Kind::Response)
}

/// By the letter of `OpenAPI` 3.0 everything beside a `$ref` is ignored; we read a few keys.
fn beside_reference(site: &Site<'_>, entry: &Entry, report: &mut Report) {
    let kept: &[&str] = match site.kind {
        Kind::Schema(Role::Named) => &["$ref"],
        Kind::Schema(Role::Member) => &["$ref", "description", "nullable", "x-kessai-unverified"],
        Kind::Schema(_) => &["$ref", "description", "x-kessai-unverified"],
        _ => &["$ref"],
    };
    if !kept.contains(&entry.key.as_str()) {
        let instead = match entry.key.as_str() {
            "nullable" => "it without `nullable`; a member that is not required may be null",
            _ if site.is_schema() => "nothing but `description` and `x-kessai-unverified` there",
            _ => "the `$ref` alone",
        };
        report.refuse_key(site, &entry.key, "stands beside `$ref`, where it is lost", instead);
    } else if entry.key == "description" {
        form(site, entry, Text, report);
    } else if entry.key == "nullable" {
        form(site, entry, Flag, report);
    }
}

fn key(site: &Site<'_>, entry: &Entry, report: &mut Report) {
    let name = entry.key.as_str();
    if site.is_schema() && (unsaid::is_key(name) || choices::is_key(site, name)) {
        return;
    }
    let find = |keys: Keys| keys.iter().find(|(key, _)| *key == name).map(|(_, form)| *form);
    if let Some(wanted) = find(keys(site.kind)) {
        form(site, entry, wanted, report);
        return;
    }
    let special = BY_TYPE.iter().find_map(|(types, keys)| Some((*types, find(keys)?)));
    if let Some((types, wanted)) = special.filter(|_| site.is_schema()) {
        let kind = site.schema_type();
        if kind.is_empty() || types.contains(&kind) {
            form(site, entry, wanted, report);
        } else {
            let problem = format!("says nothing about `type: {kind}`");
            report.refuse_key(site, name, problem, format!("it beside {}", types.join(" or ")));
        }
        return;
    }
    if site.kind == Kind::PathItem && METHODS.contains(&name) {
        let problem = format!("has the method `{name}`, which no client calls");
        report.refuse(site, problem, "nothing; take the method out");
    } else if let Some((_, instead)) = UNUSED.iter().find(|(key, _)| *key == name) {
        report.refuse_key(site, name, "is not used here", *instead);
    } else {
        let all = BY_TYPE.iter().filter(|_| site.is_schema()).flat_map(|(_, keys)| keys.iter());
        let known = keys(site.kind).iter().chain(all).map(|(key, _)| *key);
        let instead = match closest(name, known.clone()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("one of {}", known.collect::<Vec<_>>().join(", ")),
        };
        report.refuse_key(site, name, "is not a key that means something here", instead);
    }
}

/// Whether a value has the form that its key asks for.
fn form(site: &Site<'_>, entry: &Entry, wanted: Form, report: &mut Report) {
    let (fits, instead) = match (wanted, &entry.node.value) {
        (Text, value) => (matches!(value, Value::Text(_)), "a text; in quotes if it is a number"),
        (Flag, value) => (matches!(value, Value::Bool(_)), "`true` or `false`"),
        (Whole, value) => (matches!(value, Value::Integer(0..)), "a whole number, without quotes"),
        (Number, value) => {
            let fits = matches!(value, Value::Integer(_) | Value::Float(_));
            (fits, "a number, without quotes")
        }
        (List, value) => (matches!(value, Value::List(_)), "a list: `[a, b]`, or lines with `- `"),
        (Map, value) => (matches!(value, Value::Map(_)), "a mapping: `key: value` lines"),
        (Any, _) => (true, ""),
    };
    if !fits {
        let instead = match (entry.key.as_str(), &entry.node.value) {
            ("type", Value::List(_)) => "one type, and `nullable: true` if it may be null",
            _ => instead,
        };
        report.refuse_key(site, &entry.key, "has a value of another form", instead);
    }
}
