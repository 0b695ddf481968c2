//! Debits from the bank accounts of customers, once a month.
//!
//! The number of an account decides what its bank says: one that begins with `999` is special as
//! below, and any other pays. The sandbox serves direct debit at the address of everything else.
//!
//! | number | what happens |
//! | --- | --- |
//! | [`NOT_REGISTERED`] | the bank does not accept the account: `registration_failed` |
//! | [`INSUFFICIENT_FUNDS`] | a debit fails with `insufficient_funds` |
//! | [`NO_DEPOSIT`] | with `no_deposit_transaction` |
//! | [`STOPPED_BY_DEPOSITOR`] | with `transfer_stopped_by_depositor` |
//! | [`NO_REQUEST`] | with `no_account_transfer_request` |
//! | [`STOPPED_BY_TRUSTEE`] | with `transfer_stopped_by_trustee` |
//! | [`OTHER_ERROR`] | with `other_error` |
//! | [`UNKNOWN_ERROR`] | with `unknown_error` |
//!
//! `UnivaPay` documents next to nothing of how a month goes. These are the sandbox's choices:
//!
//! - Days are those of Japan. Money is taken on the 27th, or on the first day after it that is not
//!   of a weekend; holidays are not known. Debits can be changed until the end of the 10th, and
//!   mandates must be there on the 3rd. The results are known 4 days after the money is taken, and
//!   paid out on the 15th of the month after; both move off weekends as well.
//! - The current schedule is that of the month which a new debit goes into: this month until the
//!   10th, then the next. An account that is registered after the 3rd is debited in the same month
//!   all the same.
//! - An account is `active` at once. The bank looks at it when the next call of any kind comes, and
//!   again after each change and after it is taken back into use.
//! - Only an `active` account gets new debits; for any other, `bankAccountId` is
//!   `NOT_ALLOWED_VALUE`. One that is deactivated keeps those that it has. Deactivating one twice is
//!   no error. Taking back what is not `inactive` is `NOT_ALLOWED_VALUE` of `status`; changing or
//!   deleting what is locked, of `amount` or of `lock`.
//! - A debit has the account as it was when the debit was made, and fails with
//!   `no_account_transfer_request` if the bank has not accepted that. There is such a debit only if
//!   a test [held](super::Univapay::hold) everything when it was made.
//! - A customer may have many accounts, and an account many debits in one month.
//! - Money is in yen. The [ledger](super::Univapay::ledger) has debits too: what came is authorized
//!   and captured, and there is no reference.
//! - Idempotency keys hold as they do elsewhere.

mod accounts;
mod debits;
mod holder;
mod list;
mod schedule;

use super::rules::Row;
use super::rules::Rule::{Act, Look, Tell};
use super::state::State;
use crate::shelf::Shelf;
use accounts::Account;
use debits::Debit;
pub(super) use debits::lines;

/// The bank does not accept an account with this number.
pub const NOT_REGISTERED: &str = "9990000";
/// A debit from it fails, because there is too little money.
pub const INSUFFICIENT_FUNDS: &str = "9990001";
/// A debit from it fails, because there is no such account.
pub const NO_DEPOSIT: &str = "9990002";
/// A debit from it fails, because its holder has stopped it.
pub const STOPPED_BY_DEPOSITOR: &str = "9990003";
/// A debit from it fails, because its bank has no mandate.
pub const NO_REQUEST: &str = "9990004";
/// A debit from it fails, because the merchant's side has stopped it.
pub const STOPPED_BY_TRUSTEE: &str = "9990005";
/// A debit from it fails for a reason that the bank knows.
pub const OTHER_ERROR: &str = "9990006";
/// A debit from it fails for a reason that nobody knows.
pub const UNKNOWN_ERROR: &str = "9990007";

pub(super) const RULES: &[Row] = &[
    ("get_direct_debit_configuration", Tell(schedule::configuration)),
    ("get_direct_debit_notification_configuration", Tell(schedule::notifications)),
    ("get_direct_debit_current_schedule", Look(schedule::current)),
    ("list_direct_debit_bank_accounts", Look(list::accounts)),
    ("create_direct_debit_bank_account", Act(accounts::create)),
    ("get_direct_debit_bank_account", Look(accounts::get)),
    ("update_direct_debit_bank_account", Act(accounts::update)),
    ("deactivate_direct_debit_bank_account", Act(accounts::deactivate)),
    ("reenable_direct_debit_bank_account", Act(accounts::enable)),
    ("create_direct_debit_bank_transfer", Act(debits::create)),
    ("list_direct_debit_bank_transfers", Look(list::debits)),
    ("get_direct_debit_bank_transfer", Look(debits::get)),
    ("update_direct_debit_bank_transfer", Act(debits::update)),
    ("delete_direct_debit_bank_transfer", Act(debits::delete)),
];

/// The merchant's id in an older system.
const LEGACY_ID: &str = "1290001";

/// What direct debit remembers.
#[derive(Default)]
pub(super) struct DirectDebit {
    accounts: Shelf<Account>,
    debits: Shelf<Debit>,
    given: u32,
}

impl DirectDebit {
    /// The next id, seven digits that are more than those before.
    fn next_id(&mut self) -> String {
        self.given += 1;
        (1_000_000 + self.given).to_string()
    }
}

/// The banks look at new accounts, and say what came of the debits that are due.
pub(super) fn settle(state: &mut State) {
    accounts::settle(state);
    debits::settle(state);
}
