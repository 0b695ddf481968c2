//! What can be wrong with a message that claims to come from a provider.

use std::fmt;

use crate::wire::Unreadable;

/// Why a webhook was not accepted. It holds nothing of the message, so it is safe to log.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Rejected {
    /// There is no signature, or the header that carries it is not written as it should be.
    NoSignature,
    /// The signature says no time, or not as a number.
    NoTimestamp,
    /// No signature fits the message and the secrets: it is forged, was changed on its way, or the
    /// secret is that of another endpoint.
    WrongSignature,
    /// There is no authorization: what a provider sends that signs nothing.
    NoAuthorization,
    /// The authorization is not the one that was agreed on: it is forged, or that of another
    /// endpoint.
    WrongAuthorization,
    /// It is genuine, and older than is tolerated: perhaps sent again by somebody else.
    TooOld,
    /// It is genuine, and from further in the future than is tolerated: one of the clocks is wrong.
    TooNew,
    /// It is genuine, and does not read.
    Unreadable(Unreadable),
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSignature => "the webhook has no signature",
            Self::NoTimestamp => "the webhook's signature has no time",
            Self::WrongSignature => "the webhook's signature is wrong",
            Self::NoAuthorization => "the webhook has no authorization",
            Self::WrongAuthorization => "the webhook's authorization is wrong",
            Self::TooOld => "the webhook is too old",
            Self::TooNew => "the webhook is from the future",
            Self::Unreadable(unreadable) => return write!(f, "the webhook: {unreadable}"),
        })
    }
}

impl std::error::Error for Rejected {}
