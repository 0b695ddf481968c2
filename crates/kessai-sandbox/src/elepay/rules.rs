//! Which rule answers which operation.
//!
//! A rule sees a request that the document allows, and changes the state or refuses; it changes
//! nothing when it refuses.

use serde_json::Value;

use super::refusal::Refusal;
use super::state::State;
use super::{
    charge_locations, charges, codes, customers, disputes, invoices, payment_methods, readers,
    refunds, sources, subscriptions, terminal_locations,
};
use crate::document::Call;

#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Answers with a body.
    Answer(fn(&mut State, &Call) -> Result<Value, Refusal>),
    /// Answers with what is always the same.
    Fixed(fn() -> Value),
    /// Answers with nothing but the status.
    Act(fn(&mut State, &Call) -> Result<(), Refusal>),
}

use Rule::{Act, Answer, Fixed};

const RULES: &[(&str, Rule)] = &[
    ("list_charges", Answer(charges::list_charges)),
    ("create_charge", Answer(charges::create_charge)),
    ("get_charge", Answer(charges::get_charge)),
    ("revoke_charge", Answer(charges::revoke_charge)),
    ("capture_charge", Answer(charges::capture_charge)),
    ("get_charge_status", Answer(charges::get_charge_status)),
    ("list_refunds", Answer(refunds::list_refunds)),
    ("create_refund", Answer(refunds::create_refund)),
    ("get_refund", Answer(refunds::get_refund)),
    ("list_customers", Answer(customers::list_customers)),
    ("create_customer", Answer(customers::create_customer)),
    ("get_customer", Answer(customers::get_customer)),
    ("update_customer", Answer(customers::update_customer)),
    ("delete_customer", Act(customers::delete_customer)),
    ("list_sources", Answer(sources::list_sources)),
    ("create_source", Answer(sources::create_source)),
    ("get_source", Answer(sources::get_source)),
    ("delete_source", Act(sources::delete_source)),
    ("get_source_status", Answer(sources::get_source_status)),
    ("create_code", Answer(codes::create_code)),
    ("get_code", Answer(codes::get_code)),
    ("close_code", Act(codes::close_code)),
    ("list_code_payment_methods", Fixed(payment_methods::list_code_payment_methods)),
    ("list_payment_methods", Fixed(payment_methods::list_payment_methods)),
    ("list_invoices", Answer(invoices::list_invoices)),
    ("create_invoice", Answer(invoices::create_invoice)),
    ("get_invoice", Answer(invoices::get_invoice)),
    ("update_invoice", Answer(invoices::update_invoice)),
    ("cancel_invoice", Answer(invoices::cancel_invoice)),
    ("submit_invoice", Answer(invoices::submit_invoice)),
    ("send_invoice", Answer(invoices::send_invoice)),
    ("list_terminal_locations", Fixed(terminal_locations::list_terminal_locations)),
    ("list_readers", Answer(readers::list_readers)),
    ("create_reader", Answer(readers::create_reader)),
    ("get_reader", Answer(readers::get_reader)),
    ("delete_reader", Act(readers::delete_reader)),
    ("list_disputes", Answer(disputes::list_disputes)),
    ("get_dispute", Answer(disputes::get_dispute)),
    ("list_subscriptions", Answer(subscriptions::list_subscriptions)),
    ("create_subscription", Answer(subscriptions::create_subscription)),
    ("get_subscription", Answer(subscriptions::get_subscription)),
    ("update_subscription", Answer(subscriptions::update_subscription)),
    ("start_subscription", Answer(subscriptions::start_subscription)),
    ("resume_subscription", Answer(subscriptions::resume_subscription)),
    ("cancel_subscription", Answer(subscriptions::cancel_subscription)),
    ("list_subscription_periods", Answer(subscriptions::list_subscription_periods)),
    ("list_charge_locations", Answer(charge_locations::list_charge_locations)),
    ("create_charge_location", Answer(charge_locations::create_charge_location)),
    ("get_charge_location", Answer(charge_locations::get_charge_location)),
    ("update_charge_location", Answer(charge_locations::update_charge_location)),
    ("delete_charge_location", Act(charge_locations::delete_charge_location)),
];

pub(super) fn rule(operation: &str) -> Option<Rule> {
    RULES.iter().find_map(|(id, rule)| (*id == operation).then_some(*rule))
}

impl Rule {
    /// The body of the answer, if it has one.
    pub(super) fn apply(self, state: &mut State, call: &Call) -> Result<Option<Value>, Refusal> {
        match self {
            Answer(rule) => rule(state, call).map(Some),
            Fixed(body) => Ok(Some(body())),
            Act(rule) => rule(state, call).map(|()| None),
        }
    }
}

#[cfg(test)]
pub(super) fn ids() -> Vec<&'static str> {
    RULES.iter().map(|(id, _)| *id).collect()
}
