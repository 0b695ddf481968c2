//! Payments at terminals.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::LeverError;
use serde_json::{Value, json};

use crate::http::{Heard, call, call_with, judge_told, ok, partner, text, with};
use crate::signing::{sign, unsealed};

const ORDERS: &str = "/api/v2/partner/orders";

/// Sends a payment of 120,000 dong to a terminal, with `more` members or others.
async fn create(sandbox: &Sandbox, reference: &str, more: Value) -> Heard {
    let body = json!({
        "partner_ref_id": reference, "order_info": "Two tickets", "terminal_id": "TID-1",
        "payment_method": "QR", "amount": 120_000,
    });
    let body = with(body, more);
    let signature = sign(sandbox.appotapay(), &body.to_string());
    let headers = format!(
        "{}x-signature: {signature}\r\nx-request-id: 6f1d3c1e-8f0a-4b57-9a59-2f8f1c0d9e11\r\n",
        partner(sandbox)
    );
    call_with(sandbox, &headers, "POST", &format!("{ORDERS}/payment/create"), body).await
}

fn refusal(heard: &Heard) -> (u16, &str) {
    (heard.status, text(&heard.body, "error_code"))
}

async fn look(sandbox: &Sandbox, reference: &str) -> Value {
    ok(sandbox, "GET", &format!("{ORDERS}/transaction/{reference}"), Value::Null).await
}

#[tokio::test]
async fn a_payment_waits_for_the_customer_and_is_settled_the_next_day() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let made = create(&sandbox, "POS-1", Value::Null).await.body;
    assert_eq!(text(&made["transaction"], "error_code"), "34");
    assert_eq!(made["payment_info"]["qr_type"], "VIETQR");
    assert_eq!(look(&sandbox, "POS-1").await["paid_at"], "");
    appotapay.pay_at_terminal("POS-1").unwrap();
    assert_eq!(appotapay.pay_at_terminal("POS-1"), Err(LeverError::WrongStatus));
    let paid = look(&sandbox, "POS-1").await;
    assert_eq!((text(&paid, "status"), text(&paid, "error_code")), ("success", "00"));
    sandbox.clock().advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(look(&sandbox, "POS-1").await["is_sett"], true);
    assert_eq!(appotapay.void_at_terminal("POS-1"), Err(LeverError::WrongStatus));
    let line = appotapay.ledger().reference("POS-1")[0].clone();
    assert_eq!((line.totals.captured, line.totals.refunded), (120_000, 0));

    let events = appotapay.events();
    let body: Value = serde_json::from_slice(events[0].body()).unwrap();
    judge_told("SignedPosData", &body);
    let data = unsealed(appotapay, text(&body, "data"), text(&body, "signature"));
    judge_told("PosNotification", &data);
    assert_eq!(text(&data["transaction"], "partner_ref_id"), "POS-1");
    assert_eq!((events.len(), events[0].kind()), (1, "pos"));
}

#[tokio::test]
async fn a_customer_may_go_away() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = create(&sandbox, "POS-1", json!({ "payment_method": "POS" })).await.body;
    assert_eq!(made["payment_info"], Value::Null);
    sandbox.appotapay().cancel_at_terminal("POS-1").unwrap();
    let gone = look(&sandbox, "POS-1").await;
    assert_eq!((text(&gone, "status"), text(&gone, "error_code")), ("error", "38"));
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 0);
}

#[tokio::test]
async fn payments_are_listed_the_newest_first() {
    let sandbox = Sandbox::start().await.unwrap();
    for (reference, method) in [("POS-1", "QR"), ("POS-2", "POS"), ("POS-3", "QR")] {
        create(&sandbox, reference, json!({ "payment_method": method })).await;
    }
    let target = format!("{ORDERS}/transactions?page=1&limit=1&payment_method=QR");
    let list = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(text(&list["transactions"][0], "partner_ref_id"), "POS-3");
    assert_eq!(list["pagination"], json!({ "limit": 1, "page": 1, "total": 2, "total_items": 2 }));
    let unpaged = call(&sandbox, "GET", &format!("{ORDERS}/transactions"), Value::Null).await;
    assert_eq!(refusal(&unpaged), (400, "1"));
}

#[tokio::test]
async fn a_payment_must_be_one_that_can_be_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    create(&sandbox, "POS-1", Value::Null).await;
    for (reference, more, expected) in [
        ("POS-1", Value::Null, (400, "30")),
        ("POS 2", Value::Null, (400, "1")),
        ("POS-2", json!({ "amount": 9_999 }), (400, "1")),
        ("POS-2", json!({ "payment_method": "CASH" }), (400, "1")),
    ] {
        let refused = create(&sandbox, reference, more.clone()).await;
        assert_eq!(refusal(&refused), expected, "{reference} {more}");
    }
    let body = json!({
        "partner_ref_id": "POS-2", "order_info": "", "terminal_id": "TID-1",
        "payment_method": "QR", "amount": 120_000,
    });
    let target = format!("{ORDERS}/payment/create");
    assert_eq!(refusal(&call(&sandbox, "POST", &target, body).await), (400, "2"));
    let unknown = call(&sandbox, "GET", &format!("{ORDERS}/transaction/POS-2"), Value::Null).await;
    assert_eq!(refusal(&unknown), (404, "36"));
}
