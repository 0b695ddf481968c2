//! Answers read back: as published, and as no one has seen them yet.

use std::fs;

use kessai_core::Decode as _;
use serde_json::{Map, Value, json as value};
use xtask::examples::PublishedKind;

use crate::example::{examples, json, root};
use crate::generated::elepay::{OPERATIONS, read_answer, read_request};

/// A published body, and the same without what stands for nothing: nulls, and empty lists and maps.
fn published(file: &str) -> (String, Value) {
    let path = root().join("specs/elepay/examples/published").join(file);
    let text = fs::read_to_string(path).expect("a published body");
    let mut body = serde_json::from_str(&text).expect("JSON");
    drop_nothing(&mut body);
    (text, body)
}

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
fn every_published_body_of_elepay_is_read_with_nothing_dropped() {
    let mut read = 0;
    for (operation, example) in examples("elepay") {
        for published_body in &example.published {
            let (text, expected) = published(&published_body.file);
            let written = match &published_body.kind {
                PublishedKind::Answer => read_answer(&operation, text.as_bytes()),
                PublishedKind::Request => read_request(&operation, text.as_bytes()),
                PublishedKind::Error => kessai_elepay::errors::ErrorBody::decode(text.as_bytes())
                    .map(|body| json(&body)),
                PublishedKind::Skipped(_) => continue,
            };
            let mut written =
                written.unwrap_or_else(|error| panic!("{}: {error}", published_body.file));
            drop_nothing(&mut written);
            assert_eq!(written, expected, "{}", published_body.file);
            read += 1;
        }
    }
    assert_eq!(read, 14, "all of the published bodies");
}

#[test]
fn every_published_body_belongs_to_an_example() {
    let listed: Vec<String> = examples("elepay")
        .into_values()
        .flat_map(|example| example.published)
        .map(|published| published.file)
        .collect();
    let folder = root().join("specs/elepay/examples/published");
    for entry in fs::read_dir(folder).expect("a folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let is_body =
            std::path::Path::new(&name).extension().is_some_and(|ending| ending == "json");
        assert!(!is_body || listed.contains(&name), "{name} is listed by no example");
    }
}

#[test]
fn the_published_answer_of_capture_is_written_back_as_it_came() {
    let path = root().join("specs/elepay/examples/published/captureCharge-response-1.json");
    let text = fs::read_to_string(path).expect("the sample");
    let written = read_answer("capture_charge", text.as_bytes()).expect("a charge");
    assert_eq!(written, serde_json::from_str::<Value>(&text).expect("JSON"));
}

#[test]
fn words_and_members_of_tomorrow_are_kept_and_written_back() {
    let tomorrow = value!({
        "id": "ch_1",
        "status": "half_captured",
        "paymentMethod": "moonpay",
        "resource": "hologram",
        "cardInfo": { "brand": "lunar", "orbit": 3 },
        "loyaltyPoints": { "earned": 12, "tiers": ["gold", null] },
    });
    let written = read_answer("capture_charge", tomorrow.to_string().as_bytes());
    assert_eq!(written, Ok(tomorrow.clone()));

    let charge =
        kessai_elepay::charges::Charge::decode(tomorrow.to_string().as_bytes()).expect("a charge");
    assert_eq!(charge.status, Some("half_captured".into()));
    let points =
        charge.unknown.get("loyaltyPoints").and_then(|text| serde_json::from_str(text).ok());
    assert_eq!(points, Some(tomorrow["loyaltyPoints"].clone()));
}

/// Keys that the examples use in maps.
const MAP_KEYS: [&str; 4] = ["requestThreeDSecure", "frontUrl", "cart", "ticket"];

/// Members whose absence SOURCES.md calls impossible.
const REQUIRED: [&str; 4] = ["id", "total", "charges", "refunds"];

#[test]
fn any_member_may_be_missing_null_or_new() {
    let examples = examples("elepay");
    for operation in OPERATIONS {
        let body =
            examples[*operation].success().and_then(|success| success.body.as_ref()).map(json);
        let body = body.expect("an answer");
        let mut variants = Vec::new();
        vary(&body, &mut |variant| variants.push(variant));
        assert!(variants.len() > 6, "{operation}: there is something to vary");
        for variant in variants {
            let text = variant.to_string();
            let written = read_answer(operation, text.as_bytes());
            let mut expected = variant;
            drop_nulls(&mut expected);
            assert_eq!(written, Ok(expected), "{operation}: nothing is lost of {text}");
        }
    }
}

