//! Objects, member by member.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::Error as NoValue;
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::wire::decode::{OPTIONAL_MARK, PATH_MARK};

/// Makes a struct the provider's object: its members under the provider's names, read leniently,
/// written back.
///
/// A member may be missing or null when it is read, and is left out when it is empty; one that is
/// `required` is demanded and always written. With a last word `unknown`, the struct has a field of
/// that name, of type [`Unknown`](crate::Unknown), which keeps members newer than the crate.
///
/// ```
/// use kessai_core::{Decode, Unknown};
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Refund {
///     pub id: String,
///     pub amount: Option<i64>,
///     pub unknown: Unknown,
/// }
///
/// kessai_core::object!(Refund, [(id, "id", required), (amount, "amountInYen")], unknown);
///
/// let refund = Refund::decode(br#"{"id":"re_1","amountInYen":500,"mood":"good"}"#)?;
/// assert_eq!(refund.amount, Some(500));
/// assert_eq!(refund.unknown.get("mood"), Some(r#""good""#));
/// # Ok::<(), kessai_core::Unreadable>(())
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident, [$(($field:ident, $wire:literal $(, $required:ident)?)),* $(,)?] $(, $unknown:ident)?) => {
        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #[allow(non_camel_case_types)]
                enum __Member { $($field),* }

                const __MEMBERS: &[__Member] = &[$(__Member::$field),*];

                struct __Members;

                impl<'de> $crate::__private::Visitor<'de> for __Members {
                    type Value = $name;

                    fn expecting(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: $crate::__private::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> ::core::result::Result<$name, A::Error> {
                        let mut keys = $crate::__private::Keys::new(&[$($wire),*]);
                        $(let mut $field = ::core::option::Option::None;)*
                        $(let mut $unknown = $crate::Unknown::default();)?
                        while keys.advance(&mut map)? {
                            match __MEMBERS.get(keys.found()) {
                                $(::core::option::Option::Some(__Member::$field) => {
                                    $crate::__read!($field, $wire, map $(, $required)?);
                                })*
                                ::core::option::Option::None => {
                                    $crate::__read_unknown!(keys, map $(, $unknown)?);
                                }
                            }
                        }
                        ::core::result::Result::Ok($name {
                            $($field: $crate::__take!($field, $wire $(, $required)?),)*
                            $($unknown,)?
                        })
                    }
                }

                deserializer.deserialize_map(__Members)
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                use $crate::__private::SerializeMap as _;

                let mut map = serializer.serialize_map(::core::option::Option::None)?;
                $($crate::__write!(self, $field, $wire, map $(, $required)?);)*
                $(self.$unknown.write(&mut map)?;)?
                map.end()
            }
        }

        impl $crate::Decode for $name {
            fn decode(body: &[u8]) -> ::core::result::Result<Self, $crate::Unreadable> {
                $crate::__private::decode(body)
            }
        }

        $crate::__object_schema!($name, [$(($field, $wire $(, $required)?)),*]);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    ($field:ident, $wire:literal, $map:ident, required) => {
        $crate::__private::read(&mut $map, $wire, &mut $field)?
    };
    ($field:ident, $wire:literal, $map:ident) => {
        $crate::__private::read_optional(&mut $map, $wire, &mut $field)?
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read_unknown {
    ($keys:ident, $map:ident) => {
        $map.next_value::<$crate::__private::IgnoredAny>()?
    };
    ($keys:ident, $map:ident, $unknown:ident) => {
        $unknown.read($keys.name(), &mut $map)?
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    ($field:ident, $wire:literal, required) => {
        $crate::__private::required($field, $wire)?
    };
    ($field:ident, $wire:literal) => {
        $crate::__private::Optional::from_read($field)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __write {
    ($self:ident, $field:ident, $wire:literal, $map:ident, required) => {
        $map.serialize_entry($wire, &$self.$field)?;
    };
    ($self:ident, $field:ident, $wire:literal, $map:ident) => {
        if !$crate::__private::Optional::is_left_out(&$self.$field) {
            $map.serialize_entry($wire, &$self.$field)?;
        }
    };
}

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

/// The keys of an object as they come in, found among the known ones.
pub struct Keys {
    known: &'static [&'static str],
    expected: usize,
    found: usize,
    name: String,
}

impl Keys {
    /// Keys of an object whose members are `known`, in the order the provider usually writes them.
    #[must_use]
    pub fn new(known: &'static [&'static str]) -> Self {
        Self { known, expected: 0, found: 0, name: String::new() }
    }

    /// Reads the next key; `false` at the end of the object.
    ///
    /// # Errors
    ///
    /// If the text is broken.
    #[inline(never)]
    pub fn advance<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error> {
        map.next_key_seed(&mut *self).map(|key| key.is_some())
    }

    /// Which of the known members it is; beyond them all if it is none of them.
    #[must_use]
    pub fn found(&self) -> usize {
        self.found
    }

    /// The name of the last unknown member.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn find(&mut self, name: &str) {
        // Members usually come in the order we know, so the first look is nearly always right.
        let in_order = self.known.get(self.expected).is_some_and(|known| *known == name);
        let found = if in_order {
            Some(self.expected)
        } else {
            self.known.iter().position(|known| *known == name)
        };
        self.found = found.unwrap_or(self.known.len());
        match found {
            Some(found) => self.expected = found + 1,
            None => name.clone_into(&mut self.name),
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Keys {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for &mut Keys {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.find(name);
        Ok(())
    }
}

/// Reads a member that must be there.
///
/// # Errors
///
/// If it does not read; the error names it.
#[inline(never)]
pub fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    wire: &'static str,
    slot: &mut Option<T>,
) -> Result<(), A::Error> {
    *slot = Some(map.next_value().map_err(|error| at(wire, false, &error))?);
    Ok(())
}

/// Reads a member that may be null.
///
/// # Errors
///
/// If it does not read; the error names it.
#[inline(never)]
pub fn read_optional<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut A,
    wire: &'static str,
    slot: &mut Option<T>,
) -> Result<(), A::Error> {
    *slot = map.next_value().map_err(|error| at(wire, true, &error))?;
    Ok(())
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
        None => T::deserialize(Missing).map_err(|_| at(wire, false, &"missing")),
    }
}

/// An error that says where, and nothing of what stood there.
#[cold]
fn at<E: serde::de::Error>(wire: &'static str, optional: bool, inner: &dyn fmt::Display) -> E {
    let inner = inner.to_string();
    let mark = if optional { OPTIONAL_MARK.to_string() } else { String::new() };
    let path = match inner.strip_prefix(PATH_MARK) {
        Some(path) => format!("{wire}{mark}.{path}"),
        None => format!("{wire}{mark}"),
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
