//! Objects, member by member.

/// Makes a struct the provider's object: its members under the provider's names, read leniently,
/// written back.
///
/// A member may be missing or null when it is read, and is left out when it is empty; one that is
/// `required` is demanded and always written. A [`Decimal`](crate::Decimal) that is marked `number`
/// is written as a number, not as text. Of an object that is marked `filled`, an empty one reads as
/// none; a [`Patch`](crate::Patch) is marked `patch`, and tells null from missing. A
/// [`choice!`](crate::choice) is marked `choice`, with the field that tells its kind. With a last
/// word `unknown`, the struct has a field of that name, of type [`Unknown`](crate::Unknown), which
/// keeps members newer than the crate.
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
    ($name:ident, [$(($field:ident, $wire:literal $(, $how:ident)*)),* $(,)?] $(, $unknown:ident)?) => {
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
                        let mut keep = $crate::__private::Keep::new($crate::__keeps!($($unknown)?));
                        while keys.advance(&mut map)? {
                            match __MEMBERS.get(keys.found()) {
                                $(::core::option::Option::Some(__Member::$field) => {
                                    $crate::__read!($field, $wire, map, keep $(, $how)*);
                                })*
                                ::core::option::Option::None => {
                                    keep.newer(keys.name(), &mut map)?;
                                }
                            }
                        }
                        $($crate::__settle!($field, $wire $(, $how)*);)*
                        ::core::result::Result::Ok($name {
                            $($field: $crate::__take!($field, $wire $(, $how)*),)*
                            $($unknown: keep.kept(::core::concat!(
                                ::core::module_path!(),
                                "::",
                                ::core::stringify!($name)
                            )),)?
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
                $($crate::__write!(self, $field, $wire, map $(, $how)*);)*
                $(self.$unknown.write(&mut map)?;)?
                map.end()
            }
        }

        impl $crate::Decode for $name {
            const MEMBERS: &'static [&'static str] = &[$($wire),*];

            fn decode(body: &[u8]) -> ::core::result::Result<Self, $crate::Unreadable> {
                $crate::__private::decode(body)
            }
        }

        $crate::__object_schema!($name, [$(($field, $wire $(, $how)*)),*]);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    ($field:ident, $wire:literal, $map:ident, $keep:ident, required, choice, $tag:ident) => {
        $crate::__private::read(&mut $map, $wire, &mut $field)?
    };
    ($field:ident, $wire:literal, $map:ident, $keep:ident, choice, $tag:ident) => {
        $crate::__private::read_optional(&mut $map, $wire, &mut $field, &mut $keep)?
    };
    ($field:ident, $wire:literal, $map:ident, $keep:ident, required $(, $number:ident)?) => {
        $crate::__private::read(&mut $map, $wire, &mut $field)?
    };
    ($field:ident, $wire:literal, $map:ident, $keep:ident, patch $(, $number:ident)?) => {
        $crate::__private::read(&mut $map, $wire, &mut $field)?
    };
    ($field:ident, $wire:literal, $map:ident, $keep:ident, filled) => {
        $crate::__private::read_filled(&mut $map, $wire, &mut $field, &mut $keep)?
    };
    ($field:ident, $wire:literal, $map:ident, $keep:ident $(, $number:ident)?) => {
        $crate::__private::read_optional(&mut $map, $wire, &mut $field, &mut $keep)?
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __keeps {
    () => {
        false
    };
    ($unknown:ident) => {
        true
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __settle {
    ($field:ident, $wire:literal, required, choice, $tag:ident) => {
        let $field = $crate::__private::required($field, $wire)?;
        let $field = $crate::__private::settle($field, $tag.as_ref());
    };
    ($field:ident, $wire:literal, choice, $tag:ident) => {
        let $field = $field.map(|json| $crate::__private::settle(json, $tag.as_ref()));
    };
    ($field:ident, $wire:literal $(, $how:ident)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    ($field:ident, $wire:literal, required, choice, $tag:ident) => {
        $field
    };
    ($field:ident, $wire:literal, required $(, $number:ident)?) => {
        $crate::__private::required($field, $wire)?
    };
    ($field:ident, $wire:literal $(, $how:ident)*) => {
        $crate::__private::Optional::from_read($field)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __write {
    ($self:ident, $field:ident, $wire:literal, $map:ident, required $(, choice, $tag:ident)?) => {
        $map.serialize_entry($wire, &$self.$field)?;
    };
    ($self:ident, $field:ident, $wire:literal, $map:ident, required, number) => {
        $map.serialize_entry($wire, &$crate::__private::AsNumber(&$self.$field))?;
    };
    ($self:ident, $field:ident, $wire:literal, $map:ident, $(patch,)? number) => {
        if !$crate::__private::Optional::is_left_out(&$self.$field) {
            $map.serialize_entry($wire, &$crate::__private::AsNumber(&$self.$field))?;
        }
    };
    ($self:ident, $field:ident, $wire:literal, $map:ident $(, $how:ident)*) => {
        if !$crate::__private::Optional::is_left_out(&$self.$field) {
            $map.serialize_entry($wire, &$self.$field)?;
        }
    };
}
