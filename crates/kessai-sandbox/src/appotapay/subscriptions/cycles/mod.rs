//! The payments of plans, one by one, and the attempts at each.

mod attempts;
mod billing;
mod calls;

pub(super) use attempts::{find_paid, hold_forced};
pub(in crate::appotapay) use billing::catch_up;
pub(super) use billing::{add, cancel_all, is_retrying, is_scheduled, pay_at_once, pay_by_link};
pub(super) use calls::{cancel_cycle, force_cycle_attempt, get_cycle, list_cycles, update_cycle};

use super::refunds;
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::ledger::{Line, Totals};
use crate::object::Object;
use attempts::{Attempt, Outcome};

pub(super) struct Cycle {
    pub(super) id: String,
    pub(super) plan_id: String,
    number: i64,
    pub(super) amount: i64,
    scheduled: i64,
    status: Status,
    /// When it is tried again, and how often that was done.
    retry_time: Option<i64>,
    retried: i64,
    attempts: Vec<Attempt>,
    created: i64,
    updated: i64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Scheduled,
    Retrying,
    Failed,
    Succeeded,
    Cancelled,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Scheduled => "SCHEDULED",
            Self::Retrying => "RETRYING",
            Self::Failed => "FAILED",
            Self::Succeeded => "SUCCEEDED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl Cycle {
    /// Whether something may yet be charged.
    fn is_open(&self) -> bool {
        matches!(self.status, Status::Scheduled | Status::Retrying)
    }

    /// Whether the outcome of an attempt is not known yet.
    fn is_running(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.outcome == Outcome::Pending)
    }

    /// When something is charged next.
    fn due(&self) -> Option<i64> {
        match self.status {
            Status::Failed | Status::Succeeded | Status::Cancelled => None,
            _ if self.is_running() => None,
            Status::Scheduled => Some(self.scheduled),
            Status::Retrying => self.retry_time,
        }
    }
}

/// The cycle with its attempts.
fn show(cycle: &Cycle) -> Object {
    let attempts = cycle.attempts.iter().zip(1_i64..);
    let attempts = attempts.map(|(attempt, number)| attempt.show(number));
    let object = head(cycle).array("attemptDetails", attempts);
    tail(object, cycle)
}

/// The cycle as lists have it.
fn show_in_list(cycle: &Cycle) -> Object {
    tail(head(cycle), cycle)
}

fn head(cycle: &Cycle) -> Object {
    Object::new()
        .put("cycleId", &*cycle.id)
        .put("planId", &*cycle.plan_id)
        .put("cycleNumber", cycle.number)
        .put("currency", super::VND)
        .put("amount", cycle.amount)
        .put("attemptCount", cycle.attempts.len())
}

fn tail(object: Object, cycle: &Cycle) -> Object {
    object
        .put("scheduledAt", time::rfc3339(cycle.scheduled))
        .put("status", cycle.status.word())
        .put("createdAt", time::rfc3339(cycle.created))
        .put("updatedAt", time::rfc3339(cycle.updated))
}

/// The money of every cycle that was paid, by the attempt that had success.
pub(in crate::appotapay) fn lines(state: &State) -> Vec<Line> {
    let paid = state.subscriptions.cycles.iter().filter_map(|cycle| {
        let mut attempts = cycle.attempts.iter();
        Some((cycle, attempts.find(|attempt| attempt.outcome == Outcome::Success)?))
    });
    let line = |(cycle, attempt): (&Cycle, &Attempt)| Line {
        charge: attempt.id.clone(),
        reference: reference(state, cycle),
        currency: super::VND.to_owned(),
        status: cycle.status.word().to_owned(),
        totals: Totals::new(cycle.amount, cycle.amount, refunds::given_back(state, &attempt.id)),
    };
    paid.map(line).collect()
}

/// The merchant's reference of the plan.
fn reference(state: &State, cycle: &Cycle) -> String {
    let plan = state.subscriptions.plans.find(&cycle.plan_id);
    plan.map(|plan| plan.reference.clone()).unwrap_or_default()
}
