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
    /// `read_refusal` reads the body of an error answer to an operation; it gives `None` if that is
    /// not in the provider's own words.
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

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    static PAY: Operation = Operation::post("pay", "/pay");
    static REFUND: Operation = Operation::post("refund", "/refund");

    /// A provider that says `no` to every payment.
    const PLAIN: Provider = Provider::new("fake", "fake/1", |operation, body| {
        let code = std::str::from_utf8(body).ok()?;
        (operation.name() == "pay").then(|| Refusal::new(code))
    });

    fn headers(name: &'static str, value: &[u8]) -> HeaderMap {
        let value = HeaderValue::from_bytes(value).expect("a header's value");
        [(HeaderName::from_static(name), value)].into_iter().collect()
    }

    #[test]
    fn a_provider_promises_nothing_that_is_not_said_of_it() {
        assert_eq!(PLAIN.key_promise(&PAY), KeyPromise::Nothing);
        assert_eq!(PLAIN.request_id(&headers("x-id", b"1")), None);
        assert!(!PLAIN.is_replay(&headers("x-replay", b"yes")));
        let refusal = PLAIN.refusal(&PAY, b"no").expect("a refusal");
        assert_eq!((refusal.code(), refusal.is_reference_in_use()), ("no", false));
    }

    #[test]
    fn a_refusal_is_read_as_the_operation_has_it() {
        let provider = PLAIN
            .with_reference_in_use(|operation, code| operation.name() == "pay" && code == "taken");
        let in_use = |operation, body: &[u8]| {
            provider.refusal(operation, body).map(|refusal| refusal.is_reference_in_use())
        };
        assert_eq!([in_use(&PAY, b"taken"), in_use(&PAY, b"no")], [Some(true), Some(false)]);
        assert_eq!([in_use(&REFUND, b"taken"), in_use(&PAY, b"\xff")], [None, None]);
    }

    #[test]
    fn a_promise_is_made_of_one_operation_and_not_of_another() {
        let provider = PLAIN.with_key_promise(|operation| match operation.name() {
            "pay" => KeyPromise::Guaranteed,
            _ => KeyPromise::BestEffort,
        });
        let promises = [provider.key_promise(&PAY), provider.key_promise(&REFUND)];
        assert_eq!(promises, [KeyPromise::Guaranteed, KeyPromise::BestEffort]);
    }

    #[test]
    fn only_too_many_requests_is_documented_without_words_and_only_where_it_is_said() {
        let documented = |provider: &Provider| -> Vec<u16> {
            let all = (100..1000).map(|code| StatusCode::from_u16(code).expect("a status"));
            all.filter(|status| provider.documents(*status)).map(|status| status.as_u16()).collect()
        };
        assert_eq!(documented(&PLAIN), [0; 0]);
        assert_eq!(documented(&PLAIN.with_bare_throttling()), [429]);
    }

    #[test]
    fn a_key_is_not_kept_where_the_header_says_so() {
        let provider = PLAIN.with_key_unkept_header("x-kept", &["no", "off"]);
        for (value, unkept) in [("no", true), ("off", true), ("yes", false), ("", false)] {
            let headers = headers("x-kept", value.as_bytes());
            assert_eq!(provider.has_not_kept_the_key(&headers), unkept, "{value}");
            assert!(!PLAIN.has_not_kept_the_key(&headers));
        }
        assert!(!provider.has_not_kept_the_key(&HeaderMap::new()));
    }

    #[test]
    fn a_request_is_called_by_what_stands_in_the_header() {
        let provider = PLAIN.with_request_id_header("x-id");
        assert_eq!(provider.request_id(&headers("x-id", b"req_1")).as_deref(), Some("req_1"));
        for other in [headers("x-other", b"req_1"), headers("x-id", b"\xff"), HeaderMap::new()] {
            assert_eq!(provider.request_id(&other), None, "{other:?}");
        }
    }

    #[test]
    fn only_the_very_value_says_that_an_answer_is_given_again() {
        let provider = PLAIN.with_replay_header("x-replay", "yes");
        assert!(provider.is_replay(&headers("x-replay", b"yes")));
        for other in [headers("x-replay", b"no"), headers("x-other", b"yes"), HeaderMap::new()] {
            assert!(!provider.is_replay(&other), "{other:?}");
        }
    }
}
