//! Payments at the hosted checkout and at the merchant's own.

use super::rules::Row;
use super::state::State;
use crate::ledger::Line;

pub(super) const RULES: &[Row] = &[];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[
    "create_payment",
    "create_direct_payment",
    "get_payment",
    "list_payments",
    "create_payment_refund",
    "get_payment_refund",
    "delete_payment_token",
];

/// What is remembered.
#[derive(Default)]
pub(super) struct Payments {}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(_state: &mut State) {}

/// Where the money is.
pub(super) fn lines(_state: &State) -> Vec<Line> {
    Vec::new()
}
