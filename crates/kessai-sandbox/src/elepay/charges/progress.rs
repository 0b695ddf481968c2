//! How a payment goes on that a test decides about.

use std::fmt;

/// Why a customer could not pay.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PayError {
    /// There is no charge with this id.
    NoSuchCharge,
    /// The charge is not waiting for the customer: it is paid, authorized or over already.
    NotPending,
}

/// How far a payment has come that is not made at once.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ChargeProgress {
    /// The customer has entered the details or been to the shop; only for `konbini` and
    /// `banktransfer`.
    Waiting,
    /// The shop or the bank gives notice of the money; only for `konbini` and `banktransfer`.
    Notified,
    /// Money has come, but not the amount that was asked for; only for `konbini` and
    /// `banktransfer`.
    AmountMismatch,
    /// The payment has failed, which no event tells of.
    Failed,
}

impl fmt::Display for PayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchCharge => "there is no charge with this id",
            Self::NotPending => "the charge is not waiting for the customer",
        })
    }
}

impl std::error::Error for PayError {}
