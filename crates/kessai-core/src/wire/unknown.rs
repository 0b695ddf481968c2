//! Members that the crate has no type for.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeMap;
use serde_json::value::RawValue;

/// Members of an answer that this crate has no type for: newer than the crate, or of another shape
/// than documented.
///
/// Each is kept as the provider wrote it, digit for digit, and written back when the answer is
/// serialised. `Debug` shows their names, not their values. Keeping the digits needs `serde_json`:
/// an answer inside `#[serde(flatten)]` or an untagged enum of yours reads only while nothing in it
/// is unknown.
#[derive(Clone, Default)]
pub struct Unknown(BTreeMap<String, Box<RawValue>>);

impl Unknown {
    /// What stood under `name`, as JSON.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.get())
    }

    /// Every such member: its name, and its value as JSON.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.get()))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn keep(&mut self, name: &str, value: Box<RawValue>) {
        self.0.insert(name.to_owned(), value);
    }

    #[doc(hidden)]
    #[inline(never)]
    pub fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.0.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Unknown {}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}
