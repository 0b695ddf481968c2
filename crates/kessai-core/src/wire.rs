//! JSON to types and back, without derives.
//!
//! Three macros, [`open_enum!`](crate::open_enum), [`object!`](crate::object) and
//! [`choice!`](crate::choice), write what serde's derives would, with less to compile for each
//! member, and with the leniency of the house: words and members that are newer than the crate are
//! kept, null reads as missing, and a member of another shape than documented is set aside instead
//! of making a success unreadable.

pub(crate) mod choice;
mod decode;
pub(crate) mod filled;
pub(crate) mod keys;
mod lenient;
pub(crate) mod member;
mod object;
mod open_enum;
#[cfg(feature = "schemars")]
pub mod schema;
mod unknown;

pub use choice::Choice;
pub(crate) use decode::tells_any;
pub use decode::{Decode, Unreadable, decode};
pub use unknown::Unknown;

/// Adds a JSON Schema to an object, where `schemars` is on.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __object_schema {
    ($name:ident, [$(($field:ident, $wire:literal $(, $how:ident)*)),*]) => {
        $crate::__schema!($name, |generator| {
            let mut schema = $crate::__private::schema::ObjectSchema::new(generator);
            $(schema.member($wire, $crate::__required!($($how)*), |it: &$name| &it.$field);)*
            schema.finish()
        });
    };
}

/// Adds a JSON Schema to an open enum, where `schemars` is on.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __enum_schema {
    ($name:ident) => {
        $crate::__schema!($name, |_generator| $crate::__private::schema::words($name::KNOWN));
    };
}

/// Adds a JSON Schema to a choice, where `schemars` is on.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __choice_schema {
    ($name:ident, [$($of:ident),*]) => {
        $crate::__schema!($name, |generator| {
            $crate::__private::schema::any_of(&[$(generator.subschema_for::<$of>()),*])
        });
    };
}

/// What they have in common. Two providers may have a type of one name, so the module is part of its
/// id.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    ($name:ident, |$generator:ident| $schema:expr) => {
        impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::core::stringify!($name).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::core::concat!(::core::module_path!(), "::", ::core::stringify!($name)).into()
            }

            fn json_schema(
                $generator: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                $schema
            }
        }
    };
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __object_schema {
    ($($ignored:tt)*) => {};
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __choice_schema {
    ($($ignored:tt)*) => {};
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __enum_schema {
    ($($ignored:tt)*) => {};
}

#[cfg(test)]
mod tests;
