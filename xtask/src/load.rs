//! Reads the parts of a specification and joins them into one document.
//!
//! Nothing is looked up on a disk here: texts in, a tree out.

use std::sync::Arc;

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, ScanError, YamlData};

use crate::check::words::did_you_mean;
use crate::document::{Entry, Node, Place, Value};
use crate::refusal::{Refusal, Refusals};

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

/// A part as it was read.
struct Read {
    name: String,
    file: String,
    node: Node,
}

/// Reads one source.
struct Reader<'a> {
    source: &'a Source,
    file: Arc<str>,
    /// The text by letters, as the parser counts them.
    letters: Vec<char>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source) -> Self {
        Self { source, file: source.file.as_str().into(), letters: source.text.chars().collect() }
    }

    fn read(&self, refusals: &mut Vec<Refusal>) -> Option<Read> {
        let documents = match MarkedYaml::load_from_str(&self.source.text) {
            Ok(documents) => documents,
            Err(error) => {
                refusals.push(self.unreadable(&error));
                return None;
            }
        };
        let (first, others) = match documents.split_first() {
            Some((first, others)) if first.data.is_mapping() => (first, others),
            _ => {
                let problem = "this file is not a mapping";
                refusals.push(self.refusal(1, "", problem, "`key: value` lines"));
                return None;
            }
        };
        if let Some(second) = others.first() {
            let line = second.span.start.line();
            let instead = "one document per file, without a line `---` between two";
            refusals.push(self.refusal(line, "", "a second document begins in this file", instead));
        }
        let node = self.node(first, "", refusals);
        let file = self.source.file.clone();
        let name = file.rsplit('/').next().unwrap_or(&file).trim_end_matches(".yaml").to_owned();
        Some(Read { name, file, node })
    }

    fn node(&self, yaml: &MarkedYaml<'_>, path: &str, refusals: &mut Vec<Refusal>) -> Node {
        let line = yaml.span.start.line();
        let mut refuse = |problem: &str, instead: &str| {
            refusals.push(self.refusal(line, path, problem, instead));
            Value::Null
        };
        let value = match &yaml.data {
            _ if self.is_marked(yaml) => refuse(
                "uses an anchor, an alias or a tag of YAML (`&`, `*`, `!`)",
                "what is meant, in full; a shared schema is named and referred to by `$ref`",
            ),
            YamlData::Value(Scalar::Null) => Value::Null,
            YamlData::Value(Scalar::Boolean(flag)) => Value::Bool(*flag),
            YamlData::Value(Scalar::Integer(whole)) => Value::Integer(*whole),
            YamlData::Value(Scalar::FloatingPoint(number)) if number.is_finite() => {
                Value::Float(**number)
            }
            YamlData::Value(Scalar::FloatingPoint(_)) => {
                refuse("is not a number that JSON has", "a finite number, or a text in quotes")
            }
            YamlData::Value(Scalar::String(text)) => Value::Text(text.clone().into_owned()),
            YamlData::Sequence(items) => Value::List(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| self.node(item, &format!("{path}[{index}]"), refusals))
                    .collect(),
            ),
            YamlData::Mapping(entries) => Value::Map(
                entries
                    .iter()
                    .filter_map(|(key, node)| self.entry(key, node, path, refusals))
                    .collect(),
            ),
            _ => refuse("cannot be read", "plain YAML without tags"),
        };
        Node { place: self.place(line), value }
    }

    fn entry(
        &self,
        key: &MarkedYaml<'_>,
        node: &MarkedYaml<'_>,
        path: &str,
        refusals: &mut Vec<Refusal>,
    ) -> Option<Entry> {
        let line = key.span.start.line();
        let written = self.slice(key.span.start, key.span.end);
        let name = match &key.data {
            _ if self.is_marked(key) => None,
            YamlData::Value(Scalar::String(text)) => Some(text.clone().into_owned()),
            // A status is often written without quotes; `007` would lose its zeros.
            YamlData::Value(Scalar::Integer(whole)) if whole.to_string() == written => {
                Some(written)
            }
            _ => None,
        };
        let Some(name) = name else {
            let problem = "has a key that is not a text";
            refusals.push(self.refusal(line, path, problem, "the key in quotes"));
            return None;
        };
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let mut node = self.node(node, &path, refusals);
        // Block text starts a line below its key, where nobody looks for it.
        if !matches!(node.value, Value::List(_) | Value::Map(_)) {
            node.place.line = line;
        }
        Some(Entry { key: name, place: self.place(line), node })
    }

    /// Whether a node begins with an anchor, an alias or a tag, rather than with text that has
    /// such a first letter.
    fn is_marked(&self, yaml: &MarkedYaml<'_>) -> bool {
        let first = self.letters.get(yaml.span.start.index()).copied();
        let Some(mark @ ('&' | '*' | '!')) = first else { return false };
        !yaml.data.as_str().is_some_and(|text| text.starts_with(mark))
    }

    fn slice(&self, start: Marker, end: Marker) -> String {
        self.letters.get(start.index()..end.index()).unwrap_or_default().iter().collect()
    }

    fn place(&self, line: usize) -> Place {
        Place { file: Arc::clone(&self.file), line }
    }

    fn refusal(&self, line: usize, path: &str, problem: &str, instead: &str) -> Refusal {
        Refusal {
            place: self.place(line),
            path: path.to_owned(),
            problem: problem.to_owned(),
            instead: instead.to_owned(),
        }
    }

    fn unreadable(&self, error: &ScanError) -> Refusal {
        let marker = error.marker();
        if error.info() == "duplicated key in mapping" {
            let rest = self.letters.get(marker.index()..).unwrap_or_default();
            let key: String = rest.iter().take_while(|&&letter| letter != ':').collect();
            let key = key.trim_matches(['"', '\'']);
            let problem = format!("`{key}` stands twice in one mapping");
            return self.refusal(marker.line(), "", &problem, "it once");
        }
        let problem = format!("this is not YAML: {}", error.info());
        self.refusal(marker.line(), "", &problem, remedy(error.info()))
    }
}

/// What usually helps against a message of the parser.
fn remedy(message: &str) -> &str {
    let remedies = [
        ("tab", "spaces instead of tabs"),
        ("valid YAML whitespace", "spaces instead of tabs, and a space behind `:` and `-`"),
        ("mapping values", "a text that holds `: ` in double quotes; a key one step further in"),
        ("block mapping", "the keys of a mapping in one column, each followed by `:`"),
        ("block collection", "a list with `- ` before each item, in one column"),
        ("flow", "a closing `}` or `]`, and a comma between two members"),
        ("':' indicator", "a closing `}` or `]`, and a comma between two members"),
        ("quoted scalar", "a closing quote; a backslash inside double quotes twice"),
        ("double-quoted", "an apostrophe inside single quotes twice, or double quotes around it"),
        ("unexpected character", "a text that begins with a sign such as ` or @ in double quotes"),
        ("unknown anchor", "what is meant, in full; anchors of YAML are not used here"),
        ("simple key", "a `:` behind the key"),
    ];
    let found = remedies.iter().find(|(part, _)| message.contains(part));
    found.map_or("YAML as in the parts beside this one; look at this line and the one above", |r| {
        r.1
    })
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
