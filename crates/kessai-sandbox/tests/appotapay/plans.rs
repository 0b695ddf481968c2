//! Subscriptions: how they begin, charge and end.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{LeverError, cards};
use serde_json::{Value, json};

use crate::http::{call, judge_told, ok, queried, text, told, with};
use crate::signing::unsealed;
use crate::subscribers::{customer, saved};

const PLANS: &str = "/api/v1/subs/plans";
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A plan of 150,000 dong every week, with `more` members or others.
pub fn plan(reference: &str, customer: &str, method: &str, more: Value) -> Value {
    let body = json!({
        "planRefId": reference, "customerId": customer, "currency": "VND", "amount": 150_000,
        "paymentMethods": [{ "paymentMethodId": method }], "failedCycleAction": "STOP",
        "schedule": { "interval": "WEEK", "intervalCount": 1 },
    });
    with(body, more)
}

/// A customer with a card, and a plan that charges it.
pub async fn subscribed(sandbox: &Sandbox, number: &str, more: Value) -> Value {
    let customer = customer(sandbox, "CUS1").await;
    let method = saved(sandbox, "CARD1", &customer, number).await;
    ok(sandbox, "POST", PLANS, plan("PLAN1", &customer, &method, more)).await
}

/// The cycles of a plan, the oldest first.
pub async fn cycles(sandbox: &Sandbox, plan: &Value) -> Vec<Value> {
    let target = format!("{PLANS}/{}/cycles", text(plan, "planId"));
    let list = ok(sandbox, "GET", &target, Value::Null).await;
    list["data"].as_array().unwrap().clone()
}

fn statuses(cycles: &[Value]) -> Vec<&str> {
    cycles.iter().map(|cycle| text(cycle, "status")).collect()
}

/// The names of what was told, after whatever was told before.
pub fn kinds(sandbox: &Sandbox) -> Vec<String> {
    let events = told(sandbox);
    for (kind, url, data) in &events {
        let schema = match kind.split('.').nth(1) {
            Some("plan") => "PlanNotification",
            Some("cycle") => "CycleNotification",
            _ => "SubscriptionRefundNotification",
        };
        judge_told(schema, data);
        assert_eq!((text(data, "event"), url.contains(".invalid")), (kind.as_str(), true));
    }
    let short = |kind: String| kind.trim_start_matches("subscription.").to_owned();
    events.into_iter().map(|(kind, ..)| short(kind)).collect()
}

#[tokio::test]
async fn a_plan_charges_each_cycle_when_it_is_due_and_not_before() {
    let sandbox = Sandbox::start().await.unwrap();
    let plan = subscribed(&sandbox, cards::PAYS, Value::Null).await;
    assert_eq!(plan["status"], "ACTIVE");
    assert_eq!(statuses(&cycles(&sandbox, &plan).await), ["SCHEDULED"]);
    sandbox.clock().advance(6 * DAY + 23 * HOUR);
    assert!(sandbox.appotapay().ledger().lines().is_empty());
    sandbox.clock().advance(HOUR);
    assert_eq!(statuses(&cycles(&sandbox, &plan).await), ["SUCCEEDED", "SCHEDULED"]);
    sandbox.clock().advance(21 * DAY);
    let cycles = cycles(&sandbox, &plan).await;
    assert_eq!(
        statuses(&cycles),
        ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SCHEDULED"]
    );
    assert_eq!(cycles[3]["updatedAt"], cycles[3]["scheduledAt"], "each at its own time");
    let ledger = sandbox.appotapay().ledger();
    ledger.assert_sound();
    assert_eq!((ledger.reference("PLAN1").len(), ledger.totals()["VND"].captured), (4, 600_000));
    assert_eq!(
        kinds(&sandbox)[..4],
        ["plan.activated", "cycle.created", "cycle.succeeded", "cycle.created"]
    );
}

#[tokio::test]
async fn a_plan_that_pays_at_once_begins_with_a_payment_or_not_at_all() {
    for (number, status, captured) in
        [(cards::PAYS, "ACTIVE", 150_000), (cards::NO_FUNDS, "INACTIVE", 0)]
    {
        let sandbox = Sandbox::start().await.unwrap();
        let retried = json!({ "interval": "WEEK", "intervalCount": 1, "totalRetry": 3 });
        let more = json!({ "immediateActionType": "FULL_AMOUNT", "schedule": retried });
        let plan = subscribed(&sandbox, number, more).await;
        assert_eq!(plan["status"], status);
        let totals = sandbox.appotapay().ledger().totals();
        assert_eq!(totals.get("VND").map_or(0, |totals| totals.captured), captured);
        let kinds = kinds(&sandbox);
        let expected: &[&str] = match status {
            "ACTIVE" => &["cycle.created", "cycle.succeeded", "plan.activated", "cycle.created"],
            _ => &["cycle.created", "cycle.failed", "plan.inactivated"],
        };
        assert_eq!(kinds, expected);
    }
}

