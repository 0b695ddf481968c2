//! Every operation as bytes on the wire, from its example.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use kessai_core::Error;
use serde_json::Value;
use xtask::examples::Example;

use crate::example::{self, Arguments, examples};
use crate::generated;
use crate::provider::PROVIDERS;

/// The key of these tests; it must not be found in a snapshot.
const KEY: &str = "sk_test_wire";

/// The account that AppotaPay publishes for its sandbox: partner code, API key, secret key. The
/// signatures in the examples were made with it, by another program.
const APPOTAPAY: [&str; 3] =
    ["APPOTAPAY", "FJcmF8uj2ISveL5FvvNk4pnp8xrhINz8", "XAonJgy14YhtePEITXhyBS2unjfJLAV3"];

/// JWTs of UnivaPay's applications: that of a store, and that of a merchant.
const STORE: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJzdG9yZV9pZCI6IjEifQ.c2lnbmF0dXJl";
const MERCHANT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4ifQ.c2lnbmF0dXJl";

/// Answers one request with an example's success and hands back the bytes that came in.
fn answer_once(example: &Example) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let success = example.success().expect("a success");
    let body = success
        .body
        .as_ref()
        .map(|body| serde_json::to_string(body).expect("JSON"))
        .unwrap_or_default();
    let status = success.status;
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        let mut reader = BufReader::new(&stream);
        let mut head = String::new();
        let mut length = 0;
        while !head.ends_with("\r\n\r\n") {
            let mut line = String::new();
            reader.read_line(&mut line).expect("a line");
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
            head.push_str(&line);
        }
        let mut sent = vec![0; length];
        reader.read_exact(&mut sent).expect("the body");
        write!(
            &stream,
            "HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("an answer");
        head + std::str::from_utf8(&sent).expect("UTF-8")
    });
    (base_url, server)
}

/// The request as it is kept: without the port and the key, and with its body laid out.
fn to_keep(request: &str, base_url: &str) -> String {
    let host = base_url.trim_start_matches("http://");
    let (head, body) = request.split_once("\r\n\r\n").expect("a head and a body");
    let forms =
        [KEY, &format!("pk_test_{KEY}"), &format!("{KEY}.{STORE}"), &format!("{KEY}.{MERCHANT}")];
    let sent = forms.map(|form| format!("authorization: Bearer {form}\r\n"));
    let is_appotapay = head.contains("kessai-appotapay/");
    assert!(
        is_appotapay || sent.iter().any(|sent| format!("{head}\r\n").contains(sent)),
        "the key is sent as it is"
    );
    let head = without_what_changes(head)
        .replace(host, "HOST")
        .replace(KEY, "KEY")
        .replace(STORE, "JWT")
        .replace(MERCHANT, "JWT")
        .replace("\r\n", "\n");
    let body = serde_json::from_str::<Value>(body)
        .map(|body| serde_json::to_string_pretty(&body).expect("JSON"))
        .unwrap_or_default();
    format!("{head}\n\n{body}")
}

/// A head without what no two requests have in common, or nobody may read: AppotaPay's tokens and
/// key, and the names of requests.
fn without_what_changes(head: &str) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some(("x-appotapay-auth", token)) => {
            assert_eq!(token.split('.').count(), 3, "a token has three parts");
            "x-appotapay-auth: TOKEN".to_owned()
        }
        Some(("x-request-id", id)) => {
            assert_eq!(id.len(), 36, "a request is named by a UUID");
            "x-request-id: UUID".to_owned()
        }
        _ => line.replace(APPOTAPAY[1], "KEY"),
    };
    head.split("\r\n").map(line).collect::<Vec<_>>().join("\r\n")
}

