//! Letting go of what is held.

use super::{Status, life, named};
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::zafapay::refusal::{self, Refusal};
use crate::zafapay::state::State;

pub(in crate::zafapay) fn void_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    if named(state, id)?.status != Status::Authorized {
        return Err(refusal::WRONG_STATUS.into());
    }
    life::give_up(state, id);
    Ok(Object::new().put("id", id).put("status", named(state, id)?.status.word()).into())
}
