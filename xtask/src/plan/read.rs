//! The plan, read out of a checked document.

use std::collections::BTreeSet;

use super::{
    How, Keys, Kind, Member, Module, Operation, PageStyle, Paging, Plan, Schema, Success, Word,
    choices, limits,
};
use crate::document::{Node, Value};
use crate::load::Document;
use crate::names;

/// Reads the plan out of a checked document.
#[must_use]
pub fn plan(provider: &str, document: &Document) -> Plan {
    let sent = reachable(&document.root, "requestBody");
    let answered = reachable(&document.root, "responses");
    let modules: Vec<Module> = document
        .parts
        .iter()
        .map(|part| Module {
            name: part.name.clone(),
            description: part.description.clone(),
            source: format!("specs/{}", part.file),
            operations: operations(&document.root, &part.name),
            schemas: part
                .schemas
                .iter()
                .filter_map(|name| schema(name, &document.root, &sent, &answered))
                .collect(),
        })
        .collect();
    let mut resources = BTreeSet::new();
    ids(&document.root, &mut resources);
    let has_schema = |name: &String| document.root.at(&["components", "schemas", name]).is_some();
    let markers = resources.iter().filter(|name| !has_schema(name)).cloned().collect();
    let mut plan = Plan { provider: provider.to_owned(), modules, resources, markers };
    links(&mut plan);
    plan
}

/// Makes a link of every operation that a text names: in Rust, its name is another.
fn links(plan: &mut Plan) {
    let operations = plan.modules.iter().flat_map(|module| {
        let handle = names::handle(&module.name);
        module.operations.iter().filter(|operation| operation.keys.secret).map(move |operation| {
            let method = format!("{handle}::{}", operation.method);
            let link = format!("[`{method}`](crate::{}::{method})", module.name);
            (format!("`{}`", operation.id), link)
        })
    });
    let operations: Vec<(String, String)> = operations.collect();
    let link = |text: &mut String| {
        for (name, link) in &operations {
            if text.contains(name) {
                *text = text.replace(name, link);
            }
        }
    };
    for module in &mut plan.modules {
        for operation in &mut module.operations {
            link(&mut operation.summary);
            operation.description.iter_mut().for_each(link);
        }
        for schema in &mut module.schemas {
            link(&mut schema.description);
            match &mut schema.kind {
                Kind::Object { members, .. } => {
                    for member in members {
                        link(&mut member.docs);
                    }
                }
                // What is told of a choice is in its description and its kinds'.
                Kind::Choice { .. } => {}
                Kind::Words(words) => {
                    for word in words {
                        link(&mut word.docs);
                    }
                }
            }
        }
    }
}

fn operations(root: &Node, tag: &str) -> Vec<Operation> {
    let paths = root.get("paths").map(Node::entries).unwrap_or_default();
    paths
        .iter()
        .flat_map(|path| path.node.entries().iter().map(move |verb| (path, verb)))
        .filter(|(_, verb)| {
            let tags = verb.node.get("tags").map(Node::items).unwrap_or_default();
            tags.iter().any(|found| found.text() == Some(tag))
        })
        .map(|(path, verb)| operation(root, tag, &path.key, &verb.key, &verb.node))
        .collect()
}

fn operation(root: &Node, tag: &str, path: &str, verb: &str, node: &Node) -> Operation {
    let text = |key| node.text_at(key).map(ToOwned::to_owned);
    let id = text("operationId").unwrap_or_default();
    Operation {
        method: names::method(&id, tag),
        id,
        verb: verb.to_owned(),
        path: path.to_owned(),
        server: node.get("servers").and_then(|servers| servers.items().first()).and_then(url),
        summary: text("summary").unwrap_or_default(),
        description: text("description"),
        path_parameters: parameters(node, "path"),
        query_parameters: parameters(node, "query"),
        body: node.get("requestBody").and_then(body_schema),
        answer_signed: success(node).and_then(body_schema).filter(|answer| {
            let schema = root.at(&["components", "schemas", answer]);
            schema.is_some_and(|schema| schema.get("x-kessai-signed").is_some())
        }),
        answer: success(node).and_then(body_schema),
        headers: parameters(node, "header").into_iter().map(|header| header.wire).collect(),
        own_keys: node.get("security").and_then(own_keys),
        reads: verb == "get" || node.flag("x-kessai-reads"),
        signed: texts(node.get("x-kessai-signed")),
        success: successes(root, node),
        idempotency: text("x-kessai-idempotency"),
        reference: text("x-kessai-reference"),
        page: node.text_at("x-kessai-page").and_then(|style| paging(root, node, style)),
        keys: keys(node.get("security").or_else(|| root.get("security"))),
        unverified: text("x-kessai-unverified"),
    }
}

