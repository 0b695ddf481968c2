//! Objects of which an empty one stands for none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::member::{Keep, read_optional};

/// Reads a member that may be null or `{}`, both of which stand for none.
///
/// # Errors
///
/// If it does not read and is not kept; the error names it.
#[inline(never)]
pub fn read_filled<'de, A: MapAccess<'de>, T: DeserializeOwned>(
    map: &mut A,
    wire: &'static str,
    slot: &mut Option<T>,
    keep: &mut Keep,
) -> Result<(), A::Error> {
    let mut filled = None;
    read_optional(map, wire, &mut filled, keep)?;
    *slot = filled.and_then(|Filled(value)| value);
    Ok(())
}

/// A `T`, or `{}`.
struct Filled<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Filled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object(PhantomData)).map(Self)
    }
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        match map.next_key::<String>()? {
            None => Ok(None),
            first => T::deserialize(MapAccessDeserializer::new(Begun { first, map })).map(Some),
        }
    }
}

/// An object whose first key has been looked at.
struct Begun<A> {
    first: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Begun<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(first) => seed.deserialize(first.into_deserializer()).map(Some),
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Decode as _, Unknown};

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Refusal {
        code: Option<i64>,
        inner: Option<Box<str>>,
        unknown: Unknown,
    }

    crate::object!(Refusal, [(code, "code"), (inner, "inner")], unknown);

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Charge {
        error: Option<Refusal>,
        unknown: Unknown,
    }

    crate::object!(Charge, [(error, "error", filled)], unknown);

    fn charge(text: &str) -> Charge {
        Charge::decode(text.as_bytes()).expect("a charge")
    }

    #[test]
    fn null_missing_and_empty_are_none() {
        for text in ["{}", r#"{"error":null}"#, r#"{"error":{}}"#, r#"{"error": { } }"#] {
            assert_eq!(charge(text), Charge::default(), "{text}");
        }
        assert_eq!(serde_json::to_string(&Charge::default()).expect("JSON"), "{}");
    }

    #[test]
    fn whatever_is_in_it_is_kept() {
        for text in [
            r#"{"error":{"code":305}}"#,
            r#"{"error":{"newer":{"a":1.50}}}"#,
            r#"{"error":{"newer":null,"code":305,"inner":"x"}}"#,
        ] {
            let read = charge(text);
            assert!(read.error.is_some() && read.unknown.is_empty());
            let written = serde_json::to_value(&read).expect("JSON");
            assert_eq!(written, serde_json::from_str::<serde_json::Value>(text).expect("JSON"));
        }
        let emptied = charge(r#"{"error":{"code":null}}"#);
        assert_eq!(emptied.error, Some(Refusal::default()), "something is said of it");
    }

    #[test]
    fn what_is_odd_stays_in_its_own_object() {
        let odd = charge(r#"{"error":{"code":"E305","inner":"x"}}"#);
        let error = odd.error.expect("an error");
        assert_eq!(error.unknown.get("code"), Some("\"E305\""));
        assert_eq!(error.inner.as_deref(), Some("x"));
        for text in [r#"{"error":[]}"#, r#"{"error":"none"}"#] {
            let odd = charge(text);
            assert!(odd.error.is_none() && odd.unknown.get("error").is_some(), "{text}");
        }
    }

    #[test]
    fn a_member_that_comes_twice_is_found_behind_the_first_too() {
        let twice = Charge::decode(br#"{"error":{"code":1,"code":2}}"#).expect("kept");
        assert!(twice.error.is_none());
        assert_eq!(twice.unknown.get("error"), Some(r#"{"code":1,"code":2}"#));
    }

    #[test]
    fn nothing_in_it_can_exhaust_the_stack() {
        #[derive(Debug, Default)]
        struct Nested {
            nested: Option<Box<Nested>>,
            unknown: Unknown,
        }
        crate::object!(Nested, [(nested, "nested", filled)], unknown);

        let text = format!("{}{{}}{}", r#"{"nested":"#.repeat(100_000), "}".repeat(100_000));
        // Either is fine; coming back is what counts.
        let _ = Nested::decode(text.as_bytes());
        let text = format!("{}{{}}{}", r#"{"nested":"#.repeat(50), "}".repeat(50));
        assert!(Nested::decode(text.as_bytes()).is_ok_and(|it| it.nested.is_some()));
    }
}
