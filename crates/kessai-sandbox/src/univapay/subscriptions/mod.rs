//! Subscriptions: what is remembered of one, and the rules.

mod billing;
mod calls;
mod charges;
mod create;
mod list;
mod payments;
mod show;
mod simulate;
mod terms;
mod update;
mod update_payment;

pub(super) use billing::{bill, told};
pub(super) use calls::{cancel, get, suspend, unsuspend};
pub(super) use charges::{latest_charge, list_charges, list_payment_charges};
pub(super) use create::create;
pub(super) use list::list;
pub(super) use payments::{get_payment, list_payments};
pub(super) use simulate::simulate;
pub(super) use update::{update, update_token};
pub(super) use update_payment::update_payment;

use super::charges::ThreeDs;
use super::events::{self, Kind as EventKind};
use super::state::State;
use crate::shelf::things;
use payments::Payment;
use terms::Terms;

pub(super) struct Subscription {
    pub(super) id: String,
    token_id: String,
    currency: String,
    terms: Terms,
    schedule: Schedule,
    status: Status,
    three_ds: ThreeDs,
    descriptor: Option<String>,
    metadata: String,
    /// Those that were made and the next one, oldest first.
    payments: Vec<Payment>,
    created: i64,
}

things!(Subscription);

/// What of the schedule comes back and decides nothing here, but for the retries and the end.
struct Schedule {
    start_on: Option<String>,
    zone_id: String,
    preserve_end_of_month: Option<bool>,
    retry_interval: Option<String>,
    /// Whether the end waits for the day of the next payment.
    ends_late: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Unverified,
    Unconfirmed,
    Current,
    Unpaid,
    Suspended,
    Canceled,
    Completed,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Unconfirmed => "unconfirmed",
            Self::Current => "current",
            Self::Unpaid => "unpaid",
            Self::Suspended => "suspended",
            Self::Canceled => "canceled",
            Self::Completed => "completed",
        }
    }

    fn is_over(self) -> bool {
        matches!(self, Self::Canceled | Self::Completed)
    }
}

impl Subscription {
    /// The payment that has not been made.
    fn next(&self) -> Option<&Payment> {
        self.payments.last().filter(|payment| payment.paid.is_none() && !self.status.is_over())
    }

    fn next_mut(&mut self) -> Option<&mut Payment> {
        let over = self.status.is_over();
        self.payments.last_mut().filter(|payment| payment.paid.is_none() && !over)
    }
}

/// Tells webhooks what has happened to a subscription.
fn tell(state: &mut State, id: &str, kind: EventKind) {
    if let Some(subscription) = state.subscriptions.find(id) {
        let data = show::show(state, subscription);
        events::tell(state, kind, &data);
    }
}

/// Tells webhooks that a subscription was canceled or suspended, if it was.
fn tell_end(state: &mut State, id: &str) {
    match state.subscriptions.find(id).map(|subscription| subscription.status) {
        Some(Status::Canceled) => tell(state, id, EventKind::SubscriptionCanceled),
        Some(Status::Suspended) => tell(state, id, EventKind::SubscriptionSuspended),
        _ => {}
    }
}
