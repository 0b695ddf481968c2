//! Cancelling what has not been paid.

use serde_json::Value;

use super::{Status, life, show};
use crate::document::Call;
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::State;

pub(in crate::elepay) fn revoke_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let id = call.path("id");
    let charge = state.charges.get(id)?;
    match charge.status {
        Status::Pending if charge.is_on_reader() => return Err(refusal::ON_TERMINAL.into()),
        Status::Pending | Status::Waiting | Status::Uncaptured => {}
        Status::Revoked => return Err(refusal::DONE_ALREADY.into()),
        Status::Captured | Status::PartiallyRefunded | Status::Refunded => {
            return Err(refusal::PAID_ALREADY.into());
        }
        Status::Notified | Status::AmountMismatch | Status::Failed => {
            return Err(refusal::WRONG_STATUS.into());
        }
    }
    life::give_up(state, id);
    Ok(show(state, state.charges.get(id)?))
}
