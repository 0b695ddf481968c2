//! What a test loses on the line.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// What is lost of an exchange.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Loss {
    /// The request: nobody acts on it.
    Request,
    /// The answer: what was asked for is done, or refused, and nobody hears of it.
    Answer,
}

/// What is to be lost of exchanges to come, by operation.
#[derive(Default)]
pub(crate) struct Losses {
    waiting: Mutex<VecDeque<(String, Loss)>>,
}

impl Losses {
    pub(crate) fn add(&self, operation: &str, loss: Loss) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push_back((operation.to_owned(), loss));
    }

    /// What is lost of this exchange; once.
    pub(crate) fn next(&self, operation: Option<&str>) -> Option<Loss> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let place = waiting.iter().position(|(name, _)| Some(&**name) == operation)?;
        waiting.remove(place).map(|(_, loss)| loss)
    }
}
