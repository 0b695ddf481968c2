//! Which rule answers which operation.
//!
//! A rule sees a request that the document allows, and changes the state or refuses. It changes
//! nothing when it refuses, unless a card is declined: then the payment has failed.

use super::object::Said;
use super::refusal::Refusal;
use super::state::State;
use super::{payment_methods, payments, refunds, tokens};
use crate::document::Call;

#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Answers or refuses.
    Act(fn(&mut State, &Call) -> Result<Said, Refusal>),
    /// Always answers, and changes nothing.
    Look(fn(&State, &Call) -> Said),
}

use Rule::{Act, Look};

const RULES: &[(&str, Rule)] = &[
    ("create_payment", Act(payments::create_payment)),
    ("get_payment", Act(payments::get_payment)),
    ("capture_payment", Act(payments::capture_payment)),
    ("void_payment", Act(payments::void_payment)),
    ("refund_payment", Act(refunds::refund_payment)),
    ("list_payment_methods", Look(payment_methods::list_payment_methods)),
    ("block_payment_method", Act(payment_methods::block_payment_method)),
    ("unblock_payment_method", Act(payment_methods::unblock_payment_method)),
    ("detach_payment_method", Act(payment_methods::detach_payment_method)),
    ("create_token", Act(tokens::create_token)),
];

pub(super) fn rule(operation: &str) -> Option<Rule> {
    RULES.iter().find_map(|(id, rule)| (*id == operation).then_some(*rule))
}

impl Rule {
    pub(super) fn apply(self, state: &mut State, call: &Call) -> Result<Said, Refusal> {
        match self {
            Act(rule) => rule(state, call),
            Look(rule) => Ok(rule(state, call)),
        }
    }
}

#[cfg(test)]
pub(super) fn ids() -> Vec<&'static str> {
    RULES.iter().map(|(id, _)| *id).collect()
}
