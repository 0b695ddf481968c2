//! What becomes of a charge, whoever asked for it: a merchant, a code, an invoice, a subscription.

use serde_json::{Map, Value};

use super::progress::{ChargeProgress, PayError};
use super::{Charge, Status};
use crate::elepay::codes;
use crate::elepay::state::State;
use crate::lever::LeverError;

/// What a new charge is for.
pub(in crate::elepay) struct Ask {
    pub(in crate::elepay) order_no: String,
    pub(in crate::elepay) amount: i64,
    pub(in crate::elepay) currency: String,
    pub(in crate::elepay) payment_method: String,
    pub(in crate::elepay) authorize_only: bool,
    pub(in crate::elepay) location_id: Option<String>,
    pub(in crate::elepay) echo: Map<String, Value>,
}

/// Makes a charge, which is pending; answers with its id.
pub(in crate::elepay) fn add(state: &mut State, ask: Ask) -> String {
    let id = state.ids.next("ch_");
    state.charges.put(Charge {
        id: id.clone(),
        order_no: ask.order_no,
        status: Status::Pending,
        authorize_only: ask.authorize_only,
        amount: ask.amount,
        currency: ask.currency,
        authorized: 0,
        captured: 0,
        refunds: Vec::new(),
        payment_method: ask.payment_method,
        location_id: ask.location_id,
        create_time: state.now,
        paid_time: None,
        credential: None,
        echo: ask.echo,
    });
    id
}

/// The payer agrees: the money is taken, or held if that is all that was asked.
pub(in crate::elepay) fn agree(state: &mut State, id: &str) {
    let Some(charge) = state.charges.find_mut(id) else { return };
    charge.authorized = charge.amount;
    if charge.authorize_only {
        charge.status = Status::Uncaptured;
    } else {
        let amount = charge.amount;
        take(state, id, amount);
    }
}

/// Takes `amount` of what was authorized.
pub(super) fn take(state: &mut State, id: &str, amount: i64) {
    let now = state.now;
    let Some(charge) = state.charges.find_mut(id) else { return };
    charge.status = Status::Captured;
    charge.amount = amount;
    charge.captured = amount;
    charge.paid_time = Some(now);
    codes::charge_is_paid(state, id);
    tell(state, "charge.succeeded", id);
}

/// Lets go of what was not taken.
pub(in crate::elepay) fn give_up(state: &mut State, id: &str) {
    let Some(charge) = state.charges.find_mut(id) else { return };
    charge.status = Status::Revoked;
    tell(state, "charge.revoked", id);
}

pub(in crate::elepay) fn tell(state: &mut State, kind: &'static str, id: &str) {
    let Some(charge) = state.charges.find(id) else { return };
    let shown = super::show(state, charge);
    state.tell(kind, &shown);
}

/// The customer pays.
pub(in crate::elepay) fn pay(state: &mut State, id: &str) -> Result<(), PayError> {
    let charge = state.charges.find(id).ok_or(PayError::NoSuchCharge)?;
    if !charge.status.awaits_customer() {
        return Err(PayError::NotPending);
    }
    agree(state, id);
    Ok(())
}

/// The customer gets as far as this, and no further for now.
pub(in crate::elepay) fn set_progress(
    state: &mut State,
    id: &str,
    progress: ChargeProgress,
) -> Result<(), LeverError> {
    let charge = state.charges.find_mut(id).ok_or(LeverError::NotFound)?;
    let (status, event, earlier): (_, _, &[Status]) = match progress {
        ChargeProgress::Waiting => (Status::Waiting, Some("charge.waiting"), &[Status::Pending]),
        ChargeProgress::Notified => {
            (Status::Notified, Some("charge.notified"), &[Status::Pending, Status::Waiting])
        }
        ChargeProgress::AmountMismatch => (
            Status::AmountMismatch,
            Some("charge.mismatched"),
            &[Status::Pending, Status::Waiting, Status::Notified],
        ),
        ChargeProgress::Failed => {
            (Status::Failed, None, &[Status::Pending, Status::Waiting, Status::Notified])
        }
    };
    let slow = ["konbini", "banktransfer"].contains(&charge.payment_method.as_str());
    if !slow && progress != ChargeProgress::Failed {
        return Err(LeverError::WrongMethod);
    }
    if !earlier.contains(&charge.status) {
        return Err(LeverError::WrongStatus);
    }
    charge.status = status;
    if status == Status::Waiting {
        codes::charge_is_waiting(state, id);
    }
    if let Some(event) = event {
        tell(state, event, id);
    }
    Ok(())
}
