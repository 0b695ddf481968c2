//! Payments at terminals.

use super::rules::Row;
use super::state::State;
use crate::ledger::Line;

pub(super) const RULES: &[Row] = &[];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &["create_pos_payment", "get_pos_payment", "list_pos_payments"];

/// What is remembered.
#[derive(Default)]
pub(super) struct Terminals {}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(_state: &mut State) {}

/// Where the money is.
pub(super) fn lines(_state: &State) -> Vec<Line> {
    Vec::new()
}
