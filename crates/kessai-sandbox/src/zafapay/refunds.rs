//! Giving money back. A refund lives in its payment.

use super::events::{Kind, tell};
use super::payments::{self, Payment, Status};
use super::refusal::{self, Refusal};
use super::state::State;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// What ZAFA PAY charges for each, in the smallest unit of the payment's currency.
const FEE: i64 = 50;

pub(super) struct Refund {
    id: String,
    pub(super) amount: i64,
    reason: Option<String>,
    time: i64,
}

/// As the payment shows it.
pub(super) fn show(payment: &Payment, refund: &Refund) -> Object {
    Object::new()
        .put("id", &*refund.id)
        .put("amount", payment.currency.text(refund.amount))
        .put("status", "succeeded")
        .put_some("reason", refund.reason.as_deref())
        .put("created_at", iso(refund.time))
}

pub(super) fn refund_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    let payment = payments::named(state, id)?;
    let currency = payment.currency;
    if call.body.text("currency").is_some_and(|code| code != currency.code) {
        return Err(refusal::WRONG_CURRENCY.at("currency"));
    }
    let left = payment.captured - payment.refunded();
    let amount = currency.amount(&call.body)?.unwrap_or(left);
    if !payment.status.is_refundable() {
        return Err(refusal::WRONG_STATUS.into());
    }
    if payment.charged_back {
        return Err(refusal::CHARGED_BACK.into());
    }
    if amount > left {
        return Err(refusal::WRONG_AMOUNT.at("amount"));
    }

    let refund = Refund {
        id: state.ids.next("orf_"),
        amount,
        reason: call.body.text("reason").map(str::to_owned),
        time: state.now,
    };
    let body = Object::new()
        .put("id", &*refund.id)
        .put("transaction_id", id)
        .put("amount", currency.text(amount))
        .put("status", "succeeded")
        .put("psp_refund_id", state.ids.next("re_"))
        .put("refund_fee", currency.text(FEE));
    let now = state.now;
    let payment = state.payments.get_mut(id)?;
    payment.refunds.push(refund);
    payment.updated = now;
    payment.status = if amount == left { Status::Refunded } else { Status::PartiallyRefunded };
    tell(state, Kind::Refunded, id);
    Ok(body.into())
}
