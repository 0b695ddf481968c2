//! Giving back what was taken.

use super::card::Behaviour;
use super::charges::Status as ChargeStatus;
use super::{DAY_MS, VND, check_currency, codes, find};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::time::rfc3339;
use crate::calendar::Interval;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

/// How long after a capture money can be given back, in months.
const MONTHS: i64 = 6;

pub(super) struct Refund {
    id: String,
    charge: String,
    reference: String,
    amount: i64,
    status: Status,
    created: i64,
    updated: i64,
}

things!(Refund);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Pending,
    Success,
    Error,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Error => "error",
        }
    }
}

impl Refund {
    pub(super) fn settle_if_due(&mut self, now: i64) {
        let due = self.created.saturating_add(DAY_MS);
        if self.status == Status::Pending && due <= now {
            self.status = Status::Success;
            self.updated = due;
        }
    }

    fn show(&self) -> Said {
        let body = Object::new()
            .put("refundId", &*self.id)
            .put("transactionId", &*self.charge)
            .put("merchantRefId", &*self.reference)
            .put("amount", self.amount)
            .put("currency", VND)
            .put("status", self.status.word());
        let body = match self.status {
            Status::Error => {
                body.object("errorInformation", &codes::information(codes::REFUND_FAILED))
            }
            Status::Pending | Status::Success => body,
        };
        body.put("createdAt", rfc3339(self.created)).put("updatedAt", rfc3339(self.updated)).into()
    }
}

/// What of a charge is given back, or is about to be if `pending` counts.
fn sum(state: &State, charge: &str, pending: bool) -> i64 {
    let counts = |refund: &&Refund| match refund.status {
        Status::Success => refund.charge == charge,
        Status::Pending => pending && refund.charge == charge,
        Status::Error => false,
    };
    state.cards.refunds.iter().filter(counts).map(|refund| refund.amount).sum()
}

/// What of a charge is given back.
pub(super) fn given_back(state: &State, charge: &str) -> i64 {
    sum(state, charge, false)
}

pub(super) fn create_card_refund(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    check_currency(body)?;
    let reference = body.text("merchantRefId").unwrap_or_default();
    if state.cards.refunds.iter().any(|refund| refund.reference == reference) {
        return Err(codes::REQUEST_USED.into());
    }
    let id = body.text("transactionId").unwrap_or_default();
    let charge = state.cards.charges.find(id).ok_or(codes::NO_CHARGE)?;
    if charge.status != ChargeStatus::Captured {
        return Err(codes::NOT_REFUNDABLE.into());
    }
    let end = Interval::Month.after(charge.captured_at, MONTHS);
    if end.is_some_and(|end| end < state.now) {
        return Err(codes::TOO_LATE_TO_REFUND.into());
    }
    let (amount, left) =
        (body.integer("amount").unwrap_or_default(), charge.captured - sum(state, id, true));
    if left == 0 {
        return Err(codes::NOTHING_LEFT.into());
    }
    if amount > left {
        return Err(codes::REFUND_TOO_LARGE.into());
    }
    let status = match charge.card.behaviour {
        Behaviour::KeepsMoney => Status::Error,
        Behaviour::GivesBackLate => Status::Pending,
        _ => Status::Success,
    };
    let refund = Refund {
        id: state.ids.next_ulid(),
        charge: id.to_owned(),
        reference: reference.to_owned(),
        amount,
        status,
        created: state.now,
        updated: state.now,
    };
    let said = refund.show();
    state.cards.refunds.put(refund);
    Ok(said)
}

pub(super) fn get_card_refund(state: &State, call: &Call) -> Result<Said, Refusal> {
    let refunds = &state.cards.refunds;
    let refund = find(refunds, call, "creditCardRefundId", |refund| &refund.reference);
    Ok(refund.ok_or(codes::NO_REFUND)?.show())
}
