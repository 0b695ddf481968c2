//! Giving money back to subscribers.

use super::{check_currency, codes, cycles, reference, tell};
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// How long money can be given back.
const WINDOW_MS: i64 = 180 * 24 * 60 * 60 * 1000;

pub(super) struct Refund {
    pub(super) id: String,
    /// The merchant's own.
    reference: String,
    attempt_id: String,
    amount: i64,
    reason: String,
    created: i64,
}

pub(super) fn create_subscription_refund(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let reference = reference(body, "refundRefId")?;
    let attempt_id = body.text("attemptId").unwrap_or_default();
    let amount = body.integer("amount").unwrap_or_default();
    check_currency(body)?;
    if amount <= 0 {
        return Err(invalid("amount", "it is not more than nothing"));
    }
    let (paid, time) = cycles::find_paid(state, attempt_id).ok_or(codes::UNKNOWN)?;
    if find(state, reference).is_some() {
        return Err(codes::REFERENCE_USED.into());
    }
    if amount > paid - given_back(state, attempt_id) {
        return Err(codes::TOO_MUCH.into());
    }
    if state.now - time > WINDOW_MS {
        return Err(codes::TOO_OLD.into());
    }
    let refund = Refund {
        id: state.ids.next_ulid(),
        reference: reference.to_owned(),
        attempt_id: attempt_id.to_owned(),
        amount,
        reason: body.text("reason").unwrap_or_default().to_owned(),
        created: state.now,
    };
    let shown = show(&refund);
    state.subscriptions.refunds.put(refund);
    tell(state, "refund.succeeded", &shown);
    Ok(shown.into())
}

pub(super) fn get_subscription_refund(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(find(state, call.path("refundRefId")).ok_or(codes::UNKNOWN)?).into())
}

fn find<'a>(state: &'a State, reference: &str) -> Option<&'a Refund> {
    state.subscriptions.refunds.iter().find(|refund| refund.reference == reference)
}

/// What was given back of an attempt.
pub(super) fn given_back(state: &State, attempt_id: &str) -> i64 {
    let refunds = state.subscriptions.refunds.iter();
    refunds.filter(|own| own.attempt_id == attempt_id).map(|own| own.amount).sum()
}

fn show(refund: &Refund) -> Object {
    Object::new()
        .put("refundId", &*refund.id)
        .put("attemptId", &*refund.attempt_id)
        .put("refundRefId", &*refund.reference)
        .put("amount", refund.amount)
        .put("currency", super::VND)
        .put("reason", &*refund.reason)
        .put("status", "success")
        .put("createdAt", time::rfc3339(refund.created))
        .put("updatedAt", time::rfc3339(refund.created))
}
