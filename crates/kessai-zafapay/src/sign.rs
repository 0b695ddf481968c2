//! Keys: what every request is signed with.

use std::fmt;

use kessai_core::http::header::AUTHORIZATION;
use kessai_core::http::{HeaderMap, HeaderValue};
use kessai_core::{Secret, Sign, SignError, Unsigned};

/// A merchant's access token: for servers only; it may do everything but make card tokens.
///
/// ZAFA PAY does not say how one begins, so it is not checked. Each environment has its own. It is
/// never printed and is wiped from memory when it is dropped.
#[derive(Clone, Debug)]
pub struct AccessToken(Secret);

impl AccessToken {
    /// Takes `token` as the dashboard shows it.
    ///
    /// # Errors
    ///
    /// If it is empty, has a blank in it, or is a publishable key.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidKey> {
        let token = Secret::new(token);
        if token.reveal().starts_with("pk_") {
            return Err(InvalidKey("this is a publishable key; a server needs the access token"));
        }
        fits_a_header(&token)?;
        Ok(Self(token))
    }
}

/// A merchant's publishable key, `pk_test_..` or `pk_live_..`: for browsers, and for making card
/// tokens.
///
/// It is no secret; it is treated like one all the same.
#[derive(Clone, Debug)]
pub struct PublishableKey(Secret);

impl PublishableKey {
    /// Takes `key` as the dashboard shows it.
    ///
    /// # Errors
    ///
    /// If it does not begin with `pk_test_` or `pk_live_`, or has a blank in it.
    pub fn new(key: impl Into<String>) -> Result<Self, InvalidKey> {
        let key = Secret::new(key);
        if !["pk_test_", "pk_live_"].iter().any(|prefix| key.reveal().starts_with(prefix)) {
            return Err(InvalidKey("a publishable key begins with `pk_test_` or `pk_live_`"));
        }
        fits_a_header(&key)?;
        Ok(Self(key))
    }

    /// The environment that it is for.
    #[must_use]
    pub fn environment(&self) -> Environment {
        if self.0.reveal().starts_with("pk_live_") {
            Environment::Production
        } else {
            Environment::Sandbox
        }
    }
}

/// Where ZAFA PAY is asked: each environment has a host, tokens and a signature header of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Environment {
    /// No real money moves.
    Sandbox,
    /// Real money moves.
    Production,
}

impl Environment {
    /// The address of its API.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Sandbox => "https://api.sandbox.zafapay.com",
            Self::Production => "https://api.zafapay.com",
        }
    }
}

/// Keys and secrets alike: whatever else is in them was copied by mistake.
pub(crate) fn fits_a_header(key: &Secret) -> Result<(), InvalidKey> {
    let text = key.reveal();
    if text.is_empty() {
        Err(InvalidKey("a key is not empty"))
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Err(InvalidKey("a key has no blanks and no line breaks"))
    } else {
        Ok(())
    }
}

/// Sends a key as a bearer token.
pub(crate) struct Bearer(Secret);

impl From<AccessToken> for Bearer {
    fn from(token: AccessToken) -> Self {
        Self(token.0)
    }
}

impl From<PublishableKey> for Bearer {
    fn from(key: PublishableKey) -> Self {
        Self(key.0)
    }
}

impl Sign for Bearer {
    fn sign(&self, _: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        let bearer = Secret::new(format!("Bearer {}", self.0.reveal()));
        let mut value = HeaderValue::from_str(bearer.reveal())
            .map_err(|_| SignError("the key does not fit into a header"))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

/// Why a text is not a key. It holds nothing of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidKey(&'static str);

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidKey {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Client;
    use crate::fake::FakeEngine;

    #[test]
    fn each_type_takes_its_own_keys_only() {
        assert!(AccessToken::new("anything_at_all").is_ok());
        for token in ["", "pk_test_1", "two words", "line\n"] {
            assert!(AccessToken::new(token).is_err(), "{token:?}");
        }
        assert!(PublishableKey::new("pk_live_1").is_ok());
        for key in ["", "pk_1", "sk_test_1", "pk_test_1 ", "anything"] {
            assert!(PublishableKey::new(key).is_err(), "{key:?}");
        }
    }

    #[test]
    fn a_publishable_key_knows_its_environment() {
        let environment = |key| PublishableKey::new(key).expect("a key").environment();
        assert_eq!(environment("pk_test_1"), Environment::Sandbox);
        assert_eq!(environment("pk_live_1"), Environment::Production);
    }
    #[test]
    fn a_refusal_says_why_and_nothing_of_the_key() {
        let told = |key: &str| AccessToken::new(key).expect_err(key).to_string();
        assert!(told("pk_test_kanarie").contains("publishable"));
        assert!(told("kanarie vogel").contains("blanks") && told("").contains("empty"));
        assert!(!(told("pk_test_kanarie") + &told("kanarie vogel")).contains("kanarie"));
    }

    #[tokio::test]
    async fn a_token_goes_to_the_host_of_its_environment_alone() {
        for (environment, host) in [
            (Environment::Sandbox, "api.sandbox.zafapay.com"),
            (Environment::Production, "api.zafapay.com"),
        ] {
            let engine = FakeEngine::new([(404, "")]);
            let builder = Client::builder(environment, AccessToken::new("a-token").expect("one"));
            let client = builder.engine(engine.clone()).build().expect("a client");
            let _ = client.payments().get(&"tx_1".into()).await;
            let [sent] = &engine.sent()[..] else { panic!("one request") };
            assert_eq!(sent.uri().to_string(), format!("https://{host}/v1/payments/tx_1"));
            let bearer = &sent.headers()[AUTHORIZATION];
            assert_eq!((bearer.as_bytes(), bearer.is_sensitive()), (&b"Bearer a-token"[..], true));
        }
    }
}
