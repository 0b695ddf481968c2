//! What a merchant asks of subscriptions.

use serde_json::Value;

use super::{Status, Subscription, Terms, billing, show};
use crate::calendar::Interval;
use crate::document::{Call, Members};
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::State;
use crate::elepay::{checks, customers, echo, page};

pub(in crate::elepay) fn list_subscriptions(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let query = &call.query;
    let found = state.subscriptions.iter().filter(|subscription| {
        page::is(query, "customerId", &subscription.customer_id)
            && page::is(query, "status", subscription.status.word())
            && page::within(query, Some(subscription.create_time))
    });
    let found = page::newest_first(found);
    page::page(query, "subscriptions", &found, |subscription| show(state, subscription))
}

pub(in crate::elepay) fn create_subscription(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let body = &call.body;
    let customer_id = checks::text(body, "customerId")?;
    let terms = Terms::read(body)?;
    checks::notes(body)?;
    customers::named(state, customer_id)?;
    let subscription = Subscription {
        id: state.ids.next("sub_"),
        customer_id: customer_id.to_owned(),
        status: Status::New,
        owes_initial: terms.initial_amount.is_some(),
        terms,
        counted_from: 0,
        counted: 0,
        next_charge_time: None,
        ending: false,
        is_charging: false,
        periods: Vec::new(),
        create_time: state.now,
        update_time: state.now,
        echo: echo::echo(body, &["metadata"]),
    };
    let shown = show(state, &subscription);
    state.subscriptions.put(subscription);
    Ok(shown)
}

impl Terms {
    fn read(body: &Members) -> Result<Self, Refusal> {
        let interval = match body.text("interval") {
            None => None,
            Some("day") => Some(Interval::Day),
            Some("week") => Some(Interval::Week),
            Some("month") => Some(Interval::Month),
            Some("year") => Some(Interval::Year),
            Some(_) => return Err(refusal::WRONG.at("interval")),
        };
        if body.integer("initialAmount").is_some_and(i64::is_negative) {
            return Err(refusal::WRONG.at("initialAmount"));
        }
        Ok(Self {
            name: body.text("name").map(str::to_owned),
            amount: checks::positive(body, "amount")?,
            currency: checks::currency(body)?.to_owned(),
            interval,
            span: checks::positive(body, "intervalSpan")?.unwrap_or(1),
            initial_amount: body.integer("initialAmount").filter(|amount| *amount > 0),
            first_charge_time: body.integer("firstChargeTime"),
        })
    }
}

pub(in crate::elepay) fn get_subscription(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    Ok(show(state, named(state, call)?))
}

pub(in crate::elepay) fn update_subscription(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    checks::notes(&call.body)?;
    named_mut(state, call)?.echo.extend(echo::echo(&call.body, &["metadata"]));
    get_subscription(state, call)
}

pub(in crate::elepay) fn start_subscription(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let now = state.now;
    let subscription = state.subscriptions.get_mut(call.path("subscriptionId"))?;
    if subscription.status != Status::New {
        return Err(refusal::WRONG_STATUS.into());
    }
    subscription.terms.amount.ok_or_else(|| refusal::MISSING.at("amount"))?;
    subscription.terms.interval.ok_or_else(|| refusal::MISSING.at("interval"))?;
    subscription.status = Status::Active;
    subscription.update_time = now;
    let first = subscription.terms.first_charge_time.unwrap_or(now).max(now);
    subscription.count_from(first);
    billing::bill(state, call.path("subscriptionId"));
    get_subscription(state, call)
}

pub(in crate::elepay) fn resume_subscription(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let subscription = named(state, call)?;
    if subscription.status != Status::PastDue {
        return Err(refusal::WRONG_STATUS.into());
    }
    if billing::default_source(state, subscription).is_none() {
        return Err(refusal::NOT_FOUND.into());
    }
    let now = state.now;
    let subscription = named_mut(state, call)?;
    subscription.status = Status::Active;
    // Nobody pays for the time in between: the periods are counted anew.
    if subscription.next_charge_time.is_some_and(|time| time < now) {
        subscription.count_from(now);
    }
    billing::bill(state, call.path("subscriptionId"));
    get_subscription(state, call)
}

pub(in crate::elepay) fn cancel_subscription(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let subscription = named(state, call)?;
    if subscription.is_charging {
        return Err(refusal::RUNNING.into());
    }
    if subscription.status == Status::Canceled || subscription.ending {
        return Err(refusal::DONE_ALREADY.into());
    }
    let subscription = named_mut(state, call)?;
    if subscription.status == Status::Active && subscription.counted > 0 {
        subscription.ending = true;
    } else {
        subscription.status = Status::Canceled;
    }
    get_subscription(state, call)
}

fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Subscription, Refusal> {
    Ok(state.subscriptions.get(call.path("subscriptionId"))?)
}

/// The subscription that a path names, about to be changed.
fn named_mut<'a>(state: &'a mut State, call: &Call) -> Result<&'a mut Subscription, Refusal> {
    let now = state.now;
    let subscription = state.subscriptions.get_mut(call.path("subscriptionId"))?;
    subscription.update_time = now;
    Ok(subscription)
}
