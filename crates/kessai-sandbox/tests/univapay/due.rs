//! What happens at a time that was asked for.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{DECLINED, PAYS};
use serde_json::{Value, json};

use crate::http::{call, charge, get, konbini, of, ok, order, text, token, with};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Noon in London so many days after today, as ISO 8601 text.
fn noon(sandbox: &Sandbox, days: u64) -> String {
    let now: SystemTime = sandbox.clock().now();
    let day = now.duration_since(UNIX_EPOCH).unwrap().as_secs() / 86_400 + days;
    // The civil date of a count of days since 1970.
    let z = i64::try_from(day).unwrap() + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let of_cycle = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_cycle + of_cycle / 4 - of_cycle / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}T12:00:00Z", of_cycle + era * 400 + later)
}

#[tokio::test]
async fn what_is_held_is_taken_by_itself_when_its_time_has_come() {
    let sandbox = Sandbox::start().await.unwrap();
    let more = json!({
        "capture": false, "capture_at": noon(&sandbox, 3), "fee_amount": 40,
    });
    let held = charge(&sandbox, PAYS, more).await;
    assert_eq!((&held["fee_amount"], &held["fee_currency"]), (&json!(40), &json!("JPY")));
    assert_eq!(held["capture_at"], noon(&sandbox, 3).replace("00Z", "00.000Z"));
    assert_eq!(get(&sandbox, &of(&held, "")).await["status"], "authorized");
    sandbox.clock().advance(DAY);
    assert_eq!(get(&sandbox, &of(&held, "")).await["status"], "authorized");
    sandbox.clock().advance(DAY * 3);
    let taken = get(&sandbox, &of(&held, "")).await;
    assert_eq!((&taken["status"], &taken["charged_amount"]), (&json!("successful"), &json!(1000)));
}

#[tokio::test]
async fn cash_may_be_brought_until_then() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "payment_type": "konbini", "type": "one_time", "data": konbini() });
    let token = ok(&sandbox, "POST", "/tokens", body).await;
    let until = json!({ "capture_at": noon(&sandbox, 10) });
    let charge = with(order(text(&token, "id")), until);
    let charge = ok(&sandbox, "POST", "/charges", charge).await;
    sandbox.clock().advance(DAY * 8);
    assert_eq!(get(&sandbox, &of(&charge, "")).await["status"], "awaiting");
    sandbox.clock().advance(DAY * 3);
    assert_eq!(get(&sandbox, &of(&charge, "")).await["status"], "failed");
}

#[tokio::test]
async fn a_time_that_means_nothing_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    let refusals = [
        (json!({ "capture_at": "2099-01-01T00:00:00Z" }), "FORBIDDEN_PARAMETER"),
        (json!({ "capture_at": "2020-01-01T00:00:00Z", "capture": false }), "MUST_BE_FUTURE_TIME"),
        (json!({ "capture_at": "2099-01-01", "capture": false }), "INVALID_FORMAT"),
    ];
    for (more, reason) in refusals {
        let refused = call(&sandbox, "POST", "/charges", with(order(&token), more)).await;
        assert_eq!(refused.refusal(), (400, "VALIDATION_ERROR", "capture_at", reason));
    }
}

#[tokio::test]
async fn a_payment_is_moved_marked_as_paid_or_paid_by_another_token() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = token(&sandbox, "subscription", PAYS).await;
    let body = with(order(&first), json!({ "period": "weekly" }));
    let started = ok(&sandbox, "POST", "/subscriptions", body).await;
    let target = format!("/store/subscriptions/{}", text(&started, "id"));
    let other = token(&sandbox, "recurring", PAYS).await;
    let change = json!({ "transaction_token_id": other });
    let changed = ok(&sandbox, "PATCH", &format!("{target}/token"), change).await;
    assert_eq!(changed["transaction_token_id"], other);
    let next = &changed["next_payment"];
    let payment = format!("{target}/payments/{}", text(next, "id"));
    let day = noon(&sandbox, 5)[..10].to_owned();
    let later = json!({ "due_date": day, "retry_interval": "P7D" });
    let moved = ok(&sandbox, "PATCH", &payment, later).await;
    assert_eq!((&moved["due_date"], &moved["retry_interval"]), (&json!(day), &json!("P7D")));
    sandbox.clock().advance(DAY * 2);
    assert_eq!(get(&sandbox, &format!("{target}/charges")).await["total_hits"], 1);

    let change = json!({ "is_paid": true, "retry_interval": null });
    let paid = ok(&sandbox, "PATCH", &payment, change).await;
    assert_eq!((&paid["is_paid"], &paid["retry_interval"]), (&json!(true), &Value::Null));
    let again = call(&sandbox, "PATCH", &payment, json!({ "is_paid": true })).await;
    assert_eq!(again.refusal().2, "paymentId");
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].captured, 1000, "nothing was charged");
    let past = json!({ "due_date": "2020-01-01" });
    let refused = call(&sandbox, "PATCH", &payment, past).await;
    assert_eq!(refused.refusal().3, "MUST_BE_FUTURE_OR_TODAY");
}

#[tokio::test]
async fn a_payment_that_fails_is_tried_again_after_its_interval() {
    let sandbox = Sandbox::start().await.unwrap();
    let pays = token(&sandbox, "recurring", PAYS).await;
    let settings = json!({ "retry_interval": "P2D" });
    let body = with(order(&pays), json!({ "period": "weekly", "schedule_settings": settings }));
    let started = ok(&sandbox, "POST", "/subscriptions", body).await;
    let target = format!("/store/subscriptions/{}", text(&started, "id"));
    assert_eq!(get(&sandbox, &target).await["status"], "current");
    let number = |number: &str| json!({ "data": { "card_number": number } });
    let card = format!("/store/tokens/{pays}");
    ok(&sandbox, "PATCH", &card, number(DECLINED)).await;
    sandbox.clock().advance(DAY * 8);
    let failed = get(&sandbox, &target).await;
    assert_eq!(failed["status"], "unpaid");
    let payment = format!("{target}/payments/{}", text(&failed["next_payment"], "id"));
    assert!(get(&sandbox, &payment).await["retry_date"].is_string());
    assert_eq!(get(&sandbox, &format!("{payment}/charges")).await["total_hits"], 1);

    sandbox.clock().advance(DAY * 3);
    assert_eq!(get(&sandbox, &format!("{payment}/charges")).await["total_hits"], 2);
    ok(&sandbox, "PATCH", &card, number(PAYS)).await;
    sandbox.clock().advance(DAY * 3);
    assert_eq!(get(&sandbox, &target).await["status"], "current");
    assert_eq!(get(&sandbox, &format!("{payment}/charges")).await["total_hits"], 3);
}
