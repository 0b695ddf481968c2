//! Enums that keep words they do not know.

/// Makes an enum the provider's vocabulary: known words become variants, any other is kept in
/// `Other`.
///
/// Give it an enum with one unit variant per word and a last variant `Other(String)`. It adds
/// `as_str`, `KNOWN`, `Display`, conversions from text, serde both ways, and use in a query.
///
/// ```
/// #[derive(Clone, Debug, Eq, Hash, PartialEq)]
/// #[non_exhaustive]
/// pub enum Order {
///     Asc,
///     Desc,
///     Other(String),
/// }
///
/// kessai_core::open_enum!(Order, [(Asc, "asc"), (Desc, "desc")]);
///
/// assert_eq!(Order::from("asc"), Order::Asc);
/// assert_eq!(Order::from("shuffled").as_str(), "shuffled");
/// assert_eq!(Order::KNOWN, ["asc", "desc"]);
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident, [$(($variant:ident, $word:literal)),* $(,)?]) => {
        impl $name {
            /// The words this crate knows, in the provider's order.
            pub const KNOWN: &'static [&'static str] = &[$($word),*];

            /// The provider's word for it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }

            /// The provider's word for it, if this crate knows that word.
            #[must_use]
            pub fn known(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant => ::core::option::Option::Some($word),)*
                    Self::Other(_) => ::core::option::Option::None,
                }
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    other => Self::Other(::std::string::String::from(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(word: ::std::string::String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                struct __Words;

                impl $crate::__private::Visitor<'_> for __Words {
                    type Value = $name;

                    fn expecting(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.write_str("a word")
                    }

                    fn visit_str<E>(self, word: &str) -> ::core::result::Result<$name, E> {
                        let word = $name::from(word);
                        if let $name::Other(_) = word {
                            $crate::__private::unknown_word(::core::concat!(
                                ::core::module_path!(),
                                "::",
                                ::core::stringify!($name)
                            ));
                        }
                        ::core::result::Result::Ok(word)
                    }
                }

                deserializer.deserialize_str(__Words)
            }
        }

        impl $crate::QueryValue for $name {
            fn each(&self, put: &mut dyn FnMut(&str)) {
                put(self.as_str());
            }
        }

        $crate::__enum_schema!($name);
    };
}
