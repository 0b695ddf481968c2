//! From a request to an answer, the same for every provider.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::HeaderMap;

use crate::clock::Clock;
use crate::document::{Document, Operation};
use crate::journal::{Entry, Journal};
use crate::lever::LeverError;
use crate::loss::{Loss, Losses};
use crate::message::{Answer, Request};
use crate::provider::{Provider, Unanswered};
use crate::rule::Rule;
use crate::said::Said;

/// A provider with all that it needs to answer, and the journal of its answers.
pub(crate) struct Answering<P: Provider> {
    pub(crate) provider: P,
    pub(crate) document: Document,
    clock: Clock,
    state: Mutex<P::State>,
    journal: Journal,
    losses: Losses,
}

impl<P: Provider> Answering<P> {
    pub(crate) fn new(clock: Clock) -> io::Result<Self> {
        let document = Document::parse(P::DOCUMENT)?;
        let (provider, state) = P::new(clock.now_ms());
        let (state, journal) = (Mutex::new(state), Journal::default());
        Ok(Self { provider, document, clock, state, journal, losses: Losses::default() })
    }

    /// The state as it is at this moment.
    pub(crate) fn state(&self) -> MutexGuard<'_, P::State> {
        // A rule that panicked fails its own test; the others may go on.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        P::catch_up(&mut state, self.clock.now_ms());
        state
    }

    /// Every request so far, oldest first.
    pub(crate) fn journal(&self) -> Vec<Entry> {
        self.journal.entries()
    }

    /// Loses `loss` of the next exchange of this operation.
    pub(crate) fn lose(&self, operation: &str, loss: Loss) -> Result<(), LeverError> {
        if !self.document.has_operation(operation) {
            return Err(LeverError::NotFound);
        }
        self.losses.add(operation, loss);
        Ok(())
    }

    /// Answers all of a request at once, so that no two requests interleave; `None` if the line is
    /// to be closed without an answer.
    pub(crate) fn answer(&self, request: Request) -> Option<Answer> {
        let operation = self.document.find(&request).map(|operation| &*operation.id);
        match self.losses.next(operation) {
            Some(Loss::Request) => None,
            loss => {
                let answer = self.journal.answer(request, |request| self.say(request));
                loss.is_none().then_some(answer)
            }
        }
    }

    /// Answers a request whose body is too large to be read.
    pub(crate) fn turn_away(&self, request: Request) -> Answer {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        let (headers, body) = (HeaderMap::new(), Bytes::new());
        self.journal.answer(request, |_| Answer { operation: None, status, headers, body })
    }

    fn say(&self, request: &Request) -> Answer {
        let mut state = self.state();
        let operation = self.document.find(request);
        let (Said { status, body }, headers) = match self.rule(&state, operation, request) {
            Ok((operation, rule)) => P::make(&mut state, operation, request, |state| {
                let outcome = self.outcome(state, operation, request, rule);
                outcome.map_err(|refusal| P::refuse(refusal, state, request))
            }),
            Err(refusal) => (P::refuse(refusal, &mut state, request), HeaderMap::new()),
        };
        let operation = operation.map(|operation| operation.id.clone());
        Answer { operation, status, headers, body: body.into() }
    }

    /// Which rule answers, if who calls may.
    fn rule<'a>(
        &self,
        state: &P::State,
        operation: Option<&'a Operation>,
        request: &Request,
    ) -> Result<(&'a Operation, &'static Rule<P>), P::Refusal> {
        self.provider.admit(state, operation, request)?;
        let operation = operation.ok_or(Unanswered::NoOperation)?;
        let rule = Rule::of(&operation.id).ok_or(Unanswered::NoRule)?;
        Ok((operation, rule))
    }

    /// What the rule says, if the document allows the request.
    fn outcome(
        &self,
        state: &mut P::State,
        operation: &Operation,
        request: &Request,
        rule: &Rule<P>,
    ) -> Result<Said, P::Refusal> {
        let call = self.document.read(operation, request)?;
        P::prepare(state, &call)?;
        rule.apply(state, &call, operation.success)
    }
}
