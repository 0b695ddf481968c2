//! Payment methods that customers let the merchant keep.

use kessai_sandbox::{Sandbox, elepay::LeverError};
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{call, code, kinds, no, ok, say, text};

pub async fn customer(sandbox: &Sandbox) -> String {
    let customer = ok(sandbox, "POST", "/customers", json!({ "name": "Aoi" })).await;
    text(&customer, "id").to_owned()
}

/// A new source of a customer, which is pending.
pub async fn asked(sandbox: &Sandbox, customer: &str, method: &str) -> Value {
    let body = json!({ "paymentMethod": method, "resource": "web" });
    ok(sandbox, "POST", &format!("/customers/{customer}/sources"), body).await
}

/// A customer, and a source of theirs that can be charged.
pub async fn kept(sandbox: &Sandbox, method: &str) -> (String, String) {
    let customer = customer(sandbox).await;
    let source = asked(sandbox, &customer, method).await;
    let id = text(&source, "id").to_owned();
    sandbox.elepay().approve_source(&id).unwrap();
    (customer, id)
}

#[tokio::test]
async fn a_source_waits_for_the_customer_and_is_charged_then() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let customer = customer(&sandbox).await;
    let source = asked(&sandbox, &customer, "creditcard").await;
    let id = text(&source, "id");
    assert_eq!(source["status"], "pending");
    assert!(source["credential"].is_string());
    let more = json!({ "customerId": customer, "sourceId": id });
    let refused = no(&sandbox, "POST", "/charges", order("A-1", more.clone())).await;
    assert_eq!(refused, code("M002003", "sourceId"));

    elepay.approve_source(id).unwrap();
    assert_eq!(elepay.approve_source(id), Err(LeverError::WrongStatus));
    assert_eq!(elepay.approve_source("src_no"), Err(LeverError::NotFound));
    let one = format!("/customers/{customer}/sources/{id}");
    let active = ok(&sandbox, "GET", &one, Value::Null).await;
    assert_eq!((&active["status"], &active["credential"]), (&json!("active"), &Value::Null));
    assert_eq!(active["info"]["last4"], "1111");
    let charged = ok(&sandbox, "POST", "/charges", order("A-1", more)).await;
    assert_eq!(charged["status"], "captured");
    assert_eq!(charged["cardInfo"]["last4"], "1111");
    let held = order("A-2", json!({ "sourceId": id, "capture": false }));
    assert_eq!(ok(&sandbox, "POST", "/charges", held).await["status"], "uncaptured");
    assert_eq!(kinds(&sandbox), ["source.activated", "charge.succeeded"]);
}

#[tokio::test]
async fn a_source_is_charged_for_its_customer_by_its_method() {
    let sandbox = Sandbox::start().await.unwrap();
    let (_, source) = kept(&sandbox, "paypay").await;
    let other = customer(&sandbox).await;
    let wrong = order("A-1", json!({ "sourceId": source }));
    let refused = no(&sandbox, "POST", "/charges", wrong).await;
    assert_eq!(refused, code("M001002", "paymentMethod"));
    let more = json!({ "sourceId": source, "customerId": other, "paymentMethod": "paypay" });
    let refused = no(&sandbox, "POST", "/charges", order("A-1", more)).await;
    assert_eq!(refused, code("M002003", "sourceId"));
    let foreign = format!("/customers/{other}/sources/{source}");
    assert_eq!(no(&sandbox, "GET", &foreign, Value::Null).await, code("M002003", ""));
    let unkept = json!({ "paymentMethod": "konbini", "resource": "web" });
    let refused = no(&sandbox, "POST", &format!("/customers/{other}/sources"), unkept).await;
    assert_eq!(refused, code("M001002", "paymentMethod"));
}

#[tokio::test]
async fn a_contract_ends_from_either_side() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let (customer, first) = kept(&sandbox, "paypay").await;
    let second = asked(&sandbox, &customer, "paypay").await;
    let second = text(&second, "id");
    let card = asked(&sandbox, &customer, "creditcard").await;
    let card = text(&card, "id");
    elepay.approve_source(second).unwrap();
    elepay.fail_source(card).unwrap();
    let one = format!("/customers/{customer}");
    assert_eq!(ok(&sandbox, "GET", &one, Value::Null).await["defaultSource"], *first);

    elepay.cancel_source(&first).unwrap();
    let inactive = ok(&sandbox, "GET", &format!("{one}/sources/{first}"), Value::Null).await;
    assert_eq!(inactive["status"], "inactive");
    assert_eq!(ok(&sandbox, "GET", &one, Value::Null).await["defaultSource"], Value::Null);
    for (source, answer) in [(first.as_str(), "M002003"), (card, "M002003")] {
        let refused = no(&sandbox, "POST", &one, json!({ "defaultSource": source })).await;
        assert_eq!(refused, code(answer, "defaultSource"));
    }
    let changed = ok(&sandbox, "POST", &one, json!({ "defaultSource": second })).await;
    assert_eq!(changed["defaultSource"], *second);

    let target = format!("{one}/sources/{second}");
    let deleted = call(&sandbox, "DELETE", &target, Value::Null).await;
    assert_eq!((deleted.status, &deleted.body), (204, &Value::Null));
    assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await["status"], "deleted");
    assert_eq!(no(&sandbox, "DELETE", &target, Value::Null).await, code("M006002", ""));
    let list = ok(&sandbox, "GET", &format!("{one}/sources"), Value::Null).await;
    assert_eq!(list["total"], 2);
    let paypay = format!("{one}/sources?paymentMethod=paypay");
    assert_eq!(ok(&sandbox, "GET", &paypay, Value::Null).await["total"], 1);
    let told = ["activated", "activated", "inactivated", "inactivated"];
    assert_eq!(kinds(&sandbox), told.map(|word| format!("source.{word}")));
}

#[tokio::test]
async fn a_browser_may_ask_for_the_status_of_a_source_and_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let (customer, source) = kept(&sandbox, "paidy").await;
    let key = format!("authorization: Bearer {}\r\n", elepay.publishable_key());
    let status = format!("/sources/{source}/status");
    let heard = say(elepay.base_url(), "GET", &status, &key, "").await;
    assert_eq!((heard.status, &heard.body["status"]), (200, &json!("active")));
    for target in [format!("/customers/{customer}/sources/{source}"), "/charges".to_owned()] {
        let refused = say(elepay.base_url(), "GET", &target, &key, "").await;
        assert_eq!(refused.refusal(), (400, "M004003", None), "{target}");
    }
}
