//! What the shop believed, what there is, and what does not fit.

use std::collections::BTreeMap;
use std::fmt;

use kessai_sandbox::Ledger;

use super::fault::Fault;
use super::shop::{Belief, Order, Run};

/// The books of a soak.
#[derive(Debug)]
pub struct Tally {
    name: &'static str,
    seed: u64,
    beliefs: Vec<(Order, Belief)>,
    pub done: u64,
    pub found: u64,
    pub sent_again: u64,
    pub crashes: u64,
    pub twice_at_once: u64,
    pub asked_again: u64,
    requests: u64,
    faults: BTreeMap<Fault, u64>,
    /// Payments that there are, of orders whose outcome the shop knows and of others.
    effects: (u64, u64),
    /// What the shop believes to have got, and what the ledger has of the same orders.
    sums: (i64, i64),
    /// What must not be.
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn new(name: &'static str, run: &Run) -> Self {
        Self {
            name,
            seed: run.seed,
            beliefs: Vec::new(),
            done: 0,
            found: 0,
            sent_again: 0,
            crashes: 0,
            twice_at_once: 0,
            asked_again: 0,
            requests: 0,
            faults: BTreeMap::new(),
            effects: (0, 0),
            sums: (0, 0),
            wrong: Vec::new(),
        }
    }

    pub fn believe(&mut self, order: Order, belief: Belief) {
        self.beliefs.push((order, belief));
    }

    pub fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    /// How many orders the shop believes this of.
    pub fn count(&self, is: impl Fn(&Belief) -> bool) -> usize {
        self.beliefs.iter().filter(|(_, belief)| is(belief)).count()
    }

    pub fn unknown(&self) -> usize {
        self.count(|belief| *belief == Belief::Unknown)
    }

    pub fn payments(&self) -> usize {
        self.beliefs.len()
    }

    /// How many requests something happened to.
    pub fn faults(&self) -> u64 {
        self.faults.values().sum()
    }

    /// Compares all beliefs with what there is.
    pub fn compare(&mut self, ledger: &Ledger, requests: u64, faults: BTreeMap<Fault, u64>) {
        (self.requests, self.faults) = (requests, faults);
        ledger.assert_sound();
        let mut known = 0;
        for (Order { reference, amount, .. }, belief) in &self.beliefs {
            let lines = ledger.reference(reference);
            known += lines.len();
            let mut must = |holds: bool, what: &str| {
                if !holds {
                    self.wrong.push(format!("{reference}: {what}: {belief:?}, {lines:?}"));
                }
            };
            must(lines.len() <= 1, "paid more than once");
            let sum: i64 = lines.iter().map(|line| line.totals.authorized).sum();
            match belief {
                Belief::Settled { id, amount: told } => {
                    must(lines.len() == 1, "is not there");
                    must(told == amount && sum == *amount, "is another amount");
                    let is_it = |id: &String| lines.iter().any(|line| line.charge == *id);
                    must(id.as_ref().is_none_or(is_it), "is another payment");
                    self.sums = (self.sums.0 + told, self.sums.1 + sum);
                    self.effects.0 += lines.len() as u64;
                }
                Belief::Absent | Belief::Refused => must(lines.is_empty(), "is there"),
                Belief::Unknown => self.effects.1 += lines.len() as u64,
            }
        }
        let (believed, is) = self.sums;
        self.must(believed == is, || format!("{believed} is believed, and {is} is there"));
        let all = ledger.lines().iter().filter(|line| line.reference.starts_with("soak-")).count();
        self.must(all == known, || format!("{all} payments, {known} of them ordered"));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, seed, done, found, sent_again, crashes, .. } = self;
        let Self { twice_at_once, asked_again, effects, sums, requests, wrong, .. } = self;
        let absent = self.count(|belief| *belief == Belief::Absent);
        let refused = self.count(|belief| *belief == Belief::Refused);
        writeln!(f, "{name}, seed {seed}: {} payments", self.payments())?;
        writeln!(
            f,
            "  answered {done}, found {found}, absent {absent}, refused {refused}, unknown {}",
            self.unknown()
        )?;
        writeln!(
            f,
            "  sent again when absent {sent_again}, programs ended {crashes}, asked twice at once {twice_at_once}, asked again {asked_again}"
        )?;
        writeln!(
            f,
            "  payments there: {} of what is settled, {} of what is unknown",
            effects.0, effects.1
        )?;
        writeln!(f, "  believed {}, there {}", sums.0, sums.1)?;
        writeln!(f, "  requests {requests}, faults {} {:?}", self.faults(), self.faults)?;
        write!(f, "  wrong: {}", wrong.len())?;
        wrong.iter().take(10).try_for_each(|wrong| write!(f, "\n    {wrong}"))
    }
}
