//! Modules that are too long for one file: what becomes of them, and what stays as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use xtask::module::Module;
use xtask::shape::{self, Model};
use xtask::{check, expand, explain, fixture, generate, load, normalise, plan, print, seen};

use crate::example::root;

/// How long a fixture is to be.
#[derive(Clone, Copy, Default)]
struct Long {
    /// Calls that read, and as many that do more.
    calls: usize,
    /// Members of each object that is sent or answered.
    members: usize,
    /// Objects inside what is answered.
    inside: usize,
    /// Words of the long enum.
    words: usize,
    /// Short enums beside it.
    enums: usize,
}

/// A schema of `count` lines under `head`.
fn lines(text: &mut String, head: &str, count: usize, line: impl Fn(usize) -> String) {
    let _ = writeln!(text, "{head}");
    for index in 0..count {
        let _ = writeln!(text, "{}", line(index));
    }
}

fn member(index: usize) -> String {
    format!("        told{index}: {{ type: string, description: Told. }}")
}

fn fixture(long: Long) -> String {
    let Long { calls, members, inside, words, enums } = long;
    let answers = "responses: { '200': { description: One., content: { application/json: { schema: \
                   { $ref: '#/components/schemas/Charge' } } } }, 4XX: { $ref: \
                   '#/components/responses/Refused' }, 5XX: { $ref: \
                   '#/components/responses/Failed' } }";
    let body = "requestBody: { required: true, content: { application/json: { schema: { $ref: \
                '#/components/schemas/CreateCharge' } } } }";
    let mut text = "--- # file: charges.yaml\ndescription: Payments you take.\npaths:\n".to_owned();
    for index in 0..=calls {
        let said = format!("tags: [charges], summary: Does one thing., {answers}");
        let query = "parameters: [{ name: since, in: query, description: Since when., schema: { \
                     type: string } }]";
        let _ = writeln!(text, "  /look{index}:");
        let _ = writeln!(text, "    get: {{ operationId: look{index}_charge, {said}, {query} }}");
        let _ = writeln!(text, "    post: {{ operationId: act{index}_charge, {said}, {body} }}");
    }
    text.push_str("components:\n  schemas:\n");
    for name in ["CreateCharge", "Charge"] {
        let head =
            format!("    {name}:\n      type: object\n      description: One.\n      properties:");
        lines(&mut text, &head, members.max(1), member);
        if name == "Charge" {
            lines(&mut text, "", inside, |index| {
                format!(
                    "        inside{index}: {{ $ref: '#/components/schemas/Inside{index}', \
                     description: More. }}"
                )
            });
            let _ = writeln!(
                text,
                "        why: {{ $ref: '#/components/schemas/Why', description: Why. }}"
            );
            lines(&mut text, "", enums, |index| {
                format!(
                    "        kind{index}: {{ $ref: '#/components/schemas/Kind{index}', \
                     description: Which. }}"
                )
            });
        }
    }
    for index in 0..inside {
        let head = format!(
            "    Inside{index}:\n      type: object\n      description: One.\n      properties:"
        );
        lines(&mut text, &head, 8, member);
    }
    let short = (0..enums).map(|index| (format!("Kind{index}"), 6));
    for (name, count) in short.chain([("Why".to_owned(), words.max(1))]) {
        let head = format!("    {name}:\n      type: string\n      description: Why.\n      enum:");
        lines(&mut text, &head, count, |index| format!("        - word{index}"));
        lines(&mut text, "      x-enumDescriptions:", count, |index| {
            format!("        word{index}: A reason.")
        });
    }
    text
}

/// The files of the module `charges` of a fixture, by their names.
fn files(long: Long) -> BTreeMap<String, Module> {
    let document = load::load(&fixture::split(&fixture(long))).expect("it can be joined");
    if let Err(refusals) = check::check(&document) {
        panic!("{refusals}");
    }
    let seen = seen::seen(&document);
    let plan = plan::plan("long", &seen);
    let expanded = expand::expand(&normalise::normalise(&seen.root), &plan).expect("progenitor");
    let model = Model::new(&plan, &expanded).expect("types");
    let modules = shape::shape(&plan, &model, &BTreeMap::new());
    let ours = modules.into_iter().filter(|module| module.belongs_to("charges"));
    ours.map(|module| (module.name.clone(), module)).collect()
}

