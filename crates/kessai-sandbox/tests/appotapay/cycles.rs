//! The single payments of a subscription, and giving them back.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{LeverError, cards};
use serde_json::{Value, json};

use crate::http::{call, ok, text};
use crate::plans::{cycles, kinds, subscribed};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const REFUNDS: &str = "/api/v1/subs/refunds";

/// The address of the newest cycle of a plan, and its id.
async fn newest(sandbox: &Sandbox, plan: &Value) -> (String, String) {
    let cycles = cycles(sandbox, plan).await;
    let id = text(cycles.last().unwrap(), "cycleId").to_owned();
    (format!("/api/v1/subs/plans/{}/cycles/{id}", text(plan, "planId")), id)
}

/// A plan whose cycles are tried again, and paid by a link if the customer likes.
fn patient() -> Value {
    let schedule = json!({
        "interval": "WEEK", "intervalCount": 1, "retryInterval": "DAY", "retryIntervalCount": 3,
        "totalRetry": 3,
    });
    json!({ "paymentLinkForFailedAttempt": "YES", "schedule": schedule })
}

#[tokio::test]
async fn a_scheduled_cycle_is_moved_and_changed() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = subscribed(&sandbox, cards::PAYS, Value::Null).await;
    let (cycle, _) = newest(&sandbox, &plan).await;
    for (body, refusal) in [
        (json!({ "scheduledAt": "2020-01-01T00:00:00+07:00" }), (400, 3017, "scheduledAt")),
        (json!({ "scheduledAt": "tomorrow" }), (400, 3017, "scheduledAt")),
        (json!({ "amount": 0 }), (400, 1, "amount")),
        (json!({ "currency": "USD" }), (400, 1, "currency")),
    ] {
        assert_eq!(
            call(&sandbox, "PATCH", &cycle, body.clone()).await.refusal(),
            refusal,
            "{body}"
        );
    }
    let body = json!({ "scheduledAt": "2090-01-01T00:00:00Z", "amount": 5_000 });
    let moved = ok(&sandbox, "PATCH", &cycle, body).await;
    assert_eq!(
        (text(&moved, "scheduledAt"), &moved["amount"]),
        ("2090-01-01T07:00:00+07:00", &json!(5_000))
    );
    sandbox.clock().advance(50 * DAY);
    assert_eq!(ok(&sandbox, "GET", &cycle, Value::Null).await["status"], "SCHEDULED");
}

#[tokio::test]
async fn a_cancelled_cycle_is_not_charged_and_the_next_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = subscribed(&sandbox, cards::PAYS, Value::Null).await;
    let (cycle, _) = newest(&sandbox, &plan).await;
    let cancel = format!("{cycle}/cancel");
    assert_eq!(ok(&sandbox, "POST", &cancel, Value::Null).await["status"], "CANCELLED");
    for (target, code) in [(cancel, 3009), (format!("{cycle}/force-attempt"), 3010)] {
        assert_eq!(call(&sandbox, "POST", &target, Value::Null).await.refusal(), (400, code, ""));
    }
    assert_eq!(call(&sandbox, "PATCH", &cycle, json!({})).await.refusal(), (400, 3047, ""));
    sandbox.clock().advance(14 * DAY);
    let all = cycles(&sandbox, &plan).await;
    assert_eq!(all[1]["status"], "SUCCEEDED");
    assert_eq!(sandbox.appotapay().ledger().lines().len(), 1);
}

#[tokio::test]
async fn an_attempt_can_be_forced_three_times() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = subscribed(&sandbox, cards::NO_FUNDS, patient()).await;
    let (cycle, _) = newest(&sandbox, &plan).await;
    let force = format!("{cycle}/force-attempt");
    for count in 1..=3 {
        let forced = ok(&sandbox, "POST", &force, Value::Null).await;
        assert_eq!(
            (&forced["status"], &forced["attemptCount"]),
            (&json!("SCHEDULED"), &json!(count))
        );
    }
    assert_eq!(call(&sandbox, "POST", &force, Value::Null).await.refusal(), (400, 3011, ""));
    assert_eq!(kinds(&sandbox)[2..], ["cycle.force_attempt_failed"; 3]);
}

