//! Fixtures: a small specification in a single file, for tests.

use std::fmt::Write as _;

use crate::load::{ROOT, Source};

const MARKER: &str = "--- # file: ";

const OPENAPI: &str = r#"
openapi: 3.0.3
info:
  title: Fixture
  version: "1"
  description: The smallest root that is taken.
servers:
  - url: https://api.example.com
tags:
  - name: charges
"#;

const CHARGES: &str = "description: Payments you take.\n";

const ERRORS: &str = r##"
description: What every refusal looks like.
components:
  responses:
    Refused:
      description: The request was refused.
      content: { application/json: { schema: { $ref: "#/components/schemas/ErrorBody" } } }
    Failed:
      description: The provider failed.
      content: { application/json: { schema: { $ref: "#/components/schemas/ErrorBody" } } }
  schemas:
    ErrorBody:
      type: object
      description: Why a request was refused.
      properties:
        message: { type: string, description: The reason in words. }
"##;

/// Splits a fixture into its sources.
///
/// Each begins after a line such as `--- # file: charges.yaml`; what stands before the first such
/// line is `openapi.yaml`. Lines keep the numbers they have in the fixture. A fixture without a
/// root is completed with a small one (its only tag is `charges`), with an empty `charges.yaml`
/// and with an `errors.yaml` that has the answers `Refused` and `Failed`.
#[must_use]
pub fn split(text: &str) -> Vec<Source> {
    let mut sources: Vec<Source> = vec![source(ROOT, "")];
    for (index, line) in text.lines().enumerate() {
        if let Some(file) = line.strip_prefix(MARKER) {
            sources.push(source(file.trim(), &"\n".repeat(index + 1)));
        } else if let Some(source) = sources.last_mut() {
            // Writing to a string does not fail.
            let _ = writeln!(source.text, "{line}");
        }
    }
    sources.retain(|source| !only_comments(&source.text) || source.file != ROOT);
    if sources.iter().all(|source| source.file != ROOT) {
        for (file, text) in [(ROOT, OPENAPI), ("charges.yaml", CHARGES), ("errors.yaml", ERRORS)] {
            if sources.iter().all(|source| source.file != file) {
                sources.push(source(file, text));
            }
        }
    }
    sources
}

fn source(file: &str, text: &str) -> Source {
    Source { file: file.to_owned(), text: text.to_owned() }
}

fn only_comments(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.starts_with('#'))
}
