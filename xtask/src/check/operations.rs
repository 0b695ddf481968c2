//! Operations: what they are called, where they stand, what they do in one line.

use super::Report;
use super::outline::{Kind, Operation, Outline};
use crate::document::Node;
use crate::names::{is_snake, snake};
use crate::spelling::did_you_mean;

/// Everyday verbs have one spelling in all providers.
const VERBS: [(&str, &str); 3] = [("retrieve", "get"), ("fetch", "get"), ("remove", "delete")];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for (index, operation) in outline.operations.iter().enumerate() {
        name(operation, report);
        twin(operation, &outline.operations[..index], report);
        tag(outline, operation, report);
        summary(operation, report);
    }
    templates(outline, report);
}

fn name(operation: &Operation<'_>, report: &mut Report) {
    let site = &operation.site;
    let Some(id) = site.node.text_at("operationId") else {
        report.refuse(site, "has no operationId", "`operationId: verb_noun`, such as `get_charge`");
        return;
    };
    if !is_snake(id) || !id.contains('_') {
        let problem = format!("is `{id}`, which is not verb_noun");
        let instead = if snake(id).contains('_') {
            format!("`{}`", snake(id))
        } else {
            "a verb and a noun in snake case, such as `get_charge`".to_owned()
        };
        report.refuse_key(site, "operationId", problem, instead);
        return;
    }
    let (verb, noun) = id.split_once('_').unwrap_or((id, ""));
    if let Some((_, ours)) = VERBS.iter().find(|(other, _)| *other == verb) {
        let problem = format!("begins with `{verb}`, which has another name here");
        report.refuse_key(site, "operationId", problem, format!("`{ours}_{noun}`"));
    }
}

fn twin(operation: &Operation<'_>, before: &[Operation<'_>], report: &mut Report) {
    let Some(id) = operation.site.node.text_at("operationId") else { return };
    let first = before.iter().find(|other| other.site.node.text_at("operationId") == Some(id));
    if let Some(first) = first {
        let problem = format!("is `{id}`, as in {}", first.site.place);
        report.refuse_key(&operation.site, "operationId", problem, "a name of its own");
    }
}

fn tag(outline: &Outline<'_>, operation: &Operation<'_>, report: &mut Report) {
    let site = &operation.site;
    let tags = site.node.get("tags").map_or(&[][..], Node::items);
    let [tag] = tags else {
        let problem = match tags.len() {
            0 => "has no tag".to_owned(),
            count => format!("has {count} tags"),
        };
        report.refuse_key(site, "tags", problem, "exactly one tag, the name of this file");
        return;
    };
    let Some(tag) = tag.text() else {
        report.refuse_key(site, "tags", "is not a text", "the name of this file");
        return;
    };
    let known: Vec<&str> =
        outline.of_kind(Kind::Tag).filter_map(|tag| tag.node.text_at("name")).collect();
    if !known.contains(&tag) {
        let problem = format!("names `{tag}`, which is not a tag of openapi.yaml");
        let instead = did_you_mean(tag, known, "the name of this file");
        report.refuse_key(site, "tags", problem, instead);
    } else if !outline.parts.iter().any(|part| part.name == tag && *part.file == *site.place.file) {
        let problem = format!("names `{tag}`, but the operation stands in another file");
        report.refuse_key(site, "tags", problem, format!("the operation in `{tag}.yaml`"));
    }
}

fn summary(operation: &Operation<'_>, report: &mut Report) {
    let site = &operation.site;
    let Some(summary) = site.node.text_at("summary").map(str::trim).filter(|s| !s.is_empty())
    else {
        let instead = "`summary:` and what the call does, in one line that ends with `.`";
        report.refuse(site, "has no summary", instead);
        return;
    };
    if summary.contains('\n') {
        let instead = "one line here and the rest under `description`";
        report.refuse_key(site, "summary", "goes over more than one line", instead);
    } else if !summary.ends_with('.') {
        let instead = "a sentence; it becomes the first line of the docs";
        report.refuse_key(site, "summary", "does not end with `.`", instead);
    }
}

/// Two paths that differ only in what their parameters are called are one path.
fn templates(outline: &Outline<'_>, report: &mut Report) {
    let paths: Vec<_> = outline.of_kind(Kind::PathItem).collect();
    for (index, path) in paths.iter().enumerate() {
        if !path.name.starts_with('/') || path.name.contains(['?', '#']) {
            let instead = "a path that begins with `/`; a query goes under `parameters`";
            report.refuse(path, "is not a path", instead);
        }
        if path.node.entries().is_empty() {
            report.refuse(path, "has no operation", "`get:` or `post:`, or take the path out");
        }
        let twin = paths[..index].iter().find(|other| shape(other.name) == shape(path.name));
        if let Some(twin) = twin {
            let problem = format!("is the path `{}` with other names", twin.name);
            report.refuse(path, problem, format!("`{}` in both places", twin.name));
        }
    }
}

fn shape(template: &str) -> String {
    let mut inside = false;
    template
        .chars()
        .filter(|&letter| {
            let keep = !inside || letter == '}';
            inside = if letter == '{' { true } else { inside && letter != '}' };
            keep
        })
        .collect()
}
