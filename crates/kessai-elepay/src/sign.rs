//! Keys: what every request is signed with.

use std::fmt;

use kessai_core::encoding::base64;
use kessai_core::http::header::AUTHORIZATION;
use kessai_core::http::{HeaderMap, HeaderValue};
use kessai_core::{Secret, Sign, SignError, Unsigned};

/// An application's secret key, `sk_test_..` or `sk_live_..`: it may do everything.
///
/// It is never printed and is wiped from memory when it is dropped.
#[derive(Clone, Debug)]
pub struct SecretKey(Secret);

impl SecretKey {
    /// Takes `key` as elepay's dashboard shows it.
    ///
    /// # Errors
    ///
    /// If it is not a secret key: a publishable one, for instance, or one with a blank in it.
    pub fn new(key: impl Into<String>) -> Result<Self, InvalidKey> {
        let key = Secret::new(key);
        if key.reveal().starts_with("pk_") {
            return Err(InvalidKey("this is a publishable key; a server needs the secret one"));
        }
        check(&key, "sk_", "a secret key begins with `sk_`")?;
        Ok(Self(key))
    }

    /// Whether real money moves with it; `None` if the key does not say.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        mode(&self.0)
    }
}

/// An application's publishable key, `pk_test_..` or `pk_live_..`: for browsers, and for the few
/// operations that [`PublishableClient`](crate::PublishableClient) has.
///
/// It is no secret; it is treated like one all the same.
#[derive(Clone, Debug)]
pub struct PublishableKey(Secret);

impl PublishableKey {
    /// Takes `key` as elepay's dashboard shows it.
    ///
    /// # Errors
    ///
    /// If it is not a publishable key. A secret key is refused, lest it end up in a browser.
    pub fn new(key: impl Into<String>) -> Result<Self, InvalidKey> {
        let key = Secret::new(key);
        if key.reveal().starts_with("sk_") {
            return Err(InvalidKey(
                "this is a secret key; it must not be used as a publishable one",
            ));
        }
        check(&key, "pk_", "a publishable key begins with `pk_`")?;
        Ok(Self(key))
    }

    /// Whether it belongs to real money; `None` if the key does not say.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        mode(&self.0)
    }
}

/// Whether real money moves. elepay has one host for both; the key decides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// No real money moves; everything answered has `live_mode` false.
    Test,
    /// Real money moves.
    Live,
}

fn check(key: &Secret, prefix: &str, otherwise: &'static str) -> Result<(), InvalidKey> {
    let text = key.reveal();
    if !text.starts_with(prefix) {
        Err(InvalidKey(otherwise))
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Err(InvalidKey("a key has no blanks and no line breaks"))
    } else if text.contains(':') {
        Err(InvalidKey("a key has no colon"))
    } else {
        Ok(())
    }
}

fn mode(key: &Secret) -> Option<Mode> {
    let (_, rest) = key.reveal().split_once('_')?;
    [("test_", Mode::Test), ("live_", Mode::Live)]
        .into_iter()
        .find_map(|(prefix, mode)| rest.starts_with(prefix).then_some(mode))
}

/// How a key is put on a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scheme {
    Bearer,
    /// The key as the user, and no password; elepay answers 401 to any password.
    Basic,
}

/// A key of either kind, and how it is put on a request.
pub(crate) struct Signer {
    key: Secret,
    scheme: Scheme,
    /// What is wrong with the key, if it must not be used.
    refused: Option<&'static str>,
}

impl Signer {
    /// Signs with `key`, unless it is for another mode than `wanted`.
    pub(crate) fn new(key: Secret, scheme: Scheme, wanted: Option<Mode>) -> Self {
        let refused = match (wanted, mode(&key)) {
            (None, _) => None,
            (Some(wanted), Some(mode)) if wanted == mode => None,
            (Some(Mode::Test), _) => Some("the key is not a test key"),
            (Some(Mode::Live), _) => Some("the key is not a live key"),
        };
        Self { key, scheme, refused }
    }
}

impl From<SecretKey> for Secret {
    fn from(key: SecretKey) -> Self {
        key.0
    }
}

impl From<PublishableKey> for Secret {
    fn from(key: PublishableKey) -> Self {
        key.0
    }
}

