//! The keys of an object, as they come in.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, Visitor};

use super::member::at;

/// The keys of an object as they come in, found among the known ones.
pub struct Keys {
    known: &'static [&'static str],
    expected: usize,
    found: usize,
    name: String,
    /// A bit for each known member that has come.
    seen: u128,
    twice: bool,
}

impl Keys {
    /// Keys of an object whose members are `known`, in the order the provider usually writes them.
    #[must_use]
    pub fn new(known: &'static [&'static str]) -> Self {
        Self { known, expected: 0, found: 0, name: String::new(), seen: 0, twice: false }
    }

    /// Reads the next key; `false` at the end of the object.
    ///
    /// # Errors
    ///
    /// If the text is broken, or a known member comes twice: nobody could say which one counts.
    #[inline(never)]
    pub fn advance<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error> {
        let more = map.next_key_seed(&mut *self)?.is_some();
        if self.twice {
            return Err(at(self.known[self.found], &"twice"));
        }
        Ok(more)
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
            Some(found) => {
                self.expected = found + 1;
                let bit = u32::try_from(found).ok().and_then(|found| 1_u128.checked_shl(found));
                self.twice = bit.is_some_and(|bit| self.seen & bit != 0);
                self.seen |= bit.unwrap_or_default();
            }
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
