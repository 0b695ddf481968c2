//! Any bytes as anything that is read: the answer and the request body of every operation, every
//! error body and every message.
//!
//! What reads is written, and what was written reads as the same; nothing that is there is lost.

use std::fs;
use std::sync::LazyLock;

use kessai_core::Unreadable;
use serde_json::{Map, Value};

use super::input::{Input, Ring, holds_canary, joined};
use crate::example::root;
use crate::provider::{PROVIDERS, Provider};

/// Something that is read.
struct Reader {
    provider: &'static Provider,
    read: Read,
    /// An example of it.
    example: Value,
}

enum Read {
    Answer(&'static str),
    Request(&'static str),
    Other(&'static str, fn(&[u8]) -> Result<Value, Unreadable>, &'static [&'static str]),
}

static READERS: LazyLock<Ring<Reader>> =
    LazyLock::new(|| Ring::new(PROVIDERS.iter().flat_map(of_provider), Reader::name));

impl Reader {
    fn name(&self) -> String {
        let provider = self.provider.name;
        match self.read {
            Read::Answer(operation) => format!("{provider} answer {operation}"),
            Read::Request(operation) => format!("{provider} request {operation}"),
            Read::Other(schema, ..) => format!("{provider} {schema}"),
        }
    }
}

fn of_provider(provider: &'static Provider) -> Vec<Reader> {
    let document = provider.document();
    let fill = |schema: &Value| document.filled(schema, "a", "b");
    let mut readers = Vec::new();
    for operation in provider.operations {
        let answer = document.answer(operation).map(|it| (Read::Answer(operation), fill(it)));
        let request = document.request(operation).map(|it| {
            let mut example = document.filled(it, "a", "");
            document.drop_signature(operation, &mut example);
            (Read::Request(operation), example)
        });
        readers.extend(answer.into_iter().chain(request));
    }
    let other =
        |read, schema, files| (Read::Other(schema, read, files), fill(document.schema(schema)));
    readers.push(other(provider.read_error, provider.error, &[]));
    let messages = provider.messages.iter();
    readers.extend(messages.map(|message| other(message.read, message.schema, message.files)));
    readers.into_iter().map(|(read, example)| Reader { provider, read, example }).collect()
}

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let reader = input.choose(&READERS);
    let body = input.rest();
    if holds_canary(body) {
        return;
    }
    let read = match reader.read {
        Read::Answer(operation) => (reader.provider.read_answer)(operation, body),
        Read::Request(operation) => (reader.provider.read_request)(operation, body),
        Read::Other(_, read, _) => read(body),
    };
    if let (Ok(Value::Object(written)), Ok(Value::Object(body))) =
        (read, serde_json::from_slice(body))
    {
        let is_request = matches!(reader.read, Read::Request(_));
        for (name, member) in body {
            // A request has no place for what nobody documented.
            let is_nothing = member.is_null() || member.as_object().is_some_and(Map::is_empty);
            let is_there = is_nothing || is_request || written.contains_key(&name);
            assert!(is_there, "{}: `{name}` is lost", reader.name());
        }
    }
}

/// An example of each, and all that was published.
pub fn seeds() -> Vec<Vec<u8>> {
    let seed = |(start, reader): ([u8; 2], &Reader)| {
        let published = files(reader).into_iter().map(move |body| joined(&start, &[&body]));
        let example = reader.example.to_string();
        published.chain([joined(&start, &[example.as_bytes()])])
    };
    READERS.iter().flat_map(seed).collect()
}

/// What was published of it.
fn files(reader: &Reader) -> Vec<Vec<u8>> {
    let folder = root().join("specs").join(reader.provider.name).join("examples/published");
    let (operation, kind) = match &reader.read {
        Read::Answer(operation) => (operation, "-response-"),
        Read::Request(operation) => (operation, "-request-"),
        Read::Other(_, _, files) => {
            let read = |file: &&str| fs::read(folder.join(file)).expect("a published body");
            return files.iter().map(read).collect();
        }
    };
    // `capture_charge` is `captureCharge` there.
    let name = operation.replace('_', "") + kind;
    let files =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let is_of = |path: &std::path::PathBuf| {
        let file = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
        file.is_some_and(|file| file.starts_with(&name))
    };
    let mut files: Vec<_> = files.filter(is_of).collect();
    files.sort_unstable();
    files.iter().map(|path| fs::read(path).expect("a published body")).collect()
}
