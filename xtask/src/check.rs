//! Refuses what is outside the house dialect, which `specs/README.md` describes.
//!
//! Whatever the next stage cannot carry, or would carry wrongly without a word, is refused here,
//! with the place and with what to write instead. A document that passes has no broken reference,
//! no nameless type and no two names that become one in Rust.

mod answers;
mod bodies;
mod carried;
mod choices;
mod descriptions;
mod directions;
mod enums;
mod extensions;
mod fields;
mod keys;
mod markup;
mod members;
mod methods;
mod modules;
mod operations;
mod outline;
mod pages;
mod parameters;
mod references;
mod root;
mod schemas;
mod signatures;
mod taken;
mod types;
mod units;
mod unsaid;

use self::outline::{Outline, Site};
use crate::document::{Node, Place};
use crate::load::Document;
use crate::refusal::{Refusal, Refusals};

/// Looks at a joined document and refuses everything in it that the house does not write.
///
/// # Errors
///
/// All that is refused, not the first alone.
pub fn check(document: &Document) -> Result<(), Refusals> {
    let outline = Outline::of(document);
    let mut report = Report::default();
    for rules in [
        root::check,
        keys::check,
        references::check,
        modules::check,
        operations::check,
        methods::check,
        parameters::check,
        bodies::check,
        answers::check,
        schemas::check,
        types::check,
        members::check,
        fields::check,
        choices::check,
        units::check,
        enums::check,
        extensions::check,
        signatures::check,
        pages::check,
        descriptions::check,
        markup::check,
        carried::check,
        unsaid::check,
    ] {
        rules(&outline, &mut report);
    }
    Refusals::of(report.refusals)
}

/// Collects what the rules refuse.
#[derive(Default)]
struct Report {
    refusals: Vec<Refusal>,
}

impl Report {
    /// Refuses a site as a whole.
    fn refuse(&mut self, site: &Site<'_>, problem: impl Into<String>, instead: impl Into<String>) {
        self.refusals.push(Refusal {
            place: site.place.clone(),
            path: site.path.clone(),
            problem: problem.into(),
            instead: instead.into(),
        });
    }

    /// Refuses what stands under one key of a site, or under several with dots between them.
    fn refuse_key(
        &mut self,
        site: &Site<'_>,
        key: &str,
        problem: impl Into<String>,
        instead: impl Into<String>,
    ) {
        self.refusals.push(Refusal {
            place: deepest(site, key).clone(),
            path: if site.path.is_empty() {
                key.to_owned()
            } else {
                format!("{}.{key}", site.path)
            },
            problem: problem.into(),
            instead: instead.into(),
        });
    }
}

/// Where the last of the keys that are there was written.
fn deepest<'a>(site: &Site<'a>, key: &str) -> &'a Place {
    let find = |node: &'a Node, key: &str| node.entries().iter().find(|entry| entry.key == key);
    if let Some(entry) = find(site.node, key) {
        return &entry.place;
    }
    let (mut node, mut place) = (site.node, site.place);
    for entry in key.split('.').map_while(|key| {
        let entry = find(node, key)?;
        node = &entry.node;
        Some(entry)
    }) {
        place = &entry.place;
    }
    place
}
