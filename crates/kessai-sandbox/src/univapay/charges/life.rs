//! What becomes of a charge, whoever does it: the merchant, the customer or the bank.

use super::{Charge, Status};
use crate::lever::LeverError;
use crate::univapay::cards::Behaviour;
use crate::univapay::failure::Failure;
use crate::univapay::state::State;
use crate::univapay::subscriptions;

/// A charge that something happens to now.
fn touch<'a>(state: &'a mut State, id: &str) -> Option<&'a mut Charge> {
    let now = state.now;
    let charge = state.charges.find_mut(id)?;
    charge.updated = now;
    Some(charge)
}

/// UnivaPay gets to a charge that is pending.
pub(in crate::univapay) fn decide(state: &mut State, id: &str) {
    let redirect_id = state.ids.next_uuid();
    let pending = touch(state, id).filter(|charge| charge.status == Status::Pending);
    let Some(charge) = pending else { return };
    let wanted = match charge.three_ds.mode.as_deref() {
        Some("require" | "force") => true,
        Some("skip" | "provided") => false,
        _ => charge.card.behaviour == Behaviour::WantsThreeDs,
    };
    if wanted {
        charge.status = Status::Awaiting;
        charge.three_ds.redirect_id = Some(redirect_id);
    } else {
        ask_bank(state, id);
    }
}

/// The bank agrees, and the money is taken, or held if that is all that was asked; or it does not.
fn ask_bank(state: &mut State, id: &str) {
    let now = state.now;
    let Some(charge) = touch(state, id) else { return };
    if let Some(failure) = charge.card.failure(now) {
        refuse(state, id, failure);
        return;
    }
    charge.authorized = charge.amount;
    if charge.capture {
        let amount = charge.amount;
        take(state, id, amount);
    } else {
        charge.status = Status::Authorized;
    }
}

/// Takes `amount` of what is held, and lets go of the rest.
pub(super) fn take(state: &mut State, id: &str, amount: i64) {
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Successful;
    charge.captured = amount;
    subscriptions::told(state, id);
}

fn refuse(state: &mut State, id: &str, failure: Failure) {
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Failed;
    charge.failure = Some(failure);
    subscriptions::told(state, id);
}

/// Nothing is taken: a cancel went well.
pub(in crate::univapay) fn give_up(state: &mut State, id: &str) {
    let Some(charge) = touch(state, id) else { return };
    charge.status = Status::Canceled;
    subscriptions::told(state, id);
}

/// The customer comes back from 3-D Secure.
pub(in crate::univapay) fn finish_three_ds(
    state: &mut State,
    id: &str,
    passed: bool,
) -> Result<(), LeverError> {
    state.settle();
    let charge = state.charges.find(id).ok_or(LeverError::NotFound)?;
    if charge.status != Status::Awaiting {
        return Err(LeverError::WrongStatus);
    }
    if passed {
        ask_bank(state, id);
    } else {
        refuse(state, id, Failure::ThreeDsNotCompleted);
    }
    Ok(())
}
