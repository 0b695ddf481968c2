//! The generator's output: as it should be, the same every time, and nothing lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use xtask::expand::{self, Expanded};
use xtask::generate::{self, Generated, Sources};
use xtask::load::{Document, Source};
use xtask::module::Piece;
use xtask::normalise::normalise;
use xtask::plan::{self, Plan};
use xtask::shape::{self, Model};
use xtask::{check, examples, explain, file, fixture, load, print, seen};

use crate::example::root;

mod long;

/// An example for the small fixture, so that its docs have one.
const CAPTURE: &str = "
request:
  path: { id: ch_1 }
  body: { amount: 1200 }
answers:
  captured:
    status: 200
    body: { id: ch_1, amount: 1200, status: captured }
";

const INSTALMENTS: &str = "
request:
  path: { id: ch_1 }
answers:
  listed:
    status: 200
    body: [{ amount: 700 }, { amount: 500 }]
";

/// Another, of a change.
const UPDATE: &str = "
request:
  path: { id: ch_1 }
  body:
    { reason: null, note: null, wanted: captured, codes: [cash], payment_type: konbini, data: { shop: lawson } }
answers:
  changed:
    status: 200
    body: { id: ch_1, rate: 1, status: captured }
";

/// Another, of a card.
const TOKEN: &str = "
request:
  body: { payment_type: card, data: { number: '4242424242424242', holder: { name: MOMO } }, email: a@example.com }
answers:
  created:
    status: 201
    body: { id: to_1 }
";

/// A third, of what is signed.
const WITHDRAWAL: &str = "
request:
  path: { id: ch_1 }
  body: { reason: mistake, kind: receipt, receipt: { number: R-1 }, signature: 9b74c9897bac770ffc029102a200c5de }
answers:
  withdrawn:
    status: 200
    body: { result: { code: 0 }, time: '2026-04-01T09:30:00Z', signature: 70fb874a43097a25234382390c0baeb3 }
";

fn small() -> (Document, Plan, Expanded) {
    let texts = file::read_yaml(&root().join("tests/fixtures/accepted")).expect("fixtures");
    let document = load::load(&fixture::split(&texts["small.yaml"])).expect("it can be joined");
    check::check(&document).expect("it is in the dialect");
    let seen = seen::seen(&document);
    let plan = plan::plan("small", &seen);
    let expanded = expand::expand(&normalise(&seen.root), &plan).expect("progenitor");
    (document, plan, expanded)
}

fn elepay() -> (Sources, Generated) {
    let sources = generate::read(&root(), "elepay").expect("specs");
    let generated = generate::generate(&sources).expect("modules");
    (sources, generated)
}

#[test]
fn a_small_specification_becomes_modules_a_person_would_sign() {
    let (document, plan, expanded) = small();
    let read = |(operation, text): (&str, &str)| {
        let file = format!("small/examples/{operation}.yaml");
        let example = examples::read(&Source { file, text: text.to_owned() });
        let example = seen::example(&document, operation, &example.expect("an example"));
        (operation.to_owned(), example)
    };
    let examples = [
        ("capture_charge", CAPTURE),
        ("list_instalments", INSTALMENTS),
        ("update_charge", UPDATE),
        ("create_token", TOKEN),
        ("withdraw_receipt", WITHDRAWAL),
    ];
    let examples = BTreeMap::from(examples.map(read));
    let model = Model::new(&plan, &expanded).expect("types");
    for module in shape::shape(&plan, &model, &examples) {
        let text = print::print(&module).expect("Rust");
        insta::assert_snapshot!(format!("small_{}", module.name.replace('/', "_")), text);
    }
    let tables = shape::dispatch(&plan, &model);
    let tables: Vec<String> =
        tables.iter().map(|table| print::print(table).expect("Rust")).collect();
    insta::assert_snapshot!("small_dispatch", tables.join("\n"));
}

