//! Wallets that their owners link with the merchant, and payments from them.
//!
//! The owner who [links](super::Appotapay::link_wallet) a wallet has [`BALANCE`] in it, and
//! [`OTP`] is every one-time password.

mod cancel;
mod confirm;
mod levers;
mod links;
mod pay;

use super::payments::{Payment, Status};
use super::refusal::{self, Code};
use super::rules::{Row, Rule};
use super::state::State;
use super::time::rfc3339;
use crate::object::Object;
use crate::said::Said;

use Rule::{Act, Do, Look};
pub(super) use links::is_linked;
use links::{Grant, Link};

/// What is in a wallet when it is linked, in VND.
pub const BALANCE: i64 = 5_000_000;
/// The one-time password that owners get.
pub const OTP: &str = "123456";
/// From what amount on a payment needs the one-time password, in VND; smaller ones are made at
/// once.
pub const OTP_FROM: i64 = 500_000;

pub(super) const RULES: &[Row] = &[
    ("get_wallet_login_form", Do(links::get_wallet_login_form)),
    ("create_wallet_access_token", Act(links::create_wallet_access_token)),
    ("refresh_wallet_access_token", Act(links::refresh_wallet_access_token)),
    ("get_wallet_account", Look(links::get_wallet_account)),
    ("unlink_wallet", Act(links::unlink_wallet)),
    ("create_wallet_payment", Act(pay::create_wallet_payment)),
    ("confirm_wallet_payment", Act(confirm::confirm_wallet_payment)),
    ("cancel_wallet_payment", Act(cancel::cancel_wallet_payment)),
];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[];

const WRONG_OTP: Code = refusal::code(21, "The one-time password is wrong.");
const OTP_OVER: Code = refusal::code(22, "The one-time password is too old.");
const WRONG_OTP_AGAIN: Code = refusal::code(39, "The one-time password was wrong too often.");
const REFUNDED: Code = refusal::code(40, "The payment is refunded already.");
const SUCCEEDED: Code = refusal::code(41, "The payment has succeeded already.");
const WRONG_VERIFICATION: Code = refusal::code(52, "The payment is not verified like this.");
const NO_FUNDS: Code = refusal::code(75, "There is not enough money in the wallet.");
/// Pending, by the numbers of wallets.
const PENDING: Code = refusal::code(34, "The payment is pending.");

/// What is remembered.
#[derive(Default)]
pub(super) struct Wallets {
    owners: Vec<Owner>,
    grants: Vec<Grant>,
    links: Vec<Link>,
}

/// Who has a wallet; their number is their place among all of them.
struct Owner {
    balance: i64,
}

/// What a payment has beside the others because it is from a wallet.
pub(super) struct Wallet {
    pub(super) owner: usize,
    /// Until when the one-time password is good; nothing if none is needed.
    otp_end: Option<i64>,
    wrong_otps: u8,
}

/// The owner in whose name the present call is made.
fn caller(state: &State) -> Option<usize> {
    let token = state.user_token.as_deref()?;
    links::find(state, token).map(|link| link.owner)
}

/// Takes the money for a payment out of its wallet, or lets it fail.
fn settle(state: &mut State, id: &str) {
    let now = state.now;
    let Some(payment) = state.payments.all.find_mut(id) else { return };
    let Some(wallet) = &payment.wallet else { return };
    let Some(owner) = state.wallets.owners.get_mut(wallet.owner) else { return };
    payment.updated = now;
    payment.status = if owner.balance < payment.amount {
        Status::Failed(NO_FUNDS)
    } else {
        owner.balance -= payment.amount;
        Status::Success
    };
}

/// Puts money back into a wallet.
pub(super) fn give_back(state: &mut State, owner: usize, amount: i64) {
    if let Some(owner) = state.wallets.owners.get_mut(owner) {
        owner.balance = owner.balance.saturating_add(amount);
    }
}

/// A payment as its own calls tell it; how it is verified is told when it is asked for.
fn show(payment: &Payment, asked: bool) -> Said {
    let error = match payment.status {
        Status::Success => None,
        Status::Pending => Some(PENDING),
        Status::Failed(code) => Some(code),
    };
    let needs_otp = payment.wallet.as_ref().is_some_and(|wallet| wallet.otp_end.is_some());
    let verification = if needs_otp { "OTP" } else { "NONE" };
    let tells = asked && !matches!(payment.status, Status::Failed(_));
    let transaction = Object::new()
        .put("transactionId", &*payment.id)
        .put("partnerCode", super::auth::PARTNER_CODE)
        .put("orderId", &*payment.order.id)
        .put("status", payment.status.word())
        .put("amount", payment.amount)
        .put("currency", super::payments::VND)
        .put("orderVersion", "1.0")
        .put_some("errorCode", error.map(|code| code.number))
        .put_some("errorMessage", error.map(|code| code.message))
        .put_some("verificationMethod", tells.then_some(verification))
        .put("createdAt", rfc3339(payment.created))
        .put("updatedAt", rfc3339(payment.updated));
    Object::new().object("transaction", &transaction).into()
}

/// The payment from a wallet that has this order.
fn find<'a>(state: &'a State, order: &str) -> Option<&'a Payment> {
    let mut payments = state.payments.all.iter();
    payments.find(|payment| payment.wallet.is_some() && payment.order.id == order)
}
