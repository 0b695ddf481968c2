//! Calling charges off.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{NO_CANCELS, PAYS, THREE_DS};
use serde_json::{Value, json};

use crate::http::{call, charge, get, of, ok, text};

#[tokio::test]
async fn what_is_held_or_awaited_is_canceled() {
    let sandbox = Sandbox::start().await.unwrap();
    for (number, status) in [(PAYS, "authorized"), (THREE_DS, "awaiting")] {
        let held = charge(&sandbox, number, json!({ "capture": false })).await;
        assert_eq!(get(&sandbox, &of(&held, "")).await["status"], status);
        let cancels = of(&held, "/cancels");
        let cancel = ok(&sandbox, "POST", &cancels, json!({ "metadata": { "why": 1 } })).await;
        assert_eq!(cancel["status"], "pending");
        let one = format!("{cancels}/{}", text(&cancel, "id"));
        let later = get(&sandbox, &one).await;
        assert_eq!(
            (&later["status"], &later["metadata"]["why"]),
            (&json!("successful"), &json!(1))
        );
        assert_eq!(get(&sandbox, &of(&held, "")).await["status"], "canceled");
        let captured = call(&sandbox, "POST", &of(&held, "/capture"), Value::Null).await;
        assert_eq!(captured.code(), (400, "ALREADY_CAPTURED"));
        let changed = ok(&sandbox, "PATCH", &one, json!({ "metadata": {} })).await;
        assert_eq!(changed["metadata"], json!({}));
        let list = get(&sandbox, &cancels).await;
        assert_eq!(
            (list["items"].as_array().unwrap().len(), &list["total_hits"]),
            (1, &Value::Null)
        );
    }
}

#[tokio::test]
async fn what_is_pending_is_canceled_before_it_is_charged() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.univapay().hold(true);
    let first = charge(&sandbox, PAYS, Value::Null).await;
    ok(&sandbox, "POST", &of(&first, "/cancels"), Value::Null).await;
    let again = call(&sandbox, "POST", &of(&first, "/cancels"), Value::Null).await;
    assert_eq!(again.code(), (400, "CANCEL_NOT_ALLOWED"));
    sandbox.univapay().hold(false);
    assert_eq!(get(&sandbox, &of(&first, "")).await["status"], "canceled");
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].captured, 0);
}

#[tokio::test]
async fn a_cancel_that_fails_leaves_the_charge() {
    let sandbox = Sandbox::start().await.unwrap();
    let held = charge(&sandbox, NO_CANCELS, json!({ "capture": false })).await;
    let cancel = ok(&sandbox, "POST", &of(&held, "/cancels"), Value::Null).await;
    let one = of(&held, &format!("/cancels/{}", text(&cancel, "id")));
    let later = get(&sandbox, &one).await;
    assert_eq!((&later["status"], &later["error"]["code"]), (&json!("failed"), &json!(312)));
    assert_eq!(get(&sandbox, &of(&held, "")).await["status"], "authorized");
}
