//! Choices: named, each kind an object told by a word of its own, with the word beside them.

use super::Report;
use super::directions::sent;
use super::outline::{Kind, Outline, Role, Site};
use super::taken::is_open_variant;
use crate::document::{Entry, Node};
use crate::names::{is_pascal, variant};
use crate::spelling::did_you_mean;

const KEYS: [&str; 3] = ["oneOf", "discriminator", "description"];

/// Whether a schema is a choice.
pub(super) fn is_choice(schema: &Site<'_>) -> bool {
    schema.kind == Kind::Schema(Role::Named) && schema.node.get("oneOf").is_some()
}

/// Whether a key of a schema is looked at here.
pub(super) fn is_key(schema: &Site<'_>, name: &str) -> bool {
    is_choice(schema) && KEYS[..2].contains(&name)
}

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for choice in outline.sites.iter().filter(|site| is_choice(site)) {
        alone(choice, report);
        if let Some(words) = words(choice, report) {
            let kinds = kinds(outline, choice, report);
            mapping(choice, &kinds, words, report);
        }
    }
    for site in outline.sites.iter().filter(|site| site.is_schema() && site.is_reference()) {
        let choice = outline.resolve(site);
        if is_choice(&choice)
            && let Some(tag) = choice.node.at(&["discriminator", "propertyName"])
            && let Some(tag) = tag.text()
        {
            used(outline, site, &choice, tag, report);
        }
    }
}

fn alone(choice: &Site<'_>, report: &mut Report) {
    for entry in choice.node.entries() {
        let key = entry.key.as_str();
        // An extension that means nothing here is refused as such.
        if !KEYS.contains(&key) && !key.starts_with("x-") {
            let instead = "`oneOf`, `discriminator` and `description` alone";
            report.refuse_key(choice, key, "stands beside `oneOf`, where it is lost", instead);
        }
    }
}

/// The words and the references that they stand for.
fn words<'a>(choice: &Site<'a>, report: &mut Report) -> Option<&'a [Entry]> {
    let told = choice.node.get("discriminator");
    let name = told.and_then(|told| told.text_at("propertyName"));
    let words = told.and_then(|told| told.get("mapping")).map_or(&[][..], Node::entries);
    let keys = told.map_or(0, |told| told.entries().len());
    if name.is_none() || words.is_empty() || keys != 2 {
        let problem = "does not say what tells of which kind it is";
        let instead = "`propertyName:` with the member beside it that does, and `mapping:` from \
                       each word to the `$ref` of its kind";
        report.refuse_key(choice, "discriminator", problem, instead);
        return None;
    }
    Some(words)
}

/// The schemas of a choice: objects, each once.
fn kinds<'a>(outline: &Outline<'a>, choice: &Site<'a>, report: &mut Report) -> Vec<&'a str> {
    let mut kinds = Vec::new();
    let prefix = format!("{}.oneOf[", choice.path);
    for site in outline.sites.iter().filter(|site| site.path.starts_with(&prefix)) {
        if site.kind != Kind::Schema(Role::Alternative) {
            continue;
        }
        let kind = outline.resolve(site);
        if !site.is_reference() || kind.node.get("properties").is_none() {
            // A reference that leads nowhere, and one to another choice, are refused as such.
            if !kind.is_reference() && !is_choice(&kind) {
                report.refuse(site, "is not an object with a name", "a `$ref` to one");
            }
        } else if kinds.contains(&kind.name) {
            report.refuse(site, format!("has `{}` twice", kind.name), "each kind once");
        } else {
            kinds.push(kind.name);
        }
    }
    kinds
}

