//! Changing a subscription.

use serde_json::{Map, Value};

use super::show::show;
use super::{Status, Subscription, tell_end};
use crate::document::Call;
use crate::univapay::refusal::{self, Refusal, invalid, not_here};
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::tokens::{self, Kind};
use crate::univapay::{metadata, money};

/// Members that the sandbox does not know.
const UNKNOWN: &[&str] =
    &["period", "cyclical_period", "initial_amount", "subscription_plan", "installment_plan"];

pub(in crate::univapay) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, body) = (call.path("id"), &call.body);
    if let Some(unknown) = UNKNOWN.iter().find(|name| body.get(name).is_some()) {
        return Err(not_here(unknown));
    }
    let subscription = state.subscriptions.get(id)?;
    match subscription.status {
        Status::Canceled => return Err(refusal::CANCELED.into()),
        Status::Completed => return Err(refusal::ENDED.into()),
        _ => {}
    }
    let amount = money::amount(body, "amount")?;
    if amount.is_some() && subscription.terms.cycles().is_some() {
        return Err(not_here("amount"));
    }
    let token = match body.text("transaction_token_id") {
        None => None,
        Some(_) => Some(subscription.new_token(state, call)?),
    };
    let metadata = metadata::sent(body)?;
    let settings = Settings::read(body.object("schedule_settings"))?;
    let next = Next::read(body.object("next_payment"))?;

    let subscription = state.subscriptions.get_mut(id)?;
    match body.text("status") {
        Some("suspended") => {
            subscription.interrupt(false)?;
            tell_end(state, id);
        }
        Some(_) => subscription.resume()?,
        None => {}
    }
    let subscription = state.subscriptions.get_mut(id)?;
    if let Some(amount) = amount {
        subscription.terms.amount = amount;
    }
    if let Some(metadata) = metadata {
        subscription.metadata = metadata;
    }
    subscription.schedule.ends_late = settings.ends_late.unwrap_or(subscription.schedule.ends_late);
    next.apply(subscription);
    if let Some(token) = token {
        tokens::use_up(state, &token);
        state.subscriptions.get_mut(id)?.take_token(token);
    }
    Ok(show(state, state.subscriptions.get(id)?).into())
}

pub(in crate::univapay) fn update_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("subscriptionId");
    let subscription = state.subscriptions.get(id)?;
    if subscription.status.is_over() {
        return Err(refusal::CANNOT_CHANGE_TOKEN.into());
    }
    let token = subscription.new_token(state, call)?;
    tokens::use_up(state, &token);
    state.subscriptions.get_mut(id)?.take_token(token);
    Ok(show(state, state.subscriptions.get(id)?).into())
}

impl Subscription {
    /// The token of a request, if it may pay from now on.
    fn new_token(&self, state: &State, call: &Call) -> Result<String, Refusal> {
        if self.status == Status::Unverified {
            return Err(refusal::CANNOT_CHANGE_TOKEN.into());
        }
        let wrong = (Kind::OneTime, refusal::NOT_FOR_SUBSCRIPTIONS);
        let token = tokens::good(state, call, wrong)?;
        token.checks.allow_charge()?;
        Ok(token.id.clone())
    }

    /// Another token pays; a payment that did not go well is tried again.
    fn take_token(&mut self, token: String) {
        self.token_id = token;
        if matches!(self.status, Status::Unconfirmed | Status::Unpaid) {
            self.status = Status::Unpaid;
            if let Some(next) = self.next_mut() {
                next.tried = false;
            }
        }
    }
}

struct Settings {
    ends_late: Option<bool>,
}

impl Settings {
    fn read(settings: Option<&Map<String, Value>>) -> Result<Self, Refusal> {
        let Some(settings) = settings else { return Ok(Self { ends_late: None }) };
        if let Some(unknown) = settings.keys().find(|name| *name != "termination_mode") {
            return Err(not_here(&format!("schedule_settings.{unknown}")));
        }
        let mode = settings.get("termination_mode");
        Ok(Self { ends_late: mode.map(|mode| mode == "on_next_payment") })
    }
}

/// What is to change of the next payment.
#[derive(Default)]
struct Next {
    amount: Option<i64>,
    ends: End,
}

/// What becomes of the status that the subscription is to take on then.
#[derive(Default)]
enum End {
    #[default]
    AsPlanned,
    TakenAway,
    With(Status),
}

impl Next {
    fn read(next: Option<&Map<String, Value>>) -> Result<Self, Refusal> {
        let Some(next) = next else { return Ok(Self::default()) };
        if next.contains_key("due_date") {
            return Err(not_here("next_payment.due_date"));
        }
        let amount = next.get("amount").and_then(Value::as_i64);
        if amount.is_some_and(|amount| amount < 1) {
            return Err(invalid("next_payment.amount", "INVALID_AMOUNT"));
        }
        let ends = match next.get("terminate_with_status").map(Value::as_str) {
            None => End::AsPlanned,
            Some(None) => End::TakenAway,
            Some(Some("suspended")) => End::With(Status::Suspended),
            Some(Some(_)) => End::With(Status::Canceled),
        };
        Ok(Self { amount, ends })
    }

    fn apply(self, subscription: &mut Subscription) {
        let Some(next) = subscription.next_mut() else { return };
        next.amount = self.amount.unwrap_or(next.amount);
        match self.ends {
            End::AsPlanned => {}
            End::TakenAway => next.ends = None,
            End::With(status) => next.ends = Some(status),
        }
    }
}
