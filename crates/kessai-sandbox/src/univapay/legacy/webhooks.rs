//! Webhooks that hear of all stores, and sending an event once more.

use hyper::StatusCode;

use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::events;
use crate::univapay::filters::Span;
use crate::univapay::refusal::Refusal;
use crate::univapay::state::State;
use crate::univapay::webhooks::{self, Level};

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let span = Span::read(call, "created_on.from", "created_on.to")?;
    // No webhook has a reference or an address to write to.
    let none = ["reference_id", "email_address"].iter().any(|name| call.query.get(name).is_some());
    webhooks::list_those(state, call, Level::Merchant, |webhook| {
        !none && span.includes_to_the_end(webhook.created)
    })
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    webhooks::make(state, call, Level::Merchant)
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    webhooks::look(state, call, Level::Merchant)
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    webhooks::change(state, call, Level::Merchant)
}

pub(super) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    webhooks::remove(state, call, Level::Merchant)
}

pub(super) fn redeliver(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    webhooks::named(state, call, Level::Store)?;
    events::tell_again(state, call.path("id"), call.path("eventId"))?;
    Ok(Said { status: StatusCode::ACCEPTED, body: Object::new().json() })
}
