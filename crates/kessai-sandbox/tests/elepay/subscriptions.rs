//! Payments that come back every period.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{call, code, kinds, no, ok, text};
use crate::sources::{asked, customer, kept};

const DAY: Duration = Duration::from_secs(24 * 3600);
const DAY_MS: i64 = 24 * 3_600_000;

/// A subscription of 500 a day, and where it is.
async fn daily(sandbox: &Sandbox, customer: &str, more: Value) -> (String, String) {
    let mut body = json!({
        "customerId": customer, "name": "Paper", "amount": 500, "interval": "day",
        "metadata": { "no": "7" },
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = call(sandbox, "POST", "/subscriptions", body).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("new")));
    (made.id().to_owned(), format!("/subscriptions/{}", made.id()))
}

async fn act(sandbox: &Sandbox, target: &str, act: &str) -> Value {
    ok(sandbox, "POST", &format!("{target}/{act}"), Value::Null).await
}

#[tokio::test]
async fn every_period_is_billed_at_its_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let (customer, _) = kept(&sandbox, "creditcard").await;
    let (id, target) = daily(&sandbox, &customer, json!({ "intervalSpan": 2 })).await;
    sandbox.clock().advance(9 * DAY);
    let idle = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!((&idle["status"], &idle["chargedPeriods"]), (&json!("new"), &json!(0)));

    let started = act(&sandbox, &target, "start").await;
    assert_eq!((&started["status"], &started["chargedPeriods"]), (&json!("active"), &json!(1)));
    let refused = no(&sandbox, "POST", &format!("{target}/start"), Value::Null).await;
    assert_eq!(refused, code("M006000", ""));
    sandbox.clock().advance(5 * DAY);
    let later = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(later["chargedPeriods"], 3);
    let next = later["nextChargeTime"].as_i64().unwrap();
    assert_eq!(next - started["nextChargeTime"].as_i64().unwrap(), 4 * DAY_MS);

    let page = ok(&sandbox, "GET", &format!("{target}/periods?limit=2"), Value::Null).await;
    assert_eq!((&page["total"], page["periods"].as_array().unwrap().len()), (&json!(3), 2));
    let last = &page["periods"][0];
    assert_eq!((&last["endTime"], &last["startTime"]), (&json!(next), &json!(next - 2 * DAY_MS)));
    assert_eq!(last["charge"]["createTime"], last["startTime"], "billed when it was due");
    assert_eq!(last["charge"]["orderNo"], format!("{id}-3"));
    assert_eq!(sandbox.elepay().ledger().totals()["JPY"].captured, 1500);
    let told = kinds(&sandbox);
    assert_eq!(told[0], "source.activated");
    assert_eq!(told[1..], ["charge.succeeded", "subscription.renewed"].repeat(3));
}

#[tokio::test]
async fn an_initial_amount_is_charged_before_the_first_period() {
    let sandbox = Sandbox::start().await.unwrap();
    let (customer, _) = kept(&sandbox, "creditcard").await;
    let first = sandbox.clock().now_ms() + 3 * DAY_MS;
    let more = json!({ "initialAmount": 3000, "firstChargeTime": first });
    let (_, target) = daily(&sandbox, &customer, more).await;
    let started = act(&sandbox, &target, "start").await;
    assert_eq!(
        (&started["chargedPeriods"], &started["nextChargeTime"]),
        (&json!(0), &json!(first))
    );
    assert_eq!(sandbox.elepay().ledger().totals()["JPY"].captured, 3000);
    sandbox.clock().advance(3 * DAY + Duration::from_secs(1));
    assert_eq!(sandbox.elepay().ledger().totals()["JPY"].captured, 3500);
}

