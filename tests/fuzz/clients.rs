//! A client of each provider on a [`Line`], and what its operations take.

use std::sync::LazyLock;

use kessai_core::{Error, FakeClock, Retry};
use serde_json::{Value, json};

use super::input::Ring;
use super::line::{Line, finish};
use crate::document::Document;
use crate::example::Arguments;
use crate::generated;
use crate::provider::{PROVIDERS, Provider};

/// An account of nobody's: whatever is signed in examples is not genuine here.
pub const APPOTAPAY: [&str; 3] = ["PARTNER", "fuzz-api-key", "fuzz-secret-key"];

/// JWTs of UnivaPay's applications: that of a store, and that of a merchant.
const STORE: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJzdG9yZV9pZCI6IjEifQ.c2lnbmF0dXJl";
const MERCHANT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4ifQ.c2lnbmF0dXJl";

/// An operation, and an example of what it takes.
pub struct Row {
    pub provider: &'static Provider,
    pub operation: &'static str,
    /// What its document says of it.
    pub told: Value,
    /// Whether a good status may be around an answer that says no.
    pub may_deny: bool,
    /// Its path, with `{name}` where a parameter goes.
    pub path: String,
    pub request: Value,
    /// An example of its answer, if it has one.
    pub answer: Option<Value>,
    /// An example of the provider's errors.
    pub error: Value,
}

/// Every operation of every provider.
pub static ROWS: LazyLock<Ring<Row>> = LazyLock::new(|| {
    let of = |provider: &'static Provider| {
        let document = provider.document();
        let row = |operation: &&'static str| Row {
            provider,
            operation,
            told: document.operation(operation).clone(),
            may_deny: document.may_deny(operation),
            path: document.path(operation).to_owned(),
            request: request(&document, operation),
            answer: document.answer(operation).map(|schema| document.filled(schema, "a", "")),
            error: document.filled(document.schema(provider.error), "a", ""),
        };
        provider.operations.iter().map(row).collect::<Vec<_>>()
    };
    Ring::new(PROVIDERS.iter().flat_map(of), Row::name)
});

/// Something for every parameter and member of an operation's request.
fn request(document: &Document, operation: &str) -> Value {
    let mut request = json!({ "path": {}, "query": {}, "body": {} });
    for parameter in document.parameters(operation) {
        let (place, name) = (&parameter["in"], &parameter["name"]);
        if let (Some(place @ ("path" | "query")), Some(name)) = (place.as_str(), name.as_str()) {
            let name = name.trim_end_matches("[]");
            request[place][name] = document.filled(&parameter["schema"], "a", "");
        }
    }
    if let Some(schema) = document.request(operation) {
        request["body"] = document.filled(schema, "a", "");
        document.drop_signature(operation, &mut request["body"]);
    }
    request
}

impl Row {
    pub fn name(&self) -> String {
        format!("{} {}", self.provider.name, self.operation)
    }

    /// Whether sending it twice does nothing more than once.
    pub fn only_reads(&self, method: &str) -> bool {
        method == "GET" || self.told["x-kessai-reads"] == true
    }

    /// Calls it over `line` with `request`.
    pub fn call(
        &self,
        line: &Line,
        clock: &FakeClock,
        retry: &Retry,
        request: Value,
    ) -> Result<Value, Error> {
        macro_rules! set_up {
            ($builder:expr) => {
                $builder.engine(line.clone()).clock(clock.clone()).retry(retry.clone()).build()
            };
        }
        let (operation, with) = (self.operation, &Arguments::new(request));
        match (self.provider.name, operation) {
            ("appotapay", _) => {
                use kessai_appotapay::{Client, Environment};
                let client = set_up!(Client::builder(Environment::Sandbox, credentials()));
                let client = client.expect("a client").for_wallet("wallet");
                finish(generated::appotapay::call(&client, operation, with))
            }
            ("elepay", _) => {
                use kessai_elepay::{Client, SecretKey};
                let key = SecretKey::new("sk_test_1").expect("a key");
                let client = set_up!(Client::builder(key)).expect("a client");
                finish(generated::elepay::call(&client, operation, with))
            }
            ("univapay", _) => {
                let client = set_up!(univapay(operation)).expect("a client");
                finish(generated::univapay::call(&client, operation, with))
            }
            ("zafapay", "create_token") => {
                use kessai_zafapay::{PublishableClient, PublishableKey};
                let key = PublishableKey::new("pk_test_1").expect("a key");
                let client = set_up!(PublishableClient::builder(key)).expect("a client");
                finish(generated::zafapay::call_publishable(&client, operation, with))
            }
            ("zafapay", _) => {
                use kessai_zafapay::{AccessToken, Client, Environment};
                let token = AccessToken::new("token").expect("a token");
                let client = set_up!(Client::builder(Environment::Sandbox, token));
                finish(generated::zafapay::call(&client.expect("a client"), operation, with))
            }
            (other, _) => panic!("no client of `{other}`"),
        }
    }
}

/// The same at AppotaPay.
pub fn credentials() -> kessai_appotapay::Credentials {
    let [partner_code, api_key, secret_key] = APPOTAPAY;
    kessai_appotapay::Credentials::new(partner_code, api_key, secret_key).expect("keys")
}

/// A client of UnivaPay with the key that `operation` takes.
pub fn univapay(operation: &str) -> kessai_univapay::ClientBuilder {
    let jwt = if operation == "list_bank_transfer_ledgers" { MERCHANT } else { STORE };
    let token = kessai_univapay::AppToken::new("secret", jwt).expect("a token");
    kessai_univapay::Client::builder(token)
}
