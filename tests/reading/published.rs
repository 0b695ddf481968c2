//! Every body that a provider published is read, with nothing dropped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use xtask::examples::PublishedKind;

use crate::example::{examples, root};
use crate::provider::{PROVIDERS, Provider};

/// The published bodies of a provider: the text of each, by its file.
fn published(provider: &Provider) -> BTreeMap<String, String> {
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

#[test]
fn every_published_body_is_read_with_nothing_dropped() {
    for provider in PROVIDERS {
        let mut left = published(provider);
        let mut compare = |file: &str, read: &dyn Fn(&[u8]) -> Result<Value, _>| {
            let text = left.remove(file);
            let text = text.unwrap_or_else(|| panic!("{file} is not there, or listed twice"));
            let mut written =
                read(text.as_bytes()).unwrap_or_else(|error: kessai_core::Unreadable| {
                    panic!("{} {file}: {error}", provider.name)
                });
            let mut expected: Value = serde_json::from_str(&text).expect("JSON");
            drop_nothing(&mut written);
            drop_nothing(&mut expected);
            assert_eq!(written, expected, "{} {file}", provider.name);
        };
        let mut skipped: Vec<String> = Vec::new();
        for (operation, example) in examples(provider.name) {
            for body in &example.published {
                match &body.kind {
                    PublishedKind::Answer => {
                        compare(&body.file, &|text| (provider.read_answer)(&operation, text));
                    }
                    PublishedKind::Request => {
                        compare(&body.file, &|text| (provider.read_request)(&operation, text));
                    }
                    PublishedKind::Error => compare(&body.file, &provider.read_error),
                    PublishedKind::Skipped(_) => skipped.push(body.file.clone()),
                }
            }
        }
        for file in provider.webhooks {
            compare(file, &provider.read_webhook);
        }
        skipped.extend(provider.skipped.iter().map(|(file, _)| (*file).to_owned()));
        skipped.sort_unstable();
        // What nothing listed is left; it must be what somebody gave a reason for.
        assert_eq!(left.into_keys().collect::<Vec<_>>(), skipped, "{}", provider.name);
    }
}
