//! People who log in: of the merchant, and customers.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use kessai_sandbox::univapay::legacy::{EMAIL, PASSWORD};
use serde_json::{Value, json};

use crate::common::Heard;
use crate::http::{bearer, call, card, ok, say, text};

async fn log_in(sandbox: &Sandbox, password: &str) -> Heard {
    let body = json!({ "email": EMAIL, "password": password }).to_string();
    say(sandbox.univapay().base_url(), "POST", "/authenticate", "", &body).await
}

async fn as_login(sandbox: &Sandbox, key: &str, method: &str, target: &str) -> Heard {
    let body = if target == "/tokens" { card("one_time", PAYS).to_string() } else { String::new() };
    say(sandbox.univapay().base_url(), method, target, key, &body).await
}

#[tokio::test]
async fn a_login_signs_calls_until_it_is_ended() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(log_in(&sandbox, "guessed").await.code(), (401, "INVALID_CREDENTIALS"));
    let login = log_in(&sandbox, PASSWORD).await;
    assert_eq!(login.body["merchant_id"], sandbox.univapay().merchant_id());
    let jwt = text(&login.body, "jwt");
    let keys = [bearer(jwt), format!("authorization: Token {jwt}\r\n")];
    for key in &keys {
        assert_eq!(as_login(&sandbox, key, "GET", "/me").await.status, 200);
        let refused = as_login(&sandbox, key, "POST", "/tokens").await;
        assert_eq!(refused.code(), (403, "INVALID_PERMISSIONS"), "that is for stores");
    }
    assert_eq!(as_login(&sandbox, &keys[0], "POST", "/logout").await.status, 204);
    for key in &keys {
        let over = as_login(&sandbox, key, "GET", "/me").await;
        assert_eq!(over.code(), (401, "INVALID_LOGIN_TOKEN"));
    }
    let mine = ok(&sandbox, "POST", "/logout", Value::Null).await;
    assert!(mine.is_null(), "an application token has no login to end");
    assert_eq!(call(&sandbox, "GET", "/me", Value::Null).await.status, 200);
}

#[tokio::test]
async fn a_login_runs_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let login = log_in(&sandbox, PASSWORD).await;
    let key = bearer(text(&login.body, "jwt"));
    sandbox.clock().advance(Duration::from_secs(12 * 60 * 60 - 60));
    assert_eq!(as_login(&sandbox, &key, "GET", "/me").await.status, 200);
    sandbox.clock().advance(Duration::from_secs(60));
    let late = as_login(&sandbox, &key, "GET", "/me").await;
    assert_eq!(late.code(), (401, "EXPIRED_LOGIN_TOKEN"));
}

#[tokio::test]
async fn a_customer_logs_in_by_the_last_code_once_and_in_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let target = "/store/customers/authenticate";
    let email = "hanako@mail.example";
    let wrong = call(&sandbox, "POST", target, json!({ "email": "hanako" })).await;
    assert_eq!(wrong.refusal().3, "INVALID_EMAIL_ADDRESS");
    let ask = async || {
        assert_eq!(ok(&sandbox, "POST", target, json!({ "email": email })).await, json!({}));
        sandbox.univapay().mailed_code(email).expect("a mail")
    };
    let answer = async |code: &str| {
        call(&sandbox, "POST", target, json!({ "email": email, "otp": code })).await
    };

    let first = ask().await;
    let second = ask().await;
    assert_eq!(answer(&first).await.code(), (401, "INVALID_CREDENTIALS"));
    let login = answer(&second).await;
    assert_eq!((login.status, text(&login.body, "jwt").split('.').count()), (200, 3));
    assert_eq!(answer(&second).await.code(), (401, "INVALID_CREDENTIALS"), "it was used");
    assert_eq!(sandbox.univapay().mailed_code(email), None);
    let no_key = bearer(text(&login.body, "jwt"));
    assert_eq!(as_login(&sandbox, &no_key, "GET", "/me").await.code(), (401, "INVALID_APP_TOKEN"));

    let late = ask().await;
    sandbox.clock().advance(Duration::from_secs(600));
    assert_eq!(answer(&late).await.code(), (401, "EXPIRED_OTP_TOKEN"));
}
