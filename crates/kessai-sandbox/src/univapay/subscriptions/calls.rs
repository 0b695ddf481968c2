//! Looking at a subscription, ending it and interrupting it.

use super::show::show;
use super::{Status, Subscription, tell_end};
use crate::document::Call;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;

pub(in crate::univapay) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, state.subscriptions.get(call.path("id"))?).into())
}

pub(in crate::univapay) fn cancel(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    let subscription = state.subscriptions.get_mut(id)?;
    if subscription.status.is_over() {
        return Err(refusal::ENDED.into());
    }
    let late = subscription.schedule.ends_late;
    subscription.finish(Status::Canceled, late);
    if subscription.status.is_over() {
        tell_end(state, id);
    }
    Ok(Said::nothing())
}

pub(in crate::univapay) fn suspend(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("subscriptionId");
    let settings = call.body.object("schedule_settings");
    let mode = settings.and_then(|settings| settings.get("termination_mode")?.as_str());
    let late = mode == Some("on_next_payment");
    state.subscriptions.get_mut(id)?.interrupt(late)?;
    tell_end(state, id);
    Ok(show(state, state.subscriptions.get(id)?).into())
}

pub(in crate::univapay) fn unsuspend(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("subscriptionId");
    state.subscriptions.get_mut(id)?.resume()?;
    Ok(show(state, state.subscriptions.get(id)?).into())
}

impl Subscription {
    /// Takes on a status at once, or on the day of the next payment.
    fn finish(&mut self, status: Status, late: bool) {
        match self.next_mut() {
            Some(next) if late => next.ends = Some(status),
            _ => self.end(status),
        }
    }

    pub(super) fn interrupt(&mut self, late: bool) -> Result<(), Refusal> {
        match self.status {
            Status::Current | Status::Unpaid => {
                self.finish(Status::Suspended, late);
                Ok(())
            }
            status => Err(wrong(status)),
        }
    }

    /// Goes on; what is due and was not paid is charged next.
    pub(super) fn resume(&mut self) -> Result<(), Refusal> {
        if self.status != Status::Suspended {
            return Err(wrong(self.status));
        }
        self.status = Status::Unpaid;
        if let Some(next) = self.next_mut() {
            next.tried = false;
        }
        Ok(())
    }
}

fn wrong(status: Status) -> Refusal {
    if status.is_over() { refusal::ENDED.into() } else { invalid("status", "NOT_ALLOWED_VALUE") }
}
