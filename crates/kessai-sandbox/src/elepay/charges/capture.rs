//! Taking what was authorized.

use serde_json::Value;

use super::{Status, life, show};
use crate::document::Call;
use crate::elepay::checks;
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::State;

pub(in crate::elepay) fn capture_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let named = checks::positive(&call.body, "amount")?;
    checks::notes(&call.body)?;
    let id = call.path("id");
    let charge = state.charges.get(id)?;
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
    life::take(state, id, amount);
    Ok(show(state, state.charges.get(id)?))
}