#[tokio::test]
async fn a_customer_who_cannot_pay_is_past_due_until_resumed() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let (customer, source) = kept(&sandbox, "creditcard").await;
    let (_, target) = daily(&sandbox, &customer, json!({})).await;
    let resume = format!("{target}/resume");
    assert_eq!(no(&sandbox, "POST", &resume, Value::Null).await, code("M006000", ""));
    act(&sandbox, &target, "start").await;
    elepay.cancel_source(&source).unwrap();
    sandbox.clock().advance(10 * DAY);
    let late = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!((&late["status"], &late["nextChargeTime"]), (&json!("past_due"), &Value::Null));
    assert_eq!(kinds(&sandbox).last().unwrap(), "subscription.paused");
    assert_eq!(no(&sandbox, "POST", &resume, Value::Null).await, code("M002003", ""));

    let other = asked(&sandbox, &customer, "paypay").await;
    elepay.approve_source(text(&other, "id")).unwrap();
    let back = act(&sandbox, &target, "resume").await;
    assert_eq!((&back["status"], &back["chargedPeriods"]), (&json!("active"), &json!(2)));
    let page = ok(&sandbox, "GET", &format!("{target}/periods"), Value::Null).await;
    assert_eq!(page["periods"][0]["charge"]["paymentMethod"], "paypay");
    let next = back["nextChargeTime"].as_i64().unwrap()
        - page["periods"][0]["startTime"].as_i64().unwrap();
    assert_eq!(next, DAY_MS, "counted from the day it was resumed");
    elepay.ledger().assert_sound();
}

#[tokio::test]
async fn a_cancelled_subscription_runs_to_the_end_of_its_period() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let (customer, _) = kept(&sandbox, "creditcard").await;
    let (id, target) = daily(&sandbox, &customer, json!({})).await;
    act(&sandbox, &target, "start").await;
    let cancel = format!("{target}/cancel");
    elepay.set_charging(&id, true).unwrap();
    assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await["isCharging"], true);
    assert_eq!(no(&sandbox, "POST", &cancel, Value::Null).await, code("M006001", ""));
    elepay.set_charging(&id, false).unwrap();

    let ending = act(&sandbox, &target, "cancel").await;
    assert_eq!((&ending["status"], &ending["nextChargeTime"]), (&json!("active"), &Value::Null));
    assert_eq!(no(&sandbox, "POST", &cancel, Value::Null).await, code("M006002", ""));
    sandbox.clock().advance(2 * DAY);
    let ended = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!((&ended["status"], &ended["chargedPeriods"]), (&json!("canceled"), &json!(1)));
    for act in ["start", "resume"] {
        let refused = no(&sandbox, "POST", &format!("{target}/{act}"), Value::Null).await;
        assert_eq!(refused, code("M006000", ""));
    }

    let (_, unused) = daily(&sandbox, &customer, json!({})).await;
    assert_eq!(act(&sandbox, &unused, "cancel").await["status"], "canceled", "nothing is running");
    let page = ok(&sandbox, "GET", "/subscriptions?status=canceled", Value::Null).await;
    assert_eq!(page["total"], 2);
    let none = ok(&sandbox, "GET", "/subscriptions?customerId=cus_no", Value::Null).await;
    assert_eq!(none["total"], 0);
}

#[tokio::test]
async fn a_subscription_needs_an_amount_and_an_interval_to_start() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = customer(&sandbox).await;
    for (more, parameter) in
        [(json!({ "interval": "month" }), "amount"), (json!({ "amount": 500 }), "interval")]
    {
        let mut body = more;
        body["customerId"] = customer.as_str().into();
        let made = ok(&sandbox, "POST", "/subscriptions", body).await;
        let start = format!("/subscriptions/{}/start", text(&made, "id"));
        assert_eq!(no(&sandbox, "POST", &start, Value::Null).await, code("M002001", parameter));
    }
    for (name, value) in [("amount", 0), ("intervalSpan", 0), ("initialAmount", -1)] {
        let body = json!({ "customerId": customer, name: value });
        let refused = no(&sandbox, "POST", "/subscriptions", body).await;
        assert_eq!(refused, code("M002002", name));
    }
    let (_, target) = daily(&sandbox, &customer, json!({})).await;
    let body = json!({ "metadata": { "no": "8" }, "amount": 1 });
    let changed = ok(&sandbox, "POST", &target, body).await;
    assert_eq!(changed["metadata"]["no"], "8");
    assert_eq!(act(&sandbox, &target, "start").await["status"], "past_due", "nothing to pay with");
}

#[tokio::test]
async fn the_end_of_time_is_not_billed_day_by_day() {
    let sandbox = Sandbox::start().await.unwrap();
    let (customer, _) = kept(&sandbox, "creditcard").await;
    let (_, target) = daily(&sandbox, &customer, json!({})).await;
    act(&sandbox, &target, "start").await;
    sandbox.clock().advance(Duration::MAX);
    assert!(sandbox.elepay().ledger().lines().len() > 1000);
}
