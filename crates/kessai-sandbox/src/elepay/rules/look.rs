//! Looking at one charge and its refunds.

use serde_json::{Value, json};

use crate::document::Call;
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::render::show_refund;
use crate::elepay::state::{Charge, State};

pub(super) fn get_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(state.show(found(state, call)?))
}

pub(super) fn get_charge_status(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let charge = found(state, call)?;
    Ok(json!({
        "id": charge.id,
        "appId": state.app_id,
        "liveMode": false,
        "status": charge.status.word(),
    }))
}

pub(super) fn list_refunds(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let charge = found(state, call)?;
    let refunds = charge.refunds.iter().map(|refund| show_refund(charge, refund));
    Ok(json!({ "total": charge.refunds.len(), "refunds": refunds.collect::<Vec<_>>() }))
}

pub(super) fn get_refund(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let charge = found(state, call)?;
    let id = call.path("refundId");
    let refund = charge.refunds.iter().find(|refund| refund.id == id);
    Ok(show_refund(charge, refund.ok_or(refusal::NOT_FOUND)?))
}

fn found<'a>(state: &'a State, call: &Call) -> Result<&'a Charge, Refusal> {
    state.charge(call.path("id")).ok_or(refusal::NOT_FOUND.into())
}
