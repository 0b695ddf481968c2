//! Application tokens that are made by calls.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::common::Heard;
use crate::http::{bearer, call, card, get, ok, say, text};

/// Asks for a token of a card with this key.
async fn charge_card(sandbox: &Sandbox, key: &str) -> Heard {
    let body = card("one_time", PAYS).to_string();
    say(sandbox.univapay().base_url(), "POST", "/tokens", key, &body).await
}

async fn look(sandbox: &Sandbox, key: &str) -> Heard {
    say(sandbox.univapay().base_url(), "GET", "/me", key, "").await
}

fn key(token: &Value) -> String {
    bearer(&format!("{}.{}", text(token, "secret"), text(token, "jwt")))
}

#[tokio::test]
async fn a_new_key_of_the_store_works_until_it_is_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "mode": "test", "domains": ["https://shop.hanaya.example"] });
    let made = ok(&sandbox, "POST", "/store/app_jwts", body).await;
    assert_eq!(made["store_id"], sandbox.univapay().store_id());
    assert_eq!(charge_card(&sandbox, &key(&made)).await.status, 201);
    let browser = bearer(text(&made, "jwt"));
    assert_eq!(charge_card(&sandbox, &browser).await.status, 201);
    assert_eq!(look(&sandbox, &browser).await.code(), (403, "INVALID_PERMISSIONS"));

    let found = get(&sandbox, "/store/app_jwts").await;
    let found = found["items"].as_array().unwrap();
    assert_eq!((found.len(), &found[0]["jti"]), (2, &made["jti"]), "and the one it began with");
    assert!(found.iter().all(|token| token["secret"].is_null()), "a secret is told once");
    let path = format!("/store/app_jwts/{}", text(&made, "jti"));
    ok(&sandbox, "DELETE", &path, Value::Null).await;
    assert_eq!(charge_card(&sandbox, &key(&made)).await.code(), (401, "INVALID_APP_TOKEN"));
    assert_eq!(call(&sandbox, "DELETE", &path, Value::Null).await.code(), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn a_key_of_the_merchant_reads_and_does_not_charge() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = ok(&sandbox, "POST", "/app_jwts", json!({ "roles": ["merchant"] })).await;
    assert!(made["store_id"].is_null());
    assert_eq!(look(&sandbox, &key(&made)).await.status, 200);
    let refused = charge_card(&sandbox, &key(&made)).await;
    assert_eq!(refused.code(), (403, "INVALID_PERMISSIONS"));
    let all = get(&sandbox, "/app_jwts?limit=1").await;
    assert_eq!((&all["has_more"], &all["items"][0]["jti"]), (&json!(true), &made["jti"]));
    let rest = get(&sandbox, &format!("/app_jwts?cursor={}", text(&made, "jti"))).await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 2, "those it began with");

    let jti = text(&made, "jti");
    let of_store = call(&sandbox, "DELETE", &format!("/store/app_jwts/{jti}"), Value::Null).await;
    assert_eq!(of_store.code(), (404, "NOT_FOUND"));
    ok(&sandbox, "DELETE", &format!("/app_jwts/{jti}"), Value::Null).await;
    assert_eq!(look(&sandbox, &key(&made)).await.code(), (401, "INVALID_APP_TOKEN"));
    for (roles, reason) in [(json!([]), "EMPTY_ROLES"), (json!(["owner"]), "INVALID_FORMAT")] {
        let refused = call(&sandbox, "POST", "/app_jwts", json!({ "roles": roles })).await;
        assert_eq!(refused.refusal().3, reason);
    }
}

#[tokio::test]
async fn the_oldest_keys_still_sign() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "mode": "test", "domains": ["*"] });
    let made = ok(&sandbox, "POST", "/store/app_tokens", body).await;
    let (token, secret) = (text(&made, "token"), text(&made, "secret"));
    let key = |secret: &str| format!("authorization: ApplicationToken {token}|{secret}\r\n");
    assert_eq!(look(&sandbox, &key(secret)).await.status, 200);
    assert_eq!(charge_card(&sandbox, &key("")).await.status, 201, "as browsers do");
    assert_eq!(look(&sandbox, &key("")).await.code(), (403, "INVALID_PERMISSIONS"));
    assert_eq!(look(&sandbox, &key("x")).await.code(), (401, "INVALID_CREDENTIALS"));

    let path = format!("/store/app_tokens/{}", text(&made, "id"));
    let sites = json!({ "domains": ["https://hanaya.example"] });
    assert_eq!(ok(&sandbox, "PATCH", &path, sites.clone()).await["domains"], sites["domains"]);
    let wrong = call(&sandbox, "PATCH", &path, json!({ "domains": ["hanaya"] })).await;
    let field = (400, "VALIDATION_ERROR", "domains", "INVALID_FORMAT_DOMAIN");
    assert_eq!(wrong.refusal(), field);
    for (mode, count) in [("test", 1), ("live", 0)] {
        let found = get(&sandbox, &format!("/store/app_tokens?mode={mode}")).await;
        assert_eq!(found["items"].as_array().unwrap().len(), count, "{mode}");
    }
    ok(&sandbox, "DELETE", &path, Value::Null).await;
    assert_eq!(look(&sandbox, &key(secret)).await.code(), (401, "INVALID_APP_TOKEN"));
}

#[tokio::test]
async fn no_key_is_made_for_real_money() {
    let sandbox = Sandbox::start().await.unwrap();
    for target in ["/store/app_jwts", "/store/app_tokens"] {
        let live = call(&sandbox, "POST", target, json!({ "mode": "live" })).await;
        assert_eq!(live.code(), (400, "LIVE_MODE_NOT_ENABLED_WHEN_UNVERIFIED"), "{target}");
    }
}
