//! Changing the notes of a charge.

use super::show;
use crate::document::Call;
use crate::univapay::metadata;
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;

pub(in crate::univapay) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let metadata = metadata::sent(&call.body)?;
    let charge = state.charges.get_mut(id)?;
    if let Some(metadata) = metadata {
        charge.metadata = metadata;
        charge.updated = now;
    }
    Ok(show(state, state.charges.get(id)?).into())
}
