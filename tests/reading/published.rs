//! Every body that a provider published is read, with nothing dropped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kessai_core::Decimal;
use serde_json::{Map, Value};
use xtask::examples::PublishedKind;

use crate::example::{examples, root};
use crate::provider::{PROVIDERS, Provider};

/// The published bodies of a provider: the text of each, by its file.
pub fn published(provider: &Provider) -> BTreeMap<String, String> {
    let folder = root().join("specs").join(provider.name).join("examples/published");
    let files =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let bodies = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    bodies.map(|path| (name(&path), fs::read_to_string(&path).expect("a text"))).collect()
}

/// Takes out what stands for nothing: nulls, and empty lists and maps.
fn drop_nothing(body: &mut Value) {
    match body {
        Value::Object(members) => {
            members.retain(|_, member| {
                drop_nothing(member);
                !matches!(member, Value::Null)
                    && !member.as_object().is_some_and(Map::is_empty)
                    && !member.as_array().is_some_and(Vec::is_empty)
            });
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nothing),
        _ => {}
    }
}

/// Whether two bodies say the same: a decimal is written as its place wants it, whichever way it
/// was read.
fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(name, member)| two.get(name).is_some_and(|it| same(member, it)))
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Value::String(text), Value::Number(number))
        | (Value::Number(number), Value::String(text)) => {
            let decimal = |text: &str| text.parse::<Decimal>().ok();
            decimal(text).is_some() && decimal(text) == decimal(&number.to_string())
        }
        (one, two) => one == two,
    }
}

#[test]
fn every_published_body_is_read_with_nothing_dropped() {
    for provider in PROVIDERS {
        let mut left = published(provider);
        let document = provider.document();
        let mut compare = |file: &str,
                           signed: Option<&str>,
                           read: &dyn Fn(&[u8]) -> Result<Value, _>| {
            let text = left.remove(file);
            let text = text.unwrap_or_else(|| panic!("{file} is not there, or listed twice"));
            let mut written =
                read(text.as_bytes()).unwrap_or_else(|error: kessai_core::Unreadable| {
                    panic!("{} {file}: {error}", provider.name)
                });
            let mut expected: Value = serde_json::from_str(&text).expect("JSON");
            drop_nothing(&mut written);
            drop_nothing(&mut expected);
            if let Some(operation) = signed {
                document.drop_signature(operation, &mut expected);
            }
            assert!(same(&written, &expected), "{} {file}: {written} {expected}", provider.name);
        };
        let mut skipped: Vec<String> = Vec::new();
        for (operation, example) in examples(provider.name) {
            for body in &example.published {
                match &body.kind {
                    PublishedKind::Answer => {
                        compare(&body.file, None, &|text| (provider.read_answer)(&operation, text));
                    }
                    PublishedKind::Request => {
                        let read = |text: &[u8]| (provider.read_request)(&operation, text);
                        compare(&body.file, Some(&operation), &read);
                    }
                    PublishedKind::Error => compare(&body.file, None, &provider.read_error),
                    PublishedKind::Skipped(_) => skipped.push(body.file.clone()),
                }
            }
        }
        for message in provider.messages {
            for file in message.files {
                compare(file, None, &message.read);
            }
        }
        skipped.extend(provider.skipped.iter().map(|(file, _)| (*file).to_owned()));
        skipped.sort_unstable();
        // What nothing listed is left; it must be what somebody gave a reason for.
        assert_eq!(left.into_keys().collect::<Vec<_>>(), skipped, "{}", provider.name);
    }
}
