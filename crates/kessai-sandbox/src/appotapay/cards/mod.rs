//! Charging credit cards whose numbers the merchant sees.

use super::rules::Row;
use super::state::State;
use crate::ledger::Line;

pub(super) const RULES: &[Row] = &[];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[
    "create_card_token",
    "delete_card_token",
    "create_card_enrollment",
    "validate_card_enrollment",
    "create_card_charge",
    "capture_card_charge",
    "get_card_charge",
    "create_card_reversal",
    "get_card_reversal",
    "create_card_refund",
    "get_card_refund",
    "list_card_error_codes",
];

/// What is remembered.
#[derive(Default)]
pub(super) struct Cards {}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(_state: &mut State) {}

/// Where the money is.
pub(super) fn lines(_state: &State) -> Vec<Line> {
    Vec::new()
}
