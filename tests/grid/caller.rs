//! A client of any provider, with keys that must not be seen.

use kessai_core::{Error, Limits, Network, Retry};
use serde_json::Value;

use super::clock::GridClock;
use super::row::{Kind, Row};
use crate::generated;

/// What the clients of all providers are set up with.
#[derive(Clone)]
pub struct Setup {
    pub base_url: String,
    pub limits: Limits,
    pub retry: Retry,
    pub network: Network,
    pub clock: GridClock,
}

/// The client of a provider that an operation belongs to.
pub enum Caller {
    Appotapay(kessai_appotapay::Client),
    Elepay(kessai_elepay::Client),
    Univapay(kessai_univapay::Client),
    Zafapay(kessai_zafapay::Client),
    ZafapayTokens(kessai_zafapay::PublishableClient),
}

const KEY: &str = "kanarievogel-31415926";

/// The account that AppotaPay publishes for its sandbox, with which the answers are signed.
pub const APPOTAPAY: [&str; 3] =
    ["APPOTAPAY", "FJcmF8uj2ISveL5FvvNk4pnp8xrhINz8", "XAonJgy14YhtePEITXhyBS2unjfJLAV3"];

/// JWTs of UnivaPay's applications: that of a store, and that of a merchant.
const STORE: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJzdG9yZV9pZCI6IjEifQ.c2lnbmF0dXJl";
const MERCHANT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4ifQ.c2lnbmF0dXJl";

macro_rules! set_up {
    ($builder:expr, $setup:expr) => {
        $builder
            .base_url(&$setup.base_url)
            .limits($setup.limits.clone())
            .retry($setup.retry.clone())
            .network($setup.network.clone())
            .clock($setup.clock.clone())
            .build()
            .expect("a client")
    };
}

impl Caller {
    /// A client for `row`.
    pub fn new(row: &Row, setup: &Setup) -> Self {
        let mut setup = setup.clone();
        setup.retry.best_effort_keys = row.kind == Kind::Keyed;
        match (row.provider, row.operation) {
            ("appotapay", _) => {
                use kessai_appotapay::{Client, Credentials, Environment};
                let [partner_code, api_key, secret_key] = APPOTAPAY;
                let credentials = Credentials::new(partner_code, api_key, secret_key);
                let builder = Client::builder(Environment::Sandbox, credentials.expect("keys"));
                Self::Appotapay(set_up!(builder.account(KEY), setup).for_wallet(KEY))
            }
            ("elepay", _) => {
                use kessai_elepay::{Client, SecretKey};
                let key = SecretKey::new(format!("sk_test_{KEY}")).expect("a key");
                Self::Elepay(set_up!(Client::builder(key), setup))
            }
            ("univapay", operation) => {
                use kessai_univapay::{AppToken, Client};
                let of_merchant = operation == "list_bank_transfer_ledgers";
                let jwt = if of_merchant { MERCHANT } else { STORE };
                let token = AppToken::new(KEY, jwt).expect("a token");
                Self::Univapay(set_up!(Client::builder(token), setup))
            }
            ("zafapay", "create_token") => {
                use kessai_zafapay::{PublishableClient, PublishableKey};
                let key = PublishableKey::new(format!("pk_test_{KEY}")).expect("a key");
                Self::ZafapayTokens(set_up!(PublishableClient::builder(key), setup))
            }
            ("zafapay", _) => {
                use kessai_zafapay::{AccessToken, Client, Environment};
                let token = AccessToken::new(KEY).expect("a token");
                Self::Zafapay(set_up!(Client::builder(Environment::Sandbox, token), setup))
            }
            (other, _) => panic!("no client of `{other}`"),
        }
    }

    /// Calls the operation of `row` as its example does.
    pub async fn call(&self, row: &Row) -> Result<Value, Error> {
        let (operation, with) = (row.operation, &row.arguments);
        match self {
            Self::Appotapay(client) => generated::appotapay::call(client, operation, with).await,
            Self::Elepay(client) => generated::elepay::call(client, operation, with).await,
            Self::Univapay(client) => generated::univapay::call(client, operation, with).await,
            Self::Zafapay(client) => generated::zafapay::call(client, operation, with).await,
            Self::ZafapayTokens(client) => {
                generated::zafapay::call_publishable(client, operation, with).await
            }
        }
    }

    /// The client, printed.
    pub fn print(&self) -> String {
        match self {
            Self::Appotapay(client) => format!("{client:?}"),
            Self::Elepay(client) => format!("{client:?}"),
            Self::Univapay(client) => format!("{client:?}"),
            Self::Zafapay(client) => format!("{client:?}"),
            Self::ZafapayTokens(client) => format!("{client:?}"),
        }
    }
}
