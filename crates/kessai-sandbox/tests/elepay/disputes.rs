//! Payments that customers contest.

use std::time::Duration;

use kessai_sandbox::{Sandbox, elepay::LeverError};
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{code, no, ok, text};

async fn paid(sandbox: &Sandbox, order_no: &str) -> String {
    let charge = ok(sandbox, "POST", "/charges", order(order_no, Value::Null)).await;
    let id = text(&charge, "id").to_owned();
    sandbox.elepay().pay(&id).unwrap();
    id
}

#[tokio::test]
async fn nothing_is_refunded_while_a_dispute_is_open() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let charge = paid(&sandbox, "A-1").await;
    let refunds = format!("/charges/{charge}/refunds");
    ok(&sandbox, "POST", &refunds, json!({ "amount": 200 })).await;
    let dispute = elepay.dispute(&charge, "Not mine").unwrap();
    assert_eq!(elepay.dispute(&charge, "Twice"), Err(LeverError::WrongStatus));
    let shown = ok(&sandbox, "GET", &format!("/disputes/{dispute}"), Value::Null).await;
    assert_eq!((&shown["status"], &shown["amount"]), (&json!("new"), &json!(1000)));
    assert_eq!((&shown["chargeId"], &shown["reason"]), (&json!(charge), &json!("Not mine")));
    let target = format!("/charges/{charge}");
    assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await["disputed"], true);
    let refused = no(&sandbox, "POST", &refunds, json!({ "amount": 1 })).await;
    assert_eq!(refused, code("M006006", ""));

    elepay.resolve_dispute(&dispute, true).unwrap();
    assert_eq!(elepay.resolve_dispute(&dispute, true), Err(LeverError::WrongStatus));
    assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await["disputed"], false);
    ok(&sandbox, "POST", &refunds, json!({ "amount": 1000 })).await;
    assert_eq!(elepay.dispute(&charge, "Late"), Err(LeverError::WrongStatus));
    assert_eq!(elepay.dispute("ch_no", ""), Err(LeverError::NotFound));
}

#[tokio::test]
async fn disputes_are_found_by_charge_status_and_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let mut disputes = Vec::new();
    let mut charges = Vec::new();
    for number in 1..=3 {
        charges.push(paid(&sandbox, &format!("A-{number}")).await);
        disputes.push(elepay.dispute(charges.last().unwrap(), &number.to_string()).unwrap());
        sandbox.clock().advance(Duration::from_secs(60));
    }
    elepay.resolve_dispute(&disputes[1], true).unwrap();
    sandbox.clock().advance(Duration::from_secs(60));
    elepay.resolve_dispute(&disputes[0], false).unwrap();

    let found = async |query: &str| {
        let page = ok(&sandbox, "GET", &format!("/disputes?{query}"), Value::Null).await;
        let reasons = page["disputes"].as_array().unwrap().iter();
        reasons.map(|dispute| text(dispute, "reason")).collect::<String>()
    };
    assert_eq!(found("").await, "321");
    assert_eq!(found("order=asc&limit=2").await, "12");
    assert_eq!(found("sort=resolved_time").await, "123");
    assert_eq!(found("status=won").await, "2");
    assert_eq!(found("status=lost").await, "1");
    assert_eq!(found(&format!("chargeId={}", charges[2])).await, "3");
    let late = sandbox.clock().now_ms() - 30_000;
    assert_eq!(found(&format!("from={late}")).await, "");
    assert_eq!(found(&format!("from={late}&dateField=resolved_time")).await, "1");
}
