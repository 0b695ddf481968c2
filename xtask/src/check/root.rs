//! The root: which version, who answers where, and the order of the resources.

use super::Report;
use super::outline::{Kind, Outline, Site};
use crate::document::{Node, Place, Value};
use crate::names::{is_snake, snake};
use crate::spelling::did_you_mean;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    version(outline, report);
    info(outline, report);
    servers(outline, report);
    tags(outline, report);
    parts(outline, report);
    security(outline, report);
}

fn version(outline: &Outline<'_>, report: &mut Report) {
    let root = &outline.root;
    match root.node.text_at("openapi") {
        Some(version) if version.starts_with("3.0.") => {}
        Some(version) if version.starts_with("3.1") => report.refuse_key(
            root,
            "openapi",
            "is 3.1, which the generator does not read",
            "`openapi: 3.0.3`, and `nullable: true` instead of a list of types",
        ),
        _ => report.refuse_key(root, "openapi", "does not name a version 3.0", "`openapi: 3.0.3`"),
    }
}

fn info(outline: &Outline<'_>, report: &mut Report) {
    for key in ["title", "version", "description"] {
        let info = outline.root.node.get("info");
        let text = info.and_then(|info| info.get(key));
        let empty = |node: &Node| node.text().is_some_and(|text| text.trim().is_empty());
        if text.is_none_or(|text| key != "description" && empty(text)) {
            let path = format!("info.{key}");
            report.refuse_key(&outline.root, &path, "is missing", format!("`{key}:` under `info`"));
        }
    }
}

fn servers(outline: &Outline<'_>, report: &mut Report) {
    let count = |site: &Site<'_>| site.node.get("servers").map_or(0, |list| list.items().len());
    let instead = "`servers:` with one `- url: https://...`";
    if count(&outline.root) == 0 {
        report.refuse_key(&outline.root, "servers", "names no server", instead);
    }
    for operation in outline.of_kind(Kind::Operation) {
        if operation.node.get("servers").is_some() && count(operation) != 1 {
            let problem = "is not one server, where this operation is";
            report.refuse_key(operation, "servers", problem, instead);
        }
    }
    for server in outline.of_kind(Kind::Server) {
        if !server.node.text_at("url").is_some_and(|url| url.starts_with("https://")) {
            let instead = "`url: https://...`; keys and money are never sent in the clear";
            report.refuse(server, "has no url with https", instead);
        }
    }
}

fn tags(outline: &Outline<'_>, report: &mut Report) {
    let tags: Vec<_> = outline.of_kind(Kind::Tag).collect();
    if tags.is_empty() {
        let instead = "`tags:` with one `- name:` per resource, in the order of the docs";
        report.refuse_key(&outline.root, "tags", "names no resource", instead);
    }
    for (index, tag) in tags.iter().enumerate() {
        let Some(name) = tag.node.text_at("name") else {
            report.refuse(tag, "has no name", "`- name:` and the name of a part");
            continue;
        };
        if tags[..index].iter().any(|other| other.node.text_at("name") == Some(name)) {
            report.refuse(tag, "is written twice", "each tag once");
        }
        if !is_snake(name) {
            let instead = format!("`{}`; it becomes the name of a module", snake(name));
            report.refuse(tag, "is not in snake case", instead);
        }
    }
}

fn parts(outline: &Outline<'_>, report: &mut Report) {
    for part in outline.parts {
        let text = part.description.trim();
        if !text.ends_with('.') || text.contains('\n') {
            // The part is gone after joining; its file is all that is left to point at.
            let mut site = outline.root.clone();
            let place = Place { file: part.file.as_str().into(), line: 1 };
            site.place = &place;
            let problem = "of this part is not one sentence";
            report.refuse_key(&site, "description", problem, "one line that ends with `.`");
        }
    }
}

/// Whether each requirement, of the root or of an operation, names a scheme that is there.
fn security(outline: &Outline<'_>, report: &mut Report) {
    let known: Vec<&str> = outline.names("securitySchemes").collect();
    for site in outline.sites.iter().filter(|s| matches!(s.kind, Kind::Root | Kind::Operation)) {
        let requirements = site.node.get("security").map_or(&[][..], Node::items);
        for entry in requirements.iter().flat_map(Node::entries) {
            if !known.contains(&entry.key.as_str()) {
                let problem = format!("asks for `{}`, which nobody defined", entry.key);
                let otherwise = "the scheme under `components.securitySchemes`";
                let instead = did_you_mean(&entry.key, known.iter().copied(), otherwise);
                report.refuse_key(site, "security", problem, instead);
            }
        }
    }
    for scheme in outline.of_kind(Kind::SecurityScheme) {
        let text = |key| scheme.node.text_at(key).unwrap_or_default();
        match (text("type"), text("in")) {
            ("http", _) | ("apiKey", "header" | "query") => {}
            ("apiKey", "cookie") => {
                report.refuse(scheme, "is a cookie", "`in: header`; a client keeps no cookies");
            }
            _ => {
                let instead = "`type: http` with a `scheme`, or `type: apiKey`";
                report.refuse(scheme, "is not a kind of key that the clients send", instead);
            }
        }
        if matches!(scheme.node.get("description"), None | Some(Node { value: Value::Null, .. })) {
            report.refuse(scheme, "has no description", "what the key is and where to find it");
        }
    }
}
