//! Attempts at a payment.

use super::{Cycle, Status, show};
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::{plans, tell};
use crate::appotapay::time;
use crate::object::Object;

pub(super) struct Attempt {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) outcome: Outcome,
    created: i64,
    next_retry: Option<i64>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Initial,
    Retry,
    PaymentLink,
    Forced,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Outcome {
    Pending,
    Success,
    Failed,
}

impl Attempt {
    pub(super) fn show(&self, number: i64) -> Object {
        let kind = match self.kind {
            Kind::Initial => "INITIAL",
            Kind::Retry => "RETRY",
            Kind::PaymentLink => "PAYMENT_LINK",
            Kind::Forced => "FORCED",
        };
        let status = match self.outcome {
            Outcome::Pending => "PENDING",
            Outcome::Success => "SUCCESS",
            Outcome::Failed => "FAILED",
        };
        Object::new()
            .put("attemptNumber", number)
            .put("createdAt", time::rfc3339(self.created))
            .put("attemptId", &*self.id)
            .put("type", kind)
            .put("status", status)
            .put_some("nextRetryTime", self.next_retry.map(time::rfc3339))
    }
}

/// Begins an attempt.
pub(super) fn begin(state: &mut State, cycle_id: &str, kind: Kind) {
    let (id, now) = (state.ids.next_ulid(), state.now);
    let Some(cycle) = state.subscriptions.cycles.find_mut(cycle_id) else { return };
    let next_retry = cycle.retry_time.filter(|_| kind == Kind::Forced);
    cycle.attempts.push(Attempt { id, kind, outcome: Outcome::Pending, created: now, next_retry });
    cycle.updated = now;
}

/// Ends the attempt that is running, and says whether it had success.
pub(super) fn end(state: &mut State, cycle_id: &str) -> bool {
    let Some(cycle) = state.subscriptions.cycles.find(cycle_id) else { return false };
    let Some(attempt) = cycle.attempts.last() else { return false };
    let (kind, plan_id) = (attempt.kind, cycle.plan_id.clone());
    let paid = kind == Kind::PaymentLink || pays(state, &plan_id);
    let event = settle(state, cycle_id, kind, paid);
    let Some(cycle) = state.subscriptions.cycles.find(cycle_id) else { return paid };
    let (shown, failed) = (show(cycle), cycle.status == Status::Failed);
    tell(state, event, &shown);
    let plan = state.subscriptions.plans.find(&plan_id);
    let stops = plan.is_some_and(|plan| plan.stops && plan.status == plans::Status::Active);
    if failed && stops {
        plans::end(state, &plan_id);
    } else {
        plans::go_on(state, &plan_id);
    }
    paid
}

/// Whether one of the payment methods of a plan pays.
fn pays(state: &mut State, plan_id: &str) -> bool {
    let now = state.now;
    let Some(plan) = state.subscriptions.plans.find_mut(plan_id) else { return false };
    if plan.failing > 0 {
        plan.failing -= 1;
        return false;
    }
    let methods: Vec<_> = plan.methods.iter().map(|method| method.id.as_str()).collect();
    let shelf = &state.subscriptions.methods;
    methods.iter().any(|id| shelf.find(id).is_some_and(|method| method.pays(now)))
}

/// Writes down what came of an attempt; answers with what is told of it.
fn settle(state: &mut State, cycle_id: &str, kind: Kind, paid: bool) -> &'static str {
    let now = state.now;
    let Some(cycle) = state.subscriptions.cycles.find_mut(cycle_id) else { return "" };
    let plan = state.subscriptions.plans.find(&cycle.plan_id);
    let is_over = plan.is_none_or(|plan| plan.status == plans::Status::Inactive);
    let retries = plan.and_then(|plan| plan.schedule.retries).unwrap_or_default();
    let retry = plan.and_then(|plan| plan.schedule.retry(now));
    let retry = retry.filter(|_| cycle.retried < retries && !is_starting(cycle, plan));
    cycle.updated = now;
    let Cycle { attempts, status, retry_time, retried, .. } = cycle;
    let Some(attempt) = attempts.last_mut() else { return "" };
    attempt.outcome = if paid { Outcome::Success } else { Outcome::Failed };
    match (paid, kind, retry) {
        (true, ..) => {
            (*status, *retry_time, attempt.next_retry) = (Status::Succeeded, None, None);
            "subscription.cycle.succeeded"
        }
        (false, Kind::Forced, _) => {
            if is_over {
                *status = Status::Cancelled;
            }
            "subscription.cycle.force_attempt_failed"
        }
        (false, _, Some(time)) => {
            *retried += 1;
            (*status, *retry_time, attempt.next_retry) = (Status::Retrying, Some(time), Some(time));
            "subscription.cycle.retrying"
        }
        (false, _, None) => {
            (*status, *retry_time) = (Status::Failed, None);
            "subscription.cycle.failed"
        }
    }
}

/// Whether it is the payment that a plan begins with, which is tried once.
fn is_starting(cycle: &Cycle, plan: Option<&plans::Plan>) -> bool {
    cycle.number == 1 && plan.is_some_and(|plan| plan.status != plans::Status::Active)
}

/// Lets attempts that are forced run on from now on, or end.
pub(in crate::appotapay::subscriptions) fn hold_forced(state: &mut State, hold: bool) {
    state.subscriptions.holds_forced = hold;
    if hold {
        return;
    }
    let running = state.subscriptions.cycles.iter().filter(|cycle| cycle.is_running());
    let running: Vec<_> = running.map(|cycle| cycle.id.clone()).collect();
    for id in running {
        end(state, &id);
    }
}

/// What an attempt has taken and when, if it had success.
pub(in crate::appotapay::subscriptions) fn find_paid(
    state: &State,
    attempt_id: &str,
) -> Option<(i64, i64)> {
    state.subscriptions.cycles.iter().find_map(|cycle| {
        let attempt = cycle.attempts.iter().find(|attempt| attempt.id == attempt_id)?;
        Some(match attempt.outcome {
            Outcome::Success => (cycle.amount, attempt.created),
            Outcome::Pending | Outcome::Failed => (0, attempt.created),
        })
    })
}
