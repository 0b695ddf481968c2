//! What a store has to do.

use std::error::Error as StdError;
use std::fmt;
use std::time::SystemTime;

use crate::record::{Intent, Record, State};

/// Where intents are kept. What a method has written is on disk when it comes back, and it writes
/// all or nothing.
///
/// [`DiskJournal`](crate::DiskJournal) is one file of one program. For several machines, write one
/// for the database that they share.
pub trait Journal: Send + Sync {
    /// Writes down what is meant to be done, with the idempotency key of the call, a note and the
    /// time, unless it is written down already; gives what stands there then, even if nothing can be
    /// written any more.
    ///
    /// # Errors
    ///
    /// If it cannot be kept. Then nothing may be sent.
    fn begin(
        &self,
        intent: &Intent,
        key: Option<&str>,
        note: &str,
        now: SystemTime,
    ) -> Result<Record, JournalError>;

    /// Changes the state of a record that nobody has changed since `record` was read, and counts
    /// that; gives `None`, and changes nothing, if somebody has. A record that was struck out and
    /// begun anew is another, though it may have the same count: [when](Record::begun_at) tells.
    ///
    /// # Errors
    ///
    /// If it cannot be kept: then the old state stands.
    fn change(&self, record: &Record, state: State) -> Result<Option<Record>, JournalError>;

    /// Strikes out a record that nobody has changed since `record` was read; says whether it did.
    ///
    /// That forgets the intent and its idempotency key: whoever carries it out again sends it at
    /// once, with another key. [`carry_out`](crate::carry_out) strikes out what was sent once and
    /// certainly did nothing; anything else is yours to strike out, when you know from the provider
    /// that nothing is there and nothing will come. What you only give up is better
    /// [`done`](Journal::done).
    ///
    /// # Errors
    ///
    /// If that cannot be kept: then the record stands.
    fn strike(&self, record: &Record) -> Result<bool, JournalError>;

    /// What stands there of an intent.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn get(&self, intent: &Intent) -> Result<Option<Record>, JournalError>;

    /// Everything that is not [`Done`](State::Done).
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn open(&self) -> Result<Vec<Record>, JournalError>;

    /// Says that it is about to be sent: to be called before the first byte leaves, by the one who
    /// sends it if this is not `None`.
    ///
    /// # Errors
    ///
    /// If it cannot be kept. Then nothing may be sent.
    fn sent(&self, record: &Record) -> Result<Option<Record>, JournalError> {
        self.change(record, State::Sent)
    }

    /// Says that it was answered or found. Of what you give up, say it yourself: then it is never
    /// sent again.
    ///
    /// # Errors
    ///
    /// If it cannot be kept: then it will be looked up once more.
    fn done(&self, record: &Record) -> Result<Option<Record>, JournalError> {
        self.change(record, State::Done)
    }
}

/// The journal could not be read or written.
#[derive(Debug)]
pub struct JournalError(Box<dyn StdError + Send + Sync>);

impl JournalError {
    /// Because of this error of the store.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the journal cannot be read or written: {}", self.0)
    }
}

impl StdError for JournalError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}
