//! Giving up a payment that waits for the one-time password.

use super::{REFUNDED, SUCCEEDED, find};
use crate::appotapay::payments::{FAILED, Status, UNKNOWN, is_refunded};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

pub(super) fn cancel_wallet_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let order = call.body.text("orderId").unwrap_or_default();
    let payment = find(state, order).ok_or(UNKNOWN)?;
    match payment.status {
        Status::Pending => {}
        Status::Success if is_refunded(state, payment) => return Err(REFUNDED.into()),
        Status::Success => return Err(SUCCEEDED.into()),
        Status::Failed(code) => return Err(code.into()),
    }
    let (id, now) = (payment.id.clone(), state.now);
    if let Some(payment) = state.payments.all.find_mut(&id) {
        payment.status = Status::Failed(FAILED);
        payment.updated = now;
    }
    Ok(Object::new().put("transactionId", id).put("orderId", order).into())
}
