//! Spans and events, where the feature `tracing` is on; nothing where it is not.
//!
//! Their names are OpenTelemetry's where it has one. They hold which operation it was and how it
//! went, never an address, a header or anything that was sent or answered.

use std::time::Duration;

use http::StatusCode;

use crate::engine::BoxFuture;
use crate::error::Error;
use crate::operation::Operation;
use crate::outcome::Outcome;

/// What tells of one call.
#[derive(Clone)]
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

/// How an attempt, or a call, ended.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "nobody is told"))]
pub(crate) struct End {
    outcome: Option<Outcome>,
    status: Option<StatusCode>,
    fault: Option<&'static str>,
}

impl End {
    pub(crate) fn good(status: StatusCode) -> Self {
        Self { outcome: None, status: Some(status), fault: None }
    }

    pub(crate) fn of(error: &Error) -> Self {
        let (status, fault) = (error.status(), Some(error.fault()));
        Self { outcome: Some(error.outcome()), status, fault }
    }
}

#[cfg(feature = "tracing")]
mod on {
    use tracing::field::Empty;
    use tracing::{Instrument as _, debug, info_span, warn};

    use super::{BoxFuture, Duration, End, Operation, Outcome, Trace};

    const ANSWERED: &str = "answered";

    impl Trace {
        /// Makes the future of a call of `operation`, within a span of its own.
        pub(crate) fn call<'a, F: Future + Send + 'a>(
            provider: &'static str,
            operation: &'static Operation,
            make: impl FnOnce(Self) -> F,
        ) -> BoxFuture<'a, F::Output> {
            let span = info_span!(
                target: "kessai",
                "call",
                otel.kind = "client",
                kessai.provider = provider,
                kessai.operation = operation.name(),
                http.request.method = operation.method().as_str(),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                kessai.outcome = Empty,
                error.type = Empty,
            );
            Box::pin(make(Self { span: span.clone() }).instrument(span))
        }

        /// Tells of attempt `number`, which may be followed by another after a wait.
        #[expect(clippy::unused_self, reason = "it is the span around it that it belongs to")]
        pub(crate) fn attempt(
            &self,
            number: u32,
            took: Duration,
            end: End,
            wait: Option<Duration>,
        ) {
            debug!(
                target: "kessai",
                {
                    kessai.attempt = number,
                    kessai.duration_ms = millis(took),
                    kessai.wait_ms = wait.map(millis),
                    http.response.status_code = end.status.map(|status| status.as_u16()),
                    kessai.outcome = end.outcome.map_or(ANSWERED, Outcome::as_str),
                    error.type = end.fault,
                },
                "attempt"
            );
        }

        /// Tells how the call ended, after so many attempts.
        pub(crate) fn end(&self, attempts: u32, end: End) {
            let outcome = end.outcome.map_or(ANSWERED, Outcome::as_str);
            self.span.record("kessai.outcome", outcome);
            self.span.record("http.request.resend_count", attempts.saturating_sub(1));
            if let Some(status) = end.status {
                self.span.record("http.response.status_code", status.as_u16());
            }
            if let Some(fault) = end.fault {
                self.span.record("error.type", fault);
            }
        }
    }

    /// Tells of an answer that was good and does not read.
    pub(crate) fn unreadable(provider: &'static str, operation: &Operation) {
        let operation = operation.name();
        warn!(
            target: "kessai",
            {
                kessai.provider = provider,
                kessai.operation = operation,
                kessai.outcome = Outcome::Unknown.as_str(),
            },
            "an answer does not read"
        );
    }

    /// Tells, once, that a type has met what it does not know.
    pub(crate) fn drift(kind: &'static str, what: &'static str) {
        warn!(
            target: "kessai::drift",
            { kessai.type = kind, kessai.drift = what },
            "newer than the crate"
        );
    }

    fn millis(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use super::{BoxFuture, Duration, End, Operation, Trace};

    impl Trace {
        pub(crate) fn call<'a, F: Future + Send + 'a>(
            _: &'static str,
            _: &'static Operation,
            make: impl FnOnce(Self) -> F,
        ) -> BoxFuture<'a, F::Output> {
            Box::pin(make(Self {}))
        }

        #[expect(clippy::unused_self, reason = "with the feature it is used")]
        pub(crate) fn attempt(&self, _: u32, _: Duration, _: End, _: Option<Duration>) {}

        #[expect(clippy::unused_self, reason = "with the feature it is used")]
        pub(crate) fn end(&self, _: u32, _: End) {}
    }

    pub(crate) fn unreadable(_: &'static str, _: &Operation) {}

    pub(crate) fn drift(_: &'static str, _: &'static str) {}
}

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{drift, unreadable};
#[cfg(feature = "tracing")]
pub(crate) use on::{drift, unreadable};
