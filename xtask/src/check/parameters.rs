//! Parameters: each in the path or the query, each a plain value, each with a name of its own.

use super::Report;
use super::outline::{Kind, Operation, Outline, Site};
use crate::names::snake;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for operation in &outline.operations {
        template(operation, report);
        clashes(operation, report);
    }
    for parameter in outline.of_kind(Kind::Parameter).filter(|site| !site.is_reference()) {
        whole(parameter, report);
        if whereabouts(parameter, report) {
            shape(outline, parameter, report);
            brackets(outline, parameter, report);
        }
    }
}

/// The path and its parameters have to name each other.
fn template(operation: &Operation<'_>, report: &mut Report) {
    let names: Vec<&str> = operation
        .template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect();
    let in_path: Vec<&Site<'_>> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.node.text_at("in") == Some("path"))
        .collect();
    for name in &names {
        if !in_path.iter().any(|parameter| parameter.node.text_at("name") == Some(*name)) {
            let problem = format!("does not declare `{{{name}}}` of its path");
            let instead = format!("a parameter with `name: {name}`, `in: path`, `required: true`");
            report.refuse(&operation.site, problem, instead);
        }
    }
    for parameter in in_path {
        let name = parameter.node.text_at("name").unwrap_or_default();
        if !names.contains(&name) {
            let problem = format!("is not in the path `{}`", operation.template);
            report.refuse(parameter, problem, format!("`{{{name}}}` in the path, or `in: query`"));
        }
    }
}

/// Parameters become the arguments of one function.
fn clashes(operation: &Operation<'_>, report: &mut Report) {
    let name = |site: &Site<'_>| site.node.text_at("name").map(snake).unwrap_or_default();
    let is_given = |site: &&Site<'_>| site.node.text_at("in") != Some("header");
    let given: Vec<_> = operation.parameters.iter().filter(is_given).collect();
    let asks = operation.parameters.iter().any(|other| other.node.text_at("in") == Some("query"));
    for (index, parameter) in given.iter().enumerate() {
        let argument = name(parameter);
        let twin = given[..index].iter().find(|other| name(other) == argument);
        if let Some(twin) = twin {
            let twin = twin.node.text_at("name").unwrap_or_default();
            let problem = format!("and `{twin}` both become the argument `{argument}`");
            let instead = "one of them; the generator cannot tell the two apart yet";
            report.refuse(parameter, problem, instead);
        }
        let in_path = parameter.node.text_at("in") == Some("path");
        if argument == "query" && in_path && asks {
            let problem = "becomes the argument `query`, which is the query's";
            let instead = "another name in the braces of the path and here";
            report.refuse(parameter, problem, instead);
        }
        if argument == "body" && operation.body.is_some() {
            let problem = "becomes the argument `body`, which is the request body's";
            let instead = "the value into the request body; the generator cannot rename it yet";
            report.refuse(parameter, problem, instead);
        }
    }
}

/// What every parameter has.
fn whole(parameter: &Site<'_>, report: &mut Report) {
    match parameter.node.text_at("name") {
        None => report.refuse(parameter, "has no name", "`name:` as the provider has it"),
        Some(name) if !snake(name).starts_with(char::is_alphabetic) => {
            let instead = "a name that begins with a letter; the generator cannot rename it yet";
            report.refuse(parameter, "makes no name in Rust", instead);
        }
        Some(name) if name.contains('\'') => {
            let instead = "nothing yet; the generator has to learn this name first";
            report.refuse(parameter, "has an apostrophe in its name", instead);
        }
        Some(_) => {}
    }
    if parameter.node.get("description").is_none() {
        report.refuse(parameter, "has no description", "`description:` and what the value does");
    }
    if parameter.node.get("content").is_some() {
        let instead = "`schema:` with the value's type; `content` is not carried in a URL";
        report.refuse_key(parameter, "content", "is not used for parameters", instead);
    } else if parameter.node.get("schema").is_none() {
        report.refuse(parameter, "has no schema", "`schema:` with the value's type");
    }
}

/// Whether a parameter is where parameters may be.
fn whereabouts(parameter: &Site<'_>, report: &mut Report) -> bool {
    match parameter.node.text_at("in") {
        Some("query") => return true,
        Some("path") => {
            if !parameter.node.flag("required") {
                let instead = "`required: true`; a path without it is another path";
                report.refuse(parameter, "is in the path but not required", instead);
            }
            return true;
        }
        // Where headers may stand is looked at elsewhere.
        Some("header") => {}
        Some("cookie") => {
            report.refuse_key(parameter, "in", "is a cookie", "nothing; a client keeps no cookies");
        }
        _ => report.refuse(parameter, "does not say where it goes", "`in: path` or `in: query`"),
    }
    false
}

/// How the value is written into the URL.
fn shape(outline: &Outline<'_>, parameter: &Site<'_>, report: &mut Report) {
    let in_path = parameter.node.text_at("in") == Some("path");
    let usual = if in_path { "simple" } else { "form" };
    if let Some(style) = parameter.node.text_at("style").filter(|style| *style != usual) {
        let problem = format!("is `{style}`, which the clients do not write");
        let instead = match style {
            "deepObject" => "one parameter for each member of the object".to_owned(),
            _ => format!("`{usual}`, or leave `style` out"),
        };
        report.refuse_key(parameter, "style", problem, instead);
        return;
    }
    let schema = outline.schema_of(parameter);
    match schema.map_or("", |schema| outline.resolve(schema).schema_type()) {
        "array" if in_path => {
            report.refuse(parameter, "is a list in the path", "a text, or a list in the query");
        }
        "array" => {
            let explode = parameter.node.get("explode");
            if explode.is_some() && !parameter.node.flag("explode") {
                let instead =
                    "`explode: true`, or leave it out; the key is repeated for each value";
                report.refuse_key(parameter, "explode", "joins a list with commas", instead);
            }
            let items = schema.and_then(|schema| outline.at(&format!("{}.items", schema.path)));
            let inner = items.map(|items| outline.resolve(items));
            if inner.is_some_and(|inner| ["object", "array"].contains(&inner.schema_type())) {
                let instead = "a list of texts or numbers; the clients write plain values";
                report.refuse(parameter, "is a list of lists or objects", instead);
            }
        }
        "object" => {
            let instead = "one parameter for each member; the clients write plain values";
            report.refuse(parameter, "is an object", instead);
        }
        _ => {}
    }
}

/// Some servers want the name of a list to say that it is one.
fn brackets(outline: &Outline<'_>, parameter: &Site<'_>, report: &mut Report) {
    let name = parameter.node.text_at("name").unwrap_or_default();
    let schema = outline.schema_of(parameter);
    let is_list = schema.is_some_and(|schema| outline.resolve(schema).schema_type() == "array");
    let stem = name.strip_suffix("[]").filter(|_| is_list).unwrap_or(name);
    if stem.contains(['[', ']']) {
        let problem = "has brackets in its name, and not as the end of a list's";
        let instead = "`[]` behind the name of a list in the query, or no brackets";
        report.refuse(parameter, problem, instead);
    }
}
