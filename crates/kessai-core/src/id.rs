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
