//! 3-D Secure.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::LeverError;
use kessai_sandbox::univapay::cards::{DECLINED, PAYS, THREE_DS};
use serde_json::{Value, json};

use crate::http::{call, charge, get, of, text};

#[tokio::test]
async fn the_customer_passes_or_fails() {
    let sandbox = Sandbox::start().await.unwrap();
    let ways = [
        (THREE_DS, Value::Null, true, "successful", Value::Null),
        (THREE_DS, json!({ "mode": "if_available" }), false, "failed", json!(358)),
        (
            PAYS,
            json!({ "mode": "require", "redirect_endpoint": "https://shop.invalid/" }),
            true,
            "successful",
            Value::Null,
        ),
        (DECLINED, json!({ "mode": "force" }), true, "failed", json!(306)),
    ];
    for (number, three_ds, passed, status, code) in ways {
        sandbox.clock().advance(Duration::from_secs(30));
        let more = if three_ds.is_null() { json!({}) } else { json!({ "three_ds": three_ds }) };
        let first = charge(&sandbox, number, more).await;
        let waits = get(&sandbox, &of(&first, "?polling=true")).await;
        assert_eq!(waits["status"], "awaiting");
        assert!(waits["three_ds"]["redirect_id"].is_string());
        let issuer = get(&sandbox, &of(&first, "/three_ds/issuer_token")).await;
        assert_eq!(issuer["payload"]["resource_id"], first["id"]);

        let id = text(&first, "id");
        sandbox.univapay().finish_three_ds(id, passed).unwrap();
        let later = get(&sandbox, &of(&first, "")).await;
        assert_eq!((&later["status"], &later["error"]["code"]), (&json!(status), &code));
        let again = sandbox.univapay().finish_three_ds(id, true);
        assert_eq!(again, Err(LeverError::WrongStatus));
        let late = call(&sandbox, "GET", &of(&first, "/three_ds/issuer_token"), Value::Null).await;
        assert_eq!(late.refusal().3, "INVALID_CHARGE_STATUS");
    }
    assert_eq!(sandbox.univapay().finish_three_ds("none", true), Err(LeverError::NotFound));
}

#[tokio::test]
async fn it_can_be_skipped() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = charge(&sandbox, THREE_DS, json!({ "three_ds": { "mode": "skip" } })).await;
    assert_eq!(get(&sandbox, &of(&first, "")).await["status"], "successful");
}
