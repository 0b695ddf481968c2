//! Members whose shape another member tells.

use serde::de::DeserializeOwned;

use super::lenient;
use crate::Json;

/// A member that is of one of several kinds, told by a word that stands beside it.
///
/// The macro [`choice!`](crate::choice) implements it.
pub trait Choice: Sized {
    /// The member `json`, of the kind that `tag` tells. One of an unknown kind, or of another shape
    /// than its kind has, is kept as it was written.
    fn of(tag: Option<&str>, json: Json) -> Self;

    /// The word that tells its kind; `None` if it is kept as it was written, or if several words
    /// tell this kind.
    fn tag(&self) -> Option<&'static str>;
}

/// Makes an enum a choice: each variant holds one kind, and its last keeps what is of none.
///
/// Give it an enum with a variant `Kind(Box<Type>)` per kind and a last variant `Other(Json)`. Each
/// row names the variant, its type, and the word that tells it; several words have `|` between
/// them. It adds [`Choice`](crate::Choice), conversions from each type, and serde's `Serialize`. An
/// [`object!`](crate::object) that holds one marks it `choice` and names the field that tells its
/// kind, wherever that stands.
///
/// ```
/// use kessai_core::{Decode, Json, Unknown};
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Card {
///     pub brand: Option<String>,
///     pub unknown: Unknown,
/// }
///
/// kessai_core::object!(Card, [(brand, "brand")], unknown);
///
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum Means {
///     Card(Box<Card>),
///     Other(Json),
/// }
///
/// kessai_core::choice!(Means, [(Card, Card, "card" | "wallet")]);
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Token {
///     pub data: Option<Means>,
///     pub kind: Option<String>,
///     pub unknown: Unknown,
/// }
///
/// kessai_core::object!(Token, [(data, "data", choice, kind), (kind, "kind")], unknown);
///
/// let token = Token::decode(br#"{"data":{"brand":"visa"},"kind":"card"}"#)?;
/// let Some(Means::Card(card)) = token.data else { panic!("a card") };
/// assert_eq!(card.brand.as_deref(), Some("visa"));
///
/// let newer = Token::decode(br#"{"data":{"iban":"XY00"},"kind":"transfer"}"#)?;
/// assert_eq!(newer.data, Some(Means::Other(Json::parse(r#"{"iban":"XY00"}"#)?)));
/// # Ok::<(), kessai_core::Unreadable>(())
/// ```
#[macro_export]
macro_rules! choice {
    ($name:ident, [$(($variant:ident, $of:ident, $($word:literal)|+)),* $(,)?]) => {
        impl $crate::Choice for $name {
            fn of(tag: ::core::option::Option<&str>, json: $crate::Json) -> Self {
                let kind = match tag {
                    $(::core::option::Option::Some($($word)|+) => {
                        $crate::__private::read_kind(&json).map(Self::$variant)
                    })*
                    _ => ::core::option::Option::None,
                };
                kind.unwrap_or(Self::Other(json))
            }

            fn tag(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant(_) => $crate::__tag!($($word)|+),)*
                    Self::Other(_) => ::core::option::Option::None,
                }
            }
        }

        $(impl ::core::convert::From<$of> for $name {
            fn from(kind: $of) -> Self {
                Self::$variant(::std::boxed::Box::new(kind))
            }
        })*

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(kind) => {
                        $crate::__private::Serialize::serialize(kind, serializer)
                    })*
                    Self::Other(json) => $crate::__private::Serialize::serialize(json, serializer),
                }
            }
        }

        $crate::__choice_schema!($name, [$($of),*]);
    };
}

/// The word of a kind that has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __tag {
    ($word:literal) => {
        ::core::option::Option::Some($word)
    };
    ($($word:literal)|+) => {
        ::core::option::Option::None
    };
}

/// Whether `told` is the word of a choice; where it has none, any word is.
pub(crate) fn agrees(told: Option<&str>, choice: &impl Choice) -> bool {
    match choice.tag() {
        Some(tag) => told == Some(tag),
        None => told.is_some_and(|told| !told.is_empty()),
    }
}

/// Reads a kind, leniently: a member of another shape does not make it one of no kind.
#[must_use]
pub fn read_kind<T: DeserializeOwned>(json: &Json) -> Option<Box<T>> {
    lenient::read_member(json.raw()).ok().flatten()
}

/// The choice that was read as `json`, when the member that tells its kind has been read too.
pub fn settle<C: Choice, T: AsRef<str>>(json: Json, tag: Option<&T>) -> C {
    C::of(tag.map(AsRef::as_ref), json)
}

#[cfg(test)]
mod tests;
