//! Which rule answers which operation.
//!
//! A rule sees a request that the document allows, and changes the state or refuses. It changes
//! nothing when it refuses.

use super::service::Service;
use super::{
    cancels, charges, checkout, customs, direct_debit, history, legacy, refunds, stores,
    subscriptions, tokens, webhooks,
};
pub(super) use crate::rule::Rule;

use Rule::{Act, Look, Tell};

/// The id of an operation, and its rule.
pub(super) type Row = crate::rule::Row<Service>;

const RULES: &[Row] = &[
    ("list_tokens", Look(tokens::list)),
    ("list_store_tokens", Look(tokens::list)),
    ("create_token", Act(tokens::create)),
    ("get_token", Look(tokens::get)),
    ("update_token", Act(tokens::update)),
    ("delete_token", Act(tokens::delete)),
    ("enable_token_three_ds", Act(tokens::enable_three_ds)),
    ("disable_token_three_ds", Act(tokens::disable_three_ds)),
    ("get_token_three_ds_issuer_token", Look(tokens::issuer_token)),
    ("list_charges", Look(charges::list)),
    ("list_store_charges", Look(charges::list)),
    ("create_charge", Act(charges::create)),
    ("get_charge", Look(charges::get)),
    ("update_charge", Act(charges::update)),
    ("capture_charge", Act(charges::capture)),
    ("get_charge_three_ds_issuer_token", Look(charges::three_ds_issuer_token)),
    ("get_charge_issuer_token", Look(charges::issuer_token)),
    ("list_bank_transfer_ledgers", Look(charges::list_ledgers)),
    ("create_customs_declaration", Act(customs::create)),
    ("get_customs_declaration", Look(customs::get)),
    ("update_customs_declaration", Act(customs::update)),
    ("list_refunds", Look(refunds::list)),
    ("create_refund", Act(refunds::create)),
    ("get_refund", Look(refunds::get)),
    ("update_refund", Act(refunds::update)),
    ("list_cancels", Look(cancels::list)),
    ("create_cancel", Act(cancels::create)),
    ("get_cancel", Look(cancels::get)),
    ("update_cancel", Act(cancels::update)),
    ("list_subscriptions", Look(subscriptions::list)),
    ("list_store_subscriptions", Look(subscriptions::list)),
    ("create_subscription", Act(subscriptions::create)),
    ("simulate_subscription_plan", Look(subscriptions::simulate)),
    ("simulate_store_subscription_plan", Look(subscriptions::simulate)),
    ("get_subscription", Look(subscriptions::get)),
    ("update_subscription", Act(subscriptions::update)),
    ("cancel_subscription", Act(subscriptions::cancel)),
    ("suspend_subscription", Act(subscriptions::suspend)),
    ("unsuspend_subscription", Act(subscriptions::unsuspend)),
    ("update_subscription_token", Act(subscriptions::update_token)),
    ("list_subscription_charges", Look(subscriptions::list_charges)),
    ("list_store_subscription_charges", Look(subscriptions::list_charges)),
    ("get_subscription_latest_charge", Look(subscriptions::latest_charge)),
    ("list_subscription_payments", Look(subscriptions::list_payments)),
    ("get_subscription_payment", Look(subscriptions::get_payment)),
    ("update_subscription_payment", Act(subscriptions::update_payment)),
    ("list_subscription_payment_charges", Look(subscriptions::list_payment_charges)),
    ("list_stores", Look(stores::list)),
    ("get_store", Look(stores::get)),
    ("create_store", Act(stores::create)),
    ("update_store", Act(stores::update)),
    ("delete_store", Act(stores::delete)),
    ("create_customer_id", Look(stores::customer_id)),
    ("get_current_merchant", Tell(stores::merchant)),
    ("get_checkout_info", Tell(checkout::info)),
    ("list_transaction_history", Look(history::list)),
    ("list_store_transaction_history", Look(history::list)),
    ("list_webhooks", Look(webhooks::list)),
    ("create_webhook", Act(webhooks::create)),
    ("get_webhook", Look(webhooks::get)),
    ("update_webhook", Act(webhooks::update)),
    ("delete_webhook", Act(webhooks::delete)),
    ("list_webhook_events", Look(webhooks::list_events)),
];

/// The tables of all rules.
pub(super) const TABLES: &[&[Row]] = &[RULES, direct_debit::RULES, legacy::RULES];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_and_nothing_else_has() {
        crate::rule::assert_complete::<Service>(&[]);
    }
}
