//! Changing one payment of a subscription.

use super::payments::whole;
use super::terms::day_of;
use super::{Status, tell};
use crate::calendar::midnight;
use crate::document::{Call, Members};
use crate::shelf::NotFound;
use crate::univapay::charges::Charge;
use crate::univapay::events::Kind as EventKind;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::time::duration;

pub(in crate::univapay) fn update_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, body, now) = (call.path("subscriptionId"), &call.body, state.now);
    let payment_id = call.path("paymentId");
    let day = day(body, now)?;
    if body.text("retry_interval").is_some_and(|text| duration(text).is_none()) {
        return Err(invalid("retry_interval", "INVALID_TIME_PERIOD"));
    }
    if is_running(state, payment_id) {
        return Err(invalid("paymentId", "SUBSCRIPTION_PROCESSING"));
    }
    let next_id = state.ids.next_uuid();
    let subscription = state.subscriptions.get_mut(id)?;
    if !subscription.payments.iter().any(|own| own.id == payment_id) {
        return Err(NotFound.into());
    }
    if subscription.status.is_over() {
        return Err(refusal::ENDED.into());
    }
    let usual = subscription.schedule.retry_interval.clone();
    // Those before the next one are paid, and nothing of them can change.
    let next = subscription.next_mut().filter(|next| next.id == payment_id);
    let Some(payment) = next else { return Err(invalid("paymentId", "CHARGE_PROHIBITED")) };
    if let Some(day) = day {
        payment.day = day;
        payment.tried = false;
        payment.retry = None;
    }
    // What is null is taken away.
    if let Some(status) = body.get("terminate_with_status") {
        payment.ends = status.as_str().map(ends);
    }
    if let Some(interval) = body.get("retry_interval") {
        payment.retry_interval = interval.as_str().map(str::to_owned);
        if payment.tried {
            payment.fail(usual.as_deref(), now);
        }
    }
    payment.updated = now;
    if body.flag("is_paid") == Some(true) {
        payment.pay(now);
        subscription.go_on(next_id, now);
        let is_over = subscription.status == Status::Completed;
        tell(state, id, EventKind::SubscriptionPayment);
        if is_over {
            tell(state, id, EventKind::SubscriptionCompleted);
        }
    }
    let subscription = state.subscriptions.get(id)?;
    let payment = subscription.payments.iter().find(|own| own.id == payment_id);
    Ok(whole(subscription, payment.ok_or(NotFound)?).into())
}

/// Whether a charge for the payment has not come to its end.
fn is_running(state: &State, payment_id: &str) -> bool {
    let is_own = |charge: &&Charge| {
        charge.subscription.as_ref().is_some_and(|(_, payment)| payment == payment_id)
    };
    let mut own = state.charges.iter().filter(is_own);
    own.any(|charge| !charge.status.is_end())
}

/// The day that a payment is moved to, which is not over.
fn day(body: &Members, now: i64) -> Result<Option<i64>, Refusal> {
    let Some(text) = body.text("due_date") else { return Ok(None) };
    match midnight(text) {
        None => Err(invalid("due_date", "INVALID_FORMAT_DATE")),
        Some(day) if day < day_of(now) => Err(invalid("due_date", "MUST_BE_FUTURE_OR_TODAY")),
        day => Ok(day),
    }
}

fn ends(status: &str) -> Status {
    if status == "suspended" { Status::Suspended } else { Status::Canceled }
}
