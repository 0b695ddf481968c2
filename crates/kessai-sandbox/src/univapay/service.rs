//! What is UnivaPay's own about answering.

use hyper::StatusCode;
use hyper::header::HeaderMap;

use super::auth::{self, Keys};
use super::idempotency::{self, Known};
use super::refusal::{self, Refusal};
use super::rules::TABLES;
use super::state::State;
use crate::document::{Call, Operation};
use crate::message::Request;
use crate::provider::Provider;
use crate::rule::Row;
use crate::said::Said;

pub(super) struct Service {
    pub(super) keys: Keys,
    pub(super) merchant_id: String,
    pub(super) store_id: String,
}

impl Provider for Service {
    const DOCUMENT: &'static str = include_str!("../../openapi/univapay.json");
    const SEED: u64 = 3;
    const RULES: &'static [&'static [Row<Self>]] = TABLES;

    type State = State;
    type Body = Said;
    type Refusal = Refusal;

    fn new(now: i64) -> (Self, State) {
        let mut state = State::new(Self::SEED, now);
        let (merchant_id, store_id) = (state.merchant_id.clone(), state.store_id.clone());
        let keys = Keys::new(&mut state);
        (Self { keys, merchant_id, store_id }, state)
    }

    fn catch_up(state: &mut State, now: i64) {
        state.now = state.now.max(now);
    }

    fn admit(
        &self,
        state: &State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<(), Refusal> {
        let id = operation.map(|operation| operation.id.as_str());
        auth::admit(state, &request.headers, id)
    }

    fn prepare(state: &mut State, call: &Call) -> Result<(), Refusal> {
        let own = |name: &str, id: &str| call.path.get(name).is_none_or(|named| named == id);
        if !own("storeId", &state.store_id) || !own("merchantId", &state.merchant_id) {
            return Err(refusal::NOT_FOUND.into());
        }
        state.settle();
        Ok(())
    }

    fn make(
        state: &mut State,
        operation: &Operation,
        request: &Request,
        call: impl FnOnce(&mut State) -> Result<Said, Said>,
    ) -> (Said, HeaderMap) {
        state.legacy.signed_by = auth::login(state, &request.headers);
        let now = state.now;
        let (limits, admitted) = state.limits.count(operation, request, now);
        if !admitted {
            return (Said::empty(StatusCode::TOO_MANY_REQUESTS), limits);
        }
        let (said, mut told) = once(state, operation, request, call);
        told.extend(limits);
        (said, told)
    }

    fn refuse(refusal: Refusal, _state: &mut State, _request: &Request) -> Said {
        refusal.said()
    }
}

/// Lets a call with an idempotency key happen once.
fn once(
    state: &mut State,
    operation: &Operation,
    request: &Request,
    call: impl FnOnce(&mut State) -> Result<Said, Said>,
) -> (Said, HeaderMap) {
    let Some(key) = idempotency::key(request).filter(|_| operation.idempotent) else {
        return (call(state).unwrap_or_else(|said| said), HeaderMap::new());
    };
    let now = state.now;
    let (said, status) = match state.kept.look(key, request, now) {
        Known::Same(said) => (said, "retrieved_idempotent_response"),
        Known::Other => (Refusal::from(refusal::KEY_CONFLICT).said(), "conflicting_key"),
        Known::New => match call(state) {
            Ok(said) => {
                state.kept.keep(key, request, &said, now);
                (said, "successfully_stored")
            }
            Err(said) => (said, "not_stored"),
        },
    };
    (said, idempotency::told(status))
}
