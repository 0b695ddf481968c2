//! Payments at terminals.

mod calls;
mod levers;
mod life;

use super::rules::Row;
use super::rules::Rule::{Act, Look};
use super::state::State;
use super::time;
use crate::calendar::Interval;
use crate::ledger::{Line, Totals};
use crate::object::Object;
use crate::shelf::{Shelf, Thing};

pub(super) const RULES: &[Row] = &[
    ("create_pos_payment", Act(calls::create_pos_payment)),
    ("get_pos_payment", Look(calls::get_pos_payment)),
    ("list_pos_payments", Look(calls::list_pos_payments)),
];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[];

/// What is remembered.
#[derive(Default)]
pub(super) struct Terminals {
    payments: Shelf<Payment>,
}

/// A payment that a terminal was asked to take.
struct Payment {
    transaction_id: String,
    order_id: String,
    /// The merchant's own.
    reference: String,
    order_info: String,
    method: String,
    amount: i64,
    status: Status,
    created: i64,
    paid: Option<i64>,
    updated: i64,
}

/// Paths name payments by the merchant's references.
impl Thing for Payment {
    fn id(&self) -> &str {
        &self.reference
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Pending,
    Success,
    /// The customer did not want to pay.
    Error,
    Void,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Error => "error",
            Self::Void => "void",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Pending => "34",
            Self::Success => "00",
            Self::Error => "38",
            Self::Void => "31",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Pending => "Waiting for the customer.",
            Self::Success => "Success",
            Self::Error => "The customer has cancelled.",
            Self::Void => "The payment is voided.",
        }
    }
}

impl Payment {
    /// Whether it is settled, which happens at the end of the day, by the clocks of Vietnam.
    fn is_settled(&self, now: i64) -> bool {
        let end = self.paid.and_then(|paid| Interval::Day.after(time::midnight(paid), 1));
        self.status == Status::Success && end.is_some_and(|end| end <= now)
    }

    /// When it was paid, or an empty text.
    fn paid_at(&self) -> String {
        self.paid.map(time::local).unwrap_or_default()
    }

    /// Puts what tells where the payment stands behind the members of an object.
    fn put_status(&self, object: Object) -> Object {
        object
            .put("status", self.status.word())
            .put("amount", self.amount)
            .put("error_code", self.status.code())
            .put("error_message", self.status.message())
            .put("payment_method", &*self.method)
            .put("created_at", time::local(self.created))
            .put("paid_at", self.paid_at())
    }
}

/// Where the money is.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let line = |payment: &Payment| {
        let paid = if payment.paid.is_some() { payment.amount } else { 0 };
        let given_back = if payment.status == Status::Void { paid } else { 0 };
        Line {
            charge: payment.transaction_id.clone(),
            reference: payment.reference.clone(),
            currency: "VND".to_owned(),
            status: payment.status.word().to_owned(),
            totals: Totals::new(paid, paid, given_back),
        }
    };
    state.terminals.payments.iter().map(line).collect()
}