fn url(server: &Node) -> Option<String> {
    server.text_at("url").map(ToOwned::to_owned)
}

/// What it takes to walk a list; the checks have seen to it that it is there.
fn paging(root: &Node, operation: &Node, style: &str) -> Option<Paging> {
    let style = PageStyle::named(style)?;
    let page = success(operation).and_then(body_schema)?;
    let page = root.at(&["components", "schemas", &page])?;
    let members = page.get("properties")?.entries();
    let items = members.iter().find(|member| member.node.text_at("type") == Some("array"))?;
    let parameters = operation.get("parameters").map(Node::items).unwrap_or_default();
    let limit = parameters.iter().find(|it| it.text_at("name") == Some("limit"))?;
    let most = ["maximum", "default"].into_iter().find_map(|key| limit.at(&["schema", key]));
    match most?.value {
        Value::Integer(most) => Some(Paging { style, items: items.key.clone(), most }),
        _ => None,
    }
}

/// The scheme `publishable_key` is for browsers; all others are for servers.
fn keys(security: Option<&Node>) -> Keys {
    let schemes = security.map(Node::items).unwrap_or_default();
    let publishable = |scheme: &&Node| scheme.get("publishable_key").is_some();
    Keys {
        secret: schemes.is_empty() || !schemes.iter().all(|scheme| publishable(&scheme)),
        publishable: schemes.iter().any(|scheme| publishable(&scheme)),
    }
}

/// The keys of an operation that says which, where there is no choice.
fn own_keys(security: &Node) -> Option<Vec<String>> {
    let names = |keys: &Node| keys.entries().iter().map(|key| key.key.clone()).collect();
    match security.items() {
        [] => Some(Vec::new()),
        [keys] => Some(names(keys)),
        _ => None,
    }
}

/// The rules of an operation, and those of the root about members that it has no rule of its own
/// for.
fn successes(root: &Node, operation: &Node) -> Vec<Success> {
    let rules = |holder: &Node| -> Vec<Success> {
        let rules = holder.get("x-kessai-success").map(rules_of).unwrap_or_default();
        let rules = rules.iter().map(|rule| Success {
            member: rule.text_at("member").unwrap_or_default().to_owned(),
            values: texts(rule.get("values").or_else(|| rule.get("fails"))),
            are_failures: rule.get("fails").is_some(),
        });
        rules.collect()
    };
    let mut all = rules(operation);
    for rule in rules(root) {
        if all.iter().all(|own| own.member != rule.member) {
            all.push(rule);
        }
    }
    all
}

/// One rule, or a list of them.
pub(crate) fn rules_of(node: &Node) -> &[Node] {
    if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() }
}

/// The texts of a list.
fn texts(list: Option<&Node>) -> Vec<String> {
    let items = list.map(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::text).map(ToOwned::to_owned).collect()
}

fn parameters(operation: &Node, place: &str) -> Vec<Member> {
    let parameters = operation.get("parameters").map(Node::items).unwrap_or_default();
    parameters
        .iter()
        .filter(|parameter| parameter.text_at("in") == Some(place))
        .map(|parameter| Member {
            wire: parameter.text_at("name").unwrap_or_default().to_owned(),
            docs: limits::docs(parameter, parameter.get("schema"), true),
            required: parameter.flag("required"),
            nullable: false,
            number: false,
            currency: None,
            how: How::Plainly,
        })
        .collect()
}

/// The first good answer of an operation; the checks have seen to it that all have the same body.
#[must_use]
pub fn success(operation: &Node) -> Option<&Node> {
    let responses = operation.get("responses")?.entries();
    responses.iter().find(|response| response.key.starts_with('2')).map(|response| &response.node)
}

/// The name of the schema in the JSON body of a request or an answer, or of the items where it is a
/// list with nothing around it.
#[must_use]
pub fn body_schema(holder: &Node) -> Option<String> {
    let schema = holder.at(&["content", "application/json", "schema"])?;
    let schema = schema.get("$ref").or_else(|| schema.at(&["items", "$ref"]))?;
    schema.text().and_then(|reference| reference.rsplit('/').next()).map(ToOwned::to_owned)
}

