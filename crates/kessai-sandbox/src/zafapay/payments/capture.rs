//! Taking what is held.

use super::{Status, life, named};
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::zafapay::refusal::{self, Refusal};
use crate::zafapay::state::State;

pub(in crate::zafapay) fn capture_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    let payment = named(state, id)?;
    let amount = payment.currency.amount(&call.body)?.unwrap_or(payment.authorized);
    if payment.status != Status::Authorized {
        return Err(refusal::WRONG_STATUS.into());
    }
    if amount > payment.authorized {
        return Err(refusal::WRONG_AMOUNT.at("amount"));
    }
    life::take(state, id, amount);
    let payment = named(state, id)?;
    let body = Object::new()
        .put("id", id)
        .put("status", payment.status.word())
        .literal("amount", &payment.currency.number(payment.captured));
    Ok(body.into())
}
