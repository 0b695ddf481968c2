//! From a request to an answer.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::header::HeaderMap;

use super::auth::Keys;
use super::object::Said;
use super::refusal::{self, Refusal};
use super::rules;
use super::state::State;
use crate::clock::Clock;
use crate::document::{Document, Operation};
use crate::message::{Answer, Provider, Request};

/// Any number will do; with it, ids differ from those of other providers.
const SEED: u64 = 2;

pub(super) struct Service {
    clock: Clock,
    pub(super) keys: Keys,
    document: Document,
    state: Mutex<State>,
}

impl Service {
    pub(super) fn new(clock: Clock) -> io::Result<Self> {
        let document = Document::parse(include_str!("../../openapi/zafapay.json"))?;
        let mut state = State::new(SEED);
        let keys = Keys::new(&mut state.ids);
        Ok(Self { clock, keys, document, state: Mutex::new(state) })
    }

    /// The state as it is at this moment.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // A rule that panicked fails its own test; the others may go on.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.now = state.now.max(self.clock.now_ms());
        state
    }

    /// The order of the checks: the key, the address, the document, the rules.
    fn outcome(
        &self,
        state: &mut State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<Said, Refusal> {
        self.keys.check(&request.headers, |scheme| {
            operation.is_none_or(|operation| operation.admits(scheme))
        })?;
        let operation = operation.ok_or(refusal::NOT_FOUND)?;
        let call = self.document.read(operation, request)?;
        let rule = rules::rule(&operation.id).ok_or(refusal::UNSUPPORTED)?;
        rule.apply(state, &call)
    }
}

impl Provider for Service {
    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.state();
        let operation = self.document.find(request);
        let said = self.outcome(&mut state, operation, request);
        let said = said.unwrap_or_else(|refusal| refusal.said(&mut state.ids));
        let operation = operation.map(|operation| operation.id.clone());
        let (status, headers) = (said.status, HeaderMap::new());
        Answer { operation, status, headers, body: said.body.json().into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_and_every_rule_an_operation() {
        let document = Document::parse(include_str!("../../openapi/zafapay.json")).unwrap();
        let mut operations = document.operation_ids();
        let mut rules = rules::ids();
        operations.sort_unstable();
        rules.sort_unstable();
        assert_eq!(operations, rules);
    }
}
