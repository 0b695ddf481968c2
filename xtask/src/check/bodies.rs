//! What is sent, and in which notation bodies are written.

use super::Report;
use super::outline::{Kind, Outline};
use crate::document::Node;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    requests(outline, report);
    content(outline, report);
    media(outline, report);
}

fn requests(outline: &Outline<'_>, report: &mut Report) {
    for body in outline.of_kind(Kind::RequestBody).filter(|site| !site.is_reference()) {
        if body.path.ends_with(".get.requestBody") {
            report.refuse(body, "is sent with GET", "its members as parameters in the query");
        }
    }
}

/// A body without a notation is lost without a word.
fn content(outline: &Outline<'_>, report: &mut Report) {
    for site in &outline.sites {
        let expected = match site.kind {
            Kind::RequestBody if !site.is_reference() => true,
            Kind::Response => site.node.get("content").is_some(),
            _ => false,
        };
        let media = site.node.get("content").map_or(&[][..], Node::entries);
        if expected && media.is_empty() {
            let instead = "`content: application/json: schema:`, or nothing at all";
            report.refuse_key(site, "content", "holds no body", instead);
        }
    }
}

fn media(outline: &Outline<'_>, report: &mut Report) {
    for media in outline.of_kind(Kind::Media) {
        let what = if media.path.contains("equestBod") { "a request body" } else { "an answer" };
        if media.name != "application/json" {
            let problem = format!("is {what} that is not JSON");
            let instead = if media.name.starts_with("application/json") {
                "`application/json` alone; a charset says nothing about JSON"
            } else {
                "`application/json`; when a provider has none here, the generator learns it first"
            };
            report.refuse(media, problem, instead);
        } else if media.node.get("schema").is_none() {
            report.refuse(media, format!("is {what} without a schema"), "`schema:` and a `$ref`");
        }
    }
}
