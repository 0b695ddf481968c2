//! Giving money back.

use super::cards::Behaviour;
use super::charges::{self, Status};
use super::events::{self, Kind as EventKind};
use super::failure::Failure;
use super::filters::within;
use super::page::{Count, page};
use super::refusal::{self, Refusal, invalid};
use super::said::Said;
use super::state::{Open, State};
use super::{metadata, money};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::shelf::{NotFound, things};

pub(super) struct Refund {
    pub(super) id: String,
    pub(super) charge_id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) reason: Option<String>,
    message: Option<String>,
    pub(super) metadata: String,
    /// Nothing while it is pending.
    outcome: Option<Result<(), Failure>>,
    pub(super) created: i64,
    updated: i64,
}

things!(Refund);

impl Refund {
    /// Whether it has given the money back, or may.
    pub(super) fn counts(&self) -> bool {
        !matches!(self.outcome, Some(Err(_)))
    }

    pub(super) fn status(&self) -> &'static str {
        match self.outcome {
            None => "pending",
            Some(Ok(())) => "successful",
            Some(Err(_)) => "failed",
        }
    }

    /// Whether it has given the money back.
    pub(super) fn is_done(&self) -> bool {
        self.outcome == Some(Ok(()))
    }
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let amount = money::amount(body, "amount")?;
    let amount = amount.ok_or_else(|| invalid("amount", "REQUIRED_VALUE"))?;
    let currency = money::currency(body)?;
    let metadata = metadata::new(body)?;
    let charge = state.charges.get(call.path("chargeId"))?;
    if charge.status != Status::Successful {
        return Err(refusal::NOT_REFUNDABLE.into());
    }
    if !charge.means.is_refundable() {
        return Err(refusal::NEVER_REFUNDABLE.into());
    }
    if currency != charge.currency {
        return Err(refusal::WRONG_CURRENCY.into());
    }
    if amount > charge.captured {
        return Err(refusal::REFUND_TOO_LARGE.into());
    }
    if amount > charge.captured - charges::refunded(state, &charge.id) {
        return Err(refusal::REFUNDS_TOO_LARGE.into());
    }
    let charge_id = charge.id.clone();
    let refund = Refund {
        id: state.ids.next_uuid(),
        charge_id,
        amount,
        currency,
        reason: body.text("reason").map(str::to_owned),
        message: body.text("message").map(str::to_owned),
        metadata,
        outcome: None,
        created: state.now,
        updated: state.now,
    };
    let said = Said::created(&show(state, &refund));
    state.open.push(Open::Refund(refund.id.clone()));
    state.refunds.put(refund);
    Ok(said)
}

/// UnivaPay gets to a refund that is pending.
pub(super) fn decide(state: &mut State, id: &str) {
    let now = state.now;
    let Some(refund) = state.refunds.find_mut(id) else { return };
    let charge = state.charges.find(&refund.charge_id);
    let card = charge.and_then(|charge| charge.means.card());
    let fails = card.is_some_and(|card| card.behaviour == Behaviour::RefundsFail);
    refund.outcome = Some(if fails { Err(Failure::RefundFailed) } else { Ok(()) });
    refund.updated = now;
    if let Some(refund) = state.refunds.find(id) {
        let data = show(state, refund);
        events::tell(state, EventKind::RefundFinished, &data);
    }
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, named(state, call)?).into())
}

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("chargeId"))?;
    let refunds = state.refunds.iter().filter(|refund| {
        refund.charge_id == charge.id
            && within(call, "metadata", |text| metadata::have(&refund.metadata, text))
    });
    page(call, refunds, Count::Told, |refund| show(state, refund))
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (body, now) = (&call.body, state.now);
    let metadata = metadata::sent(body)?;
    let id = named(state, call)?.id.clone();
    let refund = state.refunds.get_mut(&id)?;
    // What is null is taken away.
    if body.get("reason").is_some() {
        refund.reason = body.text("reason").map(str::to_owned);
    }
    if body.get("message").is_some() {
        refund.message = body.text("message").map(str::to_owned);
    }
    if let Some(metadata) = metadata {
        refund.metadata = metadata;
    }
    refund.updated = now;
    Ok(show(state, state.refunds.get(&id)?).into())
}

fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Refund, NotFound> {
    let refund = state.refunds.get(call.path("id"))?;
    if refund.charge_id == call.path("chargeId") { Ok(refund) } else { Err(NotFound) }
}

/// What does not apply is left out.
fn show(state: &State, refund: &Refund) -> Object {
    let object = Object::new()
        .put("id", &*refund.id)
        .put("store_id", &*state.store_id)
        .put("charge_id", &*refund.charge_id)
        .put("status", refund.status());
    let object = money::put(object, "amount", refund.amount, &refund.currency)
        .put("currency", &*refund.currency)
        .put_some("reason", refund.reason.as_deref())
        .put_some("message", refund.message.as_deref());
    Failure::put(object, refund.outcome.and_then(Result::err))
        .literal("metadata", &refund.metadata)
        .put("mode", "test")
        .put("created_on", iso(refund.created))
        .put("updated_on", iso(refund.updated))
}
