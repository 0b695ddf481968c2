//! The payments of a subscription.

use super::terms::{Due, date, day_of};
use super::{Status, Subscription};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::shelf::{NotFound, things};
use crate::univapay::money;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::time::duration;

pub(super) struct Payment {
    pub(super) id: String,
    /// The day, as its midnight.
    pub(super) day: i64,
    pub(super) amount: i64,
    pub(super) is_last: bool,
    pub(super) paid: Option<i64>,
    /// Whether the customer has been charged for it.
    pub(super) tried: bool,
    /// What becomes of the subscription on that day, in place of the payment.
    pub(super) ends: Option<Status>,
    /// How long after a failure it is tried again, in place of what the schedule says.
    pub(super) retry_interval: Option<String>,
    /// The day on which it is tried again, as its midnight.
    pub(super) retry: Option<i64>,
    created: i64,
    pub(super) updated: i64,
}

things!(Payment);

impl Payment {
    pub(super) fn new(id: String, due: &Due, now: i64) -> Self {
        let Due { day, amount, is_last } = *due;
        Self {
            id,
            day,
            amount,
            is_last,
            paid: None,
            tried: false,
            ends: None,
            retry_interval: None,
            retry: None,
            created: now,
            updated: now,
        }
    }

    pub(super) fn pay(&mut self, now: i64) {
        self.paid = Some(now);
        self.retry = None;
        self.updated = now;
    }

    /// It did not go well: it is tried again later, if an interval says when.
    pub(super) fn fail(&mut self, usual: Option<&str>, now: i64) {
        let interval = self.retry_interval.as_deref().or(usual).and_then(duration);
        self.retry = interval.map(|interval| day_of(now.saturating_add(interval)));
        self.updated = now;
    }
}

/// The members that a payment has wherever it is shown; what does not apply is left out.
pub(super) fn show(subscription: &Subscription, payment: &Payment) -> Object {
    let currency = &*subscription.currency;
    let object = Object::new()
        .put("id", &*payment.id)
        .put("due_date", date(payment.day))
        .put("zone_id", &*subscription.schedule.zone_id);
    money::put(object, "amount", payment.amount, currency)
        .put("currency", currency)
        .put("is_paid", payment.paid.is_some())
        .put("is_last_payment", payment.is_last)
        .put_some("terminate_with_status", payment.ends.map(Status::word))
        .put("created_on", iso(payment.created))
        .put("updated_on", iso(payment.updated))
}

/// A payment by itself.
pub(super) fn whole(subscription: &Subscription, payment: &Payment) -> Object {
    show(subscription, payment)
        .put_some("successful_payment_date", payment.paid.map(day_of).map(date))
        .put_some("retry_date", payment.retry.map(date))
        .put_some("retry_interval", payment.retry_interval.as_deref())
}

pub(in crate::univapay) fn list_payments(state: &State, call: &Call) -> Result<Said, Refusal> {
    let subscription = state.subscriptions.get(call.path("subscriptionId"))?;
    let payments = subscription.payments.iter();
    page(call, payments, Count::Untold, |payment| whole(subscription, payment))
}

pub(in crate::univapay) fn get_payment(state: &State, call: &Call) -> Result<Said, Refusal> {
    let subscription = state.subscriptions.get(call.path("subscriptionId"))?;
    let id = call.path("paymentId");
    let payment = subscription.payments.iter().find(|payment| payment.id == id);
    Ok(whole(subscription, payment.ok_or(NotFound)?).into())
}
