//! Changing a token, and turning it off.

use super::{Kind, show, tell};
use crate::document::Call;
use crate::univapay::events::Kind as EventKind;
use crate::univapay::means::Means;
use crate::univapay::metadata;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;

pub(in crate::univapay) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let metadata = metadata::sent(&call.body)?;
    let token = state.tokens.get_mut(id)?;
    if !token.active {
        return Err(refusal::CANNOT_CHANGE_TOKEN.into());
    }
    let mut cvv_came = false;
    if let Some(data) = call.body.object("data") {
        let Means::Card(card) = &token.means else {
            return Err(invalid("data", "ONLY_FOR_CARD_PAYMENT"));
        };
        token.means = Means::Card(card.clone().changed(data, now)?);
        cvv_came = data.contains_key("cvv") && token.checks.take_cvv(now);
    }
    if let Some(email) = call.body.text("email") {
        token.email = Some(email.to_owned());
    }
    if let Some(metadata) = metadata {
        token.metadata = metadata;
    }
    token.updated = now;
    tell(state, id, EventKind::TokenUpdated);
    if cvv_came {
        tell(state, id, EventKind::TokenCvvCheckUpdated);
    }
    Ok(show(state, state.tokens.get(id)?).into())
}

pub(in crate::univapay) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let token = state.tokens.get_mut(id)?;
    if token.active {
        token.active = false;
        token.updated = now;
        if token.kind == Kind::Recurring {
            tell(state, id, EventKind::RecurringTokenDeleted);
        }
    }
    Ok(Said::nothing())
}
