//! What providers have said that this version does not know.
//!
//! A word that no enum has, a member that no type has: both are kept and harmless, and both say that
//! the provider has moved on. They are counted per type, in the whole process, from its beginning;
//! with the feature `tracing`, the first of a type is told as an event too. What the word or the
//! member was is not counted: it may be anything.
//!
//! ```
//! kessai_core::drift::count_members(true);
//! // After a while:
//! for drift in kessai_core::drift::counts() {
//!     println!("{}: {} words, {} members", drift.kind, drift.words, drift.members);
//! }
//! # assert_eq!(kessai_core::drift::counts(), []);
//! ```

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::trace;

static MEMBERS: AtomicBool = AtomicBool::new(false);
static COUNTS: Mutex<BTreeMap<&'static str, [u64; 2]>> = Mutex::new(BTreeMap::new());

/// How often a type has met what it does not know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Drift {
    /// The type, with the path of its module.
    pub kind: &'static str,
    /// How many words were read that it does not know, if it is an enum.
    pub words: u64,
    /// How many objects were read with members that are newer than it, or of another shape than
    /// documented; counted only while [`count_members`] is on.
    pub members: u64,
}

/// Counts objects with unknown members too, or no longer. Off at first.
pub fn count_members(on: bool) {
    MEMBERS.store(on, Ordering::Relaxed);
}

/// What was counted, type by type; types that know all they have met are left out. An answer that
/// did not read at once was read twice, and may count twice.
#[must_use]
pub fn counts() -> Vec<Drift> {
    let of =
        |(&kind, &[words, members]): (&&'static str, &[u64; 2])| Drift { kind, words, members };
    open().iter().map(of).collect()
}

/// An enum has read a word that it does not know: [`open_enum!`](crate::open_enum) says it.
#[cold]
#[doc(hidden)]
pub fn word(kind: &'static str) {
    let first = {
        let mut counts = open();
        let [words, _] = counts.entry(kind).or_default();
        *words += 1;
        *words == 1
    };
    if first {
        trace::drift(kind, "word");
    }
}

/// An object was read with members that it does not know.
pub(crate) fn member(kind: &'static str) {
    if !MEMBERS.load(Ordering::Relaxed) {
        return;
    }
    let first = {
        let mut counts = open();
        let [_, members] = counts.entry(kind).or_default();
        *members += 1;
        *members == 1
    };
    if first {
        trace::drift(kind, "member");
    }
}

fn open() -> MutexGuard<'static, BTreeMap<&'static str, [u64; 2]>> {
    COUNTS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Decode as _;

    #[derive(Clone, Debug, PartialEq)]
    enum Mood {
        Good,
        Other(String),
    }

    crate::open_enum!(Mood, [(Good, "good")]);

    #[derive(Clone, Debug, PartialEq)]
    struct Person {
        mood: Option<Mood>,
        unknown: crate::Unknown,
    }

    crate::object!(Person, [(mood, "mood")], unknown);

    fn counted(name: &str) -> Option<(u64, u64)> {
        let found = counts().into_iter().find(|drift| drift.kind.ends_with(name));
        found.map(|drift| (drift.words, drift.members))
    }

    #[test]
    fn what_a_type_does_not_know_is_counted_and_not_told() {
        let read = |text: &str| Person::decode(text.as_bytes()).expect("a person");
        read(r#"{"mood":"good"}"#);
        assert_eq!((counted("::Mood"), counted("::Person")), (None, None));

        read(r#"{"mood":"kanarievogel","age":7}"#);
        read(r#"{"mood":"kanarievogel"}"#);
        assert_eq!((counted("::Mood"), counted("::Person")), (Some((2, 0)), None));

        count_members(true);
        read(r#"{"age":7,"kanarievogel":1}"#);
        read(r#"{"mood":"good"}"#);
        count_members(false);
        read(r#"{"age":7}"#);
        assert_eq!(counted("::Person"), Some((0, 1)));
        assert!(!format!("{:?}", counts()).contains("kanarie"));
        assert_eq!((Mood::from("better").known(), Mood::KNOWN), (None, &["good"][..]));
        assert_eq!(counted("::Mood"), Some((2, 0)), "nobody read it");
    }
}
