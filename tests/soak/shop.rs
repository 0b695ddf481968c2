//! A shop that takes payments and goes on with them, whose program ends in the middle of that, and
//! that is asked for the same thing twice. All it keeps is what it was about to do.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use kessai_core::{Error, Limits, Looks, Outcome, Refusal, Settled};
use kessai_sandbox::Sandbox;

use super::chance::Chance;
use super::clock::SoakClock;
use super::post::{Inbox, Post};
use super::proxy::{Proxy, Stage};
use super::step::{Kind, Step};
use super::tally::{Life, Tally};
use super::till::{Order, Paid, Setup, Till};

/// How often a shop goes on with one intent before it lets it be.
const TRIES: u32 = 8;

/// What the shop is about to do.
#[derive(Clone, Copy)]
pub enum Intent<'a> {
    Pay(&'a Order),
    Step(&'a Step),
}

impl Intent<'_> {
    fn reference(self) -> String {
        match self {
            Self::Pay(order) => order.reference.clone(),
            Self::Step(step) => format!("{:?} {}", step.kind, step.reference),
        }
    }

    /// Whether it can only be refused.
    fn is_bad(self) -> bool {
        match self {
            Self::Pay(order) => order.amount == 0,
            Self::Step(step) => step.amount > step.left,
        }
    }
}

/// What the shop knows of an intent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Belief {
    /// It is done: there is this payment, or the step was taken.
    Settled { id: Option<String>, amount: i64 },
    /// It is not, and the shop has given up.
    Absent,
    /// It is not: the provider said no.
    Refused,
    /// It may be.
    Unknown,
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
        clock: clock.clone(),
        chance: Chance::new(run.seed ^ 2),
        looks: run.looks.clone(),
        tally: Tally::new(T::NAME, run),
        post: Post::new(run.seed ^ 3),
        inbox: Inbox::default(),
    };
    for number in 0..run.payments {
        proxy.pass(Duration::from_secs(10)).await;
        let bad = shop.chance.percent(5);
        let order = Order {
            reference: format!("soak-{}-{number}", run.seed),
            // No two are the same, so that a mistaken one is seen.
            amount: if bad { 0 } else { 200_000 + i64::try_from(number).expect("a number") },
            written: clock.now_ms(),
            lot: shop.chance.below(100),
        };
        proxy.storm(true);
        let life = shop.serve(order).await;
        shop.deliver(clock.now_ms()).await;
        proxy.storm(false);
        shop.tally.lives.push(life);
    }
    // Everything that is still on its way.
    proxy.pass(Duration::from_secs(3600)).await;
    shop.till.close().await;
    shop.deliver(i64::MAX).await;
    let (requests, faults) = proxy.played();
    let ledger = T::ledger(&sandbox);
    shop.tally.compare(&ledger, requests, faults);
    shop.tally.read(shop.inbox.into_told(), &ledger);
    shop.tally
}

pub struct Shop<T> {
    sandbox: Arc<Sandbox>,
    pub till: T,
    proxy: Arc<Proxy>,
    pub clock: SoakClock,
    pub chance: Chance,
    looks: Looks,
    pub tally: Tally,
    pub post: Post,
    pub inbox: Inbox,
}

impl<T: Till> Shop<T> {
    /// Takes a payment, and goes on with it.
    async fn serve(&mut self, order: Order) -> Life {
        let belief = self.take(Intent::Pay(&order)).await;
        let kinds = T::kinds(&order);
        let held = kinds.contains(&Kind::Capture);
        let mut life = Life { order, belief, held, steps: Vec::new() };
        if let Belief::Settled { id: Some(payment), .. } = &life.belief {
            self.till.agree(&life.order, payment);
            if !kinds.is_empty() {
                life.steps = self.live(&life.order, payment, held).await;
            }
        }
        life
    }

    /// Goes on with an intent until it is known what became of it, or the shop has had enough; and
    /// then perhaps once more.
    pub async fn take(&mut self, intent: Intent<'_>) -> Belief {
        let belief = self.insist(intent).await;
        if matches!(belief, Belief::Settled { .. }) && self.chance.percent(20) {
            self.ask_again(intent, &belief).await;
        }
        belief
    }

