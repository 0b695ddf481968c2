//! Bills for customers.

use std::time::Duration;

use kessai_sandbox::{Sandbox, elepay::LeverError};
use serde_json::{Value, json};

use crate::http::{call, code, kinds, no, ok, text};
use crate::sources::customer;

/// A draft, and where it is.
async fn draft(sandbox: &Sandbox, more: Value) -> (Value, String) {
    let customer = customer(sandbox).await;
    let mut body = json!({ "customerId": customer, "amount": 1100, "name": "Rent" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = ok(sandbox, "POST", "/invoices", body).await;
    let target = format!("/invoices/{}", text(&made, "id"));
    (made, target)
}

async fn act(sandbox: &Sandbox, target: &str, act: &str) -> Value {
    ok(sandbox, "POST", &format!("{target}/{act}"), Value::Null).await
}

#[tokio::test]
async fn an_invoice_is_written_sent_and_paid() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let items = json!([{ "name": "May", "unitPrice": 1000, "taxRateType": "standard" }, {}]);
    let (made, target) = draft(&sandbox, json!({ "items": items, "metadata": { "a": "b" } })).await;
    assert_eq!((&made["status"], &made["invoiceNo"]), (&json!("draft"), &json!("INV-000001")));
    assert_eq!(made["customer"]["name"], "Aoi");
    assert_eq!(made["items"][0]["unitPrice"], 1000);
    assert!(made["items"][0]["id"].is_string() && made["items"][1]["currency"] == "JPY");

    let mut body = json!({ "customerId": made["customer"]["id"], "amount": 900 });
    body["items"] = json!([made["items"][0]]);
    let changed = ok(&sandbox, "POST", &target, body.clone()).await;
    assert_eq!((&changed["amount"], &changed["name"]), (&json!(900), &Value::Null));
    assert_eq!(changed["items"], json!([made["items"][0]]), "a line keeps its id");

    assert_eq!(act(&sandbox, &target, "submit").await["status"], "submit");
    assert_eq!(no(&sandbox, "POST", &target, body).await, code("M006000", ""));
    let sent = call(&sandbox, "POST", &format!("{target}/send"), Value::Null).await;
    assert_eq!((sent.status, &sent.body["status"]), (202, &json!("sent")));
    assert!(sent.body["sendTime"].is_i64());

    let charge = elepay.pay_invoice(text(&made, "id"), "konbini").unwrap();
    let paid = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(paid["status"], "paid");
    assert!(paid["paidTime"].is_i64());
    let line = elepay.ledger().charge(&charge).unwrap().clone();
    assert_eq!((line.reference.as_str(), line.totals.captured), ("INV-000001", 900));
    assert_eq!(kinds(&sandbox), ["charge.succeeded"]);
    let again = elepay.pay_invoice(text(&made, "id"), "konbini");
    assert_eq!(again, Err(LeverError::WrongStatus));
    let cancel = format!("{target}/cancel");
    assert_eq!(no(&sandbox, "POST", &cancel, Value::Null).await, code("M006000", ""));
}

#[tokio::test]
async fn each_act_has_its_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let (made, target) = draft(&sandbox, json!({})).await;
    let send = format!("{target}/send");
    assert_eq!(no(&sandbox, "POST", &send, Value::Null).await, code("M006000", ""));
    let paid = sandbox.elepay().pay_invoice(text(&made, "id"), "paypay");
    assert_eq!(paid, Err(LeverError::WrongStatus), "nobody was asked to pay");
    act(&sandbox, &target, "submit").await;
    let submit = format!("{target}/submit");
    assert_eq!(no(&sandbox, "POST", &submit, Value::Null).await, code("M006000", ""));
    act(&sandbox, &target, "send").await;
    act(&sandbox, &target, "send").await;
    assert_eq!(act(&sandbox, &target, "cancel").await["status"], "canceled");
    let cancel = format!("{target}/cancel");
    assert_eq!(no(&sandbox, "POST", &cancel, Value::Null).await, code("M006002", ""));
    assert_eq!(no(&sandbox, "POST", &send, Value::Null).await, code("M006000", ""));
    assert_eq!(no(&sandbox, "GET", "/invoices/inv_no", Value::Null).await, code("M002003", ""));
}

#[tokio::test]
async fn an_invoice_expires_once_it_is_final() {
    let sandbox = Sandbox::start().await.unwrap();
    let soon = sandbox.clock().now_ms() + 3_600_000;
    let (_, idle) = draft(&sandbox, json!({ "expiryTime": soon })).await;
    let (_, sent) = draft(&sandbox, json!({ "expiryTime": soon, "memo": "Soon" })).await;
    act(&sandbox, &sent, "submit").await;
    sandbox.clock().advance(Duration::from_secs(3601));
    assert_eq!(ok(&sandbox, "GET", &sent, Value::Null).await["status"], "expired");
    assert_eq!(ok(&sandbox, "GET", &idle, Value::Null).await["status"], "draft");
    let again = format!("{sent}/send");
    assert_eq!(no(&sandbox, "POST", &again, Value::Null).await, code("M006000", ""));

    let found = async |query: &str| {
        let page = ok(&sandbox, "GET", &format!("/invoices?{query}"), Value::Null).await;
        page["total"].as_i64().unwrap()
    };
    assert_eq!(found("status=expired").await, 1);
    assert_eq!(found("status=expired&status=draft").await, 2);
    assert_eq!(found("keyword=soon").await, 1);
    assert_eq!(found("keyword=inv-0").await, 2);
    assert_eq!(found(&format!("from={soon}")).await, 0);
    assert_eq!(found(&format!("to={soon}&limit=1")).await, 2);
}
