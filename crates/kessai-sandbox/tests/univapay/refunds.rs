//! Giving money back.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{NO_REFUNDS, PAYS};
use serde_json::{Value, json};

use crate::http::{call, charge, get, of, ok, text};

fn yen(amount: i64) -> Value {
    json!({ "amount": amount, "currency": "JPY" })
}

#[tokio::test]
async fn no_more_is_given_back_than_was_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    let paid = charge(&sandbox, PAYS, Value::Null).await;
    let refunds = of(&paid, "/refunds");
    get(&sandbox, &of(&paid, "")).await;
    // Refunds that are pending count.
    sandbox.univapay().hold(true);
    ok(&sandbox, "POST", &refunds, yen(600)).await;
    let calls = [
        (yen(1001), "REFUND_EXCEEDS_CHARGE_AMOUNT"),
        (yen(401), "REFUND_NOT_WITHIN_BOUNDS"),
        (json!({ "amount": 1, "currency": "USD" }), "CURRENCY_MUST_MATCH_CHARGE"),
        (yen(0), "VALIDATION_ERROR"),
    ];
    for (body, code) in calls {
        assert_eq!(call(&sandbox, "POST", &refunds, body).await.code(), (400, code));
    }
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].refunded, 0);
    sandbox.univapay().hold(false);
    ok(&sandbox, "POST", &refunds, yen(400)).await;
    let list = get(&sandbox, &refunds).await;
    assert_eq!((&list["total_hits"], &list["items"][0]["amount"]), (&json!(2), &json!(400)));
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].refunded, 1000);
    sandbox.univapay().ledger().assert_sound();
}

#[tokio::test]
async fn a_refund_that_fails_gives_nothing_back() {
    let sandbox = Sandbox::start().await.unwrap();
    let paid = charge(&sandbox, NO_REFUNDS, Value::Null).await;
    let refund = ok(&sandbox, "POST", &of(&paid, "/refunds"), yen(1000)).await;
    let one = of(&paid, &format!("/refunds/{}", text(&refund, "id")));
    let later = get(&sandbox, &one).await;
    assert_eq!((&later["status"], &later["error"]["code"]), (&json!("failed"), &json!(329)));
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].refunded, 0);
    ok(&sandbox, "POST", &of(&paid, "/refunds"), yen(1000)).await;
}

#[tokio::test]
async fn the_reason_is_changed_and_taken_away() {
    let sandbox = Sandbox::start().await.unwrap();
    let paid = charge(&sandbox, PAYS, Value::Null).await;
    let refund = ok(&sandbox, "POST", &of(&paid, "/refunds"), yen(1)).await;
    let one = of(&paid, &format!("/refunds/{}", text(&refund, "id")));
    let body = json!({ "reason": "fraud", "message": "not mine" });
    let changed = ok(&sandbox, "PATCH", &one, body).await;
    assert_eq!((&changed["reason"], &changed["message"]), (&json!("fraud"), &json!("not mine")));
    let changed = ok(&sandbox, "PATCH", &one, json!({ "reason": null })).await;
    assert_eq!((&changed["reason"], &changed["message"]), (&Value::Null, &json!("not mine")));
}
