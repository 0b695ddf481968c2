//! What is written down.

use std::fmt;
use std::time::SystemTime;

use kessai_core::NoReference;

/// What a program means to do: a kind of call, and your own reference, by which it can be looked up.
///
/// Together they stand for one attempt at a payment, a refund or whatever it is, once and for all:
/// not for the order, which may take several. Number the attempts, and begin none before it is known
/// what became of the one before it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Intent {
    pub(crate) kind: String,
    pub(crate) reference: String,
}

impl Intent {
    /// What `kind` of call is to be made for `reference`, such as `create_charge`. One reference may
    /// have a charge and a refund.
    ///
    /// # Errors
    ///
    /// If either is empty: then every payment without a reference would be the same one.
    pub fn new(kind: impl Into<String>, reference: impl Into<String>) -> Result<Self, NoReference> {
        let (kind, reference) = (kind.into(), reference.into());
        if kind.is_empty() || reference.is_empty() {
            return Err(NoReference);
        }
        Ok(Self { kind, reference })
    }

    /// What kind of call.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Your own reference.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// It is written down, and nothing was sent.
    Begun,
    /// It was sent, or is just about to be: the outcome is not known.
    Sent,
    /// The call was answered, or what it made was found. Whether it paid is for a look.
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
    /// When it was written down first, by the clock of the call: look from then on, and from a few
    /// minutes before, for the provider's clock is another. The beginning of 1970 in a record of a
    /// version that did not keep it.
    pub begun_at: SystemTime,
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
            .field("begun_at", &self.begun_at)
            .finish_non_exhaustive()
    }
}
