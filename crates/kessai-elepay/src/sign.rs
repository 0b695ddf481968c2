//! The secret key: what every request is signed with.

use std::fmt;

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
        let text = key.reveal();
        if text.starts_with("pk_") {
            Err(InvalidKey("this is a publishable key; the API needs the secret one"))
        } else if !text.starts_with("sk_") {
            Err(InvalidKey("a secret key begins with `sk_`"))
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Err(InvalidKey("a key has no blanks and no line breaks"))
        } else {
            Ok(Self(key))
        }
    }
}

impl Sign for SecretKey {
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

    #[test]
    fn only_secret_keys_are_taken() {
        assert!(SecretKey::new("sk_test_1").is_ok());
        for key in ["pk_test_1", "test_1", "sk_test_1\n", "sk_test 1", ""] {
            assert!(SecretKey::new(key).is_err(), "{key:?}");
        }
    }
}
