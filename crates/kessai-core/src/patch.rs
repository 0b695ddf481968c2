//! Members of a change: to be left as they are, cleared or set.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a change does to a member that may be empty at the provider.
///
/// ```
/// use kessai_core::Patch;
///
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct UpdateRefund {
///     pub reason: Patch<String>,
///     pub message: Patch<String>,
/// }
///
/// kessai_core::object!(UpdateRefund, [(reason, "reason", patch), (message, "message", patch)]);
///
/// let change = UpdateRefund { message: Patch::Clear, ..UpdateRefund::default() };
/// assert_eq!(serde_json::to_string(&change)?, r#"{"message":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Patch<T> {
    /// The member is left out, and the provider leaves it as it is.
    #[default]
    Leave,
    /// Null is sent, and the provider empties it.
    Clear,
    /// This value is sent, and the provider puts it there.
    Set(T),
}

impl<T> Patch<T> {
    /// What is set.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Null where nothing is set; [`object!`](crate::object) leaves out what is to be left as it is.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// Null clears.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, Decode as _, Secret};

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Update {
        name: Patch<Secret>,
        fee: Patch<Decimal>,
        codes: Patch<Vec<i64>>,
    }

    crate::object!(
        Update,
        [(name, "name", patch), (fee, "fee", patch, number), (codes, "codes", patch),]
    );

    #[test]
    fn null_and_missing_are_told_apart_both_ways() {
        let fee = Patch::Set(Decimal::new(1762, 2));
        for (text, change) in [
            ("{}", Update::default()),
            (
                r#"{"name":null,"fee":null,"codes":null}"#,
                Update { name: Patch::Clear, fee: Patch::Clear, codes: Patch::Clear },
            ),
            (
                r#"{"name":"","fee":17.62,"codes":[]}"#,
                Update { name: Secret::from("").into(), fee, codes: Vec::new().into() },
            ),
        ] {
            assert_eq!(Update::decode(text.as_bytes()), Ok(change.clone()), "{text}");
            assert_eq!(serde_json::to_string(&change).expect("JSON"), text);
        }
    }

    #[test]
    fn what_does_not_read_is_named() {
        let odd = Update::decode(br#"{"codes":7}"#).expect_err("no list");
        assert_eq!(odd.path(), Some("codes"));
    }

    #[test]
    fn what_is_set_is_printed_as_it_would_be_alone() {
        let change = Update { name: Secret::from("Momo").into(), ..Update::default() };
        assert!(format!("{change:?}").contains("name: Set(Secret(..)), fee: Leave"));
    }
}
