//! What may be wrong with what a test does in place of customers and others.

use std::fmt;

/// Why something could not happen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum LeverError {
    /// There is nothing with this id, or who it belongs to is deleted.
    NotFound,
    /// What the id names is in a status in which that does not happen.
    WrongStatus,
    /// The provider has no such payment method, or it does not happen with this one.
    WrongMethod,
    /// What the id names does not take this amount.
    WrongAmount,
}

impl fmt::Display for LeverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "there is nothing with this id",
            Self::WrongStatus => "that does not happen in the current status",
            Self::WrongMethod => "that does not happen with this payment method",
            Self::WrongAmount => "it does not take this amount",
        })
    }
}

impl std::error::Error for LeverError {}
