//! Stores that take payments.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{call, code, no, ok, text};

fn store() -> Value {
    json!({
        "name": { "kanji": "桜", "romaji": "Sakura" }, "tel": "03-0000-0000", "zip": "100-0001",
        "address": { "romaji": { "pref": "Tokyo", "city": "Chiyoda" } }, "latitude": 35.5,
    })
}

#[tokio::test]
async fn a_store_is_shown_by_its_charges_as_it_is_now() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = call(&sandbox, "POST", "/locations", store()).await;
    assert_eq!((made.status, &made.body["status"]), (201, &json!("active")));
    let one = format!("/locations/{}", made.id());
    let charge = order("A-1", json!({ "locationId": made.id() }));
    let charge = ok(&sandbox, "POST", "/charges", charge).await;
    assert_eq!(charge["location"], made.body);

    let changed = ok(&sandbox, "POST", &one, json!({ "tel": "1", "status": "submitted" })).await;
    assert_eq!((&changed["tel"], &changed["zip"]), (&json!("1"), &json!("100-0001")));
    let target = format!("/charges/{}", text(&charge, "id"));
    assert_eq!(ok(&sandbox, "GET", &target, Value::Null).await["location"], changed);
    let page = ok(&sandbox, "GET", "/locations", Value::Null).await;
    assert_eq!(page, json!({ "total": 1, "locations": [changed] }));

    assert_eq!(call(&sandbox, "DELETE", &one, Value::Null).await.status, 204);
    assert_eq!(no(&sandbox, "GET", &one, Value::Null).await, code("M002003", ""));
    let now = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(now["location"], json!({ "id": made.id() }));
}

#[tokio::test]
async fn a_store_has_a_name_and_an_address() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut body = store();
    body.as_object_mut().unwrap().remove("zip");
    assert_eq!(no(&sandbox, "POST", "/locations", body).await, code("M002001", "zip"));
    for query in ["limit=-1", "limit=101"] {
        let refused = no(&sandbox, "GET", &format!("/locations?{query}"), Value::Null).await;
        assert_eq!(refused, code("M002002", "limit"), "{query}");
    }
}
