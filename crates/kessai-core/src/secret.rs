//! Text that is never printed.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// Text that may not be printed: a key, a card number, a token that pays, a person's name.
///
/// Its `Debug` shows nothing of it, it has no `Display`, and its memory is wiped when it is
/// dropped. Serialising writes it out, because that is how it reaches the provider.
///
/// ```
/// let key = kessai_core::Secret::new("sk_test_1");
/// assert_eq!(format!("{key:?}"), "Secret(..)");
/// assert_eq!(key.reveal(), "sk_test_1");
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps `text` from being printed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Do not log it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_it_was_made_of_and_shows_nothing_of_it() {
        for secret in [Secret::new("card"), Secret::from("card"), Secret::from("card".to_owned())] {
            assert_eq!((secret.reveal(), format!("{secret:?}")), ("card", "Secret(..)".to_owned()));
        }
        assert_ne!(Secret::new("card"), Secret::new("cart"));
    }

    #[test]
    fn it_reaches_the_provider_and_comes_back() {
        let json = serde_json::to_string(&Secret::new("a\"b")).expect("JSON");
        assert_eq!(json, r#""a\"b""#);
        assert_eq!(serde_json::from_str(&json).ok(), Some(Secret::new("a\"b")));
        assert!(serde_json::from_str::<Secret>("7").is_err());
    }
}
