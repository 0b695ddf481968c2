//! What a provider does in its own way.
//!
//! A new one is a folder with its state, its words for no, its rules and an implementation of
//! [`Provider`], and its public type made by [`handle!`](crate::running::handle); then a line in
//! `lib.rs`, a row in `sandbox.rs` and one in the table of `main.rs`.

use hyper::header::HeaderMap;

use crate::document::{Call, Operation, Violation};
use crate::message::Request;
use crate::rule::Row;
use crate::said::{Body, Said};

/// A provider: its document, its rules, and the few places where it differs from the others.
///
/// The value is what never changes, such as its keys; what changes is its [`State`](Self::State).
/// What all have in common is written once, in [`Answering`](crate::answering::Answering) and
/// [`Running`](crate::running::Running).
pub(crate) trait Provider: Sized + Send + Sync + 'static {
    /// The `OpenAPI` document.
    const DOCUMENT: &'static str;
    /// Any number that no other provider has, so that their ids differ.
    const SEED: u64;
    /// Which rule answers which operation, in as many tables as there are.
    const RULES: &'static [&'static [Row<Self>]];

    /// Everything that it remembers.
    type State: Send + 'static;
    /// What a rule answers with.
    type Body: Body;
    /// How it says no.
    type Refusal: From<Unanswered> + From<Violation>;

    /// A provider to which nothing has happened, at this time in milliseconds since 1970.
    fn new(now: i64) -> (Self, Self::State);

    /// Lets everything happen that is due by now; called before anybody looks at the state.
    fn catch_up(state: &mut Self::State, now: i64);

    /// Refuses who may not call, or not this operation; asked before anything else.
    fn admit(
        &self,
        state: &Self::State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<(), Self::Refusal>;

    /// Does what comes before every rule, once the document allows the request.
    fn prepare(_state: &mut Self::State, _call: &Call) -> Result<(), Self::Refusal> {
        Ok(())
    }

    /// Makes the call, or answers without making it, and adds to the head of the answer.
    ///
    /// `call` fails with the refusal as it is said. Only an operation that has a rule, called by
    /// whom it admits, comes this far.
    fn make(
        state: &mut Self::State,
        _operation: &Operation,
        _request: &Request,
        call: impl FnOnce(&mut Self::State) -> Result<Said, Said>,
    ) -> (Said, HeaderMap) {
        (call(state).unwrap_or_else(|said| said), HeaderMap::new())
    }

    /// Says no to this request.
    fn refuse(refusal: Self::Refusal, state: &mut Self::State, request: &Request) -> Said;
}

/// Why no rule can answer; each provider has its own words for it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unanswered {
    /// The document has no operation of this path and method.
    NoOperation,
    /// The operation has no rule here.
    NoRule,
}
