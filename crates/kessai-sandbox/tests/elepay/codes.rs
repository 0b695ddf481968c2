//! Pages where customers pay.

use std::time::Duration;

use kessai_sandbox::{Sandbox, elepay::ChargeProgress, elepay::LeverError};
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{call, code, kinds, no, ok, text};
use crate::sources::{customer, kept};

const MINUTE: Duration = Duration::from_secs(60);

async fn page(sandbox: &Sandbox, order_no: &str) -> Value {
    let body = json!({
        "amount": 500, "orderNo": order_no, "description": "Tea",
        "extra": { "shopName": "Sakura" }, "metadata": { "table": "4" }, "locationId": "loc_1",
        "frontUrl": "https://shop.example/done",
        "items": [{ "name": "Tea", "price": 500, "count": 1, "image": "http://shop.example/t" }],
    });
    ok(sandbox, "POST", "/codes", body).await
}

fn at(page: &Value) -> String {
    format!("/codes/{}", text(page, "id"))
}

#[tokio::test]
async fn a_code_is_paid() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let made = page(&sandbox, "A-1").await;
    assert_eq!((&made["status"], &made["expired"]), (&json!("pending"), &json!(false)));
    let lasts = made["expiryTime"].as_i64().unwrap() - made["createTime"].as_i64().unwrap();
    assert_eq!(lasts, 10 * 60_000);
    assert!(made["codeUrl"].is_string() && made["charge"].is_null());
    assert_eq!(no(&sandbox, "POST", "/charges", order("A-1", json!({}))).await.0, "M002007");

    let charge = elepay.pay_code(text(&made, "id"), "paypay").unwrap();
    let paid = ok(&sandbox, "GET", &at(&made), Value::Null).await;
    assert_eq!((&paid["status"], &paid["charge"]["id"]), (&json!("captured"), &json!(charge)));
    for (name, value) in [
        ("description", json!("Tea")),
        ("extra", json!({ "shopName": "Sakura" })),
        ("metadata", json!({ "table": "4" })),
        ("location", json!({ "id": "loc_1" })),
        ("orderNo", json!("A-1")),
        ("paymentMethod", json!("paypay")),
    ] {
        assert_eq!(paid["charge"][name], value, "{name}");
    }
    assert_eq!(elepay.ledger().reference("A-1")[0].totals.captured, 500);
    assert_eq!(kinds(&sandbox), ["charge.succeeded"]);

    assert_eq!(no(&sandbox, "DELETE", &at(&made), Value::Null).await, code("M006003", ""));
    sandbox.clock().advance(11 * MINUTE);
    let later = ok(&sandbox, "GET", &at(&made), Value::Null).await;
    assert_eq!((&later["status"], &later["expired"]), (&json!("captured"), &json!(false)));
    let again = json!({ "amount": 1, "orderNo": "A-1" });
    assert_eq!(no(&sandbox, "POST", "/codes", again).await, code("M002007", "orderNo"));
    assert_eq!(elepay.pay_code(text(&made, "id"), "paypay"), Err(LeverError::WrongStatus));
}

#[tokio::test]
async fn a_code_that_runs_out_lets_its_charge_go() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let made = page(&sandbox, "A-1").await;
    let first = elepay.begin_code(text(&made, "id"), "paypay").unwrap();
    let second = elepay.begin_code(text(&made, "id"), "creditcard").unwrap();
    assert_eq!(elepay.ledger().charge(&first).unwrap().status, "revoked");
    let due = made["expiryTime"].clone();
    sandbox.clock().advance(11 * MINUTE);
    assert_eq!(elepay.ledger().charge(&second).unwrap().status, "revoked");
    let last: Value = serde_json::from_slice(elepay.events()[1].body()).unwrap();
    assert_eq!((&last["type"], &last["createTime"]), (&json!("charge.revoked"), &due));

    let closed = ok(&sandbox, "GET", &at(&made), Value::Null).await;
    assert_eq!((&closed["status"], &closed["expired"]), (&json!("closed"), &json!(true)));
    assert_eq!(closed["expiryPeriod"], 0);
    assert_eq!(no(&sandbox, "DELETE", &at(&made), Value::Null).await, code("M006004", ""));
    assert!(elepay.pay(&second).is_err());

    let next = page(&sandbox, "A-1").await;
    let charge = elepay.begin_code(text(&next, "id"), "paypay").unwrap();
    assert_eq!(elepay.pay_code(text(&next, "id"), "paypay"), Ok(charge), "the one that was begun");
}

#[tokio::test]
async fn a_closed_code_frees_its_number() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = page(&sandbox, "A-1").await;
    assert_eq!(call(&sandbox, "DELETE", &at(&made), Value::Null).await.status, 204);
    assert_eq!(ok(&sandbox, "GET", &at(&made), Value::Null).await["status"], "closed");
    assert_eq!(no(&sandbox, "DELETE", &at(&made), Value::Null).await, code("M006003", ""));
    ok(&sandbox, "POST", "/charges", order("A-1", json!({}))).await;
    let again = json!({ "amount": 1, "orderNo": "A-1" });
    assert_eq!(no(&sandbox, "POST", "/codes", again).await, code("M002007", "orderNo"));
}

