//! Charging what is due.

use super::attempts::{self, Kind};
use super::{Cycle, Status, show};
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::tell;
use crate::lever::LeverError;

/// More than a test means to happen at once; so that a clock at the end of time does not leave the
/// sandbox charging until then.
const MOST: usize = 10_000;

/// Lets everything happen that was due by now, each at its own time.
pub(in crate::appotapay) fn catch_up(state: &mut State) {
    let now = state.now;
    for _ in 0..MOST {
        let cycles = state.subscriptions.cycles.iter();
        let due = cycles.filter_map(|cycle| Some((cycle.due()?.max(cycle.updated), &cycle.id)));
        let Some((time, id)) = due.min().filter(|(time, _)| *time <= now) else { break };
        let id = id.clone();
        state.now = time;
        charge(state, &id);
    }
    state.now = now;
}

fn charge(state: &mut State, id: &str) {
    let scheduled =
        state.subscriptions.cycles.find(id).is_some_and(|cycle| cycle.status == Status::Scheduled);
    attempts::begin(state, id, if scheduled { Kind::Initial } else { Kind::Retry });
    attempts::end(state, id);
}

/// Makes the next cycle of a plan; answers with its id.
pub(in crate::appotapay::subscriptions) fn add(
    state: &mut State,
    plan_id: &str,
    scheduled: i64,
) -> String {
    let id = state.ids.next_ulid();
    let now = state.now;
    let Some(plan) = state.subscriptions.plans.find_mut(plan_id) else { return id };
    plan.cycles += 1;
    let cycle = Cycle {
        id: id.clone(),
        plan_id: plan_id.to_owned(),
        number: plan.cycles,
        amount: plan.amount,
        scheduled,
        status: Status::Scheduled,
        retry_time: None,
        retried: 0,
        attempts: Vec::new(),
        created: now,
        updated: now,
    };
    let shown = show(&cycle);
    state.subscriptions.cycles.put(cycle);
    tell(state, "subscription.cycle.created", &shown);
    id
}

/// Charges what a plan begins with, and says whether that had success.
pub(in crate::appotapay::subscriptions) fn pay_at_once(state: &mut State, plan_id: &str) -> bool {
    let id = add(state, plan_id, state.now);
    attempts::begin(state, &id, Kind::Initial);
    attempts::end(state, &id)
}

pub(in crate::appotapay::subscriptions) fn is_scheduled(state: &State, plan_id: &str) -> bool {
    has(state, plan_id, Status::Scheduled)
}

pub(in crate::appotapay::subscriptions) fn is_retrying(state: &State, plan_id: &str) -> bool {
    has(state, plan_id, Status::Retrying)
}

fn has(state: &State, plan_id: &str, status: Status) -> bool {
    let mut cycles = state.subscriptions.cycles.iter().rev();
    cycles.any(|cycle| cycle.plan_id == plan_id && cycle.status == status)
}

/// Lets nothing of a plan be charged any more; an attempt that is running is not stopped.
pub(in crate::appotapay::subscriptions) fn cancel_all(state: &mut State, plan_id: &str) {
    let now = state.now;
    let cycles = state.subscriptions.cycles.iter_mut().filter(|cycle| cycle.plan_id == plan_id);
    for cycle in cycles.filter(|cycle| cycle.is_open() && !cycle.is_running()) {
        cycle.status = Status::Cancelled;
        cycle.retry_time = None;
        cycle.updated = now;
    }
}

/// Lets the customer pay by a link what has failed.
pub(in crate::appotapay::subscriptions) fn pay_by_link(
    state: &mut State,
    id: &str,
) -> Result<(), LeverError> {
    let cycle = state.subscriptions.cycles.find(id).ok_or(LeverError::NotFound)?;
    let plan = state.subscriptions.plans.find(&cycle.plan_id).ok_or(LeverError::NotFound)?;
    if !plan.links {
        return Err(LeverError::WrongMethod);
    }
    if cycle.status != Status::Retrying || cycle.is_running() {
        return Err(LeverError::WrongStatus);
    }
    attempts::begin(state, id, Kind::PaymentLink);
    attempts::end(state, id);
    Ok(())
}