#[tokio::test]
async fn a_cycle_that_fails_is_tried_again_and_then_ends_the_plan() {
    let sandbox = Sandbox::start().await.unwrap();
    let schedule = json!({
        "interval": "WEEK", "intervalCount": 1, "retryInterval": "DAY", "retryIntervalCount": 2,
        "totalRetry": 2,
    });
    let plan = subscribed(&sandbox, cards::PAYS, json!({ "schedule": schedule })).await;
    let id = text(&plan, "planId");
    sandbox.appotapay().fail_next_attempts(id, 3).unwrap();
    sandbox.clock().advance(8 * DAY);
    let first = &cycles(&sandbox, &plan).await[0];
    let target = format!("{PLANS}/{id}/cycles/{}", text(first, "cycleId"));
    let retrying = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!((&retrying["status"], &retrying["attemptCount"]), (&json!("RETRYING"), &json!(1)));
    sandbox.clock().advance(4 * DAY);
    let failed = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(failed["status"], "FAILED");
    let attempts = failed["attemptDetails"].as_array().unwrap();
    let types: Vec<_> = attempts.iter().map(|attempt| text(attempt, "type")).collect();
    assert_eq!(types, ["INITIAL", "RETRY", "RETRY"]);
    assert_eq!(attempts[0]["nextRetryTime"], attempts[1]["createdAt"]);
    assert_eq!(attempts[2]["nextRetryTime"], Value::Null);
    assert_eq!(
        ok(&sandbox, "GET", &format!("{PLANS}/PLAN1"), Value::Null).await["status"],
        "INACTIVE"
    );
    assert_eq!(statuses(&cycles(&sandbox, &plan).await), ["FAILED", "CANCELLED"]);
    assert_eq!(
        kinds(&sandbox)[2..],
        ["cycle.retrying", "cycle.created", "cycle.retrying", "cycle.failed", "plan.inactivated"]
    );
    sandbox.clock().advance(100 * DAY);
    assert!(sandbox.appotapay().ledger().lines().is_empty());
}

#[tokio::test]
async fn a_plan_that_resumes_goes_on_with_the_next_cycle_until_it_has_had_all() {
    let sandbox = Sandbox::start().await.unwrap();
    let schedule = json!({ "interval": "DAY", "intervalCount": 3, "totalRecurrence": 2 });
    let more = json!({ "failedCycleAction": "RESUME", "schedule": schedule });
    let plan = subscribed(&sandbox, cards::PAYS, more).await;
    sandbox.appotapay().fail_next_attempts(text(&plan, "planId"), 1).unwrap();
    sandbox.clock().advance(9 * DAY);
    assert_eq!(statuses(&cycles(&sandbox, &plan).await), ["FAILED", "SUCCEEDED"]);
    let over = ok(&sandbox, "GET", &format!("{PLANS}/PLAN1"), Value::Null).await;
    assert_eq!(over["status"], "INACTIVE");
}

#[tokio::test]
async fn the_first_payment_method_that_pays_is_charged() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = customer(&sandbox, "CUS1").await;
    let poor = saved(&sandbox, "CARD1", &customer, cards::NO_FUNDS).await;
    let good = saved(&sandbox, "CARD2", &customer, cards::PAYS).await;
    let methods =
        json!([{ "paymentMethodId": good, "rank": 2 }, { "paymentMethodId": poor, "rank": 1 }]);
    let more = json!({ "paymentMethods": methods, "immediateActionType": "FULL_AMOUNT" });
    let made = ok(&sandbox, "POST", PLANS, plan("PLAN1", &customer, "", more)).await;
    assert_eq!(made["paymentMethods"][0], json!({ "paymentMethodId": poor, "rank": 1 }));
    assert_eq!(made["status"], "ACTIVE");
    sandbox.appotapay().withdraw_payment_method(&good).unwrap();
    sandbox.clock().advance(7 * DAY);
    let over = ok(&sandbox, "GET", &format!("{PLANS}/PLAN1"), Value::Null).await;
    assert_eq!(over["status"], "INACTIVE");
}

#[tokio::test]
async fn a_customer_may_choose_on_the_page_of_appotapay() {
    for (agreed, status) in [(true, "ACTIVE"), (false, "INACTIVE")] {
        let sandbox = Sandbox::start().await.unwrap();
        let appotapay = sandbox.appotapay();
        let customer = customer(&sandbox, "CUS1").await;
        let more = json!({
            "paymentMethods": null, "country": "VN", "returnUrl": "https://shop.example/done",
        });
        let made = ok(&sandbox, "POST", PLANS, plan("PLAN1", &customer, "", more)).await;
        assert_eq!(
            (&made["status"], &made["actions"][0]["action"]),
            (&json!("REQUIRES_ACTION"), &json!("AUTH"))
        );
        let id = text(&made, "planId");
        let early = call(&sandbox, "POST", &format!("{PLANS}/{id}/deactivate"), Value::Null).await;
        assert_eq!(early.refusal(), (400, 3046, ""));
        let url = appotapay.finish_plan(id, agreed).unwrap();
        let data = unsealed(appotapay, &queried(&url, "data"), &queried(&url, "signature"));
        judge_told("Plan", &data);
        assert_eq!(data["status"], status);
        assert_eq!(appotapay.finish_plan(id, true), Err(LeverError::WrongStatus));
    }
}

