//! What a merchant asks of cycles.

use super::attempts::{self, Kind};
use super::{Cycle, Status, show, show_in_list};
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::{check_currency, codes, list, plans};
use crate::appotapay::time;
use crate::document::Call;
use crate::said::Said;

/// How often a cycle may be forced.
const FORCED: usize = 3;

/// The oldest first.
pub(in crate::appotapay::subscriptions) fn list_cycles(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let plan = state.subscriptions.plans.find(call.path("planId")).ok_or(codes::NO_PLAN)?;
    let cycles = state.subscriptions.cycles.iter().filter(|cycle| cycle.plan_id == plan.id);
    list(call, &cycles.collect::<Vec<_>>(), |cycle| show_in_list(cycle))
}

pub(in crate::appotapay::subscriptions) fn get_cycle(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    Ok(show(named(state, call)?).into())
}

/// Changes one cycle; those after it keep their times and amounts.
pub(in crate::appotapay::subscriptions) fn update_cycle(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let body = &call.body;
    let cycle = named(state, call)?;
    if cycle.status != Status::Scheduled || cycle.is_running() {
        return Err(codes::NOT_SCHEDULED.into());
    }
    check_currency(body)?;
    let scheduled = match body.text("scheduledAt") {
        Some(text) => {
            let time = time::read(text).filter(|time| *time > state.now);
            time.ok_or_else(|| codes::WRONG_TIME.at("scheduledAt", "it is no time to come"))?
        }
        None => cycle.scheduled,
    };
    let amount = body.integer("amount").unwrap_or(cycle.amount);
    if !(5_000..=100_000_000).contains(&amount) {
        return Err(invalid("amount", "it is too small or too large"));
    }
    let (id, now) = (cycle.id.clone(), state.now);
    let cycle = state.subscriptions.cycles.find_mut(&id).ok_or(codes::NO_CYCLE)?;
    (cycle.scheduled, cycle.amount, cycle.updated) = (scheduled, amount, now);
    Ok(show(cycle).into())
}

pub(in crate::appotapay::subscriptions) fn cancel_cycle(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let cycle = named(state, call)?;
    if !cycle.is_open() {
        return Err(codes::CANNOT_CANCEL.into());
    }
    if cycle.is_running() {
        return Err(codes::FORCE_RUNNING.into());
    }
    let (id, plan_id, now) = (cycle.id.clone(), cycle.plan_id.clone(), state.now);
    let cycle = state.subscriptions.cycles.find_mut(&id).ok_or(codes::NO_CYCLE)?;
    (cycle.status, cycle.retry_time, cycle.updated) = (Status::Cancelled, None, now);
    let answer = show(cycle);
    plans::go_on(state, &plan_id);
    Ok(answer.into())
}

pub(in crate::appotapay::subscriptions) fn force_cycle_attempt(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let cycle = named(state, call)?;
    if !cycle.is_open() {
        return Err(codes::CANNOT_FORCE.into());
    }
    if cycle.is_running() {
        return Err(codes::FORCE_RUNNING.into());
    }
    let forced = cycle.attempts.iter().filter(|attempt| attempt.kind == Kind::Forced);
    if forced.count() >= FORCED {
        return Err(codes::FORCED_TOO_OFTEN.into());
    }
    let id = cycle.id.clone();
    attempts::begin(state, &id, Kind::Forced);
    if !state.subscriptions.holds_forced {
        attempts::end(state, &id);
    }
    get_cycle(state, call)
}

/// The cycle that a path names within its plan.
fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Cycle, Refusal> {
    let plan = state.subscriptions.plans.find(call.path("planId")).ok_or(codes::NO_PLAN)?;
    let cycle = state.subscriptions.cycles.find(call.path("cycleId"));
    Ok(cycle.filter(|cycle| cycle.plan_id == plan.id).ok_or(codes::NO_CYCLE)?)
}
