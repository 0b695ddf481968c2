//! Keys: which is sent where, and which is refused before anything is sent.

use kessai_elepay::charges::Charge;
use kessai_elepay::{Client, Id, Mode, Outcome, PublishableClient, PublishableKey, SecretKey};
use serde_json::json;

use crate::example::{Arguments, examples};
use crate::generated;
use crate::outcomes::CHARGE;
use crate::script::{Script, answer};

fn secret(key: &str) -> SecretKey {
    SecretKey::new(key).expect("a secret key")
}

#[tokio::test]
async fn the_secret_key_is_a_bearer_token_or_a_user_without_a_password() {
    for (basic, expected) in [
        (false, "authorization: Bearer sk_test_1"),
        // The base64 of `sk_test_1:`.
        (true, "authorization: Basic c2tfdGVzdF8xOg=="),
    ] {
        let script = Script::start([answer(200, &[], CHARGE)]).await;
        let builder = Client::builder(secret("sk_test_1")).base_url(&script.base_url());
        let builder = if basic { builder.basic_auth() } else { builder };
        let client = builder.build().expect("a client");

        let id: Id<Charge> = "ch_1".into();
        client.charges().get(&id).await.expect("a charge");

        let sent = String::from_utf8(script.requests().concat()).expect("text");
        assert!(sent.contains(expected), "{sent}");
        assert_eq!(sent.matches("authorization").count(), 1);
    }
}

#[tokio::test]
async fn a_publishable_key_is_sent_where_it_may_be() {
    let body = r#"{"id":"src_1","status":"active"}"#;
    let script = Script::start([answer(200, &[], body)]).await;
    let key = PublishableKey::new("pk_test_1").expect("a publishable key");
    assert_eq!(key.mode(), Some(Mode::Test));
    let client =
        PublishableClient::builder(key).base_url(&script.base_url()).mode(Mode::Test).build();
    let client = client.expect("a client");

    let operation = "get_source_status";
    let with = Arguments::of(&examples("elepay")[operation]);
    let state = generated::elepay::call_publishable(&client, operation, &with).await;

    assert_eq!(state.expect("a status"), json!({ "id": "src_1", "status": "active" }));
    let sent = String::from_utf8(script.requests().concat()).expect("text");
    assert!(sent.starts_with("GET /sources/src_7MkPq3XcV1/status "), "{sent}");
    assert!(sent.contains("authorization: Bearer pk_test_1"), "{sent}");
}

#[test]
fn a_client_for_one_mode_refuses_the_keys_of_the_other() {
    let build =
        |key, mode| Client::builder(secret(key)).base_url("http://127.0.0.1:9").mode(mode).build();
    assert!(build("sk_test_1", Mode::Test).is_ok());
    assert!(build("sk_live_1", Mode::Live).is_ok());
    for (key, mode, why) in [
        ("sk_live_kanarie", Mode::Test, "not sent: build at elepay: the key is not a test key"),
        ("sk_test_kanarie", Mode::Live, "not sent: build at elepay: the key is not a live key"),
        ("sk_kanarie", Mode::Live, "not sent: build at elepay: the key is not a live key"),
    ] {
        let error = build(key, mode).expect_err("the other mode");
        assert_eq!((error.outcome(), error.to_string().as_str()), (Outcome::NotSent, why));
        assert!(!format!("{error:?}").contains("kanarie"), "{error:?}");
    }
}
