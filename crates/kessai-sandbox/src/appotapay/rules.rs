//! Which rule answers which operation; each product has its own table.
//!
//! A rule sees a request that the document allows and whose signature is right, and changes the
//! state or refuses. It changes nothing when it refuses, unless the charge of a card is made and
//! its answer lost, or a one-time password is wrong and counted.

use super::service::Service;
use super::{cards, payments, pos, services, subscriptions, wallet};
pub(super) use crate::rule::Rule;

/// The id of an operation, and its rule.
pub(super) type Row = crate::rule::Row<Service>;

pub(super) const TABLES: &[&[Row]] = &[
    cards::RULES,
    payments::RULES,
    wallet::RULES,
    subscriptions::RULES,
    services::RULES,
    pos::RULES,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_rule_or_is_missing_and_every_rule_an_operation() {
        let missing = [
            cards::MISSING,
            payments::MISSING,
            wallet::MISSING,
            subscriptions::MISSING,
            services::MISSING,
            pos::MISSING,
        ];
        crate::rule::assert_complete::<Service>(&missing.concat());
    }
}
