//! Which schemas are sent, which are answered, and what follows for their members.

use std::collections::BTreeSet;

use super::outline::Outline;

/// The schemas that a request holds, directly or through others.
pub(super) fn sent<'a>(outline: &Outline<'a>) -> BTreeSet<&'a str> {
    let bodies = outline.operations.iter().filter_map(|operation| operation.body.as_ref());
    reached(outline, bodies.map(|body| body.name).collect())
}

/// The schemas that an answer holds, directly or through others.
fn answered<'a>(outline: &Outline<'a>) -> BTreeSet<&'a str> {
    let answers = outline.operations.iter().flat_map(|operation| &operation.answers);
    reached(outline, answers.flat_map(|(_, answer)| below(outline, &answer.path)).collect())
}

/// Whether a schema is sent and never answered.
pub(super) fn is_only_sent(outline: &Outline<'_>, schema: &str) -> bool {
    sent(outline).contains(schema) && !answered(outline).contains(schema)
}

/// Everything that can be reached from some schemas, they included.
fn reached<'a>(outline: &Outline<'a>, mut open: Vec<&'a str>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(below(outline, &format!("components.schemas.{name}")));
        }
    }
    reached
}

/// The schemas that are referred to below a path.
fn below<'a>(outline: &Outline<'a>, path: &str) -> impl Iterator<Item = &'a str> {
    let references = outline.within(path).filter(|site| site.is_reference());
    references.map(|site| outline.resolve(site).name)
}
