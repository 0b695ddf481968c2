//! An engine for the tests inside of the provider crates: it answers what it is told, and remembers
//! what it was given.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use kessai_core::http::{HeaderMap, Request, StatusCode};
use kessai_core::{Answer, BoxFuture, Bytes, Engine, Failure, Limits, Phase};

/// Gives its answers one after the other, and no connection after the last. Clones are the same
/// engine.
#[derive(Clone)]
pub(crate) struct FakeEngine {
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
    sent: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl FakeEngine {
    /// Answers with these statuses and bodies.
    pub(crate) fn new<'a>(answers: impl IntoIterator<Item = (u16, &'a str)>) -> Self {
        let answers = answers.into_iter().map(|(status, body)| (status, body.to_owned()));
        Self { answers: Arc::new(Mutex::new(answers.collect())), sent: Arc::default() }
    }

    /// What was sent.
    pub(crate) fn sent(&self) -> Vec<Request<Bytes>> {
        self.sent.lock().expect("nobody panicked").clone()
    }
}

impl Engine for FakeEngine {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        self.sent.lock().expect("nobody panicked").push(request);
        let answer = self.answers.lock().expect("nobody panicked").pop_front();
        Box::pin(std::future::ready(match answer {
            Some((status, body)) => {
                let status = StatusCode::from_u16(status).expect("a status");
                Ok(Answer::new(status, HeaderMap::new(), body.into()))
            }
            None => Err(Failure::new(Phase::Connecting, "there is no answer left")),
        }))
    }
}
