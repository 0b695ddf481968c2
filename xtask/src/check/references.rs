//! References: each one inside the document, to something that is there; nothing left alone.

use std::collections::BTreeSet;

use super::Report;
use super::outline::{Kind, Outline, Role, Site};
use crate::document::{Entry, Node};
use crate::spelling::closest;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in outline.sites.iter().filter(|site| site.is_reference()) {
        reference(outline, site, report);
    }
    unused(outline, report);
}

fn reference(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report) {
    let Some(section) = section(site.kind) else { return };
    let example = format!("`$ref: '#/components/{section}/Name'`");
    let Some(reference) = site.reference() else {
        report.refuse_key(site, "$ref", "is not a text", example);
        return;
    };
    let prefix = format!("#/components/{section}/");
    if !reference.starts_with('#') {
        let problem = format!("refers to `{reference}`, outside this document");
        report.refuse(site, problem, format!("{example}; all parts share one namespace"));
    } else if let Some(name) = reference.strip_prefix(&prefix) {
        if !outline.names(section).any(|known| known == name) {
            let problem = format!("refers to `{name}`, which nobody defined");
            let instead = match closest(name, outline.names(section)) {
                Some(close) => format!("did you mean `{prefix}{close}`?"),
                None => format!("`{name}` under `components.{section}` of a part"),
            };
            report.refuse(site, problem, instead);
        }
    } else {
        let problem = format!("refers to `{reference}`, which is not under `{prefix}`");
        report.refuse(site, problem, format!("{example}; what is shared has a name there"));
    }
}

/// The section of `components` that a site of this kind may refer to.
fn section(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Schema(_) => Some("schemas"),
        Kind::Parameter => Some("parameters"),
        Kind::Response => Some("responses"),
        Kind::RequestBody => Some("requestBodies"),
        _ => None,
    }
}

/// What nobody refers to would come out as code that nobody calls.
fn unused(outline: &Outline<'_>, report: &mut Report) {
    let mut used = BTreeSet::new();
    for entry in outline.root.node.entries() {
        if entry.key == "components" {
            for named in entry.node.entries().iter().flat_map(|section| section.node.entries()) {
                let mut references = BTreeSet::new();
                collect(&named.node, &mut references);
                // A schema that holds itself is not used by that.
                references.retain(|reference| !reference.ends_with(&format!("/{}", named.key)));
                used.append(&mut references);
            }
        } else {
            collect(&entry.node, &mut used);
        }
    }
    let kinds = [Kind::Schema(Role::Named), Kind::Parameter, Kind::Response, Kind::RequestBody];
    for site in outline.sites.iter().filter(|site| kinds.contains(&site.kind)) {
        let Some(section) = section(site.kind) else { continue };
        let named = site.path.strip_prefix(&format!("components.{section}."));
        let free = outline.parts.iter().any(|part| {
            *part.file == *site.place.file
                && (["webhooks", "errors", "unreferenced"].contains(&part.name.as_str())
                    || part.name.ends_with("_events"))
        });
        if free || named != Some(site.name) {
            continue;
        }
        let id = site.is_schema().then_some(site.name);
        if !used.contains(&format!("#/components/{section}/{}", site.name))
            && !id.is_some_and(|name| used.contains(name))
        {
            let instead = "the `$ref` that is missing, or take this out";
            report.refuse(site, "is referred to by nobody", instead);
        }
    }
}

/// Everything that is referred to below a node, also by an id's `x-kessai-id`.
fn collect(node: &Node, into: &mut BTreeSet<String>) {
    for Entry { key, node, .. } in node.entries() {
        if let ("$ref" | "x-kessai-id", Some(text)) = (key.as_str(), node.text()) {
            into.insert(text.to_owned());
        }
        collect(node, into);
    }
    for item in node.items() {
        collect(item, into);
    }
}
