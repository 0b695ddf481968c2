//! Calling off charges whose money has not been taken.

use super::cards::Behaviour;
use super::charges::{self, Account, Charge, Status};
use super::events::{self, Kind as EventKind};
use super::failure::Failure;
use super::metadata;
use super::page::{Count, page};
use super::refusal::{self, Refusal};
use super::said::Said;
use super::state::{Open, State};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::shelf::{NotFound, things};

pub(super) struct Cancel {
    id: String,
    charge_id: String,
    metadata: String,
    /// Nothing while it is pending.
    outcome: Option<Result<(), Failure>>,
    created: i64,
    updated: i64,
}

things!(Cancel);

/// Whether a cancel of this charge is pending.
pub(super) fn is_open(state: &State, charge_id: &str) -> bool {
    let mut own = state.cancels.iter().filter(|cancel| cancel.charge_id == charge_id);
    own.any(|cancel| cancel.outcome.is_none())
}

/// Whether no money has come yet, and none was refused.
fn is_early(charge: &Charge) -> bool {
    let deposit = charge.account.as_ref().and_then(Account::latest);
    let is_open = matches!(charge.status, Status::Pending | Status::Awaiting | Status::Authorized);
    is_open && deposit.is_none()
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let metadata = metadata::new(&call.body)?;
    let charge = state.charges.get(call.path("chargeId"))?;
    if !is_early(charge) || is_open(state, &charge.id) {
        return Err(refusal::NOT_CANCELABLE.into());
    }
    let charge_id = charge.id.clone();
    let cancel = Cancel {
        id: state.ids.next_uuid(),
        charge_id,
        metadata,
        outcome: None,
        created: state.now,
        updated: state.now,
    };
    let said = Said::created(&show(state, &cancel));
    // It comes before what it calls off.
    state.open.insert(0, Open::Cancel(cancel.id.clone()));
    state.cancels.put(cancel);
    Ok(said)
}

/// UnivaPay gets to a cancel that is pending.
pub(super) fn decide(state: &mut State, id: &str) {
    let now = state.now;
    let Some(cancel) = state.cancels.find_mut(id) else { return };
    let charge_id = cancel.charge_id.clone();
    let charge = state.charges.find(&charge_id);
    let card = charge.and_then(|charge| charge.means.card());
    let fails = charge.is_none_or(|charge| !is_early(charge))
        || card.is_some_and(|card| card.behaviour == Behaviour::CancelsFail);
    cancel.outcome = Some(if fails { Err(Failure::CancelUnavailable) } else { Ok(()) });
    cancel.updated = now;
    if !fails {
        charges::give_up(state, &charge_id);
    }
    if let Some(cancel) = state.cancels.find(id) {
        let data = show(state, cancel);
        events::tell(state, EventKind::CancelFinished, &data);
    }
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, named(state, call)?).into())
}

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("chargeId"))?;
    let cancels = state.cancels.iter().filter(|cancel| cancel.charge_id == charge.id);
    page(call, cancels, Count::Untold, |cancel| show(state, cancel))
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let now = state.now;
    let metadata = metadata::sent(&call.body)?;
    let id = named(state, call)?.id.clone();
    let cancel = state.cancels.get_mut(&id)?;
    if let Some(metadata) = metadata {
        cancel.metadata = metadata;
        cancel.updated = now;
    }
    Ok(show(state, state.cancels.get(&id)?).into())
}

fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Cancel, NotFound> {
    let cancel = state.cancels.get(call.path("id"))?;
    if cancel.charge_id == call.path("chargeId") { Ok(cancel) } else { Err(NotFound) }
}

/// What does not apply is left out.
fn show(state: &State, cancel: &Cancel) -> Object {
    let status = match cancel.outcome {
        None => "pending",
        Some(Ok(())) => "successful",
        Some(Err(_)) => "failed",
    };
    let object = Object::new()
        .put("id", &*cancel.id)
        .put("charge_id", &*cancel.charge_id)
        .put("store_id", &*state.store_id)
        .put("status", status);
    Failure::put(object, cancel.outcome.and_then(Result::err))
        .literal("metadata", &cancel.metadata)
        .put("mode", "test")
        .put("created_on", iso(cancel.created))
        .put("updated_on", iso(cancel.updated))
}
