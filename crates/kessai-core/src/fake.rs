//! An engine for tests: it plays what it is told and remembers what it was given.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use tokio::time::{sleep, timeout};

use crate::engine::{Answer, BoxFuture, Engine, Failure, Phase};
use crate::limits::Limits;
use crate::operation::Operation;
use crate::refusal::Refusal;
use crate::retry::Retry;
use crate::sign::{Sign, SignError, Unsigned};
use crate::transport::{Provider, Transport, TransportBuilder};

static PROVIDER: Provider = Provider::new("fake", "fake/1", refusal)
    .with_reference_in_use(|_, code| code == "in use")
    .with_replay_header("fake-replayed", "true");

/// What the fake says when it says no: `no`, something `newer`, `in use`, or `who knows`.
fn refusal(_: &Operation, body: &[u8]) -> Option<Refusal> {
    match body {
        br#"{"code":"no"}"# => Some(Refusal::new("no").known_as(Some("no"))),
        br#"{"code":"newer"}"# => Some(Refusal::new("newer")),
        br#"{"code":"in use"}"# => Some(Refusal::new("in use").known_as(Some("in use"))),
        br#"{"code":"who knows"}"# => Some(Refusal::new("who knows").with_doubt(true)),
        _ => None,
    }
}

/// What happens to a request: how long it takes, and what comes of it.
pub(crate) type Play = (Duration, Result<Answer, Failure>);

/// Every request that was sent.
#[derive(Clone, Default)]
pub(crate) struct Sent(Arc<Mutex<Vec<Request<Bytes>>>>);

impl Sent {
    pub(crate) fn requests(&self) -> MutexGuard<'_, Vec<Request<Bytes>>> {
        self.0.lock().expect("nobody panicked")
    }

    /// The addresses, in the order of the requests.
    pub(crate) fn uris(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.uri().to_string()).collect()
    }
}

struct Fake<F> {
    play: F,
    sent: Sent,
}

impl<F: Fn(&Request<Bytes>) -> Play + Send + Sync> Engine for Fake<F> {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        let (takes, result) = (self.play)(&request);
        self.sent.requests().push(request);
        Box::pin(async move {
            let Ok(()) = timeout(limits.attempt, sleep(takes)).await else {
                let mut failure = Failure::new(Phase::Exchanging, "too late");
                failure.timed_out = true;
                return Err(failure);
            };
            result
        })
    }
}

pub(crate) struct NoKey;

impl Sign for NoKey {
    fn sign(&self, _: &Unsigned<'_>, _: &mut HeaderMap) -> Result<(), SignError> {
        Ok(())
    }
}

/// A builder whose transport sends nothing anywhere, nor anything twice, and what it sends.
pub(crate) fn builder(
    play: impl Fn(&Request<Bytes>) -> Play + Send + Sync + 'static,
) -> (TransportBuilder, Sent) {
    builder_of(&PROVIDER, play)
}

/// The same, of another provider.
pub(crate) fn builder_of(
    provider: &'static Provider,
    play: impl Fn(&Request<Bytes>) -> Play + Send + Sync + 'static,
) -> (TransportBuilder, Sent) {
    let sent = Sent::default();
    let engine = Fake { play, sent: sent.clone() };
    let builder = Transport::builder(provider, "https://api.example.com").engine(engine);
    (builder.retry(Retry::never()), sent)
}

/// The same, built.
pub(crate) fn transport(
    play: impl Fn(&Request<Bytes>) -> Play + Send + Sync + 'static,
) -> (Transport, Sent) {
    let (builder, sent) = builder(play);
    (builder.build(NoKey).expect("a transport"), sent)
}

/// An answer at once.
pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Play {
    let status = StatusCode::from_u16(status).expect("a status");
    (Duration::ZERO, Ok(Answer::new(status, HeaderMap::new(), body.into())))
}

/// A failure at once.
pub(crate) fn failure(phase: Phase) -> Play {
    (Duration::ZERO, Err(Failure::new(phase, "as told")))
}
