//! Links and HTML, of which rustdoc makes something else than was meant, or warns.

use super::Report;
use super::outline::{Kind, Outline, Site};
use crate::document::{Node, Place};

/// What an address in a link begins with.
const ADDRESSES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The keys of texts that reach the docs.
const TEXTS: [&str; 3] = ["description", "summary", "x-kessai-unverified"];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    // A tag has the description of its part.
    for site in outline.sites.iter().filter(|site| site.kind != Kind::Tag) {
        for key in TEXTS {
            if let Some(text) = site.node.text_at(key) {
                markup(site, key, text, report);
            }
        }
        let values = site.node.get("x-enumDescriptions").map_or(&[][..], Node::entries);
        for value in values {
            let key = format!("x-enumDescriptions.{}", value.key);
            markup(site, &key, value.node.text().unwrap_or_default(), report);
        }
    }
    for part in outline.parts {
        // The part is gone after joining; its file is all that is left to point at.
        let place = Place { file: part.file.as_str().into(), line: 1 };
        let site = Site { place: &place, ..outline.root.clone() };
        markup(&site, "description", &part.description, report);
    }
}

fn markup(site: &Site<'_>, key: &str, text: &str, report: &mut Report) {
    let text = prose(text);
    if let Some(target) = relative(&text) {
        let problem = format!("links to `{target}`, which is not there in the docs");
        let instead = "the whole address, `[text](https://...)`, or the name between backquotes";
        report.refuse_key(site, key, problem, instead);
    }
    if let Some(tag) = html(&text) {
        let problem = format!("has `<{tag}>`, which is HTML");
        let instead = "Markdown, such as `**bold**`; what is meant as it stands, in backquotes";
        report.refuse_key(site, key, problem, instead);
    }
}

/// A text without its code, where marks mean nothing.
fn prose(text: &str) -> String {
    let mut fence = false;
    let lines = text.lines().filter(|line| {
        let mark = line.trim_start().starts_with("```");
        fence ^= mark;
        !fence && !mark
    });
    let text = lines.collect::<Vec<_>>().join("\n").replace("``", "`");
    // Every second piece stands between backquotes.
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// The target of the first link that does not lead to an address.
fn relative(text: &str) -> Option<&str> {
    text.split("](").skip(1).find_map(|rest| {
        let (target, _) = rest.split_once(')')?;
        (!is_address(target)).then_some(target)
    })
}

/// The first tag of HTML, without its brackets.
fn html(text: &str) -> Option<&str> {
    text.split('<').skip(1).find_map(|rest| {
        let (tag, _) = rest.split_once('>')?;
        let named = tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        let link = is_address(tag) || (tag.contains('@') && !tag.contains(' '));
        ((named && !link) || tag.starts_with('!')).then_some(tag)
    })
}

fn is_address(target: &str) -> bool {
    ADDRESSES.iter().any(|address| target.starts_with(address))
}
