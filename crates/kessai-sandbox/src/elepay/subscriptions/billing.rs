//! Taking what is due, period by period.

use serde_json::{Map, Value};

use super::periods::Period;
use super::{Status, Subscription, show};
use crate::elepay::charges::{self, Ask};
use crate::elepay::sources::{self, Source};
use crate::elepay::state::State;
use crate::elepay::{customers, echo};
use crate::lever::LeverError;

impl Subscription {
    /// Lets the next period, and those after it, be counted from `time`.
    pub(super) fn count_from(&mut self, time: i64) {
        self.counted_from = time;
        self.counted = 0;
        self.next_charge_time = Some(time);
    }

    /// When the running period ends: always counted from the first one, so that after a short
    /// month the days do not stay early.
    fn end_of_period(&self) -> Option<i64> {
        let intervals = self.counted.checked_add(1)?.checked_mul(self.terms.span)?;
        self.terms.interval?.after(self.counted_from, intervals)
    }
}

pub(in crate::elepay) fn next_due(state: &State) -> Option<(i64, String)> {
    let running = state
        .subscriptions
        .iter()
        .filter(|subscription| subscription.status == Status::Active && !subscription.is_charging);
    running.filter_map(|running| Some((running.next_charge_time?, running.id.clone()))).min()
}

/// A period is over: the subscription ends, or the next one is billed.
pub(in crate::elepay) fn come_due(state: &mut State, id: &str) {
    let now = state.now;
    match state.subscriptions.find_mut(id) {
        Some(subscription) if subscription.ending => {
            subscription.status = Status::Canceled;
            subscription.update_time = now;
        }
        _ => bill(state, id),
    }
}

/// Takes what is due now, if the customer has something to pay it with.
pub(super) fn bill(state: &mut State, id: &str) {
    let Some(subscription) = state.subscriptions.find(id) else { return };
    let due = subscription.next_charge_time.is_some_and(|time| time <= state.now);
    let owes_initial = subscription.owes_initial;
    if !due && !owes_initial {
        return;
    }
    let Some(source) = default_source(state, subscription) else {
        return pause(state, id);
    };
    let (payment_method, echo) = (source.payment_method.clone(), paid_with(source, subscription));
    let initial_amount = subscription.terms.initial_amount.unwrap_or_default();
    let amount = subscription.terms.amount.unwrap_or_default();
    let currency = subscription.terms.currency.clone();
    let ask = |amount, number: &str| Ask {
        order_no: format!("{id}-{number}"),
        amount,
        currency: currency.clone(),
        payment_method: payment_method.clone(),
        authorize_only: false,
        location_id: None,
        echo: echo.clone(),
    };
    if owes_initial {
        let charge = charges::add(state, ask(initial_amount, "0"));
        if let Some(subscription) = state.subscriptions.find_mut(id) {
            subscription.owes_initial = false;
        }
        charges::agree(state, &charge);
    }
    let periods = state.subscriptions.find(id).map_or(0, |own| own.periods.len());
    if due {
        let charge = charges::add(state, ask(amount, &(periods + 1).to_string()));
        charges::agree(state, &charge);
        renew(state, id, charge);
    }
}

/// The source that pays.
pub(super) fn default_source<'a>(
    state: &'a State,
    subscription: &Subscription,
) -> Option<&'a Source> {
    let customer = customers::in_use(state, &subscription.customer_id)?;
    sources::chargeable(state, customer.default_source.as_deref()?)
}

/// What a charge shows of the source and the subscription.
fn paid_with(source: &Source, subscription: &Subscription) -> Map<String, Value> {
    let mut echo = echo::Shown::new();
    echo::put_some(&mut echo, "resource", source.resource().cloned());
    echo::put_some(&mut echo, "cardInfo", source.card());
    echo::put_some(&mut echo, "description", subscription.terms.name.as_deref());
    echo
}

/// A period is paid for and begins.
fn renew(state: &mut State, id: &str, charge: String) {
    let now = state.now;
    let period = state.ids.next("prd_");
    let Some(subscription) = state.subscriptions.find_mut(id) else { return };
    let start_time = subscription.next_charge_time.unwrap_or(now);
    let end_time = subscription.end_of_period();
    subscription.periods.push(Period { id: period, start_time, end_time, charge });
    subscription.counted += 1;
    subscription.next_charge_time = end_time;
    subscription.update_time = now;
    tell(state, "subscription.renewed", id);
}

/// There is nothing to pay with.
fn pause(state: &mut State, id: &str) {
    let now = state.now;
    let Some(subscription) = state.subscriptions.find_mut(id) else { return };
    subscription.status = Status::PastDue;
    subscription.update_time = now;
    tell(state, "subscription.paused", id);
}

fn tell(state: &mut State, kind: &'static str, id: &str) {
    let Some(subscription) = state.subscriptions.find(id) else { return };
    let shown = show(state, subscription);
    state.tell(kind, &shown);
}

/// A charge takes long; nothing is billed until it is over.
pub(in crate::elepay) fn set_charging(
    state: &mut State,
    id: &str,
    charging: bool,
) -> Result<(), LeverError> {
    let subscription = state.subscriptions.find_mut(id).ok_or(LeverError::NotFound)?;
    if subscription.status != Status::Active {
        return Err(LeverError::WrongStatus);
    }
    subscription.is_charging = charging;
    Ok(())
}
