//! One YAML file into a tree that knows its lines.

use std::sync::Arc;

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, ScanError, YamlData};

use super::Source;
use crate::document::{Entry, Node, Place, Value};
use crate::refusal::Refusal;

/// A part as it was read.
pub(super) struct Read {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) node: Node,
}

/// Reads one source.
pub(super) struct Reader<'a> {
    source: &'a Source,
    file: Arc<str>,
    /// The text by letters, as the parser counts them.
    letters: Vec<char>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, file: source.file.as_str().into(), letters: source.text.chars().collect() }
    }

    pub(super) fn read(&self, refusals: &mut Vec<Refusal>) -> Option<Read> {
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
