//! Identifiers that know what they identify.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The identifier of a `T`, as the provider wrote it.
///
/// A refund's identifier does not fit where a charge's is asked for. The text is opaque: it is
/// neither parsed nor checked.
///
/// ```
/// struct Charge;
///
/// let id: kessai_core::Id<Charge> = "ch_4QpTz1".into();
/// assert_eq!(id.as_str(), "ch_4QpTz1");
/// ```
pub struct Id<T: ?Sized> {
    text: Box<str>,
    of: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Id<T> {
    /// The identifier written as `text`.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self { text: text.into(), of: PhantomData }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: ?Sized> From<&str> for Id<T> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<T: ?Sized> From<String> for Id<T> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl<T: ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<T: ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T: ?Sized> Eq for Id<T> {}

/// By the text, so that identifiers can be keys of a map; it says nothing of which is older.
impl<T: ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T: ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: ?Sized> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T: ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.text)
    }
}

impl<T: ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T: ?Sized> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: ?Sized> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<str>::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    struct Charge;

    fn id(text: &str) -> Id<Charge> {
        text.into()
    }

    #[test]
    fn it_is_its_text_and_nothing_else() {
        let one = id("ch_1");
        assert_eq!((one.as_str(), one.to_string()), ("ch_1", "ch_1".to_owned()));
        assert_eq!(format!("{one:?}"), "Id(ch_1)");
        assert_eq!((&one, &one.clone()), (&Id::new("ch_1"), &Id::from("ch_1".to_owned())));
        assert_ne!(one, id("ch_2"));
        assert_ne!(one, id("CH_1"), "it is opaque");
        let all: HashSet<_> = [one.clone(), id("ch_2"), one].into_iter().collect();
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn equal_ids_have_equal_hashes_and_others_do_not() {
        use std::hash::{BuildHasher as _, RandomState};

        let state = RandomState::new();
        assert_eq!(state.hash_one(id("ch_1")), state.hash_one(id("ch_1")));
        assert_ne!(state.hash_one(id("ch_1")), state.hash_one(id("ch_2")));
    }

    #[test]
    fn it_is_written_and_read_as_text() {
        assert_eq!(serde_json::to_string(&id("ch_1")).expect("JSON"), r#""ch_1""#);
        assert_eq!(serde_json::from_str(r#""ch_1""#).ok(), Some(id("ch_1")));
        assert!(serde_json::from_str::<Id<Charge>>("1").is_err());
    }
}