fn names(files: &BTreeMap<String, Module>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

/// The types, methods and constants that a file defines.
fn defined(module: &Module) -> Vec<String> {
    let text = print::print(module).expect("Rust");
    let begins = ["pub struct ", "pub enum ", "const ", "pub fn ", "pub(crate) fn "];
    let names = text.lines().filter_map(|line| {
        let rest = begins.iter().find_map(|begin| line.trim_start().strip_prefix(begin))?;
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        Some(rest.split(|letter| !is_name(letter)).next().unwrap_or_default().to_owned())
    });
    names.filter(|name| name != "new").collect()
}

fn all_defined(files: &BTreeMap<String, Module>) -> BTreeSet<String> {
    files.values().flat_map(defined).collect()
}

fn assert_short(files: &BTreeMap<String, Module>) {
    for file in files.values() {
        let text = print::print(file).expect("Rust");
        let lines = text.lines().count();
        assert!(lines <= 800, "{} has {lines} lines", file.name);
        assert_eq!(lines, print::length(file));
    }
}

#[test]
fn a_short_module_is_one_file() {
    assert_eq!(names(&files(Long::default())), ["charges"]);
}

#[test]
fn a_long_module_keeps_its_methods_and_parts_its_types_by_what_a_reader_looks_for() {
    let files = files(Long { members: 150, words: 20, ..Long::default() });
    assert_eq!(names(&files), ["charges", "charges/answered", "charges/sent", "charges/words"]);
    assert_short(&files);
    for (file, expected) in [
        ("charges", "Charges look0 act0 Look0Charge LOOK0 ACT0"),
        ("charges/answered", "Charge"),
        ("charges/sent", "CreateCharge"),
        ("charges/words", "Why"),
    ] {
        assert_eq!(defined(&files[file]).join(" "), expected, "{file}");
    }
    let main = print::print(&files["charges"]).expect("Rust");
    for line in ["mod sent;", "pub use sent::*;", "pub use answered::*;", "pub use words::*;"] {
        assert!(main.lines().any(|found| found == line), "{line}");
    }
    let answered = print::print(&files["charges/answered"]).expect("Rust");
    assert!(answered.contains("\nuse super::Why;\n"), "{answered}");
}

#[test]
fn where_methods_are_too_many_those_that_only_read_stand_apart() {
    let files = files(Long { calls: 24, ..Long::default() });
    assert_eq!(
        names(&files),
        ["charges", "charges/answered", "charges/reads", "charges/sent", "charges/words"]
    );
    assert_short(&files);
    let reads = defined(&files["charges/reads"]);
    assert!(["look7", "LOOK7", "Look7Charge"].iter().all(|name| reads.iter().any(|it| it == name)));
    let kept = defined(&files["charges"]);
    assert!(["Charges", "act7", "ACT7"].iter().all(|name| kept.iter().any(|it| it == name)));
    assert!(kept.iter().all(|name| !name.to_lowercase().starts_with("look")), "{kept:?}");
    let text = print::print(&files["charges/reads"]).expect("Rust");
    assert!(text.contains("\nuse super::{Charge, Charges};\n"), "{text}");
}

#[test]
fn where_objects_are_too_many_those_inside_others_stand_apart() {
    let files = files(Long { inside: 20, members: 100, ..Long::default() });
    assert_short(&files);
    assert!(files.contains_key("charges/answered_nested"), "{:?}", names(&files));
    assert_eq!(defined(&files["charges/answered"]), ["Charge"]);
    assert_eq!(defined(&files["charges/answered_nested"]).len(), 20);
}

#[test]
fn where_words_are_too_many_a_long_enum_has_a_file_of_its_own() {
    let files = files(Long { words: 200, enums: 15, ..Long::default() });
    assert_short(&files);
    assert_eq!(
        names(&files),
        ["charges", "charges/answered", "charges/sent", "charges/why", "charges/words"]
    );
    assert_eq!(defined(&files["charges/why"]), ["Why"]);
    assert_eq!(defined(&files["charges/words"]).len(), 15);
}

#[test]
fn parting_a_module_loses_nothing() {
    let long = Long { calls: 24, inside: 20, members: 100, words: 200, enums: 15 };
    let files = files(long);
    assert_short(&files);
    let defined = all_defined(&files);
    let methods = (0..=24)
        .flat_map(|index| [format!("look{index}"), format!("act{index}"), format!("LOOK{index}")]);
    let types = (0..20).map(|index| format!("Inside{index}"));
    for name in methods.chain(types).chain(["Why", "Kind14", "CreateCharge"].map(String::from)) {
        assert!(defined.contains(&name), "{name}");
    }
    let times: usize = files.values().map(|file| self::defined(file).len()).sum();
    assert_eq!(times, defined.len(), "everything stands in one file");
}

#[test]
fn explaining_finds_what_stands_in_a_part() {
    let sources = generate::read(&root(), "univapay").expect("specs");
    let generated = generate::generate(&sources).expect("modules");
    for (operation, said) in [
        ("get_charge", ["pub fn get(", "const GET: ", "pub struct Charge {"]),
        ("create_charge", ["pub fn create(", "const CREATE: ", "pub struct CreateCharge {"]),
    ] {
        let story = explain::explain(&generated, operation).expect("a story");
        let (_, told) = story.split_once("== The module: the method ==").expect("a method");
        for said in said {
            assert!(told.contains(said), "{operation} lacks {said}");
        }
    }
}
