//! Answers of tomorrow: members that are missing, null or new, at every depth.

use std::fmt::Write as _;

use serde_json::{Value, json as value};

use crate::document::{Document, Shape};
use crate::example::{examples, json};
use crate::provider::PROVIDERS;

/// Operations whose answers have three members at most.
const SMALL: &[&str] = &[
    "create_card_token",
    "delete_payment_token",
    "unlink_wallet",
    "cancel_wallet_payment",
    "close_ebill",
    "get_topup_subscriber",
    "list_topup_products",
    "list_shop_card_products",
    "create_customer_id",
    "create_token_alias",
    "get_charge_qr",
    "create_subscription_batch",
    "convert_exchange_rate",
    "authenticate_customer",
    "authenticate_user",
    "void_payment",
    "block_payment_method",
    "unblock_payment_method",
];

#[test]
fn any_member_may_be_missing_null_or_new() {
    for provider in PROVIDERS {
        let document = provider.document();
        let examples = examples(provider.name);
        let mut tried = 0;
        let mut table = String::new();
        for operation in provider.operations {
            let Some(schema) = document.answer(operation) else {
                // There is no body to read; tests/wire.rs reads its status.
                let _ = writeln!(table, "{operation} no body");
                continue;
            };
            let success = examples[*operation].success().and_then(|it| it.body.as_ref());
            let body = success.map(json).expect("an answer");
            let mut variants = Vec::new();
            vary(&document, schema, &body, &mut |variant| variants.push(variant));
            let small = SMALL.contains(operation);
            assert_eq!(variants.len() <= 6, small, "{operation}: there is something to vary");
            assert!(!variants.is_empty(), "{operation}");
            tried += variants.len();
            let _ = writeln!(table, "{operation} {}", variants.len());
            for variant in variants {
                let text = variant.to_string();
                let written = (provider.read_answer)(operation, text.as_bytes());
                let mut expected = variant;
                document.drop_nulls(schema, &mut expected);
                assert_eq!(written, Ok(expected), "{operation}: nothing is lost of {text}");
            }
        }
        assert!(tried > 60, "{}: {tried} variants", provider.name);
        // `cargo xtask coverage` reads it.
        insta::assert_snapshot!(format!("read_{}", provider.name), table);
    }
}

/// Hands over copies of `body`: each member removed, made null, and joined by one that is new, at
/// every depth.
fn vary(document: &Document, schema: &Value, body: &Value, hand: &mut dyn FnMut(Value)) {
    match (document.shape(schema), body) {
        (Shape::Object(properties, required), Value::Object(members)) => {
            let with = |name: &str, new: Option<Value>| {
                let mut copy = members.clone();
                match new {
                    Some(new) => copy.insert(name.to_owned(), new),
                    None => copy.remove(name),
                };
                Value::Object(copy)
            };
            hand(with("newerThanThisCrate", Some(value!([{ "a": 1.5 }, null, "x"]))));
            for (name, member) in members {
                if !required.contains(&name.as_str()) {
                    hand(with(name, None));
                    hand(with(name, Some(Value::Null)));
                }
                let schema = properties.get(name).unwrap_or_else(|| panic!("`{name}` is new"));
                if document.stands_for_none(schema, &value!({})) {
                    hand(with(name, Some(value!({}))));
                }
                vary(document, schema, member, &mut |inner| hand(with(name, Some(inner))));
            }
        }
        (Shape::Any, Value::Object(members)) => {
            if let Some(kind) = document.kind(schema, members) {
                vary(document, kind, body, hand);
            }
        }
        (Shape::Map, Value::Object(entries)) => {
            for new in [value!("x"), Value::Null] {
                let mut copy = entries.clone();
                copy.insert("newerThanThisCrate".to_owned(), new);
                hand(Value::Object(copy));
            }
        }
        (Shape::List(schema), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                vary(document, schema, item, &mut |inner| {
                    let mut copy = items.clone();
                    copy[index] = inner;
                    hand(Value::Array(copy));
                });
            }
        }
        _ => {}
    }
}
