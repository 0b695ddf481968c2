//! Bank transfers, virtual accounts, bills, top-ups and cards to sell.

pub mod bills;
pub mod card_chargings;
mod codes;
mod ebills;
mod levers;
mod payouts;
pub mod shop_cards;
pub mod topups;
pub mod transfers;

use std::collections::{BTreeMap, BTreeSet};

use super::rules::Row;
use super::rules::Rule::{Act, Fixed, Look, Tell};
use super::state::State;
use crate::ledger::Line;
use crate::said::Said;
use crate::shelf::Shelf;
use payouts::{Payout, Standing};

/// What is on the merchant's account at first, in VND.
pub const BALANCE: i64 = 100_000_000;

pub(super) const RULES: &[Row] = &[
    ("create_ebill", Act(ebills::create_ebill)),
    ("get_ebill", Look(ebills::get_ebill)),
    ("list_ebill_transactions", Look(ebills::list_ebill_transactions)),
    ("list_transactions_of_ebill", Look(ebills::list_transactions_of_ebill)),
    ("close_ebill", Act(ebills::close_ebill)),
    ("get_transfer_account", Look(transfers::get_transfer_account)),
    ("make_transfer", Act(transfers::make_transfer)),
    ("get_transfer", Look(transfers::get_transfer)),
    ("get_balance", Tell(get_balance)),
    ("check_bill", Act(bills::check_bill)),
    ("pay_bill", Act(bills::pay_bill)),
    ("get_bill_payment", Look(bills::get_bill_payment)),
    ("get_topup_subscriber", Look(topups::get_topup_subscriber)),
    ("list_topup_products", Fixed(topups::list_topup_products)),
    ("list_topup_packages", Look(topups::list_topup_packages)),
    ("create_topup", Act(topups::create_topup)),
    ("get_topup", Look(topups::get_topup)),
    ("list_shop_card_products", Fixed(shop_cards::list_shop_card_products)),
    ("buy_shop_cards", Act(shop_cards::buy_shop_cards)),
    ("get_shop_card_purchase", Look(shop_cards::get_shop_card_purchase)),
    ("create_card_charging", Act(card_chargings::create_card_charging)),
    ("check_card_charging", Look(card_chargings::check_card_charging)),
];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[];

/// What is remembered.
pub(super) struct Services {
    balance: i64,
    transfers: Shelf<Payout<transfers::Transfer>>,
    ebills: Shelf<ebills::Ebill>,
    /// The references with which accounts were closed.
    closings: BTreeSet<String>,
    /// The bills that were looked up, by the references that may pay them.
    checked_bills: BTreeMap<String, bills::Bill>,
    bill_payments: Shelf<Payout<bills::Payment>>,
    topups: Shelf<Payout<topups::Topup>>,
    shop_cards: Shelf<Payout<shop_cards::Purchase>>,
    card_chargings: Shelf<card_chargings::CardCharging>,
}

impl Default for Services {
    fn default() -> Self {
        Self {
            balance: BALANCE,
            transfers: Shelf::default(),
            ebills: Shelf::default(),
            closings: BTreeSet::new(),
            checked_bills: BTreeMap::new(),
            bill_payments: Shelf::default(),
            topups: Shelf::default(),
            shop_cards: Shelf::default(),
            card_chargings: Shelf::default(),
        }
    }
}

fn get_balance(state: &State) -> Said {
    let account = payouts::account(state.services.balance);
    Standing::Done.head().object("account", &account).into()
}

/// Where the money is.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let services = &state.services;
    ebills::lines(&services.ebills)
        .chain(payouts::lines(&services.transfers))
        .chain(payouts::lines(&services.bill_payments))
        .chain(payouts::lines(&services.topups))
        .chain(payouts::lines(&services.shop_cards))
        .chain(card_chargings::lines(services))
        .collect()
}
