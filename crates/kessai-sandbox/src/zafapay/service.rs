//! What is ZAFA PAY's own about answering.

use super::auth::Keys;
use super::refusal::Refusal;
use super::rules::RULES;
use super::state::State;
use crate::document::Operation;
use crate::message::Request;
use crate::provider::Provider;
use crate::rule::Row;
use crate::said::Said;

pub(super) struct Service {
    pub(super) keys: Keys,
}

impl Provider for Service {
    const DOCUMENT: &'static str = include_str!("../../openapi/zafapay.json");
    const SEED: u64 = 2;
    const RULES: &'static [&'static [Row<Self>]] = &[RULES];

    type State = State;
    type Body = Said;
    type Refusal = Refusal;

    fn new(_now: i64) -> (Self, State) {
        let mut state = State::new(Self::SEED);
        let keys = Keys::new(&mut state.ids);
        (Self { keys }, state)
    }

    fn catch_up(state: &mut State, now: i64) {
        state.now = state.now.max(now);
    }

    fn admit(
        &self,
        _state: &State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<(), Refusal> {
        self.keys.check(&request.headers, |scheme| {
            operation.is_none_or(|operation| operation.admits(scheme))
        })
    }

    fn refuse(refusal: Refusal, state: &mut State, _request: &Request) -> Said {
        refusal.said(&mut state.ids)
    }
}
