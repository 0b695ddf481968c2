//! Starting a subscription.

use serde_json::Value;

use super::payments::Payment;
use super::terms::{Terms, day_of};
use super::{Schedule, Status, Subscription, billing, show, tell};
use crate::document::{Call, Members};
use crate::univapay::events::Kind as EventKind;
use crate::univapay::refusal::{self, Refusal, invalid, not_here};
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::tokens::{self, Kind};
use crate::univapay::{charges, metadata, money};

pub(in crate::univapay) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (body, now) = (&call.body, state.now);
    if body.flag("first_charge_authorization_only") == Some(true) {
        return Err(not_here("first_charge_authorization_only"));
    }
    let terms = Terms::read(body, now)?;
    if terms.initial == Some(0) {
        return Err(invalid("initial_amount", "CANNOT_BE_ZERO"));
    }
    let currency = money::currency(body)?;
    let metadata = metadata::new(body)?;
    let token = tokens::good(state, call, (Kind::OneTime, refusal::NOT_FOR_SUBSCRIPTIONS))?;
    token.checks.allow_charge()?;
    let token_id = token.id.clone();
    let Some(due) = terms.payment(0) else {
        return Err(invalid("period", "INVALID_TIME_PERIOD"));
    };
    let id = state.ids.next_uuid();
    let first = Payment::new(state.ids.next_uuid(), &due, now);
    tokens::use_up(state, &token_id);
    state.subscriptions.put(Subscription {
        id: id.clone(),
        token_id,
        currency,
        terms,
        schedule: schedule(body),
        status: Status::Unverified,
        three_ds: charges::read_three_ds(body),
        descriptor: body.text("descriptor").map(str::to_owned),
        metadata,
        payments: vec![first],
        created: now,
    });
    tell(state, &id, EventKind::SubscriptionCreated);
    if due.day == day_of(now) {
        billing::charge(state, &id);
    }
    Ok(Said::created(&show::show(state, state.subscriptions.get(&id)?)))
}

fn schedule(body: &Members) -> Schedule {
    let settings = body.object("schedule_settings");
    let get = |name| settings.and_then(|settings| settings.get(name));
    let text = |name| get(name).and_then(Value::as_str).map(str::to_owned);
    Schedule {
        start_on: text("start_on"),
        zone_id: text("zone_id").unwrap_or_else(|| "Asia/Tokyo".to_owned()),
        preserve_end_of_month: get("preserve_end_of_month").and_then(Value::as_bool),
        retry_interval: text("retry_interval"),
        ends_late: text("termination_mode").as_deref() == Some("on_next_payment"),
    }
}
