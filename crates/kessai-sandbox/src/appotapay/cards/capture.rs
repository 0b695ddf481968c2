//! Taking what is held.

use super::charges::Status;
use super::{check_currency, codes};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::document::Call;
use crate::said::Said;

/// Takes all or a part, once; the rest is let go.
pub(super) fn capture_card_charge(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    check_currency(&call.body)?;
    let amount = call.body.integer("amount").unwrap_or_default();
    let charge = state.cards.charges.find_mut(call.path("authorizationId"));
    let charge = charge.ok_or(codes::NO_CHARGE)?;
    if charge.status != Status::Authorized {
        return Err(codes::NOT_CAPTURABLE.into());
    }
    if amount > charge.authorized {
        return Err(codes::CAPTURE_TOO_LARGE.into());
    }
    charge.take(amount, state.now);
    Ok(charge.show())
}
