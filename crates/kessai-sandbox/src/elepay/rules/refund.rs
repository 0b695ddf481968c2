//! Giving money back.

use serde_json::Value;

use super::checks;
use crate::document::Call;
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::render::show_refund;
use crate::elepay::state::{Refund, State, Status};

/// 90 days, in milliseconds.
const REFUNDABLE_MS: i64 = 90 * 24 * 60 * 60 * 1000;

pub(super) fn create_refund(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let amount = checks::amount(&call.body)?;
    checks::notes(&call.body)?;
    let charge = state.charge(call.path("id")).ok_or(refusal::NOT_FOUND)?;
    if !matches!(charge.status, Status::Captured | Status::PartiallyRefunded) {
        return Err(refusal::WRONG_STATUS.into());
    }
    if call.body.text("currency") != Some(charge.currency.as_str()) {
        return Err(refusal::WRONG.at("currency"));
    }
    if charge.paid_time.is_some_and(|paid| call.now_ms - paid > REFUNDABLE_MS) {
        return Err(refusal::TOO_LATE_TO_REFUND.into());
    }
    if amount > charge.captured - charge.refunded() {
        return Err(refusal::TOO_LARGE.at("amount"));
    }

    let refund = Refund {
        id: state.ids.next("rfd_"),
        amount,
        time: call.now_ms,
        echo: checks::echo(&call.body, &["metadata", "reason"]),
    };
    let charge = state.charge_mut(call.path("id")).ok_or(refusal::NOT_FOUND)?;
    let shown = show_refund(charge, &refund);
    charge.refund(refund);
    Ok(shown)
}