/// Every kind has a word, every word a kind, and every kind a name of its own.
fn mapping(choice: &Site<'_>, kinds: &[&str], words: &[Entry], report: &mut Report) {
    for Entry { key, node, .. } in words {
        let prefix = "#/components/schemas/";
        let named = node.text().and_then(|text| text.strip_prefix(prefix));
        if !named.is_some_and(|named| kinds.contains(&named)) {
            let key = format!("discriminator.mapping.{key}");
            let problem = "does not stand for one of `oneOf`";
            let otherwise = format!("a reference that stands under `oneOf`: `{prefix}Name`");
            let named = named.unwrap_or_default();
            let instead = did_you_mean(named, kinds.iter().copied(), &otherwise);
            report.refuse_key(choice, &key, problem, instead);
        }
    }
    let mut seen = Vec::new();
    let one_each = kinds.iter().all(|kind| words_of(words, kind).len() == 1);
    for kind in kinds {
        let words = words_of(words, kind);
        let name = variant(&words, kind, one_each);
        if words.is_empty() {
            let problem = format!("has no word for `{kind}`");
            let instead = "the word under `mapping`, or the kind out of `oneOf`";
            report.refuse_key(choice, "discriminator.mapping", problem, instead);
        } else if !is_pascal(&name) || is_open_variant(&name) || seen.contains(&name) {
            let problem =
                format!("has a word for `{kind}` that makes the variant `{name}`, which cannot be");
            let instead = "a second schema for it; the generator cannot rename a variant yet";
            report.refuse_key(choice, "discriminator.mapping", problem, instead);
        }
        seen.push(name);
    }
}

fn words_of<'w>(words: &'w [Entry], kind: &str) -> Vec<&'w str> {
    let of =
        |entry: &&Entry| entry.node.text().is_some_and(|it| it.rsplit('/').next() == Some(kind));
    words.iter().filter(of).map(|entry| entry.key.as_str()).collect()
}

/// Looks at a place that holds a choice, whose kind the member `tag` beside it tells.
fn used(outline: &Outline<'_>, site: &Site<'_>, choice: &Site<'_>, tag: &str, report: &mut Report) {
    let beside = site.path.rsplit_once('.').filter(|_| site.kind == Kind::Schema(Role::Member));
    let Some((beside, _)) = beside else {
        let problem =
            format!("is a choice without `{tag}` beside it, which tells of which kind it is");
        report.refuse(site, problem, "a member of an object that has both");
        return;
    };
    if site.node.get("nullable").is_some() {
        let problem = "is a choice that may be null, which the generator does not carry";
        report.refuse_key(site, "nullable", problem, "it without `nullable`");
    }
    let told = outline.at(&format!("{beside}.{tag}")).map(|told| (told, outline.resolve(told)));
    let Some((told, word)) = told else {
        let problem =
            format!("is a choice without `{tag}` beside it, which tells of which kind it is");
        report.refuse(site, problem, format!("`{tag}` in the same object"));
        return;
    };
    let marked = ["nullable", "format", "x-kessai-id", "x-kessai-secret"];
    let is_marked = |site: &Site<'_>| marked.iter().any(|key| site.node.get(key).is_some());
    if word.schema_type() != "string" || is_marked(told) || is_marked(&word) {
        let problem = format!("tells of which kind `{}` is, and is not a plain text", site.name);
        report.refuse(told, problem, "`type: string`, or a `$ref` to an enum");
    }
    let owner = beside.trim_start_matches("components.schemas.").trim_end_matches(".properties");
    if sent(outline).contains(owner) {
        sending(outline, site, choice, owner, report);
    }
}

/// What is sent has to be sure of its word.
fn sending(
    outline: &Outline<'_>,
    site: &Site<'_>,
    choice: &Site<'_>,
    owner: &str,
    report: &mut Report,
) {
    let bodies = outline.operations.iter().filter_map(|operation| operation.body.as_ref());
    if !bodies.into_iter().any(|body| body.name == owner) {
        let problem = "is a choice inside of what is sent, where the clients do not compare it \
                       with its word";
        report.refuse(site, problem, "it in the request body itself");
    }
    let words = choice.node.at(&["discriminator", "mapping"]).map_or(&[][..], Node::entries);
    let kinds = words.iter().filter_map(|entry| entry.node.text()?.rsplit('/').next());
    let mut kinds: Vec<&str> = kinds.collect();
    kinds.sort_unstable();
    let twice = kinds.iter().zip(kinds.iter().skip(1)).find(|(kind, next)| kind == next);
    if let Some((kind, _)) = twice {
        let problem = format!("is sent, and several words tell a `{kind}`");
        let instead = "one word for each kind, so that the client knows which to send";
        report.refuse_key(choice, "discriminator.mapping", problem, instead);
    }
}
