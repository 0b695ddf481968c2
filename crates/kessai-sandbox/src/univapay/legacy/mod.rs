//! Operations that the newest definition does not have, and older SDKs do.
//!
//! `UnivaPay` documents hardly more of them than their members. These are the sandbox's choices:
//!
//! # Bank accounts and payouts
//!
//! - There is no bank account at first. One is `new` until the next call of any kind comes and
//!   `verified` from then on; a change makes it `new` again. Its number is answered with all but
//!   the last four characters masked, and need not be one of any bank.
//! - The first account is the primary one, whatever is asked. Another that is made primary takes its
//!   place; not being primary any more, and being deleted while there are others, is refused with
//!   `MUST_HAVE_A_PRIMARY_BANK_ACCOUNT`. The same number at the same branch is refused.
//! - Nothing is paid out by itself, but by [`pay_out`](super::Univapay::pay_out) and then
//!   [`finish_payout`](super::Univapay::finish_payout). A payout has an entry for each charge and
//!   each refund in its currency that no other payout has; what one had that failed goes into the
//!   next. There are no fees, and what comes of direct debits is not paid out.
//! - If that adds up to nothing or to less, the payout is `blank` and empty, and what would be in it
//!   waits for the next one.
//! - A payout is for the days from the one before it, or from the beginning, until its own. An entry
//!   is as old as its payout. All are `started_by` `schedule`. `all` of entries leaves out nothing,
//!   as nothing is left out anyway; `from` and `to` include the times they name.
//!
//! # Merchant and platform
//!
//! - One unit of a currency is worth as many yen as [`rates`] says, and what does not divide is
//!   rounded to the nearest unit, up from the middle. Others are `INVALID_CURRENCY`.
//! - There is nothing handed in for a review at first. The review never ends, and no operation here
//!   depends on it, because all is in mode `test`.

mod bank_accounts;
mod merchant;
mod payouts;
pub mod rates;
mod record;
mod transfers;

use super::rules::Row;
use super::rules::Rule::{Act, Look, Tell};
use super::state::State;
use crate::shelf::Shelf;
use bank_accounts::BankAccount;
use merchant::Verification;
use transfers::{Change, Entry, Transfer};

pub(super) const RULES: &[Row] = &[
    ("list_bank_accounts", Look(bank_accounts::list)),
    ("create_bank_account", Act(bank_accounts::create)),
    ("get_primary_bank_account", Look(bank_accounts::primary)),
    ("get_bank_account", Look(bank_accounts::get)),
    ("update_bank_account", Act(bank_accounts::update)),
    ("delete_bank_account", Act(bank_accounts::delete)),
    ("list_transfers", Look(transfers::list)),
    ("get_transfer", Look(transfers::get)),
    ("list_transfer_status_changes", Look(transfers::list_changes)),
    ("list_transfer_ledgers", Look(transfers::list_entries)),
    ("get_ledger", Look(transfers::get_entry)),
    ("convert_exchange_rate", Look(rates::convert)),
    ("get_platform", Tell(merchant::platform)),
    ("get_heartbeat", Tell(merchant::heartbeat)),
    ("get_verification", Look(merchant::get)),
    ("create_verification", Act(merchant::create)),
    ("update_verification", Act(merchant::update)),
];

/// What the older operations remember.
#[derive(Default)]
pub(super) struct Legacy {
    bank_accounts: Shelf<BankAccount>,
    transfers: Shelf<Transfer>,
    changes: Shelf<Change>,
    entries: Shelf<Entry>,
    verification: Option<Verification>,
}

/// What is pending moves on.
pub(super) fn settle(state: &mut State) {
    bank_accounts::settle(state);
}
