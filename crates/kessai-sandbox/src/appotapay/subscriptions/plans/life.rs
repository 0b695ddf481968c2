//! What happens to a plan.

use super::{Ranked, Status, show};
use crate::appotapay::events;
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::{cycles, methods, tell};
use crate::lever::LeverError;

/// Lets a plan begin: with a payment if that is wanted, and only if that has success.
pub(super) fn start(state: &mut State, id: &str) {
    let now = state.now;
    let Some(plan) = state.subscriptions.plans.find_mut(id) else { return };
    plan.next = plan.schedule.first_after(now).unwrap_or_default();
    if plan.pays_at_once && !cycles::pay_at_once(state, id) {
        return end(state, id);
    }
    let Some(plan) = state.subscriptions.plans.find_mut(id) else { return };
    plan.status = Status::Active;
    plan.updated = now;
    let shown = show(plan);
    tell(state, "subscription.plan.activated", &shown);
    go_on(state, id);
}

/// Lets an active plan have a cycle that is scheduled, or be over if it has had them all.
pub(in crate::appotapay::subscriptions) fn go_on(state: &mut State, id: &str) {
    if cycles::is_scheduled(state, id) {
        return;
    }
    let Some(plan) = state.subscriptions.plans.find_mut(id) else { return };
    if plan.status != Status::Active {
        return;
    }
    let more = plan.schedule.total.is_none_or(|total| plan.cycles < total);
    match plan.schedule.time(plan.next).filter(|_| more) {
        Some(time) => {
            plan.next += 1;
            cycles::add(state, id, time);
        }
        None if cycles::is_retrying(state, id) => {}
        None => end(state, id),
    }
}

/// A plan is over, and nothing more is charged.
pub(in crate::appotapay::subscriptions) fn end(state: &mut State, id: &str) {
    let now = state.now;
    let Some(plan) = state.subscriptions.plans.find_mut(id) else { return };
    plan.status = Status::Inactive;
    plan.updated = now;
    let shown = show(plan);
    cycles::cancel_all(state, id);
    tell(state, "subscription.plan.inactivated", &shown);
}

/// Lets the customer choose a card on AppotaPay's page, or leave; answers with where the browser
/// goes.
pub(in crate::appotapay::subscriptions) fn finish(
    state: &mut State,
    id: &str,
    agreed: bool,
) -> Result<String, LeverError> {
    let plan = state.subscriptions.plans.find(id).ok_or(LeverError::NotFound)?;
    let Some(checkout) = plan.checkout.as_ref() else { return Err(LeverError::WrongMethod) };
    if plan.status != Status::RequiresAction {
        return Err(LeverError::WrongStatus);
    }
    let (customer_id, country) = (plan.customer_id.clone(), checkout.country.clone());
    let return_url = checkout.return_url.clone();
    if agreed {
        let method = methods::at_checkout(state, &customer_id, &country);
        if let Some(plan) = state.subscriptions.plans.find_mut(id) {
            plan.methods = vec![Ranked { id: method, rank: 1 }];
        }
        start(state, id);
    } else {
        end(state, id);
    }
    let plan = state.subscriptions.plans.find(id).ok_or(LeverError::NotFound)?;
    Ok(events::sealed_return(&return_url, &show(plan), state.now))
}

/// Lets so many attempts fail.
pub(in crate::appotapay::subscriptions) fn fail_next(
    state: &mut State,
    id: &str,
    attempts: u32,
) -> Result<(), LeverError> {
    let plan = state.subscriptions.plans.find_mut(id).ok_or(LeverError::NotFound)?;
    if plan.status == Status::Inactive {
        return Err(LeverError::WrongStatus);
    }
    plan.failing = attempts;
    Ok(())
}
