//! Stores, customers' ids, and what a checkout wants to know.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{bearer, call, get, ok, say, text};

#[tokio::test]
async fn a_store_is_made_changed_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let own = format!("/stores/{}", sandbox.univapay().store_id());
    let settings = json!({ "card_configuration": { "enabled": true }, "percent_fee": 3.6 });
    let body = json!({ "name": "Ueno", "configuration": settings });
    let made = ok(&sandbox, "POST", "/stores", body.clone()).await;
    assert_eq!(made["configuration"], settings);
    let again = call(&sandbox, "POST", "/stores", body).await;
    assert_eq!(again.code(), (400, "STORE_EXISTS"));
    let one = format!("/stores/{}", text(&made, "id"));
    let change = json!({ "configuration": { "percent_fee": 3.1 } });
    ok(&sandbox, "PATCH", &one, change).await;
    let store = get(&sandbox, &one).await;
    assert_eq!(store["name"], "Ueno");
    assert_eq!(store["configuration"]["percent_fee"], json!(3.1));
    assert_eq!(store["configuration"]["card_configuration"]["enabled"], true);
    assert_eq!(get(&sandbox, "/stores?search=ueno").await["total_hits"], 1);
    assert_eq!(get(&sandbox, "/stores?search=nikko").await["total_hits"], 0);
    let short = &text(&made, "id")[28..];
    assert_eq!(get(&sandbox, &format!("/stores?short_id={short}")).await["total_hits"], 1);
    ok(&sandbox, "DELETE", &one, Value::Null).await;
    assert_eq!(call(&sandbox, "GET", &one, Value::Null).await.code(), (404, "NOT_FOUND"));
    let refused = call(&sandbox, "DELETE", &own, Value::Null).await;
    assert_eq!(refused.code(), (403, "INVALID_PERMISSIONS"));
    ok(&sandbox, "PATCH", &own, json!({ "name": "Asakusa" })).await;
    assert_eq!(get(&sandbox, "/checkout_info").await["name"], "Asakusa");
}

#[tokio::test]
async fn the_same_customer_has_the_same_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut ids = Vec::new();
    for name in ["taro", "taro", "hanako"] {
        let body = json!({ "customer_id": name });
        let id = ok(&sandbox, "POST", "/store/create_customer_id", body).await;
        ids.push(text(&id, "customer_id").to_owned());
    }
    assert!(ids[0] == ids[1] && ids[1] != ids[2] && ids[0].len() == 36);
}

#[tokio::test]
async fn a_browser_may_look_at_the_checkout() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let seen = get(&sandbox, "/checkout_info").await;
    assert_eq!(
        (&seen["mode"], &seen["card_configuration"]["enabled"]),
        (&json!("test"), &json!(true))
    );
    let key = bearer(univapay.jwt());
    let heard = say(univapay.base_url(), "GET", "/checkout_info", &key, "").await;
    assert_eq!((heard.status, heard.body), (200, seen));
}
