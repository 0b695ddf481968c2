//! What the shop believed, what there is, and what does not fit.

use std::collections::BTreeMap;
use std::fmt;

use kessai_sandbox::{Ledger, Line};

use super::fault::Fault;
use super::post::Told;
use super::shop::{Belief, Run};
use super::step::{Kind, Step, is_let_go};
use super::till::{Order, Standing};

/// An order, and what the shop believes to have come of it.
#[derive(Debug)]
pub struct Life {
    pub order: Order,
    pub belief: Belief,
    /// Whether its money was only held at first.
    pub held: bool,
    pub steps: Vec<(Step, Belief)>,
}

impl Life {
    /// The sum of all steps of a kind that were taken.
    fn sum(&self, kind: Kind) -> i64 {
        let taken = self
            .steps
            .iter()
            .filter(|(step, belief)| step.kind == kind && matches!(belief, Belief::Settled { .. }));
        taken.map(|(step, _)| step.amount).sum()
    }

    /// What may have been taken besides, as nobody knows: the last step alone.
    fn open(&self, kind: Kind) -> i64 {
        match self.steps.last() {
            Some((step, Belief::Unknown)) if step.kind == kind => step.amount,
            _ => 0,
        }
    }

    /// What was taken, given back and let go, as the shop believes.
    fn sums(&self) -> [i64; 3] {
        let captured = if self.held { self.sum(Kind::Capture) } else { self.order.amount };
        [captured, self.sum(Kind::Refund), self.sum(Kind::Cancel)]
    }
}

/// The books of a soak.
#[derive(Debug)]
pub struct Tally {
    name: &'static str,
    seed: u64,
    pub lives: Vec<Life>,
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
    /// What the shop believes to have been paid, taken, given back and let go, and what the ledger
    /// has of the same payments.
    sums: [(i64, i64); 4],
    /// What came of webhooks: events, deliveries, those that were rejected and that were known.
    letters: [u64; 4],
    /// What must not be.
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn new(name: &'static str, run: &Run) -> Self {
        Self {
            name,
            seed: run.seed,
            lives: Vec::new(),
            done: 0,
            found: 0,
            sent_again: 0,
            crashes: 0,
            twice_at_once: 0,
            asked_again: 0,
            requests: 0,
            faults: BTreeMap::new(),
            effects: (0, 0),
            sums: [(0, 0); 4],
            letters: [0; 4],
            wrong: Vec::new(),
        }
    }

    pub fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    /// How many orders the shop believes this of.
    fn count(&self, belief: &Belief) -> usize {
        self.lives.iter().filter(|life| life.belief == *belief).count()
    }

    pub fn unknown(&self) -> usize {
        self.count(&Belief::Unknown)
    }

    pub fn payments(&self) -> usize {
        self.lives.len()
    }

    fn all_steps(&self) -> impl Iterator<Item = &(Step, Belief)> {
        self.lives.iter().flat_map(|life| &life.steps)
    }

    pub fn steps(&self) -> usize {
        self.all_steps().count()
    }

    pub fn unknown_steps(&self) -> usize {
        self.all_steps().filter(|(_, belief)| *belief == Belief::Unknown).count()
    }

    /// How many requests something happened to.
    pub fn faults(&self) -> u64 {
        self.faults.values().sum()
    }

    /// Compares all beliefs with what there is.
    pub fn compare(&mut self, ledger: &Ledger, requests: u64, faults: BTreeMap<Fault, u64>) {
        (self.requests, self.faults) = (requests, faults);
        ledger.assert_sound();
        let lives = std::mem::take(&mut self.lives);
        let mut known = 0;
        for life in &lives {
            let rows = ledger.reference(&life.order.reference);
            known += rows.len();
            self.compare_life(life, &rows);
        }
        self.lives = lives;
        let sums = ["paid", "taken", "given back", "let go"].into_iter().zip(self.sums);
        for (what, (believed, is)) in sums {
            self.must(believed == is, || format!("{believed} is believed {what}, and {is} is"));
        }
        let all = ledger.lines().iter().filter(|row| row.reference.starts_with("soak-")).count();
        self.must(all == known, || format!("{all} payments, {known} of them ordered"));
    }

