//! The kinds of rules.

use hyper::StatusCode;

use crate::document::Call;
use crate::provider::Provider;
use crate::said::{Body, Said};

/// The id of an operation, and its rule.
pub(crate) type Row<P> = (&'static str, Rule<P>);

/// What a rule of this provider comes to.
type Outcome<P, Answer = <P as Provider>::Body> = Result<Answer, <P as Provider>::Refusal>;

/// What answers one operation.
///
/// A rule sees a request that the document allows, and changes nothing when it refuses.
pub(crate) enum Rule<P: Provider> {
    /// Answers or refuses, and may change the state.
    Act(fn(&mut P::State, &Call) -> Outcome<P>),
    /// As [`Act`](Self::Act), and answers with nothing but the status.
    Do(fn(&mut P::State, &Call) -> Outcome<P, ()>),
    /// Answers or refuses, and changes nothing.
    Look(fn(&P::State, &Call) -> Outcome<P>),
    /// Always answers, and changes nothing.
    Show(fn(&P::State, &Call) -> P::Body),
    /// As [`Show`](Self::Show), whatever was asked.
    Tell(fn(&P::State) -> P::Body),
    /// Always answers the same.
    Fixed(fn() -> P::Body),
}

impl<P: Provider> Rule<P> {
    /// The rule for the operation of this id.
    pub(crate) fn of(operation: &str) -> Option<&'static Self> {
        let mut rows = P::RULES.iter().copied().flatten();
        rows.find_map(|(id, rule)| (*id == operation).then_some(rule))
    }

    /// What it answers; `success` is the status that the document names.
    pub(crate) fn apply(
        &self,
        state: &mut P::State,
        call: &Call,
        success: StatusCode,
    ) -> Outcome<P, Said> {
        let body = match self {
            Self::Act(rule) => rule(state, call)?,
            Self::Do(rule) => return rule(state, call).map(|()| Said::empty(success)),
            Self::Look(rule) => rule(state, call)?,
            Self::Show(rule) => rule(state, call),
            Self::Tell(rule) => rule(state),
            Self::Fixed(rule) => rule(),
        };
        Ok(body.said(success))
    }
}

/// Asserts that the document has the operations with a rule and those that are `missing`, each
/// once, and no others.
#[cfg(test)]
pub(crate) fn assert_complete<P: Provider>(missing: &[&str]) {
    let document = crate::document::Document::parse(P::DOCUMENT).unwrap();
    let mut operations = document.operation_ids();
    let mut known: Vec<_> = P::RULES.iter().copied().flatten().map(|(id, _)| *id).collect();
    known.extend(missing);
    operations.sort_unstable();
    known.sort_unstable();
    assert_eq!(operations, known);
}
