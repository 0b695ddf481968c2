//! What the generator refuses, and how it says so.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use xtask::{check, file, fixture, load};

use crate::example::root;

fn fixtures(folder: &str) -> BTreeMap<String, String> {
    file::read_yaml(&root().join("tests/fixtures").join(folder)).expect("fixtures")
}

#[test]
fn every_fault_is_refused_in_words_a_newcomer_understands() {
    let mut all = String::new();
    for (name, text) in fixtures("refused") {
        let sources = fixture::split(&text);
        let refusals = match load::load(&sources) {
            Ok(document) => check::check(&document).expect_err(&name),
            Err(refusals) => refusals,
        };
        let _ = writeln!(all, "# {}\n{refusals}\n", name.trim_end_matches(".yaml"));
    }
    insta::assert_snapshot!("refused", all);
}

#[test]
fn every_fixture_holds_one_screen_at_most() {
    for (name, text) in fixtures("refused") {
        assert!(text.lines().count() <= 25, "{name} is too long to be read at a glance");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let accepted = &fixtures("accepted")["small.yaml"];
    let broken = accepted
        .replacen("tags: [charges]", "tags: [charges, money]", 1)
        .replacen("in the currency's unit", "as you like it", 1)
        .replacen("#/components/schemas/ChargePage", "#/components/schemas/ChargePag", 1);
    let document = load::load(&fixture::split(&broken)).expect("it can be joined");
    let refusals = check::check(&document).expect_err("it is not in the dialect");
    insta::assert_snapshot!("several_at_once", refusals);
}
