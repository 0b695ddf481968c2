//! Where the money is.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What was authorized, captured and refunded, charge by charge; a picture of one moment.
///
/// Every amount is in the unit in which the provider counts that currency, or in the currency's
/// smallest unit if the provider writes decimals.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    lines: Vec<Line>,
    notes: BTreeMap<String, Map<String, Value>>,
}

/// The money of one charge.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// The provider's id of the charge.
    pub charge: String,
    /// The merchant's own reference, such as elepay's `orderNo` or ZAFA PAY's `external_id`; empty if
    /// none was given.
    pub reference: String,
    /// The currency, as the provider writes it.
    pub currency: String,
    /// Where the charge stands, in the provider's word.
    pub status: String,
    /// Its amounts.
    pub totals: Totals,
}

/// Amounts that belong together, in the unit of the [`Ledger`].
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Totals {
    /// What payers have agreed to, whether it was taken, is held or was let go.
    pub authorized: i64,
    /// What was taken.
    pub captured: i64,
    /// What of it was given back.
    pub refunded: i64,
}

impl Ledger {
    pub(crate) fn new(lines: Vec<Line>) -> Self {
        Self { lines, notes: BTreeMap::new() }
    }

    /// Knows the notes too that the merchant put on charges, by their ids.
    pub(crate) fn with_notes(mut self, notes: BTreeMap<String, Map<String, Value>>) -> Self {
        self.notes = notes;
        self
    }

    /// Every charge, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The charge with this id.
    #[must_use]
    pub fn charge(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.charge == id)
    }

    /// The charges with this merchant's reference, oldest first.
    ///
    /// At UnivaPay that is the `merchant_transaction_id`, not a note in `metadata`: of a charge that
    /// has only a note this finds nothing, paid or not. Look [by its note](Self::by_note).
    #[must_use]
    pub fn reference(&self, reference: &str) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.reference == reference).collect()
    }

    /// The charges whose note `name` is this text, oldest first; notes are UnivaPay's `metadata`, and
    /// no other provider has them here.
    #[must_use]
    pub fn by_note(&self, name: &str, text: &str) -> Vec<&Line> {
        let note = |line: &&Line| self.notes.get(&line.charge).and_then(|notes| notes.get(name));
        let is_it = |line: &&Line| note(line).and_then(Value::as_str) == Some(text);
        self.lines.iter().filter(is_it).collect()
    }

    /// The sums of all charges, by currency.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<String, Totals> {
        let mut totals = BTreeMap::<String, Totals>::new();
        for line in &self.lines {
            let sum = totals.entry(line.currency.clone()).or_default();
            sum.authorized = sum.authorized.saturating_add(line.totals.authorized);
            sum.captured = sum.captured.saturating_add(line.totals.captured);
            sum.refunded = sum.refunded.saturating_add(line.totals.refunded);
        }
        totals
    }

    /// Asserts of each charge that 0 ≤ refunded ≤ captured ≤ authorized.
    ///
    /// # Panics
    ///
    /// If that is not so, naming the first such charge.
    pub fn assert_sound(&self) {
        for line in &self.lines {
            assert!(line.totals.is_sound(), "money out of nowhere: {line:?}");
        }
    }
}

impl Totals {
    pub(crate) fn new(authorized: i64, captured: i64, refunded: i64) -> Self {
        Self { authorized, captured, refunded }
    }

    fn is_sound(self) -> bool {
        0 <= self.refunded && self.refunded <= self.captured && self.captured <= self.authorized
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(currency: &str, totals: Totals) -> Line {
        Line {
            charge: "ch_1".into(),
            reference: "order-1".into(),
            currency: currency.into(),
            status: "captured".into(),
            totals,
        }
    }

    #[test]
    fn sums_are_kept_apart_by_currency() {
        let ledger = Ledger::new(vec![
            line("JPY", Totals::new(100, 80, 10)),
            line("JPY", Totals::new(50, 50, 0)),
            line("USD", Totals::new(7, 0, 0)),
        ]);
        ledger.assert_sound();
        assert_eq!(ledger.totals()["JPY"], Totals::new(150, 130, 10));
        assert_eq!(ledger.totals()["USD"], Totals::new(7, 0, 0));
        assert_eq!(ledger.reference("order-1").len(), 3);
    }

    #[test]
    #[should_panic(expected = "money out of nowhere")]
    fn giving_back_more_than_was_taken_is_not_sound() {
        Ledger::new(vec![line("JPY", Totals::new(100, 80, 81))]).assert_sound();
    }
}