#[tokio::test]
async fn a_plan_is_changed_while_it_is_active() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = subscribed(&sandbox, cards::PAYS, Value::Null).await;
    let by_id = format!("{PLANS}/{}", text(&made, "planId"));
    let exchange = json!({ "amount": 7.5, "currency": "USD" });
    let body = json!({ "amount": 90_000, "currencyExchange": exchange });
    let changed = ok(&sandbox, "PATCH", &by_id, body).await;
    assert_eq!((&changed["amount"], &changed["currencyExchange"]), (&json!(90_000), &exchange));
    sandbox.clock().advance(7 * DAY);
    let amounts: Vec<_> =
        cycles(&sandbox, &made).await.iter().map(|cycle| cycle["amount"].clone()).collect();
    assert_eq!(amounts, [150_000, 90_000], "what is scheduled keeps its amount");
    for (body, refusal) in [
        (json!({ "currency": "USD" }), (400, 1, "currency")),
        (json!({ "amount": 4_999 }), (400, 1, "amount")),
        (json!({ "customerId": "nobody" }), (404, 3003, "")),
        (json!({ "paymentMethods": [{ "paymentMethodId": "none" }] }), (404, 3004, "")),
        (
            json!({ "currencyExchange": { "amount": 0.09, "currency": "USD" } }),
            (400, 1, "currencyExchange.amount"),
        ),
    ] {
        assert_eq!(
            call(&sandbox, "PATCH", &by_id, body.clone()).await.refusal(),
            refusal,
            "{body}"
        );
    }
    let end = format!("{by_id}/deactivate");
    assert_eq!(ok(&sandbox, "POST", &end, Value::Null).await["status"], "INACTIVE");
    assert_eq!(call(&sandbox, "POST", &end, Value::Null).await.refusal(), (400, 3006, ""));
    assert_eq!(call(&sandbox, "PATCH", &by_id, json!({})).await.refusal(), (400, 3006, ""));
    assert_eq!(statuses(&cycles(&sandbox, &made).await), ["SUCCEEDED", "CANCELLED"]);
}

#[tokio::test]
async fn a_plan_must_be_one_that_can_begin() {
    let sandbox = Sandbox::start().await.unwrap();
    let own = customer(&sandbox, "CUS1").await;
    let other = customer(&sandbox, "CUS2").await;
    let method = saved(&sandbox, "CARD1", &own, cards::PAYS).await;
    let lost = saved(&sandbox, "CARD2", &own, cards::PAYS).await;
    sandbox.appotapay().withdraw_payment_method(&lost).unwrap();
    let schedule = |more: Value| {
        let monthly = json!({ "interval": "MONTH", "intervalCount": 1 });
        json!({ "schedule": with(monthly, more) })
    };
    for (customer, method, more, refusal) in [
        ("nobody", &method, Value::Null, (404, 3003, "")),
        (&*other, &method, Value::Null, (404, 3004, "")),
        (&*own, &lost, Value::Null, (400, 3012, "")),
        (&*own, &method, json!({ "paymentMethods": [] }), (400, 1, "country")),
        (&*own, &method, json!({ "amount": 4_999 }), (400, 1, "amount")),
        (&*own, &method, json!({ "planRefId": "a b" }), (400, 1, "planRefId")),
        (
            &*own,
            &method,
            json!({ "paymentLinkForFailedAttempt": "YES" }),
            (400, 1, "schedule.retryInterval"),
        ),
        (
            &*own,
            &method,
            schedule(json!({ "anchorDate": "soon" })),
            (400, 1, "schedule.anchorDate"),
        ),
        (
            &*own,
            &method,
            schedule(json!({ "retryInterval": "WEEK" })),
            (400, 1, "schedule.retryInterval"),
        ),
    ] {
        let refused =
            call(&sandbox, "POST", PLANS, plan("PLAN1", customer, method, more.clone())).await;
        assert_eq!(refused.refusal(), refusal, "{more}");
    }
    ok(&sandbox, "POST", PLANS, plan("PLAN1", &own, &method, Value::Null)).await;
    let again = call(&sandbox, "POST", PLANS, plan("PLAN1", &own, &method, Value::Null)).await;
    assert_eq!(again.refusal(), (400, 3002, ""));
    let unknown = call(&sandbox, "GET", &format!("{PLANS}/PLAN2"), Value::Null).await;
    assert_eq!(unknown.refusal(), (404, 3005, ""));
}

#[tokio::test]
async fn years_of_days_are_charged_before_anybody_looks() {
    let sandbox = Sandbox::start().await.unwrap();
    let daily = json!({ "schedule": { "interval": "DAY", "intervalCount": 1 } });
    subscribed(&sandbox, cards::PAYS, daily).await;
    sandbox.clock().advance(3_000 * DAY);
    assert_eq!(sandbox.appotapay().ledger().lines().len(), 3_000);
}
