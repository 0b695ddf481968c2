//! Charges, from the request to the end of their life.

use std::time::Duration;

use kessai_sandbox::{Sandbox, elepay::PayError};
use serde_json::{Value, json};

use crate::http::call;

const HOUR: Duration = Duration::from_secs(3600);

/// A card payment, with `more` members or others.
pub fn order(order_no: &str, more: Value) -> Value {
    let mut body = json!({ "amount": 1200, "paymentMethod": "creditcard", "orderNo": order_no });
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    body
}

#[tokio::test]
async fn a_charge_is_authorized_captured_and_refunded() {
    let sandbox = Sandbox::start().await.unwrap();
    let more = json!({
        "capture": false, "description": "Tea", "metadata": { "shop": "7" },
        "clientIp": "192.0.2.1", "resource": "web", "locationId": "loc_1",
    });
    let created = call(&sandbox, "POST", "/charges", order("A-1", more)).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.body["status"], "uncaptured");
    assert_eq!(created.body["authorize"], true);
    assert_eq!(created.body["authorizeAmount"], 1200);
    assert_eq!(created.body["paid"], false);
    assert_eq!(created.body["currency"], "JPY");
    assert_eq!(created.body["metadata"]["shop"], "7");
    assert_eq!(created.body["location"]["id"], "loc_1");

    let charge = format!("/charges/{}", created.id());
    let capture = format!("{charge}/capture");
    let captured = call(&sandbox, "POST", &capture, json!({ "amount": 1000 })).await;
    assert_eq!(captured.status, 200);
    assert_eq!(captured.body["status"], "captured");
    assert_eq!(captured.body["amount"], 1000);
    assert_eq!(captured.body["authorizeAmount"], 1200);
    assert_eq!(captured.body["paid"], true);
    assert!(captured.body["paidTime"].as_i64() >= captured.body["createTime"].as_i64());

    let refunds = format!("{charge}/refunds");
    let body = json!({ "amount": 400, "reason": "Cold", "metadata": { "cup": "2" } });
    let part = call(&sandbox, "POST", &refunds, body).await;
    assert_eq!((part.status, &part.body["status"]), (201, &json!("refunded")));
    let status = call(&sandbox, "GET", &format!("{charge}/status"), Value::Null).await;
    assert_eq!(status.body["status"], "partially_refunded");

    let rest = call(&sandbox, "POST", &refunds, json!({ "amount": 600 })).await;
    let one = call(&sandbox, "GET", &format!("{refunds}/{}", rest.id()), Value::Null).await;
    assert_eq!(one.body, rest.body);
    let all = call(&sandbox, "GET", &refunds, Value::Null).await;
    assert_eq!(all.body, json!({ "total": 2, "refunds": [part.body, rest.body] }));

    let now = call(&sandbox, "GET", &charge, Value::Null).await;
    assert_eq!(now.body["status"], "refunded");
    assert_eq!(now.body["refunded"], true);
    assert_eq!(now.body["refunds"]["amount"], 1000);
    assert_eq!(now.body["refunds"]["totalCount"], 2);
    let page = call(&sandbox, "GET", "/charges", Value::Null).await;
    assert_eq!(page.body, json!({ "total": 1, "charges": [now.body] }));

    let ledger = sandbox.elepay().ledger();
    ledger.assert_sound();
    let line = &ledger.charge(created.id()).unwrap();
    assert_eq!((line.reference.as_str(), line.status.as_str()), ("A-1", "refunded"));
    let totals = ledger.totals()["JPY"];
    assert_eq!((totals.authorized, totals.captured, totals.refunded), (1200, 1000, 1000));
}

#[tokio::test]
async fn a_charge_waits_until_the_customer_pays() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let created = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    assert_eq!(created.body["status"], "pending");
    assert!(created.body["credential"].is_string());
    assert_eq!(elepay.ledger().totals()["JPY"].captured, 0);

    elepay.pay(created.id()).unwrap();
    let charge = format!("/charges/{}", created.id());
    let paid = call(&sandbox, "GET", &charge, Value::Null).await;
    assert_eq!((&paid.body["status"], &paid.body["paid"]), (&json!("captured"), &json!(true)));
    assert_eq!(elepay.ledger().totals()["JPY"].captured, 1200);

    assert_eq!(elepay.pay(created.id()), Err(PayError::NotPending));
    assert_eq!(elepay.pay("ch_none"), Err(PayError::NoSuchCharge));
}