#[tokio::test]
async fn a_forced_attempt_may_take_its_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = subscribed(&sandbox, cards::PAYS, patient()).await;
    let (cycle, _) = newest(&sandbox, &plan).await;
    sandbox.appotapay().hold_forced_attempts(true);
    let forced = ok(&sandbox, "POST", &format!("{cycle}/force-attempt"), Value::Null).await;
    let attempt = &forced["attemptDetails"][0];
    assert_eq!((&attempt["type"], &attempt["status"]), (&json!("FORCED"), &json!("PENDING")));
    for act in ["force-attempt", "cancel"] {
        let refused = call(&sandbox, "POST", &format!("{cycle}/{act}"), Value::Null).await;
        assert_eq!(refused.refusal(), (400, 3049, ""), "{act}");
    }
    sandbox.clock().advance(8 * DAY);
    assert!(sandbox.appotapay().ledger().lines().is_empty(), "nothing else is charged meanwhile");
    sandbox.appotapay().hold_forced_attempts(false);
    assert_eq!(ok(&sandbox, "GET", &cycle, Value::Null).await["status"], "SUCCEEDED");
    assert_eq!(sandbox.appotapay().ledger().lines().len(), 1);
}

#[tokio::test]
async fn the_customer_may_pay_by_a_link_what_has_failed() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let plan = subscribed(&sandbox, cards::NO_FUNDS, patient()).await;
    let (cycle, id) = newest(&sandbox, &plan).await;
    assert_eq!(appotapay.pay_cycle_by_link(&id), Err(LeverError::WrongStatus));
    sandbox.clock().advance(7 * DAY);
    assert_eq!(appotapay.pay_cycle_by_link(&id), Ok(()));
    let paid = ok(&sandbox, "GET", &cycle, Value::Null).await;
    let attempts = paid["attemptDetails"].as_array().unwrap();
    assert_eq!((text(&paid, "status"), text(&attempts[1], "type")), ("SUCCEEDED", "PAYMENT_LINK"));
    sandbox.clock().advance(4 * DAY);
    assert_eq!(ok(&sandbox, "GET", &cycle, Value::Null).await, paid, "it is not tried again");
}

#[tokio::test]
async fn a_cycle_is_found_in_its_own_plan_alone() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = subscribed(&sandbox, cards::PAYS, Value::Null).await;
    let (cycle, id) = newest(&sandbox, &plan).await;
    let wrong = cycle.replace(&id, "other");
    assert_eq!(call(&sandbox, "GET", &wrong, Value::Null).await.refusal(), (404, 3008, ""));
    let other = format!("/api/v1/subs/plans/other/cycles/{id}");
    assert_eq!(call(&sandbox, "GET", &other, Value::Null).await.refusal(), (404, 3005, ""));
}

#[tokio::test]
async fn what_was_paid_is_given_back_in_parts_for_180_days() {
    let sandbox = Sandbox::start().await.unwrap();
    let more = json!({ "immediateActionType": "FULL_AMOUNT" });
    let plan = subscribed(&sandbox, cards::PAYS, more).await;
    let first = text(&cycles(&sandbox, &plan).await[0], "cycleId").to_owned();
    let cycle = format!("/api/v1/subs/plans/{}/cycles/{first}", text(&plan, "planId"));
    let cycle = ok(&sandbox, "GET", &cycle, Value::Null).await;
    let attempt = text(&cycle["attemptDetails"][0], "attemptId").to_owned();
    let refund = |reference: &str, amount: i64, attempt: &str| {
        json!({
            "refundRefId": reference, "attemptId": attempt, "amount": amount, "currency": "VND",
            "reason": "DUPLICATE",
        })
    };
    let given = ok(&sandbox, "POST", REFUNDS, refund("REF1", 100_000, &attempt)).await;
    assert_eq!(given["status"], "success");
    assert_eq!(ok(&sandbox, "GET", &format!("{REFUNDS}/REF1"), Value::Null).await, given);
    for (body, refusal) in [
        (refund("REF1", 1, &attempt), (400, 3002, "")),
        (refund("REF2", 50_001, &attempt), (400, 110, "")),
        (refund("REF2", 0, &attempt), (400, 1, "amount")),
        (refund("REF2", 1, "other"), (404, 36, "")),
    ] {
        assert_eq!(
            call(&sandbox, "POST", REFUNDS, body.clone()).await.refusal(),
            refusal,
            "{body}"
        );
    }
    assert_eq!(
        call(&sandbox, "GET", &format!("{REFUNDS}/REF2"), Value::Null).await.refusal(),
        (404, 36, "")
    );
    assert!(kinds(&sandbox).contains(&"refund.succeeded".to_owned()));
    let ledger = sandbox.appotapay().ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(&attempt).unwrap().totals.refunded, 100_000);
    sandbox.clock().advance(181 * DAY);
    let late = call(&sandbox, "POST", REFUNDS, refund("REF3", 1, &attempt)).await;
    assert_eq!(late.refusal(), (400, 125, ""));
}
