//! Giving back what was paid.

use super::look::by_reference;
use super::methods::Terms;
use super::{NO_REFUNDS, REFUND_USED, Status as PaymentStatus, UNKNOWN, VND, WRONG_AMOUNT};
use crate::appotapay::refusal::{self, Refusal};
use crate::appotapay::state::State;
use crate::appotapay::time::rfc3339;
use crate::appotapay::wallet;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

/// How long a refund takes that is not done at once.
const LATE_MS: i64 = 24 * 60 * 60 * 1000;

pub(super) struct Refund {
    id: String,
    reference: String,
    payment: String,
    amount: i64,
    reason: String,
    status: Status,
    created: i64,
    /// When the money went back.
    done: Option<i64>,
}

things!(Refund);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Processing,
    Success,
    Error,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Success => "success",
            Self::Error => "error",
        }
    }
}

impl Refund {
    fn show(&self) -> Said {
        Object::new()
            .put("refundId", &*self.id)
            .put("transactionId", &*self.payment)
            .put("partnerRefId", &*self.reference)
            .put("amount", self.amount)
            .put("currency", VND)
            .put("reason", &*self.reason)
            .put("status", self.status.word())
            .put("createdAt", rfc3339(self.created))
            .put("refundedAt", self.done.map(rfc3339).unwrap_or_default())
            .into()
    }

    fn succeed(&mut self, at: i64) {
        self.status = Status::Success;
        self.done = Some(at);
    }
}

pub(super) fn create_payment_refund(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let text = |name: &str| body.text(name).unwrap_or_default();
    if text("currency") != VND {
        return Err(refusal::invalid("currency", "it is VND"));
    }
    let reference = text("partnerRefId");
    if state.payments.refunds.iter().any(|refund| refund.reference == reference) {
        return Err(REFUND_USED.into());
    }
    let payment = state.payments.all.find(text("transactionId")).ok_or(UNKNOWN)?;
    let terms = Terms::of(payment).filter(|_| payment.status == PaymentStatus::Success);
    let terms = terms.ok_or(NO_REFUNDS)?;
    let amount = body.integer("amount").unwrap_or_default();
    let left = payment.amount - sum(state, &payment.id, true);
    if amount > left {
        return Err(WRONG_AMOUNT.into());
    }
    let in_part = amount < payment.amount;
    if !terms.hold(payment.updated, state.now) || (in_part && !terms.in_parts) {
        return Err(NO_REFUNDS.into());
    }

    let owner = payment.wallet.as_ref().map(|wallet| wallet.owner);
    let mut refund = Refund {
        id: state.ids.next_uuid(),
        reference: reference.to_owned(),
        payment: payment.id.clone(),
        amount,
        reason: text("reason").to_owned(),
        status: Status::Processing,
        created: state.now,
        done: None,
    };
    if !terms.late {
        refund.succeed(state.now);
    }
    let said = refund.show();
    state.payments.refunds.put(refund);
    if let Some(owner) = owner {
        wallet::give_back(state, owner, amount);
    }
    Ok(said)
}

pub(super) fn get_payment_refund(state: &State, call: &Call) -> Result<Said, Refusal> {
    let wanted = call.path("refundRefId");
    let mut refunds = state.payments.refunds.iter();
    let refund = if by_reference(&call.query) {
        refunds.find(|refund| refund.reference == wanted)
    } else {
        refunds.find(|refund| refund.id == wanted)
    };
    Ok(refund.ok_or(UNKNOWN)?.show())
}

/// What of a payment is given back, or is about to be if `processing` counts.
fn sum(state: &State, payment: &str, processing: bool) -> i64 {
    let counts = |refund: &&Refund| match refund.status {
        Status::Success => refund.payment == payment,
        Status::Processing => processing && refund.payment == payment,
        Status::Error => false,
    };
    state.payments.refunds.iter().filter(counts).map(|refund| refund.amount).sum()
}

/// What of a payment is given back.
pub(super) fn given_back(state: &State, payment: &str) -> i64 {
    sum(state, payment, false)
}

/// Lets refunds succeed that take no longer.
pub(super) fn settle_due(state: &mut State) {
    let now = state.now;
    for refund in state.payments.refunds.iter_mut() {
        let due = refund.created.saturating_add(LATE_MS);
        if refund.status == Status::Processing && due <= now {
            refund.succeed(due);
        }
    }
}

/// Lets a refund succeed or fail before its time.
pub(super) fn settle(state: &mut State, id: &str, succeeds: bool) -> Result<(), LeverError> {
    let now = state.now;
    let refund = state.payments.refunds.find_mut(id).ok_or(LeverError::NotFound)?;
    if refund.status != Status::Processing {
        return Err(LeverError::WrongStatus);
    }
    if succeeds {
        refund.succeed(now);
    } else {
        refund.status = Status::Error;
    }
    Ok(())
}
