//! What is written down.

use std::fmt;

/// What a program means to do: a kind of call, and your own reference, by which it can be looked up.
///
/// Together they stand for one payment, refund or whatever it is, once and for all.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Intent {
    /// What kind of call, such as `create_charge`. One reference may have a charge and a refund.
    pub kind: String,
    /// Your own reference.
    pub reference: String,
}

impl Intent {
    /// What `kind` of call is to be made for `reference`.
    pub fn new(kind: impl Into<String>, reference: impl Into<String>) -> Self {
        Self { kind: kind.into(), reference: reference.into() }
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// It is written down, and nothing was sent.
    Begun,
    /// It was sent, or is just about to be: the outcome is not known.
    Sent,
    /// It is done.
    Done,
}

/// What the journal has of an intent. `Debug` shows neither the key nor the note.
#[derive(Clone, Eq, PartialEq)]
pub struct Record {
    /// What is meant.
    pub intent: Intent,
    /// How far it has come.
    pub state: State,
    /// How often the state was changed. Who changes it says from which count on, so that of two who
    /// do at the same time one fails.
    pub version: u32,
    /// The idempotency key, if the call has one: every repeat has the same.
    pub key: Option<String>,
    /// Your own text, such as what it takes to make the call again. It is on disk as it is: keep
    /// card numbers and other secrets out of it.
    pub note: String,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("intent", &self.intent)
            .field("state", &self.state)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}
