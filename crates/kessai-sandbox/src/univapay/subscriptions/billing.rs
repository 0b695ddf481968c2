//! Charging customers again and again.

use super::payments::Payment;
use super::terms::{day_of, has_come as is_time};
use super::{Status, Subscription, tell, tell_end};
use crate::univapay::charges::{self, Charge, Status as ChargeStatus, ThreeDs};
use crate::univapay::events::Kind as EventKind;
use crate::univapay::state::State;

/// Charges for one payment that is due, or ends what ends on that day; whether there was one.
pub(in crate::univapay) fn bill(state: &mut State) -> bool {
    let now = state.now;
    let is_due = |subscription: &Subscription| {
        let status = subscription.status;
        let goes_on = matches!(status, Status::Unverified | Status::Current | Status::Unpaid);
        // What should have been paid before does not wait for the hour.
        let late = status == Status::Unpaid;
        let has_come = |day| is_time(day, now) || (late && day <= day_of(now));
        goes_on
            && subscription.next().is_some_and(|next| match next.retry {
                Some(again) if next.tried => is_time(again, now),
                _ => !next.tried && has_come(next.day),
            })
    };
    let Some(subscription) = state.subscriptions.iter_mut().find(|one| is_due(one)) else {
        return false;
    };
    let id = subscription.id.clone();
    match subscription.next().and_then(|next| next.ends) {
        Some(status) => {
            subscription.end(status);
            tell_end(state, &id);
        }
        None => charge(state, &id),
    }
    true
}

impl Subscription {
    /// Takes on the status that was planned for this day.
    pub(super) fn end(&mut self, status: Status) {
        if let Some(next) = self.next_mut() {
            next.ends = None;
        }
        self.status = status;
    }
}

/// Charges for the next payment.
pub(super) fn charge(state: &mut State, id: &str) {
    let Some(subscription) = state.subscriptions.find_mut(id) else { return };
    let is_first = subscription.payments.len() == 1;
    // A card that has paid once pays without 3-D Secure.
    let three_ds = if is_first { subscription.three_ds.clone() } else { ThreeDs::skipped() };
    let (token_id, currency) = (subscription.token_id.clone(), subscription.currency.clone());
    let Some(next) = subscription.next_mut() else { return };
    next.tried = true;
    next.retry = None;
    let (payment, amount) = (next.id.clone(), next.amount);
    let Some(token) = state.tokens.find(&token_id) else { return };
    let new = Charge::new(token, amount, &currency).for_payment(id, &payment, three_ds);
    charges::put_new(state, new);
}

/// A charge came to its end, for better or worse.
pub(in crate::univapay) fn told(state: &mut State, charge_id: &str) {
    let now = state.now;
    let Some(charge) = state.charges.find(charge_id) else { return };
    let Some((id, payment_id)) = charge.subscription.clone() else { return };
    let well = charge.status == ChargeStatus::Successful;
    let next_id = state.ids.next_uuid();
    let Some(subscription) = state.subscriptions.find_mut(&id) else { return };
    let payments = subscription.payments.iter_mut();
    let Some(payment) = payments.rev().find(|payment| payment.id == payment_id) else { return };
    if payment.paid.is_some() {
        return;
    }
    if well {
        payment.pay(now);
        subscription.go_on(next_id, now);
        let is_over = subscription.status == Status::Completed;
        tell(state, &id, EventKind::SubscriptionPayment);
        if is_over {
            tell(state, &id, EventKind::SubscriptionCompleted);
        }
    } else if !subscription.status.is_over() && subscription.status != Status::Suspended {
        payment.fail(subscription.schedule.retry_interval.as_deref(), now);
        let is_first = subscription.payments.len() == 1;
        subscription.status = if is_first { Status::Unconfirmed } else { Status::Unpaid };
        tell(state, &id, EventKind::SubscriptionFailure);
    }
}

impl Subscription {
    /// A payment was made: the next one is planned, if there is one.
    pub(super) fn go_on(&mut self, next_id: String, now: i64) {
        if self.status.is_over() {
            return;
        }
        let number = i64::try_from(self.payments.len()).unwrap_or(i64::MAX);
        match self.terms.payment(number) {
            Some(due) => {
                self.payments.push(Payment::new(next_id, &due, now));
                if self.status != Status::Suspended {
                    self.status = Status::Current;
                }
            }
            None => self.status = Status::Completed,
        }
    }
}
