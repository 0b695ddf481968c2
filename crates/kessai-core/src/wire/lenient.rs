//! The second reading of an answer, which keeps what it cannot read.
//!
//! A capture that succeeded must not look like a failure because a card's month came as text. So
//! when an answer does not read, it is read once more: a member that may be left out and is of
//! another shape than documented is then kept in the `unknown` of its own object. The first reading
//! does not pay for this.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// How deep objects may lie in each other in a second reading, which uses the stack for each.
const DEEPEST: u8 = 32;

thread_local! {
    /// How deep the second reading is; zero while there is none. Reading never waits, so it begins
    /// and ends on one thread.
    static DEPTH: Cell<u8> = const { Cell::new(0) };
}

/// Whether this is a second reading.
pub(super) fn is_on() -> bool {
    DEPTH.get() > 0
}

/// Reads `text` leniently.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let _back = Deeper::enter();
    serde_json::from_str(text)
}

/// Reads one member leniently, null as nothing.
pub(super) fn read_member<T: DeserializeOwned>(
    member: &RawValue,
) -> Result<Option<T>, serde_json::Error> {
    if DEPTH.get() < DEEPEST {
        read(member.get())
    } else {
        Err(serde::de::Error::custom("too deep"))
    }
}

/// Goes back up when it is dropped, by a panic too.
struct Deeper(u8);

impl Deeper {
    fn enter() -> Self {
        let before = DEPTH.get();
        DEPTH.set(before + 1);
        Self(before)
    }
}

impl Drop for Deeper {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}
