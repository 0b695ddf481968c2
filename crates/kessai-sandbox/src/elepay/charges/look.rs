//! Looking at one charge.

use serde_json::{Value, json};

use super::show;
use crate::document::Call;
use crate::elepay::refusal::Refusal;
use crate::elepay::state::State;

pub(in crate::elepay) fn get_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state, state.charges.get(call.path("id"))?))
}

pub(in crate::elepay) fn get_charge_status(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    Ok(json!({
        "id": charge.id,
        "appId": state.app_id,
        "liveMode": false,
        "status": charge.status.word(),
    }))
}
