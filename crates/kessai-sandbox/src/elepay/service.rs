//! What is elepay's own about answering.

use serde_json::Value;

use super::auth::Keys;
use super::language::Language;
use super::refusal::Refusal;
use super::rules::RULES;
use super::state::State;
use crate::document::Operation;
use crate::message::Request;
use crate::provider::Provider;
use crate::rule::Row;
use crate::said::Said;

/// What the document calls the key for browsers.
const PUBLISHABLE_KEY: &str = "publishable_key";

pub(super) struct Service {
    pub(super) keys: Keys,
}

impl Provider for Service {
    const DOCUMENT: &'static str = include_str!("../../openapi/elepay.json");
    const SEED: u64 = 1;
    const RULES: &'static [&'static [Row<Self>]] = &[RULES];

    type State = State;
    type Body = Value;
    type Refusal = Refusal;

    fn new(_now: i64) -> (Self, State) {
        let mut state = State::new(Self::SEED);
        let keys = Keys::new(&mut state.ids);
        (Self { keys }, state)
    }

    fn catch_up(state: &mut State, now: i64) {
        state.catch_up(now);
    }

    fn admit(
        &self,
        _state: &State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<(), Refusal> {
        let publishable = operation.is_some_and(|operation| operation.admits(PUBLISHABLE_KEY));
        self.keys.check(&request.headers, publishable)
    }

    fn refuse(refusal: Refusal, state: &mut State, request: &Request) -> Said {
        let language = Language::asked_for(&request.headers);
        let body = refusal.body(&state.ids.next("req_"), language);
        Said { status: refusal.status(), body: body.to_string() }
    }
}
