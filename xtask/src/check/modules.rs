//! Modules: what a part or a tag is called in Rust is still free.

use super::Report;
use super::outline::{Kind, Outline, Site};
use super::taken;
use crate::document::Place;
use crate::names::{is_snake, snake};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    let tags: Vec<_> = outline.of_kind(Kind::Tag).collect();
    for tag in &tags {
        let problem = tag.node.text_at("name").and_then(problem);
        if let Some(problem) = problem {
            let instead = "another noun for the resource, in the name of its file too";
            report.refuse(tag, problem, instead);
        }
    }
    let is_tag = |name: &str| tags.iter().any(|tag| tag.node.text_at("name") == Some(name));
    for part in outline.parts.iter().filter(|part| !is_tag(&part.name)) {
        // The part is gone after joining; its file is all that is left to point at.
        let place = Place { file: part.file.as_str().into(), line: 1 };
        let site = Site { place: &place, ..outline.root.clone() };
        if !is_snake(&part.name) {
            let problem = "this file is not named in snake case";
            report.refuse(&site, problem, format!("`{}.yaml`", snake(&part.name)));
        } else if let Some(problem) = problem(&part.name) {
            report.refuse(&site, format!("this part {problem}"), "another name for this file");
        }
    }
}

/// Why no module can have a name.
fn problem(name: &str) -> Option<String> {
    if taken::is_keyword(name) {
        Some(format!("becomes the module `{name}`, which is a word of Rust"))
    } else if taken::is_module(name) {
        Some(format!("becomes the module `{name}`, a name that every provider's crate needs"))
    } else {
        None
    }
}
