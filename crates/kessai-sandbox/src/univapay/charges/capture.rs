//! Taking the money that is held.

use super::{Status, life};
use crate::document::Call;
use crate::object::Object;
use crate::univapay::refusal::{self, Refusal};
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::{cancels, money};

pub(in crate::univapay) fn capture(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    let amount = money::amount(&call.body, "amount")?;
    let charge = state.charges.get(id)?;
    if charge.status != Status::Authorized || cancels::is_open(state, id) {
        return Err(refusal::NOT_CAPTURABLE.into());
    }
    if call.body.text("currency").is_some_and(|currency| currency != charge.currency) {
        return Err(refusal::WRONG_CURRENCY.into());
    }
    let amount = amount.unwrap_or(charge.authorized);
    if amount > charge.authorized {
        return Err(refusal::CAPTURE_TOO_LARGE.into());
    }
    life::take(state, id, amount);
    Ok(Object::new().into())
}
