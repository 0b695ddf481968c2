//! From a request to an answer.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::HeaderMap;
use serde_json::Value;

use super::auth::Keys;
use super::language::Language;
use super::refusal::{self, Refusal};
use super::rules;
use super::state::State;
use crate::clock::Clock;
use crate::document::{Document, Operation};
use crate::message::{Answer, Provider, Request};

/// Any number will do; with it, ids differ from those of other providers.
const SEED: u64 = 1;

/// What the document calls the key for browsers.
const PUBLISHABLE_KEY: &str = "publishable_key";

pub(super) struct Service {
    clock: Clock,
    pub(super) keys: Keys,
    document: Document,
    state: Mutex<State>,
}

impl Service {
    pub(super) fn new(clock: Clock) -> io::Result<Self> {
        let document = Document::parse(include_str!("../../openapi/elepay.json"))?;
        let mut state = State::new(SEED);
        let keys = Keys::new(&mut state.ids);
        Ok(Self { clock, keys, document, state: Mutex::new(state) })
    }

    /// The state as it is at this moment.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // A rule that panicked fails its own test; the others may go on.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.catch_up(self.clock.now_ms());
        state
    }

    /// Whether a customer can pay by this method, once it is known which.
    pub(super) fn is_payment_method(&self, word: &str) -> bool {
        word != "auto" && self.document.has_word("PaymentMethod", word)
    }

    /// The order of the checks: the key, the address, the document, the rules.
    fn outcome(
        &self,
        state: &mut State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<(StatusCode, Option<Value>), Refusal> {
        let publishable = operation.is_some_and(|operation| operation.admits(PUBLISHABLE_KEY));
        self.keys.check(&request.headers, publishable)?;
        let operation = operation.ok_or(refusal::WRONG_CALL)?;
        let call = self.document.read(operation, request)?;
        let rule = rules::rule(&operation.id).ok_or(refusal::UNSUPPORTED)?;
        Ok((operation.success, rule.apply(state, &call)?))
    }
}

impl Provider for Service {
    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.state();
        let operation = self.document.find(request);
        let (status, body) = match self.outcome(&mut state, operation, request) {
            Ok(success) => success,
            Err(refusal) => {
                let language = Language::asked_for(&request.headers);
                let body = refusal.body(&state.ids.next("req_"), language);
                (refusal.status(), Some(body))
            }
        };
        let operation = operation.map(|operation| operation.id.clone());
        let body = body.map_or_else(Bytes::new, |body| body.to_string().into());
        Answer { operation, status, headers: HeaderMap::new(), body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_and_every_rule_an_operation() {
        let document = Document::parse(include_str!("../../openapi/elepay.json")).unwrap();
        let mut operations = document.operation_ids();
        let mut rules = rules::ids();
        operations.sort_unstable();
        rules.sort_unstable();
        assert_eq!(operations, rules);
    }
}