#[tokio::test]
async fn a_payment_at_a_shop_outlives_the_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let made = page(&sandbox, "A-1").await;
    let charge = elepay.begin_code(text(&made, "id"), "konbini").unwrap();
    elepay.set_charge_status(&charge, ChargeProgress::Waiting).unwrap();
    sandbox.clock().advance(48 * 60 * MINUTE);
    let waits = ok(&sandbox, "GET", &at(&made), Value::Null).await;
    assert_eq!(
        (&waits["status"], &waits["charge"]["status"]),
        (&json!("completed"), &json!("waiting"))
    );
    elepay.pay(&charge).unwrap();
    assert_eq!(ok(&sandbox, "GET", &at(&made), Value::Null).await["status"], "captured");
}

#[tokio::test]
async fn a_code_registers_a_payment_method() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let customer = customer(&sandbox).await;
    let body = json!({
        "shouldCreateSource": true, "customerId": customer, "amount": 0,
        "extra": { "defaultPaymentMethod": "paypay" },
    });
    let made = ok(&sandbox, "POST", "/codes", body).await;
    assert_eq!((&made["customer"]["name"], &made["activeSources"]), (&json!("Aoi"), &json!([])));
    assert_eq!(elepay.pay_code(text(&made, "id"), "paypay"), Err(LeverError::WrongStatus));
    let source = elepay.complete_code(text(&made, "id")).unwrap();
    let done = ok(&sandbox, "GET", &at(&made), Value::Null).await;
    assert_eq!((&done["status"], &done["source"]["id"]), (&json!("completed"), &json!(source)));
    assert_eq!(done["activeSources"][0]["paymentMethod"], "paypay");
    assert_eq!(done["customer"]["defaultSource"], *source);
    assert_eq!(kinds(&sandbox), ["source.activated"]);
    let more = json!({ "sourceId": source, "paymentMethod": "paypay" });
    ok(&sandbox, "POST", "/charges", order("A-1", more)).await;
}

#[tokio::test]
async fn what_a_code_needs_depends_on_what_it_is_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let (customer, _) = kept(&sandbox, "paypay").await;
    let source = json!({ "shouldCreateSource": true });
    let refusals = [
        (json!({}), json!({}), code("M002001", "amount")),
        (json!({}), json!({ "amount": 0, "orderNo": "A-1" }), code("M002002", "amount")),
        (json!({}), json!({ "amount": 1 }), code("M002001", "orderNo")),
        (source.clone(), json!({}), code("M002001", "customerId")),
        (source.clone(), json!({ "customerId": customer, "amount": 1 }), code("M002002", "amount")),
        (
            source.clone(),
            json!({ "customerId": customer, "orderNo": "A" }),
            code("M002002", "orderNo"),
        ),
        (source, json!({ "customerId": "cus_no" }), code("M002003", "customerId")),
        (
            json!({ "amount": 1, "orderNo": "A-1" }),
            json!({ "expiryDuration": 31 }),
            code("M002002", "expiryDuration"),
        ),
        (
            json!({ "amount": 1, "orderNo": "A-1" }),
            json!({ "frontUrl": "shop.example" }),
            code("M002002", "frontUrl"),
        ),
        (
            json!({ "amount": 1, "orderNo": "A-1" }),
            json!({ "description": "x".repeat(256) }),
            code("M002002", "description"),
        ),
        (
            json!({ "amount": 1, "orderNo": "A-1" }),
            json!({ "items": [{ "name": "Tea", "price": 1, "count": 1, "image": "x" }] }),
            code("M002002", "items.0.image"),
        ),
    ];
    for (mut body, more, refusal) in refusals {
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(no(&sandbox, "POST", "/codes", body.clone()).await, refusal, "{body}");
    }
    assert_eq!(sandbox.elepay().pay_code("cod_no", "paypay"), Err(LeverError::NotFound));
    assert_eq!(sandbox.elepay().pay_code("cod_no", "beads"), Err(LeverError::WrongMethod));
}

#[tokio::test]
async fn the_lists_of_payment_methods_have_odd_corners() {
    let sandbox = Sandbox::start().await.unwrap();
    for target in ["/payment-methods", "/code-setting/payment-methods"] {
        let list = ok(&sandbox, "GET", target, Value::Null).await;
        let methods = list["paymentMethods"].as_array().unwrap();
        assert_eq!(list["total"], methods.len());
        let of = |name| methods.iter().find(|method| method["paymentMethod"] == name).unwrap();
        assert_eq!(of("konbini")["channelProperties"], json!({}));
        assert_eq!((&of("konbini")["brand"], &of("konbini")["ua"]), (&json!([]), &json!("")));
        assert_eq!(of("creditcard")["channelProperties"]["isSupportSource"], true);
        assert_eq!(of("linepay")["channelProperties"]["isSupportSource"], false);
    }
}
