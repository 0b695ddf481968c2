//! Wallets that their owners link, and payments from them.

use super::rules::Row;
use super::state::State;
use crate::ledger::Line;

pub(super) const RULES: &[Row] = &[];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[
    "get_wallet_login_form",
    "create_wallet_access_token",
    "refresh_wallet_access_token",
    "get_wallet_account",
    "unlink_wallet",
    "create_wallet_payment",
    "confirm_wallet_payment",
    "cancel_wallet_payment",
];

/// What is remembered.
#[derive(Default)]
pub(super) struct Wallets {}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(_state: &mut State) {}

/// Where the money is.
pub(super) fn lines(_state: &State) -> Vec<Line> {
    Vec::new()
}

/// Whether a wallet's owner has given this token.
pub(super) fn is_linked(_state: &State, _token: &str) -> bool {
    false
}
