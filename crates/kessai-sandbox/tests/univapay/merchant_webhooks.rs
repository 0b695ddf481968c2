//! Webhooks that hear of all stores, and events that are sent again.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::bank_accounts::bank_account;
use crate::http::{call, charge, get, ok, text};

const URL: &str = "https://hooks.hanaya.example/univapay";

fn hook(triggers: &[&str]) -> Value {
    json!({ "triggers": triggers, "url": URL, "auth_token": "Bearer not-a-secret" })
}

/// Kinds of events and where they went, oldest first.
fn told(sandbox: &Sandbox) -> Vec<(String, String)> {
    let events = sandbox.univapay().events();
    events.iter().map(|it| (it.kind().to_owned(), it.webhook_id().to_owned())).collect()
}

#[tokio::test]
async fn the_merchant_and_the_store_both_hear_of_a_charge() {
    let sandbox = Sandbox::start().await.unwrap();
    let mine = ok(&sandbox, "POST", "/webhooks", hook(&["charge_finished"])).await;
    assert!(mine["store_id"].is_null() && mine["merchant_id"].is_string());
    let again = call(&sandbox, "POST", "/webhooks", hook(&["charge_finished"])).await;
    assert_eq!(again.code(), (409, "WEBHOOK_URL_EXISTS"));
    let of_store = ok(&sandbox, "POST", "/store/webhooks", hook(&["charge_finished"])).await;
    charge(&sandbox, PAYS, json!({})).await;
    let finished = |hook: &Value| ("charge_finished".to_owned(), text(hook, "id").to_owned());
    assert_eq!(told(&sandbox), [finished(&mine), finished(&of_store)]);

    let path = format!("/webhooks/{}", text(&mine, "id"));
    let off = json!({ "active": false, "auth_token": null });
    let changed = ok(&sandbox, "PATCH", &path, off).await;
    assert_eq!((&changed["active"], &changed["auth_token"]), (&json!(false), &Value::Null));
    assert_eq!(get(&sandbox, &path).await, changed);
    for other in [
        format!("/webhooks/{}", text(&of_store, "id")),
        format!("/store/webhooks/{}", text(&mine, "id")),
    ] {
        for method in ["GET", "DELETE"] {
            let heard = call(&sandbox, method, &other, Value::Null).await;
            assert_eq!(heard.code(), (404, "NOT_FOUND"), "{method} {other}");
        }
    }
    let filters = [
        ("", 1),
        ("?created_on.from=2020-01-01T00:00:00Z", 1),
        ("?created_on.to=2020-01-01T00:00:00Z", 0),
        ("?reference_id=r", 0),
        ("?email_address=a", 0),
    ];
    for (filter, count) in filters {
        let found = get(&sandbox, &format!("/webhooks{filter}")).await;
        assert_eq!(found["items"].as_array().unwrap().len(), count, "{filter}");
    }
    ok(&sandbox, "DELETE", &path, Value::Null).await;
    assert_eq!(get(&sandbox, "/webhooks").await["items"], json!([]));
}

#[tokio::test]
async fn only_the_merchant_hears_of_payouts() {
    let sandbox = Sandbox::start().await.unwrap();
    let kinds = ["transfer_created", "transfer_updated", "transfer_finalized"];
    let refused = call(&sandbox, "POST", "/store/webhooks", hook(&kinds)).await;
    assert_eq!(refused.refusal().3, "INVALID_EVENT_FOR_STORE");
    ok(&sandbox, "POST", "/webhooks", hook(&kinds)).await;
    ok(&sandbox, "POST", "/bank_accounts", bank_account("0001")).await;
    charge(&sandbox, PAYS, json!({})).await;
    let id = sandbox.univapay().pay_out("JPY").unwrap();
    sandbox.univapay().finish_payout(&id, true).unwrap();

    let events = sandbox.univapay().events();
    let seen: Vec<_> = events
        .iter()
        .map(|event| {
            let body: Value = serde_json::from_slice(event.body()).unwrap();
            assert_eq!(body["data"]["id"], id);
            format!("{} {}", event.kind(), text(&body["data"], "status"))
        })
        .collect();
    assert_eq!(
        seen,
        [
            "transfer_created created",
            "transfer_updated approved",
            "transfer_updated processing",
            "transfer_finalized paid",
        ]
    );
}

#[tokio::test]
async fn an_event_is_sent_again_to_where_the_webhook_is_now() {
    let sandbox = Sandbox::start().await.unwrap();
    let hook = ok(&sandbox, "POST", "/store/webhooks", hook(&["charge_finished"])).await;
    let path = format!("/store/webhooks/{}", text(&hook, "id"));
    charge(&sandbox, PAYS, json!({})).await;
    let events = get(&sandbox, &format!("{path}/events")).await;
    let event = text(&events["items"][0], "id");
    let moved = json!({ "url": "https://hooks.hanaya.example/new" });
    ok(&sandbox, "PATCH", &path, moved).await;

    let again = format!("{path}/events/{event}/redeliver");
    assert_eq!(call(&sandbox, "POST", &again, Value::Null).await.status, 202);
    let sent = sandbox.univapay().events();
    assert_eq!((sent.len(), sent[0].id(), sent[0].body()), (2, sent[1].id(), sent[1].body()));
    assert_eq!((sent[0].url(), sent[1].url()), (URL, "https://hooks.hanaya.example/new"));
    assert_eq!(get(&sandbox, &format!("{path}/events")).await, events, "it is listed once");
    let none = call(&sandbox, "POST", &format!("{path}/events/x/redeliver"), Value::Null).await;
    assert_eq!(none.code(), (404, "NOT_FOUND"));
}
