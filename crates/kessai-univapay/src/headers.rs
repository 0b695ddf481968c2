//! What UnivaPay says in headers.

use kessai_core::http::HeaderMap;

/// How many calls are left, by the address alone and by the kind of address.
///
/// Charges have limits of their own, which UnivaPay does not publish.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct RateLimits {
    /// Calls of this address in a minute.
    pub per_minute: Option<u64>,
    /// Calls of this address that are left.
    pub remaining: Option<u64>,
    /// Calls of this kind of address in a minute.
    pub route_per_minute: Option<u64>,
    /// Calls of this kind of address that are left.
    pub route_remaining: Option<u64>,
}

impl RateLimits {
    /// Reads them from the headers of an answer or an error, as far as they are there.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let number = |name| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        Self {
            per_minute: number("x-requests-per-minute-exact"),
            remaining: number("x-remaining-requests-exact"),
            route_per_minute: number("x-requests-per-minute-route"),
            route_remaining: number("x-remaining-requests-route"),
        }
    }
}

/// What became of the idempotency key of a call.
///
/// **Not verified:** UnivaPay's SDKs have these words and say no more; what stands here is read from
/// them. Unless the answer was stored, a repeat with the same key may act a second time.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum IdempotencyStatus {
    /// The answer is kept for a repeat.
    SuccessfullyStored,
    /// The answer is not kept.
    NotStored,
    /// This is the answer to an earlier call with the same key; this call did nothing.
    RetrievedIdempotentResponse,
    /// The key was used for another call.
    ConflictingKey,
    /// Something went wrong with the key.
    Error,
    /// Nothing is known of the key.
    NoStatus,
    /// Keys are switched off.
    Disabled,
    /// A status newer than this crate, as it was written.
    Other(String),
}

kessai_core::open_enum!(
    IdempotencyStatus,
    [
        (SuccessfullyStored, "successfully_stored"),
        (NotStored, "not_stored"),
        (RetrievedIdempotentResponse, "retrieved_idempotent_response"),
        (ConflictingKey, "conflicting_key"),
        (Error, "error"),
        (NoStatus, "no_status"),
        (Disabled, "disabled"),
    ]
);

impl IdempotencyStatus {
    /// Reads it from the headers of an answer or an error, if it is there.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        headers.get("idempotency-status")?.to_str().ok().map(Self::from)
    }

    /// Whether the answer is that of an earlier call with the same key.
    #[must_use]
    pub fn is_replay(&self) -> bool {
        *self == Self::RetrievedIdempotentResponse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")))
            .collect()
    }

    #[test]
    fn limits_are_read_as_far_as_they_are_there() {
        let limits = RateLimits::of(&headers(&[
            ("x-requests-per-minute-exact", "120"),
            ("x-remaining-requests-exact", "9"),
            ("x-remaining-requests-route", "many"),
        ]));
        assert_eq!(
            limits,
            RateLimits { per_minute: Some(120), remaining: Some(9), ..RateLimits::default() }
        );
    }

    #[test]
    fn a_replay_says_so() {
        let status = |value| IdempotencyStatus::of(&headers(&[("idempotency-status", value)]));
        assert!(status("retrieved_idempotent_response").is_some_and(|status| status.is_replay()));
        assert!(!status("successfully_stored").is_some_and(|status| status.is_replay()));
        assert_eq!(status("dreamt"), Some(IdempotencyStatus::Other("dreamt".into())));
        assert_eq!(IdempotencyStatus::of(&HeaderMap::new()), None);
    }
}
