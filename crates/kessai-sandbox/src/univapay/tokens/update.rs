//! Changing a token, and turning it off.

use super::show;
use crate::document::Call;
use crate::univapay::metadata;
use crate::univapay::refusal::{self, Refusal, not_here};
use crate::univapay::said::Said;
use crate::univapay::state::State;

pub(in crate::univapay) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let metadata = metadata::sent(&call.body)?;
    let token = state.tokens.get_mut(id)?;
    if !token.active {
        return Err(refusal::CANNOT_CHANGE_TOKEN.into());
    }
    if let Some(data) = call.body.object("data") {
        if data.contains_key("card_number") {
            return Err(not_here("card_number"));
        }
        token.card.change(data, now)?;
    }
    if let Some(email) = call.body.text("email") {
        token.email = Some(email.to_owned());
    }
    if let Some(metadata) = metadata {
        token.metadata = metadata;
    }
    token.updated = now;
    Ok(show(state, state.tokens.get(id)?).into())
}

pub(in crate::univapay) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let now = state.now;
    let token = state.tokens.get_mut(call.path("id"))?;
    if token.active {
        token.active = false;
        token.updated = now;
    }
    Ok(Said::nothing())
}