/// Calls every operation of a provider with what its example says, and keeps what was sent.
async fn every_operation_sends(
    provider: &str,
    operations: &[&str],
    call: impl AsyncFn(&str, &str, &Arguments) -> Result<Value, Error>,
) {
    let examples = examples(provider);
    let document = PROVIDERS.iter().find(|it| it.name == provider).expect("a provider").document();
    for operation in operations {
        let example = &examples[*operation];
        let (base_url, server) = answer_once(example);

        let answer = call(&base_url, operation, &Arguments::of(example)).await;

        // A call that never reached the server would leave it waiting.
        assert!(answer.is_ok(), "{operation}: {answer:?}");
        let sent = server.join().expect("one request");
        insta::assert_snapshot!(format!("{provider}_{operation}"), to_keep(&sent, &base_url));
        let expected = example.success().and_then(|success| success.body.as_ref());
        let mut expected = expected.map(example::json).unwrap_or_default();
        let read = answer.unwrap_or_default();
        match document.answer(operation) {
            // Null is read as none, and none is not written.
            Some(schema) => document.drop_nulls(schema, &mut expected),
            None => expected = Value::Null,
        }
        assert_eq!(read, expected, "{operation}: what was answered is what is read");
        let body = example.request.get("body").map(example::json);
        let sent_body =
            sent.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok());
        assert!(
            body.is_none() || body == sent_body,
            "{operation}: the example's body is sent whole"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_appotapay_sends_what_its_example_says() {
    use kessai_appotapay::{Client, Credentials, Environment, Language};

    let call = async |base_url: &str, operation: &str, with: &Arguments| {
        let [partner_code, api_key, secret_key] = APPOTAPAY;
        let credentials = Credentials::new(partner_code, api_key, secret_key).expect("keys");
        let builder = Client::builder(Environment::Sandbox, credentials).base_url(base_url);
        let builder = builder.language(Language::English);
        let builder = builder.account("0b3f2c1e-6d5a-4c8b-9e7f-1a2b3c4d5e6f");
        let client = builder.build().expect("a client").for_wallet(KEY);
        generated::appotapay::call(&client, operation, with).await
    };
    every_operation_sends("appotapay", generated::appotapay::OPERATIONS, call).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_elepay_sends_what_its_example_says() {
    use kessai_elepay::{Client, Language, SecretKey};

    let call = async |base_url: &str, operation: &str, with: &Arguments| {
        let builder = Client::builder(SecretKey::new(KEY).expect("a key")).base_url(base_url);
        let client = builder.language(Language::English).build().expect("a client");
        generated::elepay::call(&client, operation, with).await
    };
    every_operation_sends("elepay", generated::elepay::OPERATIONS, call).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_univapay_sends_what_its_example_says() {
    use kessai_univapay::{AppToken, Client};

    let call = async |base_url: &str, operation: &str, with: &Arguments| {
        let jwt = if operation == "list_bank_transfer_ledgers" { MERCHANT } else { STORE };
        let token = AppToken::new(KEY, jwt);
        let builder = Client::builder(token.expect("a token")).base_url(base_url);
        generated::univapay::call(&builder.build().expect("a client"), operation, with).await
    };
    every_operation_sends("univapay", generated::univapay::OPERATIONS, call).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_zafapay_sends_what_its_example_says() {
    use kessai_zafapay::{AccessToken, Client, Environment, PublishableClient, PublishableKey};

    let call = async |base_url: &str, operation: &str, with: &Arguments| {
        if operation == "create_token" {
            let key = PublishableKey::new(format!("pk_test_{KEY}")).expect("a key");
            let client = PublishableClient::builder(key).base_url(base_url).build();
            let client = client.expect("a client");
            return generated::zafapay::call_publishable(&client, operation, with).await;
        }
        let token = AccessToken::new(KEY).expect("a token");
        let builder = Client::builder(Environment::Sandbox, token).base_url(base_url);
        let client = builder.build().expect("a client");
        generated::zafapay::call(&client, operation, with).await
    };
    every_operation_sends("zafapay", generated::zafapay::OPERATIONS, call).await;
}
