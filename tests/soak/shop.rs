//! A shop that takes payments, whose program ends in the middle of them, and that is asked for the
//! same payment twice. All it keeps is the order with its reference.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use kessai_core::{Error, Limits, Looks, Outcome, Refusal, Settled};
use kessai_sandbox::{Ledger, Sandbox};

use super::chance::Chance;
use super::clock::SoakClock;
use super::proxy::{Proxy, Stage};
use super::tally::Tally;

/// How often a shop goes on with one order before it lets it be.
const TRIES: u32 = 8;

/// What the shop has written down before it asks for anything.
#[derive(Clone, Debug)]
pub struct Order {
    pub reference: String,
    pub amount: i64,
    /// When it was written down, in milliseconds since 1970.
    pub written: i64,
    /// Something that the provider is free to make of it what it likes.
    pub lot: u64,
}

/// What the shop knows of an order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Belief {
    /// There is this payment.
    Settled { id: Option<String>, amount: i64 },
    /// There is none, and the shop has given up.
    Absent,
    /// There is none: the provider said no.
    Refused,
    /// There may be one.
    Unknown,
}

/// A settled call, with no more of the answer than the shop wants: a payment's id, where it is told,
/// and its amount.
pub type Paid = Settled<(Option<String>, i64), (Option<String>, i64)>;

/// How the shop takes payments of one provider.
pub trait Till: Sized {
    const NAME: &'static str;

    /// Whether the provider itself sees to it that the same order is not paid twice.
    fn is_protected(&self, order: &Order) -> bool;

    /// Sets up what all orders need, while the network is fine.
    async fn open(setup: Setup) -> Self;

    /// A program that has just started.
    fn restart(&mut self);

    /// Takes a payment; `again` if it may have been asked for before.
    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error>;

    /// Lets come about what a last call brings about, while the network is fine.
    async fn close(&self) {}

    fn ledger(sandbox: &Sandbox) -> Ledger;

    fn base_url(sandbox: &Sandbox) -> &str;
}

/// What a till is made of.
pub struct Setup {
    pub sandbox: Arc<Sandbox>,
    pub base_url: String,
    pub clock: SoakClock,
    pub limits: Limits,
}

/// How a soak is run.
#[derive(Clone, Debug)]
pub struct Run {
    pub seed: u64,
    pub payments: u64,
    pub looks: Looks,
}

/// Takes payments through a storm, and compares what the shop believes with what there is.
pub async fn soak<T: Till>(run: &Run) -> Tally {
    let sandbox = Arc::new(Sandbox::start().await.expect("a sandbox"));
    let proxy = Proxy::start(T::base_url(&sandbox), sandbox.clock().clone(), run.seed).await;
    let proxy = Arc::new(proxy);
    let clock = SoakClock::new(&proxy, sandbox.clock().clone(), run.seed ^ 1);
    let limits = Limits { attempt: Duration::from_millis(150), ..Limits::default() };
    let setup = Setup {
        sandbox: Arc::clone(&sandbox),
        base_url: proxy.base_url(),
        clock: clock.clone(),
        limits,
    };
    let mut shop = Shop {
        sandbox: Arc::clone(&sandbox),
        till: T::open(setup).await,
        proxy: Arc::clone(&proxy),
        chance: Chance::new(run.seed ^ 2),
        looks: run.looks.clone(),
        tally: Tally::new(T::NAME, run),
    };
    for number in 0..run.payments {
        proxy.pass(Duration::from_secs(10)).await;
        let bad = shop.chance.percent(5);
        let order = Order {
            reference: format!("soak-{}-{number}", run.seed),
            // No two are the same, so that a mistaken one is seen.
            amount: if bad { 0 } else { 2000 + i64::try_from(number).expect("a number") },
            written: clock.now_ms(),
            lot: shop.chance.below(100),
        };
        proxy.storm(true);
        let belief = shop.take(&order).await;
        if matches!(belief, Belief::Settled { .. }) && shop.chance.percent(20) {
            shop.ask_again(&order, &belief).await;
        }
        proxy.storm(false);
        shop.tally.believe(order, belief);
    }
    // Everything that is still on its way.
    proxy.pass(Duration::from_secs(3600)).await;
    shop.till.close().await;
    let (requests, faults) = proxy.played();
    shop.tally.compare(&T::ledger(&sandbox), requests, faults);
    shop.tally
}

struct Shop<T> {
    sandbox: Arc<Sandbox>,
    till: T,
    proxy: Arc<Proxy>,
    chance: Chance,
    looks: Looks,
    tally: Tally,
}

