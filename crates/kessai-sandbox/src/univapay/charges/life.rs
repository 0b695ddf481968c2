//! What becomes of a charge, whoever does it: the merchant, the customer or the bank.

use super::account::Account;
use super::{Charge, Status, show};
use crate::lever::LeverError;
use crate::univapay::cards::Behaviour;
use crate::univapay::events::{self, Kind as EventKind};
use crate::univapay::failure::Failure;
use crate::univapay::means::Means;
use crate::univapay::state::State;
use crate::univapay::subscriptions;

/// A charge that something happens to now.
fn touch<'a>(state: &'a mut State, id: &str) -> Option<&'a mut Charge> {
    let now = state.now;
    let charge = state.charges.find_mut(id)?;
    charge.updated = now;
    Some(charge)
}

/// Tells webhooks what has happened to a charge.
fn tell(state: &mut State, id: &str, kind: EventKind) {
    if let Some(charge) = state.charges.find(id) {
        let data = show(state, charge);
        events::tell(state, kind, &data);
    }
}

/// A charge has come to its end: webhooks are told, and the subscription that it is for.
fn end(state: &mut State, id: &str) {
    tell(state, id, EventKind::ChargeFinished);
    subscriptions::told(state, id);
}

/// UnivaPay gets to a charge that is pending.
pub(in crate::univapay) fn decide(state: &mut State, id: &str) {
    let Some(charge) = state.charges.find(id) else { return };
    if charge.status != Status::Pending {
        return;
    }
    if charge.means.waits() {
        wait_for_money(state, id);
    } else if wants_three_ds(state, charge) {
        let redirect_id = state.ids.next_uuid();
        let Some(charge) = touch(state, id) else { return };
        charge.status = Status::Awaiting;
        charge.three_ds.redirect_id = Some(redirect_id);
        tell(state, id, EventKind::ChargeUpdated);
    } else {
        ask_bank(state, id);
    }
}

fn wants_three_ds(state: &State, charge: &Charge) -> bool {
    let Means::Card(card) = &charge.means else { return false };
    let token = state.tokens.find(&charge.token_id);
    match charge.three_ds.mode.as_deref() {
        Some("require" | "force") => true,
        Some("skip" | "provided") => false,
        _ => {
            let is_secured = token.is_some_and(|token| token.checks.is_secured());
            card.behaviour == Behaviour::WantsThreeDs && !is_secured
        }
    }
}

/// The customer has to bring the money.
fn wait_for_money(state: &mut State, id: &str) {
    let account = Account::open(&mut state.ids);
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Awaiting;
    charge.deadline = charge.means.deadline(charge.capture_at, charge.created);
    if let Means::BankTransfer(_) = charge.means {
        charge.account = Some(account);
    }
    tell(state, id, EventKind::ChargeUpdated);
}

/// The bank agrees, and the money is taken, or held if that is all that was asked; or it does not.
fn ask_bank(state: &mut State, id: &str) {
    let now = state.now;
    let Some(charge) = touch(state, id) else { return };
    if let Some(failure) = charge.means.failure(now) {
        refuse(state, id, failure);
        return;
    }
    if charge.capture {
        pay(state, id);
    } else {
        charge.authorized = charge.amount;
        charge.status = Status::Authorized;
        tell(state, id, EventKind::ChargeUpdated);
    }
}

/// All that was asked for is there.
pub(super) fn pay(state: &mut State, id: &str) {
    let Some(charge) = touch(state, id) else { return };
    let amount = charge.amount;
    charge.authorized = amount;
    take(state, id, amount);
}

/// Takes `amount` of what is held, and lets go of the rest.
pub(super) fn take(state: &mut State, id: &str, amount: i64) {
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Successful;
    charge.captured = amount;
    end(state, id);
}

pub(super) fn refuse(state: &mut State, id: &str, failure: Failure) {
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Failed;
    charge.failure = Some(failure);
    end(state, id);
}

/// Nothing is taken: a cancel went well.
pub(in crate::univapay) fn give_up(state: &mut State, id: &str) {
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Canceled;
    end(state, id);
}

/// The customer comes back from 3-D Secure.
pub(in crate::univapay) fn finish_three_ds(
    state: &mut State,
    id: &str,
    passed: bool,
) -> Result<(), LeverError> {
    awaiting(state, id, |means| means.card().is_some())?;
    if passed {
        ask_bank(state, id);
    } else {
        refuse(state, id, Failure::ThreeDsNotCompleted);
    }
    Ok(())
}

/// The customer has paid in a wallet, or would not.
pub(in crate::univapay) fn finish_in_wallet(
    state: &mut State,
    id: &str,
    paid: bool,
) -> Result<(), LeverError> {
    awaiting(state, id, |means| matches!(means, Means::Online(_) | Means::QrMerchant(_)))?;
    if paid {
        pay(state, id);
    } else {
        refuse(state, id, Failure::WalletRefused);
    }
    Ok(())
}

/// The customer has paid at a convenience store.
pub(in crate::univapay) fn finish_at_store(state: &mut State, id: &str) -> Result<(), LeverError> {
    awaiting(state, id, |means| matches!(means, Means::Konbini(_)))?;
    pay(state, id);
    Ok(())
}

/// Whether a charge waits for a customer who pays so.
fn awaiting(
    state: &mut State,
    id: &str,
    is_so: impl FnOnce(&Means) -> bool,
) -> Result<(), LeverError> {
    state.settle();
    let charge = state.charges.find(id).ok_or(LeverError::NotFound)?;
    match charge.status {
        _ if !is_so(&charge.means) => Err(LeverError::WrongMethod),
        Status::Awaiting => Ok(()),
        _ => Err(LeverError::WrongStatus),
    }
}
