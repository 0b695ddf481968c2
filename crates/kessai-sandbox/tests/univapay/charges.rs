//! Lives of charges.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{DECLINED, PAYS};
use serde_json::{Value, json};

use crate::http::{call, call_text, charge, get, of, ok, text, token, with};

#[tokio::test]
async fn a_charge_is_pending_and_then_successful() {
    let sandbox = Sandbox::start().await.unwrap();
    let more = json!({ "amount": 1250, "currency": "USD", "merchant_transaction_id": "order-1" });
    let first = charge(&sandbox, PAYS, more).await;
    assert_eq!(first["status"], "pending");
    assert_eq!(first["requested_amount_formatted"], json!(12.5));
    assert_eq!(first["charged_amount"], Value::Null);

    let later = get(&sandbox, &of(&first, "?polling=true")).await;
    assert_eq!(
        (later["status"].as_str(), later["charged_amount"].as_i64()),
        (Some("successful"), Some(1250),)
    );
    let ledger = sandbox.univapay().ledger();
    let totals = ledger.reference("order-1")[0].totals;
    assert_eq!((totals.authorized, totals.captured, totals.refunded), (1250, 1250, 0));
}

#[tokio::test]
async fn the_ledger_finds_a_charge_by_its_note() {
    let sandbox = Sandbox::start().await.unwrap();
    for order in ["A-1", "A-2"] {
        charge(&sandbox, PAYS, json!({ "metadata": { "order": order, "shop": "east" } })).await;
        sandbox.clock().advance(Duration::from_secs(60)); // not too quick for the same card
    }
    let ledger = sandbox.univapay().ledger();
    let found = ledger.by_note("order", "A-2");
    assert_eq!(found, [&ledger.lines()[1]]);
    assert_eq!(ledger.by_note("shop", "east").len(), 2);
    assert!(ledger.by_note("order", "A-3").is_empty() && ledger.by_note("shop", "A-1").is_empty());
    assert!(ledger.reference("A-1").is_empty(), "a note is no reference");
}

#[tokio::test]
async fn what_is_held_is_captured_in_part_refunded_in_part_and_not_canceled() {
    let sandbox = Sandbox::start().await.unwrap();
    let held = charge(&sandbox, PAYS, json!({ "capture": false })).await;
    assert_eq!(get(&sandbox, &of(&held, "")).await["status"], "authorized");

    let capture = of(&held, "/capture");
    let too_much = json!({ "amount": 1001, "currency": "JPY" });
    let refused = call(&sandbox, "POST", &capture, too_much).await;
    assert_eq!(refused.code(), (400, "CAPTURE_AMOUNT_TOO_LARGE"));
    ok(&sandbox, "POST", &capture, json!({ "amount": 800, "currency": "JPY" })).await;
    let again = call(&sandbox, "POST", &capture, Value::Null).await;
    assert_eq!(again.code(), (400, "ALREADY_CAPTURED"));

    let refunds = of(&held, "/refunds");
    let part = json!({ "amount": 300, "currency": "JPY", "reason": "customer_request" });
    let refund = ok(&sandbox, "POST", &refunds, part).await;
    assert_eq!(refund["status"], "pending");
    let refund = get(&sandbox, &format!("{refunds}/{}?polling=true", text(&refund, "id"))).await;
    assert_eq!(refund["status"], "successful");

    let cancel = call(&sandbox, "POST", &of(&held, "/cancels"), json!({})).await;
    assert_eq!(cancel.code(), (400, "CANCEL_NOT_ALLOWED"));
    let ledger = sandbox.univapay().ledger();
    ledger.assert_sound();
    let totals = ledger.charge(text(&held, "id")).unwrap().totals;
    assert_eq!((totals.authorized, totals.captured, totals.refunded), (1000, 800, 300));
}

#[tokio::test]
async fn a_declined_card_fails_the_charge_and_not_the_call() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = charge(&sandbox, DECLINED, Value::Null).await;
    let later = get(&sandbox, &of(&first, "")).await;
    assert_eq!((&later["status"], &later["error"]["code"]), (&json!("failed"), &json!(306)));
    let body = json!({ "amount": 1, "currency": "JPY" });
    let refund = call(&sandbox, "POST", &of(&first, "/refunds"), body).await;
    assert_eq!(refund.code(), (400, "CANNOT_REFUND_UNSUCCESSFUL_CHARGE"));
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].authorized, 0);
}

#[tokio::test]
async fn metadata_come_back_with_every_digit() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    let notes = r#"{"a-Key":1.100000000000000000001,"n":null,"x":[1e400,"é",true]}"#;
    let body = format!(
        r#"{{"transaction_token_id":"{token}","amount":1,"currency":"JPY","metadata":{notes}}}"#
    );
    let univapay = sandbox.univapay();
    let base = univapay.base_url();
    let key = crate::http::bearer(&univapay.credential());
    crate::http::say(base, "POST", "/charges", &key, &body.replace("1e400", "1e30")).await;
    let journal = univapay.journal();
    let answer = String::from_utf8(journal.last().unwrap().answer_body().to_vec()).unwrap();
    assert!(answer.contains(&notes.replace("1e400", "1e30")), "{answer}");

    let nested = json!({ "metadata": { "a": { "b": 1 } } });
    let body = json!({ "transaction_token_id": token, "amount": 1, "currency": "JPY" });
    let refused = call(&sandbox, "POST", "/charges", with(body, nested)).await;
    let expected = (400, "VALIDATION_ERROR", "metadata", "NESTED_JSON_NOT_ALLOWED");
    assert_eq!(refused.refusal(), expected);
}

#[tokio::test]
async fn metadata_are_changed_as_a_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = charge(&sandbox, PAYS, json!({ "metadata": { "a": 1, "b": 2 } })).await;
    let body = json!({ "metadata": { "c": 3 } });
    let changed = ok(&sandbox, "PATCH", &of(&first, ""), body).await;
    assert_eq!(changed["metadata"], json!({ "c": 3 }));
}

#[tokio::test]
async fn nothing_moves_while_a_test_holds_it() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.univapay().hold(true);
    let first = charge(&sandbox, PAYS, Value::Null).await;
    for _ in 0..3 {
        let look = of(&first, "?polling=true");
        let heard = call_text(&sandbox, "GET", &look, "", "").await.1;
        assert_eq!(heard.body["status"], "pending");
    }
    sandbox.univapay().hold(false);
    assert_eq!(get(&sandbox, &of(&first, "")).await["status"], "successful");
}