impl<T: Till> Shop<T> {
    /// Goes on with an order until it is known what became of it, or the shop has had enough.
    async fn take(&mut self, order: &Order) -> Belief {
        // Whether something may have been asked for that nobody knows of.
        let mut again = false;
        for _ in 0..TRIES {
            let told = if !again && self.till.is_protected(order) && self.chance.percent(10) {
                Some(self.twice_at_once(order).await)
            } else {
                self.once(order, again).await
            };
            let Some(told) = told else {
                self.tally.crashes += 1;
                self.till.restart();
                again = true;
                continue;
            };
            if let Ok(Settled::Absent(_)) = &told {
                self.check_absence(&order.reference);
            }
            match told {
                Ok(Settled::Done(done)) => {
                    self.tally.done += 1;
                    let (id, amount) = done.into_inner();
                    return Belief::Settled { id, amount };
                }
                Ok(Settled::Found((id, amount))) => {
                    self.tally.found += 1;
                    return Belief::Settled { id, amount };
                }
                Ok(Settled::Absent(_)) if self.chance.percent(50) => return Belief::Absent,
                Ok(Settled::Absent(_)) => {
                    self.tally.sent_again += 1;
                    again = false;
                }
                // A refusal of the order itself holds for what was sent before, too.
                Ok(Settled::Unknown { call: Some(error), look: None })
                    if order.amount == 0 && error.outcome() == Outcome::Refused =>
                {
                    return Belief::Refused;
                }
                Ok(Settled::Unknown { .. }) => again = true,
                Err(error) if error.outcome() == Outcome::Refused => return Belief::Refused,
                Err(error) => assert_eq!(error.outcome(), Outcome::NotSent, "{error}"),
            }
        }
        Belief::Unknown
    }

    /// What is believed to be absent is not there, and not on its way.
    fn check_absence(&mut self, reference: &str) {
        let is_there = !T::ledger(&self.sandbox).reference(reference).is_empty();
        let may_come = self.proxy.has_late(reference);
        self.tally.must(!is_there, || format!("{reference}: absent, and it is there"));
        self.tally.must(!may_come, || format!("{reference}: absent, and it is on its way"));
    }

    /// Takes a payment, unless the program ends meanwhile.
    async fn once(&self, order: &Order, again: bool) -> Option<Result<Paid, Error>> {
        let crashes = self.chance.percent(15);
        let stage = self.chance.one_of(&[Stage::Sent, Stage::Answered]);
        if crashes {
            self.proxy.plan_crash(stage, self.chance.below(3));
        }
        let told = {
            let mut paying = pin!(self.till.pay(order, again, &self.looks));
            tokio::select! {
                biased;
                () = self.proxy.crash() => None,
                told = &mut paying => Some(told),
            }
        };
        if told.is_none() {
            self.proxy.resume();
        }
        self.proxy.no_crash();
        told
    }

    /// Two parts of the program ask for the same payment at the same time.
    async fn twice_at_once(&mut self, order: &Order) -> Result<Paid, Error> {
        self.tally.twice_at_once += 1;
        let (one, other) = tokio::join!(
            self.till.pay(order, false, &self.looks),
            self.till.pay(order, false, &self.looks),
        );
        if let (Some(one), Some(other)) = (paid(&one), paid(&other)) {
            self.tally.must(one == other, || format!("{}: paid as two", order.reference));
        }
        // Whichever knows more.
        if paid(&one).is_some() { one } else { other }
    }

    /// Somebody asks once more for what is settled.
    async fn ask_again(&mut self, order: &Order, belief: &Belief) {
        self.tally.asked_again += 1;
        let again = !self.till.is_protected(order) || self.chance.percent(50);
        let Some(told) = self.once(order, again).await else {
            self.tally.crashes += 1;
            self.till.restart();
            return;
        };
        let Belief::Settled { id, amount } = belief else { return };
        let reference = &order.reference;
        match &told {
            Ok(Settled::Absent(_)) => self.tally.must(false, || format!("{reference}: gone")),
            Err(error) | Ok(Settled::Unknown { call: Some(error), .. })
                if error.outcome() == Outcome::Refused && !is_in_use(error) =>
            {
                self.tally.must(false, || format!("{reference}: refused once more, {error}"));
            }
            _ => {}
        }
        if let Some((other, sum)) = paid(&told) {
            let same = sum == amount && (id.is_none() || other.is_none() || other == id);
            self.tally.must(same, || format!("{reference}: paid once more"));
        }
    }
}

/// Whether a call was refused because there is something under its reference.
fn is_in_use(error: &Error) -> bool {
    error.refusal().is_some_and(Refusal::is_reference_in_use)
}

fn paid(told: &Result<Paid, Error>) -> Option<&(Option<String>, i64)> {
    match told {
        Ok(Settled::Done(done)) => Some(done),
        Ok(Settled::Found(found)) => Some(found),
        _ => None,
    }
}
