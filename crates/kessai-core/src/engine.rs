//! What carries one request to a provider and one answer back.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};

use crate::limits::Limits;

mod reqwest;

pub(crate) use self::reqwest::ReqwestEngine;

/// How a client has to speak, to reach all its addresses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Speech {
    /// By plain http, to this very machine.
    pub(crate) plain: bool,
    /// By https.
    pub(crate) encrypted: bool,
}

/// A future on the heap, so that nothing generic is compiled per operation.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries one request to a provider and one answer back.
///
/// reqwest does it unless you bring your own. An engine must send a request at most once, follow no
/// redirect, keep to the limits, and call a failure [`Phase::Building`] or [`Phase::Connecting`]
/// only if no byte of the request can have reached the peer.
pub trait Engine: Send + Sync {
    /// Sends `request` and waits for the answer.
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>>;
}

/// An answer, as far as it came in. `Debug` shows neither headers nor body.
#[non_exhaustive]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or the beginning of it.
    pub body: Bytes,
    /// Why the body ends where it does, if not because it is whole.
    pub cut: Option<Cut>,
}

impl Answer {
    /// A whole answer.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body, cut: None }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status.as_u16())
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}

/// Why an answer was not read to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cut {
    /// It is larger than the limits allow.
    TooLarge,
    /// Time ran out.
    TimedOut,
    /// The line broke.
    Broken,
}

/// An exchange that brought no answer.
#[non_exhaustive]
pub struct Failure {
    /// How far it had come.
    pub phase: Phase,
    /// Whether time ran out.
    pub timed_out: bool,
    /// The cause. Its text must hold no URL, header or body.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl Failure {
    /// A failure in `phase`, for the reason `source`.
    pub fn new(phase: Phase, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { phase, timed_out: false, source: source.into() }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("phase", &self.phase)
            .field("timed_out", &self.timed_out)
            .finish_non_exhaustive()
    }
}

/// How far an exchange had come when it failed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Phase {
    /// The request is not one that can be sent.
    Building,
    /// No byte of the request can have reached the peer.
    Connecting,
    /// Some of it may have.
    Exchanging,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_not_printed() {
        let headers = [(http::header::ETAG, "kanarievogel".parse().expect("a header's value"))];
        let body = Bytes::from_static(b"kanarievogel");
        let answer = Answer::new(StatusCode::OK, headers.into_iter().collect(), body);
        assert_eq!(format!("{answer:?}"), "Answer { status: 200, cut: None, .. }");
        let failure = Failure::new(Phase::Exchanging, "kanarievogel");
        assert_eq!(format!("{failure:?}"), "Failure { phase: Exchanging, timed_out: false, .. }");
    }
}