    fn compare_life(&mut self, life: &Life, rows: &[&Line]) {
        let Life { order: Order { reference, amount, .. }, belief, .. } = life;
        let mut must = |holds: bool, what: &str| {
            if !holds {
                self.wrong.push(format!("{reference}: {what}: {belief:?}, {rows:?}"));
            }
        };
        must(rows.len() <= 1, "paid more than once");
        match belief {
            Belief::Settled { id, amount: told } => {
                must(rows.len() == 1, "is not there");
                let sum: i64 = rows.iter().map(|row| row.totals.authorized).sum();
                must(told == amount && sum == *amount, "is another amount");
                let is_it = |id: &String| rows.iter().any(|row| row.charge == *id);
                must(id.as_ref().is_none_or(is_it), "is another payment");
                self.effects.0 += rows.len() as u64;
                add(&mut self.sums[0], *told, sum);
                for row in rows {
                    self.compare_steps(life, row);
                }
            }
            Belief::Absent | Belief::Refused => must(rows.is_empty(), "is there"),
            Belief::Unknown => self.effects.1 += rows.len() as u64,
        }
    }

    fn compare_steps(&mut self, life: &Life, row: &Line) {
        for (step, belief) in &life.steps {
            let told =
                if let Belief::Settled { amount, .. } = belief { *amount } else { step.amount };
            self.must(told == step.amount, || format!("{step:?}: another amount, {belief:?}"));
        }
        let let_go = if is_let_go(row) { row.totals.authorized } else { 0 };
        let is = [row.totals.captured, row.totals.refunded, let_go];
        let open = [Kind::Capture, Kind::Refund, Kind::Cancel].map(|kind| life.open(kind));
        for (at, believed) in life.sums().into_iter().enumerate() {
            let may_be = is[at] == believed || is[at] == believed + open[at];
            self.must(may_be, || format!("{:?}: believed {:?}, {row:?}", life.steps, life.sums()));
            let surprise = if may_be { is[at] - believed } else { 0 };
            add(&mut self.sums[at + 1], believed, is[at] - surprise);
        }
    }

    /// Compares what webhooks have told with what there is.
    pub fn read(&mut self, told: Told, ledger: &Ledger) {
        self.letters = [told.events as u64, told.deliveries, told.rejected, told.known];
        self.wrong.extend(told.wrong);
        for event in 0..told.events {
            let times = told.handled.get(&event).copied().unwrap_or(0);
            self.must(times == 1, || format!("event {event} was handled {times} times"));
        }
        for (payment, standing) in told.standings {
            let line = ledger.charge(&payment).or_else(|| ledger.reference(&payment).pop());
            let line = line.expect("a payment");
            let is = Standing {
                captured: line.totals.captured,
                refunded: standing.refunded.map(|_| line.totals.refunded),
                canceled: is_let_go(line),
            };
            self.must(standing == is, || format!("told {standing:?}, and it is {line:?}"));
        }
    }

    /// How often each kind of step came to what.
    fn outcomes(&self) -> BTreeMap<String, usize> {
        let mut outcomes = BTreeMap::new();
        for (step, belief) in self.all_steps() {
            let word = match belief {
                Belief::Settled { .. } => "done",
                Belief::Absent => "absent",
                Belief::Refused => "refused",
                Belief::Unknown => "unknown",
            };
            *outcomes.entry(format!("{:?} {word}", step.kind)).or_default() += 1;
        }
        outcomes
    }
}

fn add(sums: &mut (i64, i64), believed: i64, is: i64) {
    *sums = (sums.0 + believed, sums.1 + is);
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, seed, done, found, sent_again, crashes, .. } = self;
        let Self { twice_at_once, asked_again, effects, sums, requests, wrong, .. } = self;
        let settled = self.lives.iter().filter(|it| matches!(it.belief, Belief::Settled { .. }));
        let (absent, refused) = (self.count(&Belief::Absent), self.count(&Belief::Refused));
        writeln!(f, "{name}, seed {seed}: {} payments, {} steps", self.payments(), self.steps())?;
        writeln!(
            f,
            "  payments settled {}, absent {absent}, refused {refused}, unknown {}",
            settled.count(),
            self.unknown()
        )?;
        writeln!(f, "  steps {:?}", self.outcomes())?;
        writeln!(
            f,
            "  answered {done}, found {found}, sent again when absent {sent_again}, programs ended {crashes}, asked twice at once {twice_at_once}, asked again {asked_again}"
        )?;
        writeln!(
            f,
            "  payments there: {} of what is settled, {} of what is unknown",
            effects.0, effects.1
        )?;
        let [paid, taken, back, let_go] = sums;
        writeln!(
            f,
            "  believed and there: paid {paid:?}, taken {taken:?}, given back {back:?}, let go {let_go:?}"
        )?;
        let [events, deliveries, rejected, known] = self.letters;
        writeln!(
            f,
            "  events {events}, delivered {deliveries}, rejected {rejected}, known already {known}"
        )?;
        writeln!(f, "  requests {requests}, faults {} {:?}", self.faults(), self.faults)?;
        write!(f, "  wrong: {}", wrong.len())?;
        wrong.iter().take(10).try_for_each(|wrong| write!(f, "\n    {wrong}"))
    }
}
