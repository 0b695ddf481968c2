//! Working out payments.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{call, ok, with};

fn plan(more: Value) -> Value {
    let body = json!({
        "amount": 200_000, "currency": "JPY", "payment_type": "card", "period": "monthly",
        "schedule_settings": { "zone_id": "Asia/Tokyo", "start_on": "2099-01-31" },
    });
    with(body, more)
}

#[tokio::test]
async fn a_plan_is_worked_out_to_its_end() {
    let sandbox = Sandbox::start().await.unwrap();
    let cycles = json!({ "plan_type": "fixed_cycles", "fixed_cycles": 3 });
    let body = plan(json!({ "initial_amount": 10_000, "subscription_plan": cycles }));
    let payments = ok(&sandbox, "POST", "/store/subscriptions/simulate_plan", body).await;
    let column = |name: &str| {
        let payments = payments.as_array().unwrap();
        payments.iter().map(|payment| payment[name].clone()).collect::<Vec<_>>()
    };
    assert_eq!(column("amount"), [10_000, 95_000, 95_000]);
    assert_eq!(column("due_date")[1..], ["2099-01-31", "2099-02-28"]);
    assert_eq!(column("is_last_payment"), [false, false, true]);

    let endless = ok(&sandbox, "POST", "/subscriptions/simulate_plan", plan(json!({}))).await;
    assert_eq!(endless.as_array().unwrap().len(), 12);
    assert_eq!(endless[2]["due_date"], "2099-03-31");
}

#[tokio::test]
async fn what_is_no_plan_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let cycles = |cycles: i64| json!({ "plan_type": "fixed_cycles", "fixed_cycles": cycles });
    let step = |step: i64| json!({ "plan_type": "fixed_cycle_amount", "fixed_cycle_amount": step });
    let refusals = [
        (json!({ "cyclical_period": "P1D" }), "FORBIDDEN_PARAMETER"),
        (json!({ "schedule_settings": { "start_on": "1999-01-01" } }), "MUST_BE_FUTURE_OR_TODAY"),
        (json!({ "schedule_settings": { "start_on": "soon" } }), "INVALID_FORMAT_DATE"),
        (json!({ "subscription_plan": cycles(2000) }), "INSTALLMENT_INVALID_CYCLES_COUNT"),
        (json!({ "subscription_plan": step(200_000) }), "NEED_AT_LEAST_TWO_CYCLES"),
        (json!({ "subscription_plan": step(1) }), "INSTALLMENT_INVALID_CYCLES_COUNT"),
        (json!({ "subscription_plan": cycles(3), "amount": 2 }), "INVALID_AMOUNT"),
        (
            json!({ "subscription_plan": cycles(3), "initial_amount": 200_000 }),
            "MUST_BE_LOWER_THAN_FULL_AMOUNT",
        ),
    ];
    for (more, reason) in refusals {
        let refused = call(&sandbox, "POST", "/subscriptions/simulate_plan", plan(more)).await;
        assert_eq!((refused.status, refused.refusal().3), (400, reason));
    }
}