/// Null and missing are the same, but for an unknown member: what its null means is not known.
fn drop_nulls(body: &mut Value) {
    match body {
        Value::Object(members) => {
            members.retain(|name, member| {
                // A null in a map of texts is of another shape than documented, so the map is kept
                // as it is.
                let known = name != "newerThanThisCrate" && !MAP_KEYS.contains(&name.as_str());
                if known {
                    drop_nulls(member);
                }
                !(known && member.is_null())
            });
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Hands over copies of `body`: each member removed, made null, and joined by one that is new, at
/// every depth.
fn vary(body: &Value, hand: &mut dyn FnMut(Value)) {
    let Value::Object(members) = body else { return };
    // A map holds texts; anything else may gain a member of any kind.
    let is_map = !members.is_empty() && members.keys().any(|key| MAP_KEYS.contains(&key.as_str()));
    let new = if is_map { value!("x") } else { value!([{ "a": 1.5 }, null, "x"]) };
    let mut grown = members.clone();
    grown.insert("newerThanThisCrate".to_owned(), new);
    hand(Value::Object(grown));
    for (name, member) in members {
        let replaced = |new: Option<Value>| {
            let mut copy = members.clone();
            match new {
                Some(new) => copy.insert(name.clone(), new),
                None => copy.remove(name),
            };
            Value::Object(copy)
        };
        let is_required =
            REQUIRED.contains(&name.as_str()) && !(name == "refunds" && member.is_object());
        if !is_required {
            hand(replaced(None));
            hand(replaced(Some(Value::Null)));
        }
        match member {
            Value::Object(_) => vary(member, &mut |inner| hand(replaced(Some(inner)))),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    vary(item, &mut |inner| {
                        let mut copy = items.clone();
                        copy[index] = inner;
                        hand(replaced(Some(Value::Array(copy))));
                    });
                }
            }
            _ => {}
        }
    }
}

#[test]
fn a_member_of_another_shape_does_not_make_a_success_a_failure() {
    let text = r#"{"id":"ch_1","fee":10.10,"extra":{"a":null},"cardInfo":{"expMonth":"04","last4":"1111"},"#.to_owned()
        + r#""location":{"name":7},"refunds":{"data":[{"amount":1},{"id":"rf_2","amount":2}],"totalCount":2.5}}"#;
    let charge = kessai_elepay::charges::Charge::decode(text.as_bytes()).expect("a charge");

    let card = charge.card_info.as_ref().expect("a card");
    assert_eq!((card.last4.as_deref(), card.exp_month), (Some("1111"), None));
    assert_eq!(card.unknown.get("expMonth"), Some("\"04\""));
    assert_eq!(charge.unknown.get("fee"), Some("10.10"), "every digit is kept");
    assert_eq!(charge.extra, None, "a map that does not read is not an empty one");
    let refunds = charge.refunds.as_ref().expect("refunds");
    assert_eq!(refunds.data, None, "a list that does not read is not an empty one");
    assert!(refunds.unknown.get("data").is_some());

    assert_eq!(
        json(&charge),
        serde_json::from_str::<Value>(&text).expect("JSON"),
        "all of it is written back"
    );
}

#[test]
fn one_odd_item_of_a_list_leaves_the_others_as_they_are() {
    let text = br#"{"total":2,"charges":[{"id":"a","amount":100},{"id":"b","amount":"200"}]}"#;
    let page = kessai_elepay::charges::ChargePage::decode(text).expect("a page");
    assert_eq!(page.charges[0].amount, Some(100));
    assert!(page.charges[0].unknown.is_empty());
    assert_eq!(page.charges[1].amount, None);
    assert_eq!(page.charges[1].unknown.get("amount"), Some("\"200\""));
}

#[test]
fn a_member_that_comes_twice_counts_for_neither() {
    for text in
        [r#"{"id":"a","amount":100,"amount":200}"#, r#"{"id":"a","amount":"x","amount":100}"#]
    {
        let twice = read_answer("get_charge", text.as_bytes()).expect_err("two amounts");
        assert_eq!(twice.path(), Some("amount"));
    }
}

#[test]
fn nothing_an_answer_holds_can_exhaust_the_stack() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for text in [
        format!(r#"{{"total":2,"charges":[{{"id":"a","amount":"1"}},{}]}}"#, deep(100_000)),
        format!(r#"{{"total":"2","charges":{}}}"#, deep(100_000)),
        format!(r#"{{"total":1,"charges":[{{"id":"a","newer":{}}}]}}"#, deep(100_000)),
        format!(r#"{{"total":1,"charges":[{{"id":"a","refunds":{}}}]}}"#, deep(100_000)),
    ] {
        // Either is fine; coming back is what counts.
        let _ = kessai_elepay::charges::ChargePage::decode(text.as_bytes());
    }
}

#[test]
fn every_refusal_of_an_example_is_in_elepays_own_words() {
    let mut read = 0;
    for (operation, example) in examples("elepay") {
        for answer in example.answers.iter().filter(|answer| answer.status >= 400) {
            let body = answer.body.as_ref().map(json).unwrap_or_default();
            let error = kessai_elepay::errors::ErrorBody::decode(body.to_string().as_bytes());
            let code = error.expect("an error body").error_code.expect("a code");
            assert!(code.known().is_some(), "{operation}: {code} is documented");
            read += 1;
        }
    }
    assert!(read >= 9, "{read} refusals");
}

#[test]
fn what_must_be_there_is_demanded_by_name() {
    let missing = read_answer("capture_charge", br#"{"amount":1}"#).expect_err("no id");
    assert_eq!(missing.path(), Some("id"));
    let missing = read_answer("list_charges", br#"{"total":0}"#).expect_err("no charges");
    assert_eq!(missing.path(), Some("charges"));
    let null =
        read_answer("list_charges", br#"{"total":0,"charges":null}"#).expect_err("no charges");
    assert_eq!(null.path(), Some("charges"));
    let deep = read_answer("list_charges", br#"{"total":1,"charges":[{"id":4111111111111111}]}"#);
    let deep = deep.expect_err("a number is no id");
    assert_eq!(deep.path(), Some("charges.id"));
    assert!(!format!("{deep} {deep:?}").contains("4111"), "the value is not in the error");
}

#[test]
fn every_type_has_a_schema_that_allows_what_is_new() {
    let schema = schemars::schema_for!(kessai_elepay::charges::Charge);
    let schema = schema.to_value();
    assert_eq!(schema["required"], value!(["id"]));
    assert_eq!(schema["properties"]["status"]["anyOf"][0]["$ref"], "#/$defs/ChargeStatus");
    assert_eq!(schema["$defs"]["ChargeStatus"]["examples"][0], "pending");
    assert_eq!(schema.get("additionalProperties"), None);
}
