//! Operations that the newest definition does not have, and older SDKs do.
//!
//! `UnivaPay` documents hardly more of them than their members. These are the sandbox's choices:
//!
//! # Logging in, and application tokens
//!
//! - One person can log in, with [`EMAIL`] and [`PASSWORD`], for 12 hours. The login signs calls as
//!   `Bearer` or `Token`, and may do what a token of the merchant may. One that was ended or never was
//!   is `INVALID_LOGIN_TOKEN`. No new one is handed out in a header.
//! - A token that is made here may do what the one of its kind may that the sandbox begins with.
//! - The merchant's list of tokens has those of the store too, and those that the sandbox begins
//!   with, which can be deleted. Roles are `merchant` or nothing; sites are `*` or begin with
//!   `http://` or `https://`, and are not compared with any `Origin`. Live ones are refused with
//!   `LIVE_MODE_NOT_ENABLED_WHEN_UNVERIFIED`.
//! - An application token in its oldest form signs as `ApplicationToken`, its `token` before its
//!   `secret` with `|` between.
//! - Logging out with an application token ends nothing and is no error.
//! - A customer logs in with a code that [`mailed_code`](super::Univapay::mailed_code) tells, once
//!   and within 10 minutes. A wrong one is `INVALID_CREDENTIALS`, and the JWT signs no calls.
//!
//! # Tokens and charges
//!
//! - A token with `use_confirmation` needs an e-mail address, and is not confirmed until the code comes
//!   that [`confirmation_code`](super::Univapay::confirmation_code) tells, how late that may be and
//!   however often it was guessed. Confirming what is confirmed is `CANNOT_CHANGE_TOKEN`.
//! - Renewing is for recurring tokens of cards that are active and confirmed. The old one is not active
//!   any more; subscriptions that it pays go on with it, and the new one is not secured by 3-D Secure.
//! - An alias holds for 5 minutes if nothing is said, and is not found after its end. It names a token
//!   that is active, and needs a currency if it has an amount. Nothing can be paid with it here. It is
//!   answered as `json` alone.
//! - The code of a charge is that of its token. Until when a charge can be paid is told of those that
//!   end by themselves, and has the id of the charge; it is never put off.
//!
//! # Pages to pay on
//!
//! - What there is to look at is in [`checkout`]. A link that is made by a call sells no products;
//!   its `jwt` is not looked at. After its `expiry` it is there and not active, and what its page
//!   shows is not found. A wrong secret is `INVALID_CREDENTIALS`.
//! - Gateways are asked for `alipay_plus_online` and `we_chat_online`, and answer always the same.
//!
//! # Batches of subscriptions
//!
//! - A batch is refused as a whole if a token of it could not pay now. Else it is `awaiting`, and made
//!   when the next call of any kind comes: the subscriptions one after the other, then the charges.
//!   The first that is refused ends it. It is `failed` then, and what was made before stays made and
//!   goes on; `subscription_ids` names it.
//! - `charge_id` is the first of the charges, and `initial_charge_metadata` takes the place of its
//!   notes. A batch of nothing is refused with `MUST_HAVE_AT_LEAST_ONE_ELEMENT`.
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
//! # Webhooks
//!
//! - Webhooks of the merchant hear of what those of stores do, and of payouts as well: of one that is
//!   made, of each step, and of its end, which of a blank one comes at once. An address may be taken
//!   once by the store and once by the merchant, and both are told. None has a reference or an
//!   address to write to, so that no list filtered by them has anything in it.
//! - An event that is sent again is the same but for where it goes: to where the webhook is now, on or
//!   not. `list_webhook_events` has it once.
//!
//! # Merchant and platform
//!
//! - One unit of a currency is worth as many yen as [`rates`] says, and what does not divide is
//!   rounded to the nearest unit, up from the middle. Others are `INVALID_CURRENCY`.
//! - There is nothing handed in for a review at first. The review never ends, and no operation here
//!   depends on it, because all is in mode `test`.

