//! Cancelling what has not been paid.

use serde_json::Value;

use crate::document::Call;
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::{State, Status};

pub(super) fn revoke_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let charge = state.charge_mut(call.path("id")).ok_or(refusal::NOT_FOUND)?;
    match charge.status {
        Status::Pending | Status::Uncaptured => charge.status = Status::Revoked,
        Status::Revoked => return Err(refusal::DONE_ALREADY.into()),
        Status::Captured | Status::PartiallyRefunded | Status::Refunded => {
            return Err(refusal::PAID_ALREADY.into());
        }
    }
    super::look::get_charge(state, call)
}
