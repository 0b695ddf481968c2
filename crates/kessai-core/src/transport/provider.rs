//! What the runtime must know of a provider.

use http::{HeaderMap, StatusCode};

use crate::operation::Operation;
use crate::refusal::Refusal;

/// What the runtime must know of a provider.
#[derive(Debug)]
pub struct Provider {
    pub(super) name: &'static str,
    pub(super) user_agent: &'static str,
    read_refusal: fn(&Operation, &[u8]) -> Option<Refusal>,
    request_id_header: Option<&'static str>,
    key_promise: fn(&Operation) -> KeyPromise,
    replay: Option<(&'static str, &'static str)>,
    key_unkept: Option<(&'static str, &'static [&'static str])>,
    bare_throttling: bool,
    reference_in_use: fn(&Operation, &str) -> bool,
}

/// What a provider says of repeats with the same idempotency key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyPromise {
    /// Nothing that anybody knows of.
    Nothing,
    /// That it recognises them as far as it can.
    BestEffort,
    /// That they have no second effect.
    Guaranteed,
}

impl Provider {
    /// A provider called `name`, to which the client introduces itself as `user_agent`.
    ///
    /// `read_refusal` reads the body of an error answer to an operation; it gives `None` if that is not in the
    /// provider's own words.
    #[must_use]
    pub const fn new(
        name: &'static str,
        user_agent: &'static str,
        read_refusal: fn(&Operation, &[u8]) -> Option<Refusal>,
    ) -> Self {
        Self {
            name,
            user_agent,
            read_refusal,
            request_id_header: None,
            key_promise: |_| KeyPromise::Nothing,
            replay: None,
            key_unkept: None,
            bare_throttling: false,
            reference_in_use: |_, _| false,
        }
    }

    /// Names the header that carries the identifier of a request: in the answer, or else in the
    /// request, where the client makes one.
    #[must_use]
    pub const fn with_request_id_header(mut self, header: &'static str) -> Self {
        self.request_id_header = Some(header);
        self
    }

    /// Says what the provider promises of the idempotency key of an operation that has one. Unless
    /// it is [`Guaranteed`](KeyPromise::Guaranteed), nothing is repeated because of a key.
    #[must_use]
    pub const fn with_key_promise(mut self, promise: fn(&Operation) -> KeyPromise) -> Self {
        self.key_promise = promise;
        self
    }

    /// Names the header, and its value, by which the provider says that an answer is the one to an
    /// earlier sending with the same idempotency key.
    #[must_use]
    pub const fn with_replay_header(mut self, header: &'static str, value: &'static str) -> Self {
        self.replay = Some((header, value));
        self
    }

    /// Names the header, and its values, by which the provider says that it has not kept the
    /// idempotency key of a request, so that it would not recognise a repeat.
    #[must_use]
    pub const fn with_key_unkept_header(
        mut self,
        header: &'static str,
        values: &'static [&'static str],
    ) -> Self {
        self.key_unkept = Some((header, values));
        self
    }

    /// Says that the provider documents HTTP 429 without words of its own. Where it does not,
    /// such an answer to a call that acts may be that of a gateway which has tried twice.
    #[must_use]
    pub const fn with_bare_throttling(mut self) -> Self {
        self.bare_throttling = true;
        self
    }

    /// Says which codes of which operation mean that there is something already under the merchant's
    /// reference.
    #[must_use]
    pub const fn with_reference_in_use(mut self, in_use: fn(&Operation, &str) -> bool) -> Self {
        self.reference_in_use = in_use;
        self
    }

    /// What the provider says in an answer to `operation`, if it says no.
    pub(super) fn refusal(&self, operation: &Operation, body: &[u8]) -> Option<Refusal> {
        let refusal = (self.read_refusal)(operation, body)?;
        let in_use = (self.reference_in_use)(operation, refusal.code());
        Some(refusal.with_reference_in_use(in_use))
    }

    pub(crate) fn key_promise(&self, operation: &Operation) -> KeyPromise {
        (self.key_promise)(operation)
    }

    /// The identifier of a request, in its headers or in those of its answer.
    pub(super) fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        let header = headers.get(self.request_id_header?)?;
        header.to_str().ok().map(ToOwned::to_owned)
    }

    /// Whether it says no by this status alone.
    pub(super) fn documents(&self, status: StatusCode) -> bool {
        self.bare_throttling && status == StatusCode::TOO_MANY_REQUESTS
    }

    pub(super) fn has_not_kept_the_key(&self, headers: &HeaderMap) -> bool {
        self.key_unkept.is_some_and(|(name, values)| {
            let found = headers.get(name).and_then(|found| found.to_str().ok());
            found.is_some_and(|found| values.contains(&found))
        })
    }

    pub(super) fn is_replay(&self, headers: &HeaderMap) -> bool {
        self.replay.is_some_and(|(name, value)| {
            headers.get(name).is_some_and(|found| found.as_bytes() == value.as_bytes())
        })
    }
}
