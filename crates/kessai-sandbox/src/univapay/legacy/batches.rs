//! Several subscriptions and charges that are asked for at once.

use crate::document::{Call, Members};
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{Thing as _, things};
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::tokens::{self, Kind};
use crate::univapay::{charges, metadata, money, subscriptions};

pub(super) struct Batch {
    id: String,
    status: Status,
    /// What is still to be made.
    subscriptions: Vec<Call>,
    charges: Vec<Call>,
    /// What was made.
    subscription_ids: Vec<String>,
    charge_id: Option<String>,
}

things!(Batch);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Awaiting,
    Successful,
    Failed,
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let subscriptions: Vec<_> = parts(body.objects("subscriptions"));
    let mut charges = body.objects("charges");
    if let (Some(notes), false) = (body.literal("initial_charge_metadata"), charges.is_empty()) {
        let first = charges.remove(0).with("metadata", notes);
        charges.insert(0, first);
    }
    let charges = parts(charges);
    if subscriptions.is_empty() && charges.is_empty() {
        return Err(invalid("subscriptions", "MUST_HAVE_AT_LEAST_ONE_ELEMENT"));
    }
    let wrong_for_subscriptions = (Kind::OneTime, refusal::NOT_FOR_SUBSCRIPTIONS);
    let wrong_for_charges = (Kind::Subscription, refusal::NOT_FOR_CHARGES);
    for (calls, wrong) in [(&subscriptions, wrong_for_subscriptions), (&charges, wrong_for_charges)]
    {
        for call in calls {
            money::amount(&call.body, "amount")?;
            money::currency(&call.body)?;
            metadata::sent(&call.body)?;
            tokens::good(state, call, wrong)?;
        }
    }
    let batch = Batch {
        id: state.ids.next_uuid(),
        status: Status::Awaiting,
        subscriptions,
        charges,
        subscription_ids: Vec::new(),
        charge_id: None,
    };
    let said = Said::created(&show(&batch));
    state.legacy.batches.put(batch);
    Ok(said)
}

fn parts(bodies: Vec<Members>) -> Vec<Call> {
    bodies.into_iter().map(Call::of_body).collect()
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state.legacy.batches.get(call.path("batchId"))?).into())
}

/// Makes what is to be made.
pub(super) fn settle(state: &mut State) {
    let is_open = |batch: &Batch| batch.status == Status::Awaiting;
    while let Some(batch) = state.legacy.batches.iter_mut().find(|batch| is_open(batch)) {
        let id = batch.id.clone();
        let subscriptions = std::mem::take(&mut batch.subscriptions);
        let charges = std::mem::take(&mut batch.charges);
        // Whatever happens now, it is not made a second time.
        batch.status = Status::Failed;
        let status = match make(state, &id, &subscriptions, &charges) {
            Ok(()) => Status::Successful,
            Err(_) => Status::Failed,
        };
        if let Some(batch) = state.legacy.batches.find_mut(&id) {
            batch.status = status;
        }
    }
}

fn make(
    state: &mut State,
    id: &str,
    subscriptions: &[Call],
    charges: &[Call],
) -> Result<(), Refusal> {
    for call in subscriptions {
        subscriptions::create(state, call)?;
        let made = state.subscriptions.iter().next_back().map(|made| made.id.clone());
        if let (Some(made), Some(batch)) = (made, state.legacy.batches.find_mut(id)) {
            batch.subscription_ids.push(made);
        }
    }
    for call in charges {
        charges::create(state, call)?;
        let made = state.charges.iter().next_back().map(|made| made.id().to_owned());
        if let Some(batch) = state.legacy.batches.find_mut(id) {
            batch.charge_id = batch.charge_id.take().or(made);
        }
    }
    Ok(())
}

/// What does not apply is left out.
fn show(batch: &Batch) -> Object {
    let status = match batch.status {
        Status::Awaiting => "awaiting",
        Status::Successful => "successful",
        Status::Failed => "failed",
    };
    Object::new()
        .put("batch_id", &*batch.id)
        .put("status", status)
        .put("subscription_ids", batch.subscription_ids.clone())
        .put_some("charge_id", batch.charge_id.as_deref())
}
