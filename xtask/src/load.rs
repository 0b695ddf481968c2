//! Reads the parts of a specification and joins them into one document.
//!
//! Nothing is looked up on a disk here: texts in, a tree out.

use crate::document::{Entry, Node, Place, Value};
use crate::refusal::{Refusal, Refusals};
use crate::spelling::did_you_mean;

mod reader;

use reader::{Read, Reader};

/// The file that every other part is joined to.
pub const ROOT: &str = "openapi.yaml";

/// One file of a specification.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Source {
    /// The file, relative to the `specs` folder.
    pub file: String,
    /// What it holds.
    pub text: String,
}

/// A specification whose parts are joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The joined document: plain `OpenAPI`.
    pub root: Node,
    /// Its parts in their order: as the root's tags, then by name. The root is not one of them.
    pub parts: Vec<Part>,
}

/// One part of a specification.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// The file's name without its ending; for a resource this is the tag.
    pub name: String,
    /// What it holds, in one sentence.
    pub description: String,
    /// The names of its schemas, in their order.
    pub schemas: Vec<String>,
    /// The `operationId`s of its operations, in their order.
    pub operations: Vec<String>,
    /// The file, relative to the `specs` folder.
    pub file: String,
}

/// Whether a file of a provider's folder is a part of its specification.
#[must_use]
pub fn is_part(file: &str) -> bool {
    file.strip_suffix(".yaml").is_some_and(|stem| !stem.is_empty())
}

/// Reads the sources and joins them.
///
/// # Errors
///
/// Everything that cannot be read or joined.
pub fn load(parts: &[Source]) -> Result<Document, Refusals> {
    let mut refusals = Vec::new();
    let read: Vec<Read> =
        parts.iter().filter_map(|source| Reader::new(source).read(&mut refusals)).collect();
    Refusals::of(refusals)?;
    join(read)
}

/// Reads one source by itself.
///
/// # Errors
///
/// Everything that cannot be read.
pub fn parse(source: &Source) -> Result<Node, Refusals> {
    let mut refusals = Vec::new();
    let read = Reader::new(source).read(&mut refusals);
    match read {
        Some(read) if refusals.is_empty() => Ok(read.node),
        _ => Err(Refusals(refusals)),
    }
}

/// Joins the parts to the root in the order of its tags.
fn join(mut read: Vec<Read>) -> Result<Document, Refusals> {
    let mut joiner = Joiner::default();
    let Some(index) = read.iter().position(|part| format!("{}.yaml", part.name) == ROOT) else {
        let first = read.first().map_or("", |part| part.file.as_str());
        let folder = first.rfind('/').map_or("", |at| &first[..=at]);
        let place = Place { file: format!("{folder}{ROOT}").into(), line: 1 };
        joiner.refuse(
            &place,
            "",
            "there is no such file",
            "the root: openapi, info, servers, tags",
        );
        return Err(Refusals(joiner.refusals));
    };
    let mut root = read.remove(index).node;
    let tags: Vec<String> = root
        .get("tags")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(|tag| tag.text_at("name").map(str::to_owned))
        .collect();
    let rank = |name: &str| tags.iter().position(|tag| tag == name).unwrap_or(tags.len());
    read.sort_by(|a, b| (rank(&a.name), &a.name).cmp(&(rank(&b.name), &b.name)));

    joiner.take(&root);
    let mut parts = Vec::new();
    for part in &read {
        joiner.keys(part, &tags);
        joiner.take(&part.node);
        parts.push(part.summary());
    }
    joiner.describe_tags(&mut root, &read);
    root.set("paths", Value::Map(joiner.paths));
    root.set("components", Value::Map(joiner.components));
    Refusals::of(joiner.refusals)?;
    Ok(Document { root, parts })
}

impl Read {
    fn summary(&self) -> Part {
        let names = |section: Option<&Node>| {
            section.map_or(&[][..], Node::entries).iter().map(|entry| entry.key.clone()).collect()
        };
        let paths = self.node.get("paths").map_or(&[][..], Node::entries);
        let operations = paths
            .iter()
            .flat_map(|path| path.node.entries())
            .filter_map(|method| method.node.text_at("operationId").map(str::to_owned));
        Part {
            name: self.name.clone(),
            description: self.node.text_at("description").unwrap_or_default().to_owned(),
            schemas: names(self.node.at(&["components", "schemas"])),
            operations: operations.collect(),
            file: self.file.clone(),
        }
    }
}

/// What is joined so far.
#[derive(Default)]
struct Joiner {
    paths: Vec<Entry>,
    components: Vec<Entry>,
    refusals: Vec<Refusal>,
}

