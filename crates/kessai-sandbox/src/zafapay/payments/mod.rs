//! Payments: what is remembered of one, and the rules.
//!
//! A request for a payment (`req_`) and the payment that comes of it (`tx_`) are one thing here,
//! with two ids: no request has two payments.

mod capture;
mod create;
mod life;
mod look;
mod void;

pub(super) use capture::capture_payment;
pub(super) use create::create_payment;
pub(super) use life::{cancel, chargeback, fail, finish_three_ds, pay};
pub(super) use look::get_payment;
pub(super) use void::void_payment;

use super::cards::Card;
use super::decline::Decline;
use super::money::Currency;
use super::refunds::Refund;
use super::state::State;
use crate::shelf::{NotFound, Thing};

pub(super) struct Payment {
    /// Of the payment itself, which there is once the request for it is not pending any more.
    pub(super) id: String,
    pub(super) request_id: String,
    pub(super) status: Status,
    pub(super) mode: Mode,
    /// Whether the money is only held until it is captured.
    manual: bool,
    pub(super) currency: Currency,
    /// What the payment is for: what was asked, and once captured what was taken.
    pub(super) amount: i64,
    /// What the customer agreed to.
    pub(super) authorized: i64,
    pub(super) captured: i64,
    pub(super) refunds: Vec<Refund>,
    /// `card` or `depot`.
    pub(super) method: String,
    pub(super) card: Option<Card>,
    pub(super) save_card: bool,
    /// The saved card that was charged, or that was saved.
    pub(super) saved_card: Option<String>,
    pub(super) decline: Option<Decline>,
    pub(super) charged_back: bool,
    pub(super) asked: Asked,
    pub(super) created: i64,
    pub(super) updated: i64,
}

/// What was asked and only comes back.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) external_id: Option<String>,
    flow_id: String,
    /// JSON as it was sent.
    pub(super) metadata: String,
    pub(super) name: Option<String>,
    pub(super) customer_id: Option<String>,
    pub(super) email: Option<String>,
    pub(super) tel: Option<String>,
    return_url: Option<String>,
    pub(super) product_name: Option<String>,
}

impl Thing for Payment {
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    RequiresAction,
    Authorized,
    Completed,
    Failed,
    Canceled,
    PartiallyRefunded,
    Refunded,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::RequiresAction => "requires_action",
            Self::Authorized => "authorized",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
        }
    }

    /// Whether there is money that can be given back.
    pub(super) fn is_refundable(self) -> bool {
        matches!(self, Self::Completed | Self::PartiallyRefunded)
    }
}

/// How a payment is made: its `payment_type`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mode {
    Single,
    Initial,
    Recurring,
    Token,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Initial => "initial",
            Self::Recurring => "recurring",
            Self::Token => "token",
        }
    }
}

impl Payment {
    pub(super) fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }

    /// Whether there is a payment yet, and not just a request for one.
    pub(super) fn exists(&self) -> bool {
        self.status != Status::Pending
    }

    pub(super) fn cardholder_name(&self) -> Option<&str> {
        self.card.as_ref()?.cardholder_name.as_deref().or(self.asked.name.as_deref())
    }
}

/// The payment, or the request for one, that has this id.
pub(super) fn find<'a>(state: &'a State, id: &str) -> Option<&'a Payment> {
    let mut newest = state.payments.iter().rev();
    newest.find(|payment| payment.id == id || payment.request_id == id)
}

/// The payment that a path names by its own id.
pub(super) fn named<'a>(state: &'a State, id: &str) -> Result<&'a Payment, NotFound> {
    state.payments.get(id).ok().filter(|payment| payment.exists()).ok_or(NotFound)
}
