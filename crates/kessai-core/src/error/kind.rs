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

#[cfg(test)]
mod tests {
    use super::*;

    /// The statuses that are refusals, said by the provider itself or by whomever.
    fn refusals(is_own: bool) -> Vec<u16> {
        let refused = |code: &u16| {
            let status = StatusCode::from_u16(*code).expect("a status");
            of_status(status, is_own) == Outcome::Refused
        };
        (100..200).chain(300..1000).filter(refused).collect()
    }

    #[test]
    fn only_what_is_said_before_anything_is_done_is_a_refusal_whoever_says_it() {
        assert_eq!(refusals(false), [401, 404, 405, 413, 414, 415, 431]);
    }

    #[test]
    fn of_the_providers_own_any_4xx_is_a_refusal_but_the_one_that_gave_up_waiting() {
        let all: Vec<u16> = (400..500).filter(|code| *code != 408).collect();
        assert_eq!(refusals(true), all);
    }

    #[test]
    fn a_failure_is_not_sent_only_before_the_exchange() {
        let kind = |phase, timed_out| {
            let mut failure = Failure::new(phase, "as told");
            failure.timed_out = timed_out;
            format!("{:?}", Kind::of_failure(&failure))
        };
        assert_eq!(kind(Phase::Building, false), "NotBuilt(\"the engine cannot send it\")");
        for timed_out in [true, false] {
            let of = |name: &str| format!("{name} {{ timed_out: {timed_out} }}");
            assert_eq!(kind(Phase::Connecting, timed_out), of("NotConnected"));
            assert_eq!(kind(Phase::Exchanging, timed_out), of("NoAnswer"));
        }
    }
}
