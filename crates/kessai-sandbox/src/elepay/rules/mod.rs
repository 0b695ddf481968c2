//! What happens, one function per operation.
//!
//! A rule sees a request that the document allows, and changes the state or refuses; it changes
//! nothing when it refuses.

mod capture;
mod checks;
mod create;
mod list;
mod look;
mod refund;
mod revoke;

use serde_json::Value;

use super::refusal::Refusal;
use super::state::State;
use crate::document::Call;

pub(super) type Rule = fn(&mut State, &Call) -> Result<Value, Refusal>;

const RULES: [(&str, Rule); 9] = [
    ("list_charges", list::list_charges),
    ("create_charge", create::create_charge),
    ("get_charge", look::get_charge),
    ("revoke_charge", revoke::revoke_charge),
    ("capture_charge", capture::capture_charge),
    ("get_charge_status", look::get_charge_status),
    ("list_refunds", look::list_refunds),
    ("create_refund", refund::create_refund),
    ("get_refund", look::get_refund),
];

pub(super) fn rule(operation: &str) -> Option<Rule> {
    RULES.into_iter().find_map(|(id, rule)| (id == operation).then_some(rule))
}

#[cfg(test)]
pub(super) fn ids() -> Vec<&'static str> {
    RULES.map(|(id, _)| id).to_vec()
}