impl Joiner {
    fn take(&mut self, part: &Node) {
        for (key, into) in [("paths", &mut self.paths), ("components", &mut self.components)] {
            if let Some(section) = part.get(key) {
                merge(into, section, key, &mut self.refusals);
            }
        }
    }

    /// Looks at the keys of a part that is not the root.
    fn keys(&mut self, part: &Read, tags: &[String]) {
        const KEYS: [&str; 3] = ["description", "paths", "components"];
        for entry in part.node.entries() {
            if !KEYS.contains(&entry.key.as_str()) {
                let instead = did_you_mean(
                    &entry.key,
                    KEYS,
                    "it in openapi.yaml; a part has `description`, `paths` and `components`",
                );
                self.refuse(&entry.place, &entry.key, "is not a key of a part", &instead);
            }
        }
        if part.node.text_at("description").is_none_or(|text| text.trim().is_empty()) {
            let place = Place { line: 1, ..part.node.place.clone() };
            let instead = "`description:` and one sentence; it becomes the docs of the module";
            self.refuse(&place, "description", "is missing in this part", instead);
        }
        if let Some(paths) = part.node.entries().iter().find(|entry| entry.key == "paths")
            && !paths.node.entries().is_empty()
            && !tags.contains(&part.name)
        {
            let problem = format!("stands in `{}.yaml`, which is not a tag", part.name);
            let otherwise = format!("`- name: {}` under `tags` in openapi.yaml", part.name);
            let known = tags.iter().map(String::as_str);
            let instead = did_you_mean(&part.name, known, &otherwise);
            self.refuse(&paths.place, "paths", &problem, &instead);
        }
    }

    /// Gives each tag of the root the description of its part.
    fn describe_tags(&mut self, root: &mut Node, read: &[Read]) {
        let Some(Node { value: Value::List(tags), .. }) = root.get_mut("tags") else { return };
        for (index, tag) in tags.iter_mut().enumerate() {
            let Some(name) = tag.text_at("name").map(str::to_owned) else { continue };
            let path = format!("tags[{index}]");
            let place = tag.place.clone();
            if tag.get("description").is_some() {
                let problem = format!("describes `{name}` beside its part");
                let instead = format!("the description in `{name}.yaml` alone");
                self.refuse(&place, &path, &problem, &instead);
            }
            let Some(part) = read.iter().find(|part| part.name == name) else {
                let problem = format!("names `{name}`, which has no file `{name}.yaml`");
                let names = read.iter().map(|part| part.name.as_str());
                let instead = did_you_mean(&name, names, "the part, or take the tag out");
                self.refuse(&place, &path, &problem, &instead);
                continue;
            };
            if let Some(text) = part.node.text_at("description") {
                tag.set("description", Value::Text(text.to_owned()));
            }
        }
    }

    fn refuse(&mut self, place: &Place, path: &str, problem: &str, instead: &str) {
        self.refusals.push(Refusal {
            place: place.clone(),
            path: path.to_owned(),
            problem: problem.to_owned(),
            instead: instead.to_owned(),
        });
    }
}

/// Puts the entries of one part behind those of the parts before it, two levels deep.
fn merge(into: &mut Vec<Entry>, from: &Node, path: &str, refusals: &mut Vec<Refusal>) {
    let mut refuse = |place: &Place, path: &str, problem: &str, instead: &str| {
        refusals.push(Refusal {
            place: place.clone(),
            path: path.to_owned(),
            problem: problem.to_owned(),
            instead: instead.to_owned(),
        });
    };
    if !matches!(from.value, Value::Map(_)) {
        refuse(&from.place, path, "is not a mapping", "`key: value` lines, or nothing at all");
    }
    for entry in from.entries() {
        let path = format!("{path}.{}", entry.key);
        if !matches!(entry.node.value, Value::Map(_)) {
            refuse(
                &entry.place,
                &path,
                "is not a mapping",
                "`key: value` lines, or nothing at all",
            );
            continue;
        }
        let Some(present) = into.iter_mut().find(|present| present.key == entry.key) else {
            into.push(entry.clone());
            continue;
        };
        let Value::Map(members) = &mut present.node.value else { continue };
        for member in entry.node.entries() {
            match members.iter().find(|present| present.key == member.key) {
                None => members.push(member.clone()),
                Some(first) => refuse(
                    &member.place,
                    &format!("{path}.{}", member.key),
                    &format!("is already written in {}", first.place),
                    "it in one place; all parts share their names",
                ),
            }
        }
    }
}
