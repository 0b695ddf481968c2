//! Objects as they come in and go out: in any order, with members missing, newer, odd or twice.

use std::collections::BTreeMap;

use super::*;
use crate::Patch;

#[derive(Clone, Debug, PartialEq)]
struct Part {
    id: String,
    amount: Option<i64>,
    tags: Vec<String>,
    notes: BTreeMap<String, String>,
    name: Patch<String>,
    inner: Option<Box<Part>>,
    unknown: Unknown,
}

crate::object!(
    Part,
    [
        (id, "id", required),
        (amount, "amount"),
        (tags, "tags"),
        (notes, "notes"),
        (name, "name", patch),
        (inner, "inner"),
    ],
    unknown
);

/// Keeps nothing that is newer.
#[derive(Clone, Debug, PartialEq)]
struct Bare {
    id: String,
}

crate::object!(Bare, [(id, "id", required)]);

fn part(text: &str) -> Part {
    Part::decode(text.as_bytes()).unwrap_or_else(|unreadable| panic!("{text}: {unreadable}"))
}

/// The member that keeps it from being read, and what is said of that.
fn fault<T: Decode + std::fmt::Debug>(text: &str) -> (Option<String>, String) {
    let unreadable = T::decode(text.as_bytes()).expect_err(text);
    (unreadable.path().map(ToOwned::to_owned), unreadable.to_string())
}

fn at(path: &str) -> (Option<String>, String) {
    (Some(path.to_owned()), format!("`{path}` does not read"))
}

#[test]
fn what_is_written_is_what_was_read_and_what_is_empty_is_left_out() {
    for text in [
        r#"{"id":"a"}"#,
        r#"{"id":"a","amount":-7,"tags":["x"],"notes":{"k":"v"},"name":"n"}"#,
        r#"{"id":"a","name":null,"inner":{"id":"b"}}"#,
        r#"{"id":"a","mood":[1.50, {}],"newer":null}"#,
    ] {
        assert_eq!(serde_json::to_string(&part(text)).expect("JSON"), text);
    }
    let empty = r#"{"id":"a","amount":null,"tags":[],"notes":{}}"#;
    assert_eq!(serde_json::to_string(&part(empty)).expect("JSON"), r#"{"id":"a"}"#);
    let nulls = r#"{"id":"a","tags":null,"notes":null,"inner":null}"#;
    assert_eq!(part(nulls), part(r#"{"id":"a"}"#));
}

#[test]
fn members_come_in_any_order() {
    let text = r#"{"name":"n","amount":7,"newer":1,"id":"a","tags":["x"]}"#;
    let read = part(text);
    assert_eq!((read.id.as_str(), read.amount, read.tags), ("a", Some(7), vec!["x".to_owned()]));
    assert_eq!((read.name, read.unknown.get("newer")), (Patch::Set("n".to_owned()), Some("1")));
}

#[test]
fn of_a_known_member_that_comes_twice_nobody_says_which_one_counts() {
    for (text, path) in [
        (r#"{"id":"a","id":"b"}"#, "id"),
        (r#"{"id":"a","\u0069d":"b"}"#, "id"),
        (r#"{"id":"a","amount":1,"tags":[],"amount":1}"#, "amount"),
        (r#"{"amount":1,"id":"a","name":"n","amount":2}"#, "amount"),
    ] {
        assert_eq!(fault::<Part>(text), at(path), "{text}");
    }
    let inner = part(r#"{"id":"a","inner":{"id":"b","id":"c"}}"#);
    assert_eq!(inner.inner, None);
    assert_eq!(inner.unknown.get("inner"), Some(r#"{"id":"b","id":"c"}"#), "it is kept as it came");
}

#[test]
fn what_must_be_there_is_named_where_it_is_missing_or_odd() {
    assert_eq!(fault::<Part>("{}"), at("id"));
    assert_eq!(fault::<Part>(r#"{"id":{}}"#), at("id"));
    assert_eq!(fault::<Bare>(r#"{"newer":1}"#), at("id"));
    let none = (None, "not JSON of the expected shape".to_owned());
    for text in
        ["", "[]", "7", r#"{"id":"a""#, r#"{"id":"a"#, r#"{"id":"a","id":"b""#, r#"{"id":"a"} x"#]
    {
        assert_eq!(fault::<Part>(text), none, "{text}");
    }
    assert_eq!(Part::decode(b"\xff").expect_err("no text").path(), None);
}

#[test]
fn what_is_newer_is_kept_where_there_is_room_and_harmless_where_there_is_none() {
    let bare = Bare::decode(br#"{"newer":{"id":"b"},"id":"a","newest":[1]}"#).expect("an object");
    assert_eq!(bare, Bare { id: "a".to_owned() });
    assert_eq!(serde_json::to_string(&bare).expect("JSON"), r#"{"id":"a"}"#);

    let unknown = part(r#"{"id":"a","b": 1.50,"a":"kanarievogel"}"#).unknown;
    assert_eq!(unknown.iter().collect::<Vec<_>>(), [("a", "\"kanarievogel\""), ("b", "1.50")]);
    assert_eq!((unknown.get("b"), unknown.get("c")), (Some("1.50"), None));
    assert_eq!(format!("{unknown:?}"), r#"["a", "b"]"#, "names, and no values");
    assert!(!unknown.is_empty() && part(r#"{"id":"a"}"#).unknown.is_empty());
    assert_ne!(unknown, Unknown::default());
    assert_eq!(unknown, part(r#"{"a":"kanarievogel","id":"x","b":1.50}"#).unknown);
    assert_ne!(
        unknown,
        part(r#"{"a":"kanarievogel","id":"x","b":1.5}"#).unknown,
        "digit for digit"
    );
}

#[test]
fn a_member_that_may_be_left_out_is_kept_as_it_came_where_it_does_not_read() {
    let read = part(r#"{"id":7,"amount":"seven","tags":{},"notes":[1],"inner":{"amount":1}}"#);
    assert_eq!((read.id.as_str(), read.amount), ("7", None));
    assert!(read.tags.is_empty() && read.notes.is_empty() && read.inner.is_none());
    let kept: Vec<_> = read.unknown.iter().collect();
    let odd =
        [("amount", "\"seven\""), ("inner", r#"{"amount":1}"#), ("notes", "[1]"), ("tags", "{}")];
    assert_eq!(kept, odd);
}
