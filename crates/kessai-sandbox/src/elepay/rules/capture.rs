//! Taking what was authorized.

use serde_json::Value;

use super::checks;
use crate::document::Call;
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::{State, Status};

pub(super) fn capture_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let named = match call.body.integer("amount") {
        Some(_) => Some(checks::amount(&call.body)?),
        None => None,
    };
    checks::notes(&call.body)?;
    let charge = state.charge_mut(call.path("id")).ok_or(refusal::NOT_FOUND)?;
    match charge.status {
        Status::Uncaptured => {}
        status if status.is_paid() => return Err(refusal::DONE_ALREADY.into()),
        _ => return Err(refusal::WRONG_STATUS.into()),
    }
    let amount = named.unwrap_or(charge.authorized);
    if amount > charge.authorized {
        return Err(refusal::TOO_LARGE.at("amount"));
    }
    if amount < charge.authorized && charge.payment_method == "applepay" {
        return Err(refusal::WRONG.at("amount"));
    }
    charge.capture(amount, call.now_ms);
    super::look::get_charge(state, call)
}
