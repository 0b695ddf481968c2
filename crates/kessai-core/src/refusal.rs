//! What a provider says when it says no.

use std::fmt;

/// A provider's own words for why it refused: a code, a message, the member it is about.
///
/// `Debug` shows the code if this crate knows it, and nothing else: messages may quote what was
/// sent.
#[derive(Clone, Eq, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the code, and any may hold"
)]
pub struct Refusal {
    code: String,
    known_code: Option<&'static str>,
    message: Option<String>,
    field: Option<String>,
    request_id: Option<String>,
    throttling: bool,
    in_doubt: bool,
    key_in_use: bool,
    reference_in_use: bool,
}

impl Refusal {
    /// A refusal with the provider's `code`.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            known_code: None,
            message: None,
            field: None,
            request_id: None,
            throttling: false,
            in_doubt: false,
            key_in_use: false,
            reference_in_use: false,
        }
    }

    /// Says that the code is one of the provider's documented ones, which makes it safe to print.
    #[must_use]
    pub fn known_as(mut self, code: Option<&'static str>) -> Self {
        self.known_code = code;
        self
    }

    /// Adds the provider's message.
    #[must_use]
    pub fn with_message(mut self, message: Option<String>) -> Self {
        self.message = message;
        self
    }

    /// Adds the name of the member that the refusal is about.
    #[must_use]
    pub fn with_field(mut self, field: Option<String>) -> Self {
        self.field = field;
        self
    }

    /// Adds the identifier that the provider's support asks for.
    #[must_use]
    pub fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.request_id = request_id;
        self
    }

    /// Says whether the code asks for fewer requests.
    #[must_use]
    pub fn with_throttling(mut self, throttling: bool) -> Self {
        self.throttling = throttling;
        self
    }

    /// Says whether the code leaves open what was done, as "internal error" does. The outcome is
    /// then unknown.
    #[must_use]
    pub fn with_doubt(mut self, in_doubt: bool) -> Self {
        self.in_doubt = in_doubt;
        self
    }

    /// Says whether the code means that a call with the same idempotency key is still at work, so
    /// that the same call may be answered a little later. The outcome is unknown until then.
    #[must_use]
    pub fn with_key_in_use(mut self, key_in_use: bool) -> Self {
        self.key_in_use = key_in_use;
        self.in_doubt |= key_in_use;
        self
    }

    /// Says whether the code means that there is something already under the merchant's reference:
    /// what this call was to make, if it was sent before.
    pub(crate) fn with_reference_in_use(mut self, reference_in_use: bool) -> Self {
        self.reference_in_use = reference_in_use;
        self
    }

    /// The provider's code. Branch on this, never on the message.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The provider's message, in whatever language it chose. It may quote what was sent.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The member of the request that the refusal is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The identifier that the provider's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether the code leaves open what was done.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        self.in_doubt
    }

    /// Whether a call with the same idempotency key is still at work.
    #[must_use]
    pub fn is_key_in_use(&self) -> bool {
        self.key_in_use
    }

    /// Whether there is something already under the merchant's reference. This call did nothing; an
    /// earlier one may have done what it was to do.
    #[must_use]
    pub fn is_reference_in_use(&self) -> bool {
        self.reference_in_use
    }

    /// Whether the code asks for fewer requests.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.throttling
    }

    /// The code, if it is a documented one.
    pub(crate) fn known_code(&self) -> Option<&'static str> {
        self.known_code
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal").field("code", &self.known_code).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In doubt, key in use, reference in use, throttling.
    fn said(refusal: &Refusal) -> [bool; 4] {
        [
            refusal.is_in_doubt(),
            refusal.is_key_in_use(),
            refusal.is_reference_in_use(),
            refusal.is_throttling(),
        ]
    }

    fn refusal() -> Refusal {
        Refusal::new("card_declined")
    }

    #[test]
    fn a_code_means_nothing_that_is_not_said_of_it() {
        assert_eq!(said(&refusal()), [false; 4]);
        assert_eq!(said(&refusal().with_doubt(true)), [true, false, false, false]);
        assert_eq!(said(&refusal().with_reference_in_use(true)), [false, false, true, false]);
        assert_eq!(said(&refusal().with_throttling(true)), [false, false, false, true]);
        let none = refusal().with_doubt(false).with_key_in_use(false).with_throttling(false);
        assert_eq!(said(&none.with_reference_in_use(false)), [false; 4]);
    }

    #[test]
    fn a_key_in_use_leaves_open_what_was_done_and_takes_no_doubt_away() {
        assert_eq!(said(&refusal().with_key_in_use(true)), [true, true, false, false]);
        let doubt = refusal().with_doubt(true);
        assert_eq!(said(&doubt.clone().with_key_in_use(false)), [true, false, false, false]);
        assert_eq!(said(&doubt.with_key_in_use(true)), [true, true, false, false]);
    }

    #[test]
    fn it_holds_what_the_provider_said() {
        let told = refusal()
            .known_as(Some("card_declined"))
            .with_message(Some("the card 4111 is declined".into()))
            .with_field(Some("card.number".into()))
            .with_request_id(Some("req_7".into()));
        assert_eq!((told.code(), told.known_code()), ("card_declined", Some("card_declined")));
        assert_eq!(told.message(), Some("the card 4111 is declined"));
        assert_eq!((told.field(), told.request_id()), (Some("card.number"), Some("req_7")));
        let bare = refusal();
        assert_eq!((bare.known_code(), bare.message()), (None, None));
        assert_eq!((bare.field(), bare.request_id()), (None, None));
    }

    #[test]
    fn only_a_code_that_is_documented_is_printed() {
        let unknown = Refusal::new("kanarievogel").with_message(Some("kanarievogel".into()));
        assert_eq!(format!("{unknown:?}"), "Refusal { code: None, .. }");
        let known = unknown.known_as(Some("declined"));
        assert_eq!(format!("{known:?}"), "Refusal { code: Some(\"declined\"), .. }");
    }
}
