//! Answers read back: as published, and as no one has seen them yet.

use kessai_core::Decode as _;
use serde_json::{Value, json as value};

use crate::example::{examples, json, root};
use crate::generated::elepay::read_answer;

mod exact;
mod published;
mod strangers;
mod tomorrow;

#[test]
fn the_published_answer_of_capture_is_written_back_as_it_came() {
    let path = root().join("specs/elepay/examples/published/captureCharge-response-1.json");
    let text = std::fs::read_to_string(path).expect("the sample");
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

#[test]
fn a_member_of_another_shape_does_not_make_a_success_a_failure() {
    let text = r#"{"id":"ch_1","fee":10.10,"extra":{"a":null},"cardInfo":{"expMonth":"04","last4":"1111"},"#.to_owned()
        + r#""location":{"name":[7]},"refunds":{"data":[{"amount":1},{"id":"rf_2","amount":2}],"totalCount":2.5}}"#;
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
    let text =
        br#"{"total":2,"charges":[{"id":"a","amount":100},{"id":"b","amount":"two hundred"}]}"#;
    let page = kessai_elepay::charges::ChargePage::decode(text).expect("a page");
    assert_eq!(page.charges[0].amount, Some(100));
    assert!(page.charges[0].unknown.is_empty());
    assert_eq!(page.charges[1].amount, None);
    assert_eq!(page.charges[1].unknown.get("amount"), Some("\"two hundred\""));
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
    let deep = read_answer("list_charges", br#"{"total":1,"charges":[{"id":[4111111111111111]}]}"#);
    let deep = deep.expect_err("a list is no id");
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