fn schema(
    name: &str,
    root: &Node,
    sent: &BTreeSet<String>,
    answered: &BTreeSet<String>,
) -> Option<Schema> {
    let node = root.at(&["components", "schemas", name])?;
    let kind = if node.get("enum").is_some() {
        Kind::Words(words(node))
    } else if choices::is_choice(node) {
        choices::read(node, root)
    } else {
        let sent = sent.contains(name);
        // What nobody refers to yet, such as an error's body, is read and never sent.
        let answered = answered.contains(name) || !sent;
        Kind::Object {
            members: members(root, node, sent, answered),
            secret: node.flag("x-kessai-secret"),
            sent,
            answered,
            signed: texts(node.get("x-kessai-signed")),
            feature: node.text_at("x-kessai-feature").map(ToOwned::to_owned),
        }
    };
    Some(Schema {
        name: name.to_owned(),
        description: limits::docs_of_type(node),
        unverified: node.text_at("x-kessai-unverified").map(ToOwned::to_owned),
        kind,
    })
}

fn members(root: &Node, schema: &Node, sent: bool, answered: bool) -> Vec<Member> {
    let required: BTreeSet<&str> = schema
        .get("required")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::text)
        .collect();
    let properties = schema.get("properties").map(Node::entries).unwrap_or_default();
    properties
        .iter()
        .map(|property| Member {
            wire: property.key.clone(),
            docs: limits::docs(&property.node, Some(&property.node), sent),
            required: required.contains(property.key.as_str()),
            nullable: property.node.get("$ref").is_some() && property.node.flag("nullable"),
            number: property.node.text_at("type") == Some("number")
                && property.node.text_at("format") == Some("decimal"),
            currency: property.node.text_at("x-kessai-currency").map(ToOwned::to_owned),
            how: how(root, &property.node, required.contains(property.key.as_str()), answered),
        })
        .collect()
}

fn how(root: &Node, member: &Node, required: bool, answered: bool) -> How {
    let named = member.text_at("$ref").and_then(|reference| reference.rsplit('/').next());
    let schema = named.and_then(|name| root.at(&["components", "schemas", name]));
    match schema {
        Some(choice) if choices::is_choice(choice) => How::Choice { tag: choices::tag(choice) },
        _ if required => How::Plainly,
        _ if member.flag("nullable") && !answered => How::Patch,
        Some(schema) if schema.get("minProperties").is_some() => How::Filled,
        _ => How::Plainly,
    }
}

fn words(schema: &Node) -> Vec<Word> {
    let texts = |key| schema.get(key).map(Node::items).unwrap_or_default().iter().map(Node::text);
    let mut names = texts("x-enum-varnames");
    texts("enum")
        .flatten()
        .map(|word| Word {
            word: word.to_owned(),
            name: names.next().flatten().map(ToOwned::to_owned),
            docs: schema
                .at(&["x-enumDescriptions", word])
                .and_then(Node::text)
                .unwrap_or_default()
                .to_owned(),
        })
        .collect()
}

/// The schemas that the `part` of some operation holds, directly or through others.
fn reachable(root: &Node, part: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in root.get("paths").map(Node::entries).unwrap_or_default() {
        for verb in path.node.entries() {
            if let Some(part) = verb.node.get(part) {
                follow(part, root, &mut found);
            }
        }
    }
    found
}

fn follow(node: &Node, root: &Node, found: &mut BTreeSet<String>) {
    if let Some(name) = node.text_at("$ref").and_then(|reference| reference.rsplit('/').next())
        && found.insert(name.to_owned())
        && let Some(schema) = root.at(&["components", "schemas", name])
    {
        follow(schema, root, found);
    }
    node.entries().iter().for_each(|entry| follow(&entry.node, root, found));
    node.items().iter().for_each(|item| follow(item, root, found));
}

/// Every `x-kessai-id` below `node`.
fn ids(node: &Node, found: &mut BTreeSet<String>) {
    if let Some(name) = node.text_at("x-kessai-id") {
        found.insert(name.to_owned());
    }
    node.entries().iter().for_each(|entry| ids(&entry.node, found));
    node.items().iter().for_each(|item| ids(item, found));
}