#[tokio::test]
async fn a_shown_code_pays_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let code =
        json!({ "paymentMethod": "auto", "resource": "cpm", "extra": { "token": "280012" } });
    let charged = call(&sandbox, "POST", "/charges", order("A-2", code)).await;
    assert_eq!(charged.body["status"], "captured");
    assert_eq!(charged.body["paymentMethod"], "paypay");

    let nothing = json!({ "paymentMethod": "auto", "resource": "cpm" });
    let refused = call(&sandbox, "POST", "/charges", order("A-3", nothing)).await;
    assert_eq!(refused.refusal(), (400, "M002001", Some("extra.token")));
    let auto = json!({ "paymentMethod": "auto", "resource": "web" });
    let refused = call(&sandbox, "POST", "/charges", order("A-3", auto)).await;
    assert_eq!(refused.refusal(), (400, "M001002", Some("paymentMethod")));

    let shown = json!({ "paymentMethod": "alipay", "resource": "mpm" });
    let shown = call(&sandbox, "POST", "/charges", order("A-3", shown)).await;
    assert!(shown.body["codeContent"].is_string());
}

#[tokio::test]
async fn only_three_methods_can_authorize() {
    let sandbox = Sandbox::start().await.unwrap();
    for method in ["creditcard", "applepay", "googlepay"] {
        let body = json!({ "paymentMethod": method, "capture": false });
        let held = call(&sandbox, "POST", "/charges", order(method, body)).await;
        assert_eq!(held.body["status"], "uncaptured", "{method}");
    }
    let body = json!({ "paymentMethod": "paypay", "capture": false });
    let refused = call(&sandbox, "POST", "/charges", order("A-1", body)).await;
    assert_eq!(refused.refusal(), (400, "M001004", Some("capture")));
}

#[tokio::test]
async fn an_order_number_is_free_again_only_after_a_revocation() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    let again = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    assert_eq!(again.refusal(), (400, "M002007", Some("orderNo")));

    let revoke = format!("/charges/{}/revoke", first.id());
    let revoked = call(&sandbox, "POST", &revoke, Value::Null).await;
    assert_eq!(revoked.body["status"], "revoked");
    let second = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    assert_eq!(second.status, 201);
    sandbox.elepay().pay(second.id()).unwrap();
    let third = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    assert_eq!(third.refusal(), (400, "M002007", Some("orderNo")));
    assert_eq!(sandbox.elepay().ledger().reference("A-1").len(), 2);
}

#[tokio::test]
async fn no_more_is_captured_than_was_authorized_and_only_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "capture": false });
    let held = call(&sandbox, "POST", "/charges", order("A-1", body)).await;
    let capture = format!("/charges/{}/capture", held.id());
    for (amount, code) in [(1201, "U008001"), (0, "M002002"), (-1, "M002002")] {
        let refused = call(&sandbox, "POST", &capture, json!({ "amount": amount })).await;
        assert_eq!(refused.refusal(), (400, code, Some("amount")), "{amount}");
    }
    let captured = call(&sandbox, "POST", &capture, Value::Null).await;
    assert_eq!(captured.body["amount"], 1200);
    let again = call(&sandbox, "POST", &capture, json!({})).await;
    assert_eq!(again.refusal(), (400, "M006002", None));

    let pending = call(&sandbox, "POST", "/charges", order("A-2", Value::Null)).await;
    let capture = format!("/charges/{}/capture", pending.id());
    let refused = call(&sandbox, "POST", &capture, json!({})).await;
    assert_eq!(refused.refusal(), (400, "M006000", None));

    let apple = json!({ "capture": false, "paymentMethod": "applepay" });
    let held = call(&sandbox, "POST", "/charges", order("A-3", apple)).await;
    let capture = format!("/charges/{}/capture", held.id());
    let part = call(&sandbox, "POST", &capture, json!({ "amount": 1 })).await;
    assert_eq!(part.refusal(), (400, "M002002", Some("amount")));
}

#[tokio::test]
async fn a_paid_charge_cannot_be_revoked() {
    let sandbox = Sandbox::start().await.unwrap();
    let charge = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    let held = call(&sandbox, "POST", "/charges", order("A-2", json!({ "capture": false }))).await;
    sandbox.elepay().pay(charge.id()).unwrap();
    let refused =
        call(&sandbox, "POST", &format!("/charges/{}/revoke", charge.id()), Value::Null).await;
    assert_eq!(refused.refusal(), (400, "M006007", None));

    let revoke = format!("/charges/{}/revoke", held.id());
    assert_eq!(call(&sandbox, "POST", &revoke, Value::Null).await.body["status"], "revoked");
    let again = call(&sandbox, "POST", &revoke, Value::Null).await;
    assert_eq!(again.refusal(), (400, "M006002", None));
    let capture = format!("/charges/{}/capture", held.id());
    let refused = call(&sandbox, "POST", &capture, Value::Null).await;
    assert_eq!(refused.refusal(), (400, "M006000", None));
}

#[tokio::test]
async fn times_are_read_from_the_clock_of_the_sandbox() {
    let sandbox = Sandbox::start().await.unwrap();
    let before = sandbox.clock().now_ms();
    sandbox.clock().advance(HOUR);
    let charge = call(&sandbox, "POST", "/charges", order("A-1", Value::Null)).await;
    assert!(charge.body["createTime"].as_i64().unwrap() >= before + 3_600_000);
}
