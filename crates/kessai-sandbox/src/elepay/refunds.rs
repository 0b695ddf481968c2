//! Giving money back. A refund lives in its charge.

use serde_json::{Map, Value, json};

use super::charges::{Charge, Status};
use super::refusal::{self, Refusal};
use super::state::State;
use super::{checks, echo};
use crate::document::Call;

/// 90 days, in milliseconds.
const REFUNDABLE_MS: i64 = 90 * 24 * 60 * 60 * 1000;

pub(super) struct Refund {
    pub(super) id: String,
    pub(super) amount: i64,
    create_time: i64,
    /// When the money was given back; not yet, while it is pending.
    done_time: Option<i64>,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

impl Refund {
    pub(super) fn is_done(&self) -> bool {
        self.done_time.is_some()
    }
}

fn show(charge: &Charge, refund: &Refund) -> Value {
    let mut shown = refund.echo.clone();
    echo::put(
        &mut shown,
        json!({
            "id": refund.id,
            "object": "refund",
            "chargeId": charge.id,
            "liveMode": false,
            "amount": refund.amount,
            "currency": charge.currency,
            "status": if refund.is_done() { "refunded" } else { "pending" },
            "createTime": refund.create_time,
        }),
    );
    echo::put_some(&mut shown, "refundedTime", refund.done_time);
    shown.into()
}

/// The refunds of a charge, as the charge shows them.
pub(super) fn summary(charge: &Charge) -> Value {
    let data: Vec<_> = charge.refunds.iter().map(|refund| show(charge, refund)).collect();
    json!({ "amount": charge.refunded(), "totalCount": data.len(), "data": data })
}

/// When money of a charge was given back last.
pub(super) fn last_time(charge: &Charge) -> Option<i64> {
    charge.refunds.iter().filter_map(|refund| refund.done_time).max()
}

pub(super) fn list_refunds(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    let refunds: Vec<_> = charge.refunds.iter().map(|refund| show(charge, refund)).collect();
    Ok(json!({ "total": refunds.len(), "refunds": refunds }))
}

pub(super) fn get_refund(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    let id = call.path("refundId");
    let refund = charge.refunds.iter().find(|refund| refund.id == id);
    Ok(show(charge, refund.ok_or(refusal::NOT_FOUND)?))
}

pub(super) fn create_refund(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let amount = checks::amount(&call.body)?;
    checks::notes(&call.body)?;
    let charge = state.charges.get(call.path("id"))?;
    if !matches!(charge.status, Status::Captured | Status::PartiallyRefunded) {
        return Err(refusal::WRONG_STATUS.into());
    }
    if state.disputes.iter().any(|dispute| dispute.is_over(&charge.id)) {
        return Err(refusal::DISPUTED.into());
    }
    if call.body.text("currency") != Some(charge.currency.as_str()) {
        return Err(refusal::WRONG.at("currency"));
    }
    if charge.paid_time.is_some_and(|paid| state.now - paid > REFUNDABLE_MS) {
        return Err(refusal::TOO_LATE_TO_REFUND.into());
    }
    if amount > charge.captured - charge.promised() {
        return Err(refusal::TOO_LARGE.at("amount"));
    }

    let refund = Refund {
        id: state.ids.next("rfd_"),
        amount,
        create_time: state.now,
        done_time: None,
        echo: echo::echo(&call.body, &["metadata", "reason"]),
    };
    let charge = state.charges.get_mut(call.path("id"))?;
    let (id, shown) = (refund.id.clone(), show(charge, &refund));
    charge.refunds.push(refund);
    if state.holds_refunds {
        return Ok(shown);
    }
    complete(state, &id).ok_or_else(|| refusal::NOT_FOUND.into())
}

/// Gives the money of a pending refund back, and shows the refund; nothing if there is none such.
pub(super) fn complete(state: &mut State, id: &str) -> Option<Value> {
    let now = state.now;
    let pending = |refund: &Refund| refund.id == id && !refund.is_done();
    let charge = state.charges.iter_mut().find(|charge| charge.refunds.iter().any(pending))?;
    let place = charge.refunds.iter().position(pending)?;
    charge.refunds[place].done_time = Some(now);
    let all = charge.refunded() == charge.captured;
    charge.status = if all { Status::Refunded } else { Status::PartiallyRefunded };
    let shown = show(charge, &charge.refunds[place]);
    state.tell("refund.succeeded", &shown);
    Some(shown)
}