mod aliases;
pub(super) mod auth;
mod bank_accounts;
mod batches;
mod charges;
pub mod checkout;
mod customers;
mod merchant;
mod payouts;
pub mod rates;
mod record;
mod tokens;
mod transfers;
mod webhooks;

use super::rules::Row;
use super::rules::Rule::{Act, Look, Tell};
use super::state::State;
use crate::shelf::Shelf;
use aliases::Alias;
use auth::{AppJwt, AppToken, Login};
use bank_accounts::BankAccount;
use batches::Batch;
use checkout::Link;
use customers::Mailed;
use merchant::Verification;
use transfers::{Change, Entry, Transfer};

/// Who can log in.
pub const EMAIL: &str = "sandbox@kessai.invalid";
/// The password of [`EMAIL`].
pub const PASSWORD: &str = "correct horse battery staple 1";

/// That person.
const PERSON_ID: &str = "11f00000-0000-4000-8000-000000000002";

pub(super) const RULES: &[Row] = &[
    ("authenticate_user", Act(auth::log_in)),
    ("logout_user", Act(auth::log_out)),
    ("list_app_tokens", Look(auth::list_tokens)),
    ("create_app_token", Act(auth::create_token)),
    ("update_app_token", Act(auth::update_token)),
    ("delete_app_token", Act(auth::delete_token)),
    ("list_app_jwts", Look(auth::list)),
    ("create_app_jwt", Act(auth::create)),
    ("delete_app_jwt", Act(auth::delete)),
    ("list_store_app_jwts", Look(auth::list_of_store)),
    ("create_store_app_jwt", Act(auth::create_of_store)),
    ("delete_store_app_jwt", Act(auth::delete_of_store)),
    ("authenticate_customer", Act(customers::authenticate)),
    ("list_merchant_webhooks", Look(webhooks::list)),
    ("create_merchant_webhook", Act(webhooks::create)),
    ("get_merchant_webhook", Look(webhooks::get)),
    ("update_merchant_webhook", Act(webhooks::update)),
    ("delete_merchant_webhook", Act(webhooks::delete)),
    ("redeliver_webhook_event", Act(webhooks::redeliver)),
    ("confirm_token", Act(tokens::confirm)),
    ("renew_token", Act(tokens::renew)),
    ("create_token_alias", Act(aliases::create)),
    ("get_token_alias", Look(aliases::get)),
    ("delete_token_alias", Act(aliases::delete)),
    ("get_charge_qr", Look(charges::qr)),
    ("get_charge_expiry", Look(charges::expiry)),
    ("get_checkout_gateway", Look(checkout::gateway)),
    ("get_checkout_form", Look(checkout::form)),
    ("get_checkout_link", Look(checkout::link)),
    ("create_temporary_checkout_link", Act(checkout::create)),
    ("list_checkout_link_products", Look(checkout::products)),
    ("get_checkout_link_info", Look(checkout::info)),
    ("get_checkout_email", Look(checkout::email)),
    ("get_checkout_product", Look(checkout::product)),
    ("get_checkout_product_by_code", Look(checkout::product_by_code)),
    ("create_subscription_batch", Act(batches::create)),
    ("get_subscription_batch", Look(batches::get)),
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
    pub(super) app_jwts: Shelf<AppJwt>,
    pub(super) app_tokens: Shelf<AppToken>,
    pub(super) logins: Shelf<Login>,
    /// The login that signs the call that is answered now.
    pub(super) signed_by: Option<String>,
    mailed: Vec<Mailed>,
    links: Shelf<Link>,
    aliases: Shelf<Alias>,
    batches: Shelf<Batch>,
    bank_accounts: Shelf<BankAccount>,
    transfers: Shelf<Transfer>,
    changes: Shelf<Change>,
    entries: Shelf<Entry>,
    verification: Option<Verification>,
}

/// What is pending moves on.
pub(super) fn settle(state: &mut State) {
    bank_accounts::settle(state);
    batches::settle(state);
}
