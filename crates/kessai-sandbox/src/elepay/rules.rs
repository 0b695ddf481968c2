//! Which rule answers which operation.
//!
//! A rule sees a request that the document allows, and changes the state or refuses; it changes
//! nothing when it refuses.

use super::service::Service;
use super::{
    charge_locations, charges, codes, customers, disputes, invoices, payment_methods, readers,
    refunds, sources, subscriptions, terminal_locations,
};
use crate::rule::Row;
use crate::rule::Rule::{Act, Do, Fixed};

pub(super) const RULES: &[Row<Service>] = &[
    ("list_charges", Act(charges::list_charges)),
    ("create_charge", Act(charges::create_charge)),
    ("get_charge", Act(charges::get_charge)),
    ("revoke_charge", Act(charges::revoke_charge)),
    ("capture_charge", Act(charges::capture_charge)),
    ("get_charge_status", Act(charges::get_charge_status)),
    ("list_refunds", Act(refunds::list_refunds)),
    ("create_refund", Act(refunds::create_refund)),
    ("get_refund", Act(refunds::get_refund)),
    ("list_customers", Act(customers::list_customers)),
    ("create_customer", Act(customers::create_customer)),
    ("get_customer", Act(customers::get_customer)),
    ("update_customer", Act(customers::update_customer)),
    ("delete_customer", Do(customers::delete_customer)),
    ("list_sources", Act(sources::list_sources)),
    ("create_source", Act(sources::create_source)),
    ("get_source", Act(sources::get_source)),
    ("delete_source", Do(sources::delete_source)),
    ("get_source_status", Act(sources::get_source_status)),
    ("create_code", Act(codes::create_code)),
    ("get_code", Act(codes::get_code)),
    ("close_code", Do(codes::close_code)),
    ("list_code_payment_methods", Fixed(payment_methods::list_code_payment_methods)),
    ("list_payment_methods", Fixed(payment_methods::list_payment_methods)),
    ("list_invoices", Act(invoices::list_invoices)),
    ("create_invoice", Act(invoices::create_invoice)),
    ("get_invoice", Act(invoices::get_invoice)),
    ("update_invoice", Act(invoices::update_invoice)),
    ("cancel_invoice", Act(invoices::cancel_invoice)),
    ("submit_invoice", Act(invoices::submit_invoice)),
    ("send_invoice", Act(invoices::send_invoice)),
    ("list_terminal_locations", Fixed(terminal_locations::list_terminal_locations)),
    ("list_readers", Act(readers::list_readers)),
    ("create_reader", Act(readers::create_reader)),
    ("get_reader", Act(readers::get_reader)),
    ("delete_reader", Do(readers::delete_reader)),
    ("list_disputes", Act(disputes::list_disputes)),
    ("get_dispute", Act(disputes::get_dispute)),
    ("list_subscriptions", Act(subscriptions::list_subscriptions)),
    ("create_subscription", Act(subscriptions::create_subscription)),
    ("get_subscription", Act(subscriptions::get_subscription)),
    ("update_subscription", Act(subscriptions::update_subscription)),
    ("start_subscription", Act(subscriptions::start_subscription)),
    ("resume_subscription", Act(subscriptions::resume_subscription)),
    ("cancel_subscription", Act(subscriptions::cancel_subscription)),
    ("list_subscription_periods", Act(subscriptions::list_subscription_periods)),
    ("list_charge_locations", Act(charge_locations::list_charge_locations)),
    ("create_charge_location", Act(charge_locations::create_charge_location)),
    ("get_charge_location", Act(charge_locations::get_charge_location)),
    ("update_charge_location", Act(charge_locations::update_charge_location)),
    ("delete_charge_location", Do(charge_locations::delete_charge_location)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_and_every_rule_an_operation() {
        crate::rule::assert_complete::<Service>(&[]);
    }
}
