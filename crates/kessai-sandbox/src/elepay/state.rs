//! What elepay remembers.

use serde_json::{Map, Value};

use crate::ids::Ids;

pub(super) struct State {
    pub(super) app_id: String,
    /// Oldest first.
    pub(super) charges: Vec<Charge>,
    pub(super) ids: Ids,
}

/// The statuses that a charge can have here; elepay has more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    Uncaptured,
    Captured,
    PartiallyRefunded,
    Refunded,
    Revoked,
}

pub(super) struct Charge {
    pub(super) id: String,
    pub(super) order_no: String,
    pub(super) status: Status,
    /// Whether the money is only held until it is captured.
    pub(super) authorize_only: bool,
    /// What the charge is for: what was asked, and once captured what was taken.
    pub(super) amount: i64,
    pub(super) currency: String,
    /// What the payer agreed to.
    pub(super) authorized: i64,
    pub(super) captured: i64,
    pub(super) refunds: Vec<Refund>,
    pub(super) payment_method: String,
    pub(super) create_time: i64,
    pub(super) paid_time: Option<i64>,
    pub(super) credential: Option<String>,
    /// Members that come back as they were sent.
    pub(super) echo: Map<String, Value>,
}

pub(super) struct Refund {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) time: i64,
    /// Members that come back as they were sent.
    pub(super) echo: Map<String, Value>,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        Self { app_id: ids.next("app_"), charges: Vec::new(), ids }
    }

    pub(super) fn charge(&self, id: &str) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.id == id)
    }

    pub(super) fn charge_mut(&mut self, id: &str) -> Option<&mut Charge> {
        self.charges.iter_mut().find(|charge| charge.id == id)
    }
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Uncaptured => "uncaptured",
            Self::Captured => "captured",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
            Self::Revoked => "revoked",
        }
    }

    /// Whether the money was taken, even if some of it was given back since.
    pub(super) fn is_paid(self) -> bool {
        matches!(self, Self::Captured | Self::PartiallyRefunded | Self::Refunded)
    }
}

impl Charge {
    /// The payer agrees: the money is taken, or held if that is all that was asked.
    pub(super) fn agree(&mut self, now_ms: i64) {
        self.authorized = self.amount;
        if self.authorize_only {
            self.status = Status::Uncaptured;
        } else {
            self.capture(self.amount, now_ms);
        }
    }

    /// Takes `amount` of what was authorized.
    pub(super) fn capture(&mut self, amount: i64, now_ms: i64) {
        self.status = Status::Captured;
        self.amount = amount;
        self.captured = amount;
        self.paid_time = Some(now_ms);
    }

    /// Gives money back.
    pub(super) fn refund(&mut self, refund: Refund) {
        self.refunds.push(refund);
        let all = self.refunded() == self.captured;
        self.status = if all { Status::Refunded } else { Status::PartiallyRefunded };
    }

    pub(super) fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }
}
