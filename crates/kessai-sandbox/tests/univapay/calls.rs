//! Who may call, and what is there.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{bearer, call, card, get, say};

#[tokio::test]
async fn the_key_is_a_secret_and_a_jwt() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let (secret, jwt) = (univapay.secret(), univapay.jwt());
    assert_eq!(univapay.credential(), format!("{secret}.{jwt}"));
    let refusals = [
        (String::new(), 401, "AUTH_HEADER_MISSING"),
        (bearer("x"), 401, "INVALID_APP_TOKEN"),
        (bearer(&format!("{secret}.{jwt}x")), 401, "INVALID_APP_TOKEN"),
        (bearer(&format!("x{secret}.{jwt}")), 401, "INVALID_CREDENTIALS"),
        (bearer(jwt), 403, "INVALID_PERMISSIONS"),
        ("authorization: Basic YTo=\r\n".to_owned(), 401, "INVALID_APP_TOKEN"),
    ];
    for (key, status, code) in refusals {
        let heard = say(univapay.base_url(), "GET", "/me", &key, "").await;
        assert_eq!(heard.code(), (status, code), "{key}");
    }
    let body = card("one_time", PAYS).to_string();
    let made = say(univapay.base_url(), "POST", "/tokens", &bearer(jwt), &body).await;
    assert_eq!(made.status, 201);
}

#[tokio::test]
async fn the_jwt_tells_whose_it_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let claims = univapay.jwt().split('.').nth(1).unwrap();
    let claims = URL_SAFE_NO_PAD.decode(claims).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!((&claims["sub"], &claims["mode"]), (&json!("app_token"), &json!("test")));
    assert_eq!(claims["store_id"], univapay.store_id());
    assert_eq!(claims["merchant_id"], univapay.merchant_id());

    assert_eq!(get(&sandbox, "/me").await["id"], univapay.merchant_id());
    assert_eq!(get(&sandbox, "/stores").await["items"][0]["id"], univapay.store_id());
    let store = get(&sandbox, &format!("/stores/{}", univapay.store_id())).await;
    assert_eq!(store["id"], univapay.store_id());
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_is_missing_is_said() {
    let sandbox = Sandbox::start().await.unwrap();
    for target in ["/stores/x", "/stores/x/charges", "/store/charges/x", "/store/tokens/x"] {
        let heard = call(&sandbox, "GET", target, Value::Null).await;
        assert_eq!(heard.code(), (404, "NOT_FOUND"), "{target}");
    }
    let body = json!({
        "transaction_token_id": "x", "amount": 1, "currency": "JPY", "mcp_token": "x",
    });
    let heard = call(&sandbox, "POST", "/charges", body).await;
    assert_eq!(heard.code(), (501, "NOT_IMPLEMENTED_BY_SANDBOX"));
    assert_eq!(heard.refusal().2, "mcp_token");
    let univapay = sandbox.univapay();
    let key = bearer(&univapay.credential());
    let heard = say(univapay.base_url(), "GET", "/v1/charges", &key, "").await;
    assert_eq!(heard.code(), (404, "NOT_FOUND"));
    let heard = say(univapay.base_url(), "POST", "/charges", &key, "{").await;
    assert_eq!(heard.code(), (400, "VALIDATION_ERROR"));
}
