//! Which codes a client calls a certain no: all of each provider, to be looked at one by one.
//!
//! A code that is in no snapshot leaves the outcome open. One that comes into a snapshot says "this
//! call did nothing" to whoever meets it: take it in only if the provider's documents say so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use kessai_core::http::{HeaderMap, Request, StatusCode};
use kessai_core::{Answer, BoxFuture, Bytes, Engine, Error, Failure, Limits, Outcome};
use serde_json::{Value, json};

use crate::clock::Sleepless;
use crate::document::Document;
use crate::example::{Arguments, examples};
use crate::generated;
use crate::provider::PROVIDERS;

/// Refuses every call with what it is told to say.
#[derive(Clone, Default)]
struct Refusing(Arc<Mutex<String>>);

impl Refusing {
    fn with(&self, body: &Value) {
        *self.0.lock().expect("nobody panicked") = body.to_string();
    }
}

impl Engine for Refusing {
    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        let body = Bytes::from(self.0.lock().expect("nobody panicked").clone());
        let answer = Answer::new(StatusCode::BAD_REQUEST, HeaderMap::new(), body);
        Box::pin(async { Ok(answer) })
    }
}

/// The codes of enums, and one that is in no list.
fn codes(document: &Document, enums: &[&str]) -> Vec<String> {
    let words = enums.iter().flat_map(|name| {
        document.schema(name)["enum"].as_array().unwrap_or_else(|| panic!("no enum `{name}`"))
    });
    let words = words.map(|word| word.as_str().expect("a word").to_owned());
    let words: BTreeSet<String> = words.chain(["4711".to_owned()]).collect();
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort_by_key(|word| (word.parse::<u32>().unwrap_or_default(), word.clone()));
    words
}

fn document(name: &str) -> Document {
    PROVIDERS.iter().find(|provider| provider.name == name).expect("a provider").document()
}

fn is_certain(answer: Result<Value, Error>) -> bool {
    let error = answer.expect_err("a refusal");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST), "{error}");
    error.outcome() == Outcome::Refused
}

/// Puts the codes of each operation below it; operations with the same codes stand together.
fn written(all: BTreeMap<Vec<String>, Vec<&str>>) -> String {
    let mut blocks: Vec<_> = all
        .into_iter()
        .map(|(codes, operations)| format!("{}:\n  {}", operations.join(", "), codes.join("\n  ")))
        .collect();
    blocks.sort();
    blocks.join("\n\n")
}

macro_rules! judged {
    ($module:ident, $client:expr, $finish:expr, $codes:expr, $operations:expr, $refusal:expr) => {{
        let refusing = Refusing::default();
        let client = $client.engine(refusing.clone()).clock(Sleepless).build().expect("a client");
        let client = $finish(client);
        let examples = examples(stringify!($module));
        let mut all: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
        for operation in $operations {
            let with = Arguments::of(&examples[operation]);
            let mut certain = Vec::new();
            for code in &$codes {
                refusing.with(&$refusal(code));
                if is_certain(generated::$module::call(&client, operation, &with).await) {
                    certain.push(code.clone());
                }
            }
            all.entry(certain).or_default().push(operation);
        }
        written(all)
    }};
}

#[tokio::test]
async fn of_appotapay_by_what_acts() {
    use kessai_appotapay::{Client, Credentials, Environment};

    let document = document("appotapay");
    let enums = [
        "CommonErrorCode",
        "CardErrorCode",
        "PaymentErrorCode",
        "SubscriptionErrorCode",
        "TransferErrorCode",
        "VirtualAccountErrorCode",
        "WalletErrorCode",
        "CardChargingErrorCode",
        "PosErrorCode",
    ];
    let codes = codes(&document, &enums);
    let operations = generated::appotapay::OPERATIONS.iter().copied();
    // What looks does nothing, and a login moves no money and has no table.
    let operations = operations.filter(|operation| {
        document.method(operation) != "get"
            && document.operation(operation)["x-kessai-reads"] != true
            && !operation.ends_with("_wallet_access_token")
            && *operation != "unlink_wallet"
    });
    let client = Client::builder(
        Environment::Sandbox,
        Credentials::new("APPOTAPAY", "key", "secret").expect("keys"),
    );
    let all = judged!(
        appotapay,
        client,
        |client: Client| client.for_wallet("token"),
        codes,
        operations,
        |code: &str| { json!({ "errorCode": code, "code": code, "message": "no" }) }
    );
    insta::assert_snapshot!("appotapay", all);
}

#[tokio::test]
async fn of_elepay() {
    use kessai_elepay::{Client, SecretKey};

    let codes = codes(&document("elepay"), &["ErrorCode"]);
    let client = Client::builder(SecretKey::new("sk_test_1").expect("a key"));
    let all =
        judged!(elepay, client, std::convert::identity, codes, ["create_charge"], |code: &str| {
            json!({ "errorCode": code, "message": "no" })
        });
    insta::assert_snapshot!("elepay", all);
}

#[tokio::test]
async fn of_univapay() {
    use kessai_univapay::{AppToken, Client};

    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJzdG9yZV9pZCI6IjEifQ.c2lnbmF0dXJl";
    let codes = codes(&document("univapay"), &["ErrorCode"]);
    let client = Client::builder(AppToken::new("secret", jwt).expect("a token"));
    let all = judged!(
        univapay,
        client,
        std::convert::identity,
        codes,
        ["create_charge"],
        |code: &str| { json!({ "status": "error", "code": code, "errors": [] }) }
    );
    insta::assert_snapshot!("univapay", all);
}

#[tokio::test]
async fn of_zafapay() {
    use kessai_zafapay::{AccessToken, Client, Environment};

    let codes = codes(&document("zafapay"), &["ErrorCode"]);
    let token = AccessToken::new("token").expect("a token");
    let client = Client::builder(Environment::Sandbox, token);
    let all = judged!(
        zafapay,
        client,
        std::convert::identity,
        codes,
        ["create_payment"],
        |code: &str| {
            json!({ "error": { "type": "payment_error", "code": code, "message": "no" } })
        }
    );
    insta::assert_snapshot!("zafapay", all);
}
