//! Bank transfers, virtual accounts, bills, top-ups and cards to sell.

use super::rules::Row;
use super::state::State;
use crate::ledger::Line;

pub(super) const RULES: &[Row] = &[];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[
    "create_ebill",
    "get_ebill",
    "list_ebill_transactions",
    "list_transactions_of_ebill",
    "close_ebill",
    "get_transfer_account",
    "make_transfer",
    "get_transfer",
    "get_balance",
    "check_bill",
    "pay_bill",
    "get_bill_payment",
    "get_topup_subscriber",
    "list_topup_products",
    "list_topup_packages",
    "create_topup",
    "get_topup",
    "list_shop_card_products",
    "buy_shop_cards",
    "get_shop_card_purchase",
    "create_card_charging",
    "check_card_charging",
];

/// What is remembered.
#[derive(Default)]
pub(super) struct Services {}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(_state: &mut State) {}

/// Where the money is.
pub(super) fn lines(_state: &State) -> Vec<Line> {
    Vec::new()
}
