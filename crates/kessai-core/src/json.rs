//! Any JSON, as the provider wrote it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::wire::{self, Unreadable};

/// A value of which the provider does not say what it is: any JSON, digit for digit as it was
/// written.
///
/// It may hold anything, so `Debug` shows nothing of it.
///
/// ```
/// use kessai_core::Json;
///
/// let year = Json::parse("2031")?;
/// assert_eq!(year.read::<i64>()?, 2031);
/// assert_eq!(Json::from("JCB").as_str(), r#""JCB""#);
/// assert_eq!(format!("{year:?}"), "Json(..)");
/// # Ok::<(), kessai_core::Unreadable>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Takes `text`, which must be one JSON value.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        wire::decode::<Box<RawValue>>(text.as_bytes()).map(Self)
    }

    /// The value that stands for nothing.
    #[must_use]
    pub fn null() -> Self {
        Self(RawValue::NULL.to_owned())
    }

    /// The value as JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Reads it as a `T`.
    ///
    /// # Errors
    ///
    /// If it is of another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        wire::decode(self.as_str().as_bytes())
    }

    /// The members of an object, each as it was written.
    ///
    /// `None` if it is no object, or if a name comes twice: then readers do not agree on what it
    /// says.
    #[must_use]
    pub fn members(&self) -> Option<BTreeMap<String, Self>> {
        let Members(members) = serde_json::from_str(self.as_str()).ok()?;
        Some(members)
    }

    pub(crate) fn raw(&self) -> &RawValue {
        &self.0
    }

    fn of(value: &impl Serialize) -> Self {
        // Texts, numbers and flags can always be written.
        Self(serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }
}

/// Members of which no two have one name.
struct Members(BTreeMap<String, Json>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((name, member)) = map.next_entry::<String, Json>()? {
                    if members.insert(name, member).is_some() {
                        return Err(A::Error::custom("a name comes twice"));
                    }
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Read)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::of(&text)
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::of(&text)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::of(&number)
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::of(&flag)
    }
}

/// Equal if written alike: `1.0` is not `1.00`.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(..)")
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_told_as_they_were_written_unless_one_comes_twice() {
        let members = |text| Json::parse(text).expect("JSON").members();
        let both = members(r#"{"b": 1.50, "a": {"c" : 1, "c": 2}}"#).expect("an object");
        assert_eq!(both["b"].as_str(), "1.50");
        assert_eq!(both["a"].members(), None);
        for other in [r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":1}"#, "[]", "1", "null", "\"a\""] {
            assert_eq!(members(other), None, "{other}");
        }
        assert_eq!(members("{}").map(|members| members.len()), Some(0));
    }

    #[test]
    fn it_is_equal_if_it_is_written_alike() {
        let json = |text| Json::parse(text).expect("JSON");
        assert_eq!(json("1.0"), json(" 1.0 "));
        assert_ne!(json("1.0"), json("1.00"));
        assert_eq!([Json::from("a"), Json::from("a".to_owned())], [json("\"a\""), json("\"a\"")]);
        assert_eq!([Json::from(-7), Json::from(true)], [json("-7"), json("true")]);
        assert_eq!(Json::null(), json("null"));
    }
}
