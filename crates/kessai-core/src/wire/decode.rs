//! From the bytes of an answer to a value.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use super::lenient;

/// Begins the error messages that hold nothing but the path to the member that failed.
///
/// serde's own messages quote the value they could not read, so only messages of ours are passed
/// on.
pub(super) const PATH_MARK: &str = "does not read: ";

/// A type that an answer can be read as.
///
/// The macros implement it, so that the reading code is compiled once, in the crate that has the
/// type, rather than in every program that calls it.
pub trait Decode: Sized {
    /// The members that are documented, if it is an object.
    const MEMBERS: &'static [&'static str] = &[];

    /// Reads the body of an answer.
    ///
    /// A member that may be left out and is of another shape than documented is kept in the
    /// `unknown` of its object. A number that came as text is of the same shape.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or a member that must be there is missing or of another shape.
    fn decode(body: &[u8]) -> Result<Self, Unreadable>;
}

/// The answer of an operation that tells nothing: empty, or any JSON. Anything else is not the
/// provider's: a page of a guard that lets nothing through has a good status often enough.
impl Decode for () {
    fn decode(body: &[u8]) -> Result<Self, Unreadable> {
        if body.trim_ascii().is_empty() { Ok(()) } else { decode(body).map(|IgnoredAny| ()) }
    }
}

/// The answer of an operation that gives a list and nothing around it.
impl<T: DeserializeOwned> Decode for Vec<T> {
    fn decode(body: &[u8]) -> Result<Self, Unreadable> {
        decode(body)
    }
}

/// A body that does not read as what it should be. It names the member that failed, never its
/// value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unreadable {
    path: Option<String>,
}

impl Unreadable {
    /// Of a body that is not what it should be at all.
    pub(crate) fn of_another_kind() -> Self {
        Self { path: None }
    }

    /// The member that could not be read, such as `charges.id`; `None` if the body is not JSON of
    /// this kind at all.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "`{path}` does not read"),
            None => f.write_str("not JSON of the expected shape"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads `body` as a `T`.
///
/// # Errors
///
/// If the body is not JSON, or a member that must be there is missing or of another shape.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    // One check of the whole text costs less than one per string in it.
    let text = std::str::from_utf8(body).map_err(|_| Unreadable { path: None })?;
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        // Broken JSON has no member at fault, wherever the reader was when it broke.
        Err(_) if serde_json::from_str::<&RawValue>(text).is_err() => {
            Err(Unreadable { path: None })
        }
        Err(_) => lenient::read(text).map_err(|error| Unreadable { path: path_of(&error) }),
    }
}

/// Whether `body` is an object that has one of these members, or none at all.
pub(crate) fn tells_any(body: &[u8], members: &[&str]) -> bool {
    let found: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_slice(body).unwrap_or_default();
    found.is_empty() || members.iter().any(|member| found.contains_key(*member))
}

/// The path in an error of ours; nothing of an error of serde's.
fn path_of(error: &serde_json::Error) -> Option<String> {
    let message = error.to_string();
    let path = message.strip_prefix(PATH_MARK)?;
    // serde_json adds the position in the text.
    Some(path.split(" at line ").next().unwrap_or(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Part {
        id: String,
        amount: Option<i64>,
        unknown: crate::Unknown,
    }

    crate::object!(Part, [(id, "id", required), (amount, "amount")], unknown);

    #[test]
    fn a_list_with_nothing_around_it_is_read_as_leniently_as_any_other() {
        let text = br#"[{"id":"a","amount":1},{"id":"b","amount":"two","mood":"good"}]"#;
        let parts = Vec::<Part>::decode(text).expect("two parts");
        assert_eq!(parts.iter().map(|part| part.amount).collect::<Vec<_>>(), [Some(1), None]);
        assert_eq!(parts[1].unknown.get("amount"), Some(r#""two""#));
        assert_eq!(serde_json::to_string(&parts).expect("JSON").len(), text.len());
        assert_eq!(Vec::<Part>::decode(b"[]"), Ok(Vec::new()));
    }

    #[test]
    fn where_nothing_is_told_only_json_or_silence_is_the_providers() {
        for body in ["", " \r\n", "{}", "null", r#"{"id":"a"}"#, "[1]"] {
            assert_eq!(<()>::decode(body.as_bytes()), Ok(()), "{body}");
        }
        for body in ["<html>The request was rejected</html>", "OK", "{", "{} {}"] {
            assert!(<()>::decode(body.as_bytes()).is_err(), "{body}");
        }
        assert!(<()>::decode(b"\xff").is_err());
    }

    #[test]
    fn an_object_without_any_member_that_is_documented_tells_nothing() {
        assert_eq!(Part::MEMBERS, ["id", "amount"]);
        let tells = |body: &str| tells_any(body.as_bytes(), Part::MEMBERS);
        assert!(tells(r#"{"amount":null,"mood":1}"#) && tells(r#"{"i\u0064":"a"}"#));
        assert!(tells("{}"), "there is nothing that speaks against it");
        assert!(!tells(r#"{"message":"under maintenance","ID":"a"}"#));
    }

    #[test]
    fn a_list_that_does_not_read_says_which_member_and_nothing_of_it() {
        let path = |text: &str| {
            let unreadable = Vec::<Part>::decode(text.as_bytes()).expect_err(text);
            unreadable.path().map(ToOwned::to_owned)
        };
        assert_eq!(path(r#"[{"id":"a"},{"amount":1}]"#).as_deref(), Some("id"));
        for text in [r#"{"items":[]}"#, "[1]", "[", "null", ""] {
            assert_eq!(path(text), None, "{text}");
        }
    }
}
