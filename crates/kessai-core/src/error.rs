//! What went wrong, and first of all what became of the money.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::engine::{Answer, Cut};
use crate::outcome::Outcome;
use crate::refusal::Refusal;

mod kind;

pub(crate) use kind::Kind;
use kind::of_status;

/// Why a call failed.
///
/// Ask [`outcome`](Error::outcome) first: it says whether the money moved. Neither `Display` nor
/// `Debug` holds a URL, a header, a body or a value that was sent, so both are safe to log. Its
/// [`source`](std::error::Error::source) comes from the engine; reqwest's may name the host and
/// port.
pub struct Error(Box<Inner>);

struct Inner {
    provider: &'static str,
    operation: &'static str,
    kind: Kind,
    elapsed: Duration,
    attempts: u32,
    /// What became of the money by all attempts, where the last alone does not say it.
    outcome: Option<Outcome>,
    retry_after: Option<Duration>,
    replay: bool,
    key_unkept: bool,
    /// Whether the provider documents such an answer, though it is in nobody's words.
    documented: bool,
    answer: Option<Answer>,
    refusal: Option<Refusal>,
    request_id: Option<String>,
    idempotency_key: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(
        provider: &'static str,
        operation: &'static str,
        kind: Kind,
        elapsed: Duration,
    ) -> Self {
        Self(Box::new(Inner {
            provider,
            operation,
            kind,
            elapsed,
            attempts: 0,
            outcome: None,
            retry_after: None,
            replay: false,
            key_unkept: false,
            documented: false,
            answer: None,
            refusal: None,
            request_id: None,
            idempotency_key: None,
            source: None,
        }))
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_answer(mut self, answer: Answer, request_id: Option<String>) -> Self {
        self.0.answer = Some(answer);
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_replay(mut self, replay: bool) -> Self {
        self.0.replay = replay;
        self
    }

    pub(crate) fn with_key_unkept(mut self, unkept: bool) -> Self {
        self.0.key_unkept = unkept;
        self
    }

    pub(crate) fn with_documented(mut self, documented: bool) -> Self {
        self.0.documented = documented;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// Says it of all attempts of a call, of which this is the last.
    pub(crate) fn of_call(mut self, attempts: u32, outcome: Outcome, elapsed: Duration) -> Self {
        self.0.outcome = (outcome != self.outcome()).then_some(outcome);
        self.0.attempts = attempts;
        self.0.elapsed = elapsed;
        self
    }

    pub(crate) fn with_elapsed(mut self, elapsed: Duration) -> Self {
        self.0.elapsed = elapsed;
        self
    }

    pub(crate) fn with_idempotency_key(mut self, key: Option<String>) -> Self {
        self.0.idempotency_key = key;
        self
    }

    pub(crate) fn with_refusal(mut self, refusal: Option<Refusal>) -> Self {
        self.0.refusal = refusal;
        self
    }

    pub(crate) fn with_source(mut self, source: Box<dyn StdError + Send + Sync>) -> Self {
        self.0.source = Some(source);
        self
    }

    /// What became of the money.
    ///
    /// [`NotSent`](Outcome::NotSent) and [`Refused`](Outcome::Refused) are certain. Anything
    /// doubtful is [`Unknown`](Outcome::Unknown). Of a call that was sent more than once, it is said
    /// of all attempts: that the last was refused says nothing of one that was not answered.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if let Some(outcome) = self.0.outcome {
            return outcome;
        }
        match (&self.0.kind, self.status()) {
            (Kind::NotBuilt(_) | Kind::OutOfTime | Kind::NotConnected { .. }, _) => {
                Outcome::NotSent
            }
            // Whatever the status: the provider itself says that it does not know.
            (Kind::Status | Kind::Denied, _)
                if self.refusal().is_some_and(Refusal::is_in_doubt) =>
            {
                Outcome::Unknown
            }
            // Words that were cut off may have said that nobody knows.
            (Kind::Status, _) if self.cut().is_some() && self.refusal().is_none() => {
                Outcome::Unknown
            }
            (Kind::Status, Some(status)) => {
                of_status(status, self.refusal().is_some() || self.0.documented)
            }
            // A no that is none by HTTP's word must be one that the provider documents.
            (Kind::Denied, _) if self.refusal().is_some_and(|it| it.known_code().is_some()) => {
                Outcome::Refused
            }
            _ => Outcome::Unknown,
        }
    }

    /// What kind of failure it was, in one word for whoever counts them.
    pub(crate) fn fault(&self) -> &'static str {
        match self.0.kind {
            _ if self.is_timeout() => "timeout",
            Kind::NotBuilt(_) | Kind::OutOfTime => "not_built",
            Kind::NotConnected { .. } => "connect",
            Kind::NoAnswer { .. } => "no_answer",
            Kind::Status => "status",
            Kind::Denied => "denied",
            Kind::Forged(_) => "forged",
            Kind::Cut(_) => "cut",
            Kind::Unreadable(_) => "unreadable",
            Kind::Endless => "endless",
        }
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::OutOfTime
                | Kind::NotConnected { timed_out: true }
                | Kind::NoAnswer { timed_out: true }
                | Kind::Cut(Cut::TimedOut)
        )
    }

    /// Whether there was no connection to send it over.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::NotConnected { .. })
    }

    /// Whether the provider asked for fewer requests: HTTP 429, or a code of its own that says so.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
            || self.refusal().is_some_and(Refusal::is_throttling)
    }

    /// Whether the provider answered no.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.outcome() == Outcome::Refused
    }

    /// Whether the answer had a good status and a body that does not read.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.kind, Kind::Unreadable(_) | Kind::Cut(_))
    }

    /// Whether the answer had a good status and a signature that is missing or wrong: somebody else
    /// may have written it.
    #[must_use]
    pub fn is_forged(&self) -> bool {
        matches!(self.0.kind, Kind::Forged(_))
    }

    /// Whether the same call may well succeed a little later, if sending it again is safe.
    pub(crate) fn may_pass(&self) -> bool {
        match self.0.kind {
            Kind::NotConnected { .. } | Kind::NoAnswer { .. } => true,
            Kind::Cut(cut) => cut != Cut::TooLarge,
            Kind::Status => {
                let passes = |status: StatusCode| {
                    status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT
                };
                let is_cut = self.cut().is_some_and(|cut| cut != Cut::TooLarge);
                is_cut || self.is_throttled() || self.status().is_some_and(passes)
            }
            Kind::Denied => self.is_throttled(),
            Kind::NotBuilt(_)
            | Kind::OutOfTime
            | Kind::Forged(_)
            | Kind::Unreadable(_)
            | Kind::Endless => false,
        }
    }

    /// Why the body of the answer ends where it does, if not because it is whole.
    fn cut(&self) -> Option<Cut> {
        self.0.answer.as_ref()?.cut
    }

    /// What the provider said, where it answered no in its own words.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        self.0.refusal.as_ref()
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The body of the answer, as far as it came in. It may hold anything: look before you log it.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// The identifier that the provider's support asks for: the provider's, or the one that the
    /// client sent, where it names its requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref().or_else(|| self.refusal()?.request_id())
    }

    /// The idempotency key of the call, where the operation has one, sent or not: if the same
    /// call is to be [sent again](crate::Call::idempotency_key), then with this key. The provider
    /// recognises it as far as its documents say: see the operation.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// The provider's name.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.0.provider
    }

    /// The operation, such as `capture_charge`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// How long the provider asks to wait before the next request, from its answer on.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the provider says that this is its answer to an earlier sending with the same
    /// idempotency key.
    #[must_use]
    pub fn replayed(&self) -> bool {
        self.0.replay
    }

    /// Whether the provider says that it has not kept the idempotency key: it will not recognise a
    /// repeat.
    pub(crate) fn is_key_unkept(&self) -> bool {
        self.0.key_unkept
    }

    /// How many times the request was sent, as far as this machine knows. An attempt that got no
    /// connection does not count.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, with all attempts and the waits between them.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { provider, operation, kind, elapsed, .. } = &*self.0;
        write!(f, "{}: {operation} at {provider}", self.outcome())?;
        match kind {
            Kind::NotBuilt(fault) | Kind::Forged(fault) => write!(f, ": {fault}"),
            Kind::OutOfTime => f.write_str(" had no time left"),
            Kind::NotConnected { timed_out: false } => f.write_str(" could not connect"),
            Kind::NotConnected { timed_out: true } => {
                write!(f, " could not connect within {:.1} s", elapsed.as_secs_f64())
            }
            Kind::NoAnswer { timed_out: false } => f.write_str(" broke off before an answer came"),
            Kind::NoAnswer { timed_out: true } => {
                write!(f, " got no answer within {:.1} s", elapsed.as_secs_f64())
            }
            Kind::Status | Kind::Denied => {
                f.write_str(" was answered ")?;
                self.status().map_or(Ok(()), |status| write!(f, "{}", status.as_u16()))?;
                match self.refusal().and_then(Refusal::known_code) {
                    Some(code) => write!(f, " {code}"),
                    None => Ok(()),
                }
            }
            Kind::Cut(Cut::TooLarge) => f.write_str(" got an answer beyond the limits"),
            Kind::Cut(_) => f.write_str(" got only part of its answer"),
            Kind::Unreadable(unreadable) => {
                write!(f, " got an answer that does not read: {unreadable}")
            }
            Kind::Endless => f.write_str(" got page after page without anything new"),
        }?;
        match self.0.outcome {
            Some(_) => f.write_str(", and an attempt before that leaves more open"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("outcome", &self.outcome())
            .field("provider", &self.0.provider)
            .field("operation", &self.0.operation)
            .field("kind", &self.0.kind)
            .field("status", &self.status().map(|status| status.as_u16()))
            .field("refusal", &self.0.refusal)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests;
