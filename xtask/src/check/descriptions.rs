//! Descriptions: there is something in them, and rustdoc reads them as they are meant.

use super::Report;
use super::outline::{Outline, Site};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        let Some(text) = site.node.text_at("description") else { continue };
        if text.trim().is_empty() {
            report.refuse_key(site, "description", "is empty", "what it is, in your own words");
            continue;
        }
        code(site, text, report);
        links(site, text, report);
    }
}

/// Code that rustdoc would compile and run as a test of the crate.
fn code(site: &Site<'_>, text: &str, report: &mut Report) {
    let mut fence = false;
    let mut list = false;
    let mut blank = true;
    for line in text.lines() {
        let inner = line.trim_start();
        if let Some(language) = inner.strip_prefix("```") {
            fence = !fence;
            if fence && language.trim().is_empty() {
                let problem = "has a code fence without a language, which rustdoc runs as a test";
                let instead = "the language behind the fence, such as ```json or ```text";
                report.refuse_key(site, "description", problem, instead);
            }
        } else if !fence && blank && !list && line.starts_with("    ") && !inner.is_empty() {
            let problem = "has an indented block, which rustdoc runs as a test";
            let instead = "the text without the indent, or a fence with a language such as ```text";
            report.refuse_key(site, "description", problem, instead);
        }
        blank = inner.is_empty();
        if !blank && !line.starts_with(' ') {
            list = inner.starts_with(['-', '*', '+'])
                || inner.starts_with(|c: char| c.is_ascii_digit());
        }
    }
    if fence {
        let instead = "``` on a line of its own behind the code";
        report.refuse_key(site, "description", "has a code fence that is not closed", instead);
    }
}

/// An address that rustdoc would not make a link of, and warn about.
fn links(site: &Site<'_>, text: &str, report: &mut Report) {
    let bare = text.match_indices("https://").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !matches!(before, Some('<' | '(' | '`' | '"'))
    });
    if bare {
        let instead = "`<https://...>` for a link, or the address between backquotes";
        report.refuse_key(site, "description", "has an address that is not a link", instead);
    }
}
