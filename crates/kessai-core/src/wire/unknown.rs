//! Members that are newer than the crate.

use std::fmt;

use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde_json::{Map, Value};

/// Members of an answer that are newer than this crate, as the provider wrote them.
///
/// They are written back when the answer is serialised. `Debug` shows their names, not their values.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub struct Unknown(Option<Box<Map<String, Value>>>);

impl Unknown {
    /// What stood under `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Every unknown member with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|members| members.iter()).map(|(name, value)| (name.as_str(), value))
    }

    /// Whether every member was known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    #[doc(hidden)]
    #[inline(never)]
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let value = map.next_value::<Value>()?;
        self.0.get_or_insert_default().insert(name, value);
        Ok(())
    }

    #[doc(hidden)]
    #[inline(never)]
    pub fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}