#[test]
fn progenitor_still_does_the_three_things_we_rely_on() {
    let expanded = elepay().1.expanded;
    assert!(expanded.structs.contains_key("Charge"), "a module `types` of items");
    assert!(expanded.enums.contains_key("ChargeStatus"), "a module `types` of items");
    assert!(
        expanded.signatures.contains_key("capture_charge"),
        "a method per operation, by its id"
    );
    let renamed = expanded.structs.values().any(|item| {
        item.fields.iter().flat_map(|field| &field.attrs).any(|attribute| {
            use quote::ToTokens as _;
            attribute.to_token_stream().to_string().contains("rename")
        })
    });
    assert!(renamed, "members in `serde(rename)` where Rust calls them otherwise");
}

#[test]
fn the_same_specification_makes_the_same_files() {
    assert_eq!(elepay().1.files, elepay().1.files);
}

#[test]
fn what_is_committed_is_what_the_generator_makes() {
    for provider in generate::providers(&root()).expect("specs") {
        let sources = generate::read(&root(), &provider).expect("specs");
        let generated = generate::generate(&sources).expect("modules");
        let changes = file::compare(&root(), &generated.files, &generate::owned(&provider));
        let changes = changes.expect("files");
        assert!(changes.is_empty(), "run `cargo xtask generate`: {changes:#?}");
    }
}

#[test]
fn a_changed_description_changes_the_files() {
    let (mut sources, before) = elepay();
    let part =
        sources.parts.iter_mut().find(|part| part.file == "elepay/charges.yaml").expect("charges");
    part.text = part.text.replacen("Payments you take.", "Money on its way to you.", 1);
    let after = generate::generate(&sources).expect("modules");
    let changed: Vec<&Path> = before
        .files
        .iter()
        .filter(|(path, text)| after.files.get(*path) != Some(text))
        .map(|(path, _)| path.as_path())
        .collect();
    assert_eq!(
        changed,
        [
            "crates/kessai-elepay/openapi.json",
            "crates/kessai-elepay/src/generated/charges.rs",
            "crates/kessai-elepay/src/generated/mod.rs",
            "crates/kessai-sandbox/openapi/elepay.json",
        ]
        .map(Path::new)
    );
}

#[test]
fn every_member_of_the_document_is_a_field() {
    let (_, generated) = elepay();
    let tables: BTreeMap<&str, Vec<&str>> = generated
        .modules
        .iter()
        .flat_map(|module| &module.pieces)
        .filter_map(|piece| match piece {
            Piece::Table(table) if table.macro_name != "page" => {
                Some((table.of.as_str(), table.rows.iter().flat_map(|row| wire(row)).collect()))
            }
            Piece::Table(_) | Piece::Item(_) => None,
        })
        .collect();
    let document = serde_json::to_value(&generated.document.root).expect("JSON");
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let mut compared = 0;
    for (name, schema) in schemas {
        let mapping = &schema["discriminator"]["mapping"];
        let expected: BTreeSet<&str> = match (&schema["properties"], &schema["enum"], mapping) {
            (Value::Object(properties), ..) => properties.keys().map(String::as_str).collect(),
            (_, Value::Array(words), _) => words.iter().filter_map(Value::as_str).collect(),
            (.., Value::Object(words)) => words.keys().map(String::as_str).collect(),
            _ => panic!("`{name}` is neither an object nor an enum nor a choice"),
        };
        let found: BTreeSet<&str> = tables[name.as_str()].iter().copied().collect();
        assert_eq!(found, expected, "{name}");
        compared += expected.len();
    }
    assert!(compared > 250, "{compared} members and words");
}

/// The provider's names in a row of a table.
fn wire(row: &str) -> impl Iterator<Item = &str> {
    row.split('"').skip(1).step_by(2)
}

#[test]
fn explaining_an_operation_tells_every_stage() {
    let (_, generated) = elepay();
    let story = explain::explain(&generated, "capture_charge").expect("a story");
    for said in [
        "== The document, from specs/elepay/charges.yaml:",
        "\"operationId\": \"capture_charge\"",
        "== The plan: what goes beside progenitor ==",
        "== What unmodified progenitor prints ==",
        "api-version",
        "== The module: the method ==",
        "Call::new(self.transport, &CAPTURE).path(\"id\", id).json(body)",
    ] {
        assert!(story.contains(said), "the story lacks {said}");
    }
    let unknown = explain::explain(&generated, "capture_chrage").expect_err("no such operation");
    assert!(unknown.contains("capture_charge"), "{unknown}");
}
