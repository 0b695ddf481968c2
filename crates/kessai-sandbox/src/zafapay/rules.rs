//! Which rule answers which operation.
//!
//! A rule sees a request that the document allows, and changes the state or refuses. It changes
//! nothing when it refuses, unless a card is declined: then the payment has failed.

use super::service::Service;
use super::{payment_methods, payments, refunds, tokens};
use crate::rule::Row;
use crate::rule::Rule::{Act, Show};

pub(super) const RULES: &[Row<Service>] = &[
    ("create_payment", Act(payments::create_payment)),
    ("get_payment", Act(payments::get_payment)),
    ("capture_payment", Act(payments::capture_payment)),
    ("void_payment", Act(payments::void_payment)),
    ("refund_payment", Act(refunds::refund_payment)),
    ("list_payment_methods", Show(payment_methods::list_payment_methods)),
    ("block_payment_method", Act(payment_methods::block_payment_method)),
    ("unblock_payment_method", Act(payment_methods::unblock_payment_method)),
    ("detach_payment_method", Act(payment_methods::detach_payment_method)),
    ("create_token", Act(tokens::create_token)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_and_every_rule_an_operation() {
        crate::rule::assert_complete::<Service>(&[]);
    }
}
