//! From a request to an answer.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::header::HeaderMap;

use super::auth::Keys;
use super::idempotency::{self, Known};
use super::refusal::{self, Refusal};
use super::rules::{self, Rule};
use super::said::Said;
use super::state::State;
use crate::clock::Clock;
use crate::document::{Document, Operation};
use crate::message::{Answer, Provider, Request};

/// Any number will do; with it, ids differ from those of other providers.
const SEED: u64 = 3;

pub(super) struct Service {
    clock: Clock,
    pub(super) keys: Keys,
    pub(super) merchant_id: String,
    pub(super) store_id: String,
    document: Document,
    state: Mutex<State>,
}

impl Service {
    pub(super) fn new(clock: Clock) -> io::Result<Self> {
        let document = Document::parse(include_str!("../../openapi/univapay.json"))?;
        let mut state = State::new(SEED, clock.now_ms());
        let (merchant_id, store_id) = (state.merchant_id.clone(), state.store_id.clone());
        let keys = Keys::new(&mut state.ids, &merchant_id, &store_id);
        Ok(Self { clock, keys, merchant_id, store_id, document, state: Mutex::new(state) })
    }

    /// The state as it is at this moment.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // A rule that panicked fails its own test; the others may go on.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.now = state.now.max(self.clock.now_ms());
        state
    }

    /// Who calls, and which rule answers.
    fn rule(&self, operation: Option<&Operation>, request: &Request) -> Result<Rule, Refusal> {
        let id = operation.map(|operation| operation.id.as_str());
        self.keys.check(&request.headers, id)?;
        let id = id.ok_or(refusal::NOT_FOUND)?;
        Ok(rules::rule(id).ok_or(refusal::NOT_HERE)?)
    }

    /// What the rule says to a request that the document allows.
    fn outcome(
        &self,
        state: &mut State,
        operation: &Operation,
        request: &Request,
        rule: Rule,
    ) -> Result<Said, Refusal> {
        let call = self.document.read(operation, request)?;
        let own = |name: &str, id: &str| call.path.get(name).is_none_or(|named| named == id);
        if !own("storeId", &state.store_id) || !own("merchantId", &state.merchant_id) {
            return Err(refusal::NOT_FOUND.into());
        }
        state.settle();
        rule.apply(state, &call)
    }

    /// Lets a call with an idempotency key happen once.
    fn once(
        &self,
        state: &mut State,
        operation: &Operation,
        request: &Request,
        rule: Rule,
    ) -> (Said, HeaderMap) {
        let said = |state: &mut State| {
            let outcome = self.outcome(state, operation, request, rule);
            outcome.map_err(|refusal| refusal.said())
        };
        let Some(key) = idempotency::key(request).filter(|_| operation.idempotent) else {
            return (said(state).unwrap_or_else(|said| said), HeaderMap::new());
        };
        let now = state.now;
        let (said, status) = match state.kept.look(key, request, now) {
            Known::Same(said) => (said, "retrieved_idempotent_response"),
            Known::Other => (Refusal::from(refusal::KEY_CONFLICT).said(), "conflicting_key"),
            Known::New => match said(state) {
                Ok(said) => {
                    state.kept.keep(key, request, &said, now);
                    (said, "successfully_stored")
                }
                Err(said) => (said, "not_stored"),
            },
        };
        (said, idempotency::told(status))
    }
}

impl Provider for Service {
    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.state();
        let operation = self.document.find(request);
        let (said, headers) = match (operation, self.rule(operation, request)) {
            (Some(operation), Ok(rule)) => self.once(&mut state, operation, request, rule),
            (_, Err(refusal)) => (refusal.said(), HeaderMap::new()),
            (None, Ok(_)) => (Refusal::from(refusal::NOT_FOUND).said(), HeaderMap::new()),
        };
        let operation = operation.map(|operation| operation.id.clone());
        Answer { operation, status: said.status, headers, body: said.body.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_or_is_missing_and_nothing_else_is() {
        let document = Document::parse(include_str!("../../openapi/univapay.json")).unwrap();
        let mut operations = document.operation_ids();
        let mut known = rules::ids();
        operations.sort_unstable();
        known.sort_unstable();
        assert_eq!(operations, known);
    }
}
