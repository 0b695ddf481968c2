//! Methods: each operation is one, with a name of its own in its resource.

use super::Report;
use super::outline::{Operation, Outline};
use super::taken;
use crate::document::Node;
use crate::names;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    let methods: Vec<Method<'_, '_>> = outline.operations.iter().filter_map(Method::of).collect();
    for (index, method) in methods.iter().enumerate() {
        named(method, report);
        twin(method, &methods[..index], report);
        walk(method, &methods, report);
    }
}

/// An operation and what it is called in Rust.
struct Method<'s, 'a> {
    operation: &'s Operation<'a>,
    id: &'a str,
    tag: &'a str,
    name: String,
}

impl<'s, 'a> Method<'s, 'a> {
    /// Nothing if the id or the tag is refused as such.
    fn of(operation: &'s Operation<'a>) -> Option<Self> {
        let node = operation.site.node;
        let id =
            node.text_at("operationId").filter(|id| names::is_snake(id) && id.contains('_'))?;
        let [tag] = node.get("tags").map_or(&[][..], Node::items) else { return None };
        let tag = tag.text()?;
        Some(Self { operation, id, tag, name: names::method(id, tag) })
    }
}

fn named(method: &Method<'_, '_>, report: &mut Report) {
    let Method { id, name, .. } = method;
    let (problem, instead) = if name.is_empty() {
        let problem = "is the resource alone, which leaves no name for the method";
        (problem.to_owned(), format!("a verb in front of it, such as `get_{id}`"))
    } else if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        let problem = format!("becomes the method `{name}`, which is no name in Rust");
        (problem, "a verb that is not the name of the resource".to_owned())
    } else if taken::is_keyword(name) {
        let problem = format!("becomes the method `{name}`, which is a word of Rust");
        (problem, "another verb; the method is the operationId without the resource".to_owned())
    } else if name == "new" {
        let problem = "becomes the method `new`, which every resource has already";
        (problem.to_owned(), "a verb, such as `create`".to_owned())
    } else {
        return;
    };
    report.refuse_key(&method.operation.site, "operationId", problem, instead);
}

fn twin(method: &Method<'_, '_>, before: &[Method<'_, '_>], report: &mut Report) {
    // The same id twice is refused as such.
    let twin = before.iter().find(|other| {
        other.tag == method.tag && other.name == method.name && other.id != method.id
    });
    if let Some(twin) = twin {
        let problem = format!("becomes the method `{}`, as `{}` does", method.name, twin.id);
        let instead = "a word that tells the two apart; singular and plural are one name here";
        report.refuse_key(&method.operation.site, "operationId", problem, instead);
    }
}

/// A list that continues has a second method, which walks it.
fn walk(method: &Method<'_, '_>, all: &[Method<'_, '_>], report: &mut Report) {
    if method.operation.site.node.get("x-kessai-page").is_none() {
        return;
    }
    let name = names::walk(&method.name);
    let taken = all.iter().find(|other| other.tag == method.tag && other.name == name);
    if let Some(taken) = taken {
        let problem =
            format!("gets the method `{name}`, which walks it, as `{}` is called", taken.id);
        let instead = "`list` in its name, and another name for what has this one already";
        report.refuse_key(&method.operation.site, "operationId", problem, instead);
    }
}
