//! Which attempt may be followed by another, and what they say together.

use crate::error::Error;
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::refusal::Refusal;
use crate::retry::Retry;
use crate::transport::{KeyPromise, Provider};

/// What a second sending of a call may do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Safety {
    /// Nothing, as the first: it only reads.
    Reads,
    /// Nothing more than the first: the provider knows it by its key. Whether that is guaranteed.
    Keyed { guaranteed: bool },
    /// The same once more.
    Acts,
}

impl Safety {
    pub(crate) fn of(operation: &Operation, provider: &Provider, retry: &Retry) -> Self {
        if operation.is_read() {
            return Self::Reads;
        }
        match operation.idempotency_header().map(|_| provider.key_promise(operation)) {
            Some(KeyPromise::Guaranteed) => Self::Keyed { guaranteed: true },
            Some(KeyPromise::BestEffort) if retry.best_effort_keys => {
                Self::Keyed { guaranteed: false }
            }
            _ => Self::Acts,
        }
    }

    /// Whether the call may be sent again after an attempt that ended with `error`.
    pub(crate) fn allows_after(self, error: &Error) -> bool {
        let key_in_use = error.refusal().is_some_and(Refusal::is_key_in_use);
        match self {
            Self::Reads => error.may_pass(),
            Self::Keyed { guaranteed } if guaranteed || !error.is_key_unkept() => {
                error.may_pass() || key_in_use
            }
            Self::Keyed { .. } | Self::Acts => {
                let did_nothing = match error.outcome() {
                    Outcome::NotSent => true,
                    Outcome::Refused => error.is_throttled(),
                    Outcome::Unknown => false,
                };
                did_nothing && error.may_pass()
            }
        }
    }

    /// Whether `error`, of the last attempt, says what became of those before it too.
    fn settles(self, error: &Error) -> bool {
        error.outcome() == Outcome::Refused
            && match self {
                // Whatever was sent before, it only read.
                Self::Reads => true,
                // The answer to the one attempt that was carried out, given again. A refusal that is
                // not that may have come before the provider looked at the key.
                Self::Keyed { guaranteed } => guaranteed && error.replayed(),
                Self::Acts => false,
            }
    }
}

/// The attempts of a call.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// How many of them may have reached the provider.
    sent: u32,
    /// The worst that one of them ended with.
    worst: Option<Outcome>,
}

impl History {
    /// How many were sent, with one that was answered well.
    pub(crate) fn sent_with_the_last(&self) -> u32 {
        self.sent + 1
    }

    /// Adds an attempt that ended with `error`.
    pub(crate) fn add(&mut self, error: &Error) {
        let outcome = error.outcome();
        self.sent += u32::from(outcome != Outcome::NotSent);
        self.worst = Some(self.worst.map_or(outcome, |worst| worst.worse(outcome)));
    }

    /// What to say of all of them, the last of which ended with `error`: how many were sent, and
    /// what became of the money.
    pub(crate) fn told_by(&self, error: &Error, safety: Safety) -> (u32, Outcome) {
        let last = error.outcome();
        let worst = self.worst.filter(|_| !safety.settles(error));
        (self.sent, worst.map_or(last, |worst| worst.worse(last)))
    }
}

#[cfg(test)]
mod tests;