    async fn insist(&mut self, intent: Intent<'_>) -> Belief {
        // Whether something may have been asked for that nobody knows of.
        let mut again = false;
        for _ in 0..TRIES {
            let told = if !again && self.is_protected(intent) && self.chance.percent(10) {
                Some(self.twice_at_once(intent).await)
            } else {
                self.once(intent, again).await
            };
            let Some(told) = told else {
                again = true;
                continue;
            };
            if let Ok(Settled::Absent(_)) = &told {
                self.check_absence(intent);
            }
            match told {
                // It is there, and has failed.
                Ok(Settled::Found((_, 0))) => return Belief::Refused,
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
                // A refusal of the intent itself holds for what was sent before, too.
                Ok(Settled::Unknown { call: Some(error), look: None })
                    if intent.is_bad() && error.outcome() == Outcome::Refused =>
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

    fn is_protected(&self, intent: Intent<'_>) -> bool {
        match intent {
            Intent::Pay(order) => self.till.is_protected(order),
            Intent::Step(step) => self.till.is_step_protected(step),
        }
    }

    async fn ask(&self, intent: Intent<'_>, again: bool) -> Result<Paid, Error> {
        match intent {
            Intent::Pay(order) => self.till.pay(order, again, &self.looks).await,
            Intent::Step(step) => self.till.go_on(step, again, &self.looks).await,
        }
    }

    /// What is believed to be absent is not there, and not on its way.
    fn check_absence(&mut self, intent: Intent<'_>) {
        let ledger = T::ledger(&self.sandbox);
        let (is_there, marks) = match intent {
            Intent::Pay(order) => {
                let mark = format!("\"{}\"", order.reference);
                (!ledger.reference(&order.reference).is_empty(), vec![mark])
            }
            Intent::Step(step) => {
                let line = ledger.charge(&step.payment).expect("a payment");
                (step.is_in(line), step.marks())
            }
        };
        let may_come = marks.iter().any(|mark| self.proxy.has_late(mark));
        let what = intent.reference();
        self.tally.must(!is_there, || format!("{what}: absent, and it is there"));
        self.tally.must(!may_come, || format!("{what}: absent, and it is on its way"));
    }

    /// Asks for it, unless the program ends meanwhile.
    async fn once(&mut self, intent: Intent<'_>, again: bool) -> Option<Result<Paid, Error>> {
        let told = self.unless_it_ends(self.ask(intent, again)).await;
        if told.is_none() {
            self.start();
        }
        told
    }

    /// Does something, unless the program ends meanwhile; then it has to be started again.
    pub async fn unless_it_ends<R>(&self, doing: impl Future<Output = R>) -> Option<R> {
        let crashes = self.chance.percent(15);
        let stage = self.chance.one_of(&[Stage::Sent, Stage::Answered]);
        if crashes {
            self.proxy.plan_crash(stage, self.chance.below(3));
        }
        let told = {
            let mut doing = pin!(doing);
            tokio::select! {
                biased;
                () = self.proxy.crash() => None,
                told = &mut doing => Some(told),
            }
        };
        if told.is_none() {
            self.proxy.resume();
        }
        self.proxy.no_crash();
        told
    }

    /// Starts the program that ended.
    pub fn start(&mut self) {
        self.tally.crashes += 1;
        self.till.restart();
        self.inbox.restart();
    }

    /// Two parts of the program ask for the same thing at the same time.
    async fn twice_at_once(&mut self, intent: Intent<'_>) -> Result<Paid, Error> {
        self.tally.twice_at_once += 1;
        let (one, other) = tokio::join!(self.ask(intent, false), self.ask(intent, false));
        if let (Some(one), Some(other)) = (paid(&one), paid(&other)) {
            let what = intent.reference();
            self.tally.must(one == other, || format!("{what}: done as two, {one:?}, {other:?}"));
        }
        // Whichever knows that it is there; and nobody knows better than who does not know.
        let is_unknown = |told: &Result<Paid, Error>| matches!(told, Ok(Settled::Unknown { .. }));
        let first = paid(&one).is_some() || (paid(&other).is_none() && is_unknown(&one));
        if first { one } else { other }
    }

    /// Somebody asks once more for what is settled.
    async fn ask_again(&mut self, intent: Intent<'_>, belief: &Belief) {
        self.tally.asked_again += 1;
        let again = !self.is_protected(intent) || self.chance.percent(50);
        let Some(told) = self.once(intent, again).await else { return };
        let Belief::Settled { id, amount } = belief else { return };
        let what = intent.reference();
        let no = match &told {
            Err(error) => Some(error),
            // What a step is refused for is looked into, and that look may fail.
            Ok(Settled::Unknown { look: Some(_), .. }) if matches!(intent, Intent::Step(_)) => None,
            Ok(Settled::Unknown { call, .. }) => call.as_ref(),
            _ => None,
        };
        let no = no.filter(|error| error.outcome() == Outcome::Refused && !is_in_use(error));
        self.tally.must(!matches!(told, Ok(Settled::Absent(_))), || format!("{what}: gone"));
        self.tally.must(no.is_none(), || format!("{what}: refused once more, {no:?}"));
        if let Some((other, sum)) = paid(&told) {
            let same = sum == amount && (id.is_none() || other.is_none() || other == id);
            self.tally.must(same, || format!("{what}: done once more"));
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
