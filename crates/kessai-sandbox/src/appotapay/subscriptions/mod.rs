//! Payments again and again.

use super::rules::Row;
use super::state::State;
use crate::ledger::Line;

pub(super) const RULES: &[Row] = &[];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[
    "create_customer",
    "get_customer",
    "update_customer",
    "create_payment_method",
    "list_payment_methods",
    "get_payment_method",
    "create_plan",
    "get_plan",
    "update_plan",
    "deactivate_plan",
    "list_cycles",
    "get_cycle",
    "update_cycle",
    "cancel_cycle",
    "force_cycle_attempt",
    "create_subscription_refund",
    "get_subscription_refund",
];

/// What is remembered.
#[derive(Default)]
pub(super) struct Subscriptions {}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(_state: &mut State) {}

/// Where the money is.
pub(super) fn lines(_state: &State) -> Vec<Line> {
    Vec::new()
}
