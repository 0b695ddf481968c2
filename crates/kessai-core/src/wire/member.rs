//! One member of an object: read, left out, kept, demanded.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::Error as NoValue;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::decode::PATH_MARK;
use super::{Unknown, lenient};
use crate::{Patch, drift};

/// A member that may be left out.
pub trait Optional: Serialize {
    /// What it holds when it is there.
    type Value;

    /// The member as it was read; `None` where it was missing or null.
    fn from_read(value: Option<Self::Value>) -> Self;

    /// Whether it is left out when it is written.
    fn is_left_out(&self) -> bool;
}

impl<T: Serialize> Optional for Option<T> {
    type Value = T;

    fn from_read(value: Option<T>) -> Self {
        value
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Serialize> Optional for Vec<T> {
    type Value = Self;

    fn from_read(value: Option<Self>) -> Self {
        value.unwrap_or_default()
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<K: Ord + Serialize, V: Serialize> Optional for BTreeMap<K, V> {
    type Value = Self;

    fn from_read(value: Option<Self>) -> Self {
        value.unwrap_or_default()
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

/// Null and missing are told apart: a member is read as a whole.
impl<T: Serialize> Optional for Patch<T> {
    type Value = Self;

    fn from_read(value: Option<Self>) -> Self {
        value.unwrap_or_default()
    }

    fn is_left_out(&self) -> bool {
        matches!(self, Self::Leave)
    }
}

/// Reads a member that must be there, or whose null means something.
///
/// # Errors
///
/// If it does not read; the error names it.
#[inline(never)]
pub fn read<'de, A: MapAccess<'de>, T: DeserializeOwned>(
    map: &mut A,
    wire: &'static str,
    slot: &mut Option<T>,
) -> Result<(), A::Error> {
    *slot = Some(if lenient::is_on() {
        let member: Box<RawValue> = map.next_value()?;
        lenient::read_in_any_form(member.get()).map_err(|error| at(wire, &error))?
    } else {
        map.next_value().map_err(|error| at(wire, &error))?
    });
    Ok(())
}

/// Reads a member that may be null, and in a second reading keeps one of another shape.
///
/// # Errors
///
/// If it does not read and is not kept; the error names it.
#[inline(never)]
pub fn read_optional<'de, A: MapAccess<'de>, T: DeserializeOwned>(
    map: &mut A,
    wire: &'static str,
    slot: &mut Option<T>,
    keep: &mut Keep,
) -> Result<(), A::Error> {
    match &mut keep.0 {
        Some(unknown) if lenient::is_on() => {
            let member: Box<RawValue> = map.next_value()?;
            match lenient::read_member(&member) {
                Ok(value) => *slot = value,
                Err(_) => unknown.keep(wire, member),
            }
        }
        _ => *slot = map.next_value().map_err(|error| at(wire, &error))?,
    }
    Ok(())
}

/// What an object keeps of members that have no type: all of them, or none.
pub struct Keep(Option<Unknown>);

impl Keep {
    /// Keeps all, or none.
    #[must_use]
    pub fn new(all: bool) -> Self {
        Self(all.then(Unknown::default))
    }

    /// Reads a member that is newer than the crate.
    ///
    /// # Errors
    ///
    /// If the text is broken.
    #[inline(never)]
    pub fn newer<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match &mut self.0 {
            Some(unknown) => {
                let member = map.next_value()?;
                unknown.keep(name, member);
                Ok(())
            }
            None => map.next_value::<IgnoredAny>().map(|_| ()),
        }
    }

    /// What was kept of an object of the type `kind`.
    #[must_use]
    pub fn kept(self, kind: &'static str) -> Unknown {
        let unknown = self.0.unwrap_or_default();
        if !unknown.is_empty() {
            drift::member(kind);
        }
        unknown
    }
}

/// A member that must be there. What may be null reads as null when it is missing.
///
/// # Errors
///
/// If it was not there; the error names it.
pub fn required<'de, T: Deserialize<'de>, E: serde::de::Error>(
    slot: Option<T>,
    wire: &'static str,
) -> Result<T, E> {
    match slot {
        Some(value) => Ok(value),
        None => T::deserialize(Missing).map_err(|_| at(wire, &"missing")),
    }
}

/// An error that says where, and nothing of what stood there.
#[cold]
pub(super) fn at<E: serde::de::Error>(wire: &'static str, inner: &dyn fmt::Display) -> E {
    let inner = inner.to_string();
    let path = match inner.strip_prefix(PATH_MARK) {
        Some(path) => Cow::Owned(format!("{wire}.{path}")),
        None => Cow::Borrowed(wire),
    };
    E::custom(format_args!("{PATH_MARK}{path}"))
}

/// Reads as nothing: what stands in for a missing member.
struct Missing;

impl<'de> Deserializer<'de> for Missing {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue::custom("missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
