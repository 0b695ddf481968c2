//! The kinds of failures, and what a status says of the money.

use http::StatusCode;

use crate::engine::{Cut, Failure, Phase};
use crate::outcome::Outcome;
use crate::wire::Unreadable;

/// What kind of failure it was.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The request could not be put together, or not signed.
    NotBuilt(&'static str),
    /// Time ran out before anything was sent.
    OutOfTime,
    /// There was no connection to send it over.
    NotConnected { timed_out: bool },
    /// No answer, though the request may have arrived.
    NoAnswer { timed_out: bool },
    /// An answer whose status says no.
    Status,
    /// A good status around an answer that says no.
    Denied,
    /// A good status around an answer that is not the provider's own.
    Forged(&'static str),
    /// A good status whose body ended early.
    Cut(Cut),
    /// A good status with a body that does not read.
    Unreadable(Unreadable),
    /// A list that goes on and on without anything new.
    Endless,
}

impl Kind {
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        let timed_out = failure.timed_out;
        match failure.phase {
            Phase::Building => Self::NotBuilt("the engine cannot send it"),
            Phase::Connecting => Self::NotConnected { timed_out },
            Phase::Exchanging => Self::NoAnswer { timed_out },
        }
    }
}

/// What a status other than 2xx says of the money. `is_own` is whether it is the provider itself that
/// says no.
pub(super) fn of_status(status: StatusCode, is_own: bool) -> Outcome {
    match status {
        // The server gave up waiting for a request that it may have had.
        StatusCode::REQUEST_TIMEOUT => Outcome::Unknown,
        // Said before anything is done, whoever says it: the provider, or something in front of it.
        // Not 403, which a guard says of an answer too that it does not let out; nor 429, which a
        // gateway may get for a second try of its own.
        StatusCode::UNAUTHORIZED
        | StatusCode::NOT_FOUND
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::URI_TOO_LONG
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Outcome::Refused,
        // Any other 4xx must come from the provider itself: a proxy has its own reasons for 409 or
        // 499.
        status if status.is_client_error() && is_own => Outcome::Refused,
        _ => Outcome::Unknown,
    }
}