impl Sign for Signer {
    fn check(&self) -> Result<(), SignError> {
        self.refused.map_or(Ok(()), |why| Err(SignError(why)))
    }

    fn sign(&self, _: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        let key = self.key.reveal();
        let value = match self.scheme {
            Scheme::Bearer => Secret::new(format!("Bearer {key}")),
            Scheme::Basic => Secret::new(format!("Basic {}", base64(format!("{key}:").as_bytes()))),
        };
        let mut value = HeaderValue::from_str(value.reveal())
            .map_err(|_| SignError("the key does not fit into a header"))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

/// Why a text is not a key. It holds nothing of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidKey(pub(crate) &'static str);

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
        assert!(SecretKey::new("sk_test_1").is_ok());
        for key in ["pk_test_1", "test_1", "sk_test_1\n", "sk_test 1", "sk_test_1:", ""] {
            assert!(SecretKey::new(key).is_err(), "{key:?}");
        }
        assert!(PublishableKey::new("pk_live_1").is_ok());
        for key in ["sk_test_1", "test_1", "pk_test_1\r", ""] {
            assert!(PublishableKey::new(key).is_err(), "{key:?}");
        }
    }

    #[test]
    fn a_key_says_whether_real_money_moves() {
        let mode = |key| SecretKey::new(key).expect("a key").mode();
        assert_eq!(
            [mode("sk_test_1"), mode("sk_live_1"), mode("sk_1"), mode("sk_testing")],
            [Some(Mode::Test), Some(Mode::Live), None, None]
        );
    }
    #[test]
    fn a_publishable_key_says_it_too() {
        let mode = |key| PublishableKey::new(key).expect("a key").mode();
        assert_eq!(
            [mode("pk_test_1"), mode("pk_live_1"), mode("pk_1")],
            [Some(Mode::Test), Some(Mode::Live), None]
        );
    }

    #[test]
    fn a_refusal_says_why_and_nothing_of_the_key() {
        let told = |key: &str| SecretKey::new(key).expect_err(key).to_string();
        assert!(told("pk_test_kanarie").contains("publishable"));
        assert!(told("kanarie").contains("`sk_`"));
        assert!(told("sk_kanarie vogel").contains("blanks"));
        assert!(told("sk_kanarie:").contains("colon"));
        let all = ["pk_test_kanarie", "kanarie", "sk_kanarie vogel", "sk_kanarie:"].map(told);
        assert!(!all.concat().contains("kanarie"));
    }

    #[tokio::test]
    async fn a_key_is_a_bearer_token_or_a_user_without_a_password() {
        for (is_basic, expected) in [
            (false, "Bearer sk_test_1"),
            // The base64 of `sk_test_1:`.
            (true, "Basic c2tfdGVzdF8xOg=="),
        ] {
            let engine = FakeEngine::new([(404, "")]);
            let key = SecretKey::new("sk_test_1").expect("a key");
            let builder = Client::builder(key).engine(engine.clone());
            let builder = if is_basic { builder.basic_auth() } else { builder };
            let _ = builder.build().expect("a client").charges().get(&"ch_1".into()).await;
            let sent = engine.sent()[0].headers()[AUTHORIZATION].clone();
            assert_eq!((sent.as_bytes(), sent.is_sensitive()), (expected.as_bytes(), true));
        }
    }

    #[test]
    fn there_is_no_client_for_one_mode_with_a_key_of_the_other() {
        let signer = |key, wanted| {
            let key = SecretKey::new(key).expect("a key");
            Signer::new(key.into(), Scheme::Bearer, wanted).check()
        };
        for (key, wanted) in [
            ("sk_test_1", Some(Mode::Test)),
            ("sk_live_1", Some(Mode::Live)),
            ("sk_live_1", None),
            ("sk_1", None),
        ] {
            assert_eq!(signer(key, wanted), Ok(()), "{key} {wanted:?}");
        }
        for (key, wanted) in [
            ("sk_live_1", Mode::Test),
            ("sk_test_1", Mode::Live),
            ("sk_1", Mode::Test),
            ("sk_1", Mode::Live),
        ] {
            assert!(signer(key, Some(wanted)).is_err(), "{key} {wanted:?}");
        }
    }
}
