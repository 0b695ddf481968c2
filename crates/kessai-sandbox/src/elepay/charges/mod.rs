//! Payments: what is remembered of one, how it is shown, and the rules.

mod capture;
mod create;
mod life;
mod list;
mod look;
mod progress;
mod revoke;

use serde_json::{Map, Value, json};

pub(super) use capture::capture_charge;
pub(super) use create::create_charge;
pub(super) use life::{Ask, add, agree, give_up, pay, set_progress};
pub(super) use list::list_charges;
pub(super) use look::{get_charge, get_charge_status};
pub use progress::{ChargeProgress, PayError};
pub(super) use revoke::revoke_charge;

use super::charge_locations;
use super::echo::{Shown, put, put_some};
use super::refunds::{self, Refund};
use super::state::State;
use crate::shelf::things;

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
    pub(super) location_id: Option<String>,
    pub(super) create_time: i64,
    pub(super) paid_time: Option<i64>,
    pub(super) credential: Option<String>,
    /// Members that come back as they were sent.
    pub(super) echo: Map<String, Value>,
}

things!(Charge);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    Waiting,
    Notified,
    Uncaptured,
    Captured,
    PartiallyRefunded,
    Refunded,
    AmountMismatch,
    Revoked,
    Failed,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Waiting => "waiting",
            Self::Notified => "notified",
            Self::Uncaptured => "uncaptured",
            Self::Captured => "captured",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
            Self::AmountMismatch => "amount_mismatch",
            Self::Revoked => "revoked",
            Self::Failed => "failed",
        }
    }

    /// Whether the money was taken, even if some of it was given back since.
    pub(super) fn is_paid(self) -> bool {
        matches!(self, Self::Captured | Self::PartiallyRefunded | Self::Refunded)
    }

    /// Whether it is up to the customer what becomes of it.
    pub(super) fn awaits_customer(self) -> bool {
        matches!(self, Self::Pending | Self::Waiting | Self::Notified)
    }

    /// Whether no other charge may have its order number.
    pub(super) fn keeps_order(self) -> bool {
        !matches!(self, Self::Revoked | Self::Failed)
    }
}

impl Charge {
    /// What was given back.
    pub(super) fn refunded(&self) -> i64 {
        self.refunds.iter().filter(|refund| refund.is_done()).map(|refund| refund.amount).sum()
    }

    /// What was given back or is about to be.
    pub(super) fn promised(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }

    /// Whether it runs on a card reader.
    fn is_on_reader(&self) -> bool {
        self.echo.get("resource").is_some_and(|resource| resource == "reader")
    }
}

/// The charge as elepay writes it; what does not apply is left out.
pub(super) fn show(state: &State, charge: &Charge) -> Value {
    let mut shown: Shown = charge.echo.clone();
    let disputed = state.disputes.iter().any(|dispute| dispute.is_over(&charge.id));
    put(
        &mut shown,
        json!({
            "id": charge.id,
            "appId": state.app_id,
            "object": "charge",
            "liveMode": false,
            "amount": charge.amount,
            "currency": charge.currency,
            "authorize": charge.authorize_only,
            "paymentMethod": charge.payment_method,
            "orderNo": charge.order_no,
            "paid": charge.status.is_paid(),
            "refunded": charge.refunded() > 0,
            "disputed": disputed,
            "status": charge.status.word(),
            "createTime": charge.create_time,
        }),
    );
    if charge.authorize_only {
        shown.insert("authorizeAmount".to_owned(), charge.authorized.into());
    }
    if let Some(id) = &charge.location_id {
        shown.insert("location".to_owned(), charge_locations::show_named(state, id));
    }
    put_some(&mut shown, "credential", charge.credential.as_deref());
    put_some(&mut shown, "paidTime", charge.paid_time);
    if !charge.refunds.is_empty() {
        shown.insert("refunds".to_owned(), refunds::summary(charge));
        put_some(&mut shown, "refundTime", refunds::last_time(charge));
    }
    shown.into()
}
