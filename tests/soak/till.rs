//! How a shop takes payments of one provider, and goes on with them.

use std::ops::Range;
use std::sync::Arc;

use kessai_core::{Error, Limits, Looks, Rejected, Settled};
use kessai_sandbox::{Ledger, Sandbox};

use super::clock::SoakClock;
use super::step::{Kind, Step};

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

/// A settled call, with no more of the answer than the shop wants: the id of the payment, where it
/// is told, and the amount. An amount of nothing is of what was found to have failed.
pub type Paid = Settled<(Option<String>, i64), (Option<String>, i64)>;

/// How a payment stands.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Standing {
    pub captured: i64,
    /// Nothing where looking at a payment does not tell it.
    pub refunded: Option<i64>,
    pub canceled: bool,
}

/// What a genuine webhook is about.
#[derive(Debug)]
pub struct Note {
    /// What it is known again by.
    pub key: String,
    /// The payment, by the name that it is looked at with.
    pub payment: String,
}

/// How the shop takes payments of one provider.
pub trait Till: Sized {
    const NAME: &'static str;

    /// Whether somebody sees to it that the same order is not paid twice: the provider, or a
    /// journal.
    fn is_protected(&self, order: &Order) -> bool;

    /// Sets up what all orders need, while the network is fine.
    async fn open(setup: Setup) -> Self;

    /// A program that has just started.
    fn restart(&mut self);

    /// Takes a payment; `again` if it may have been asked for before.
    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error>;

    /// The customer does what is left to do, once there is a payment.
    fn agree(&self, _order: &Order, _payment: &str) {}

    /// What there is to do with the payment of an order. What can be captured is only held before.
    fn kinds(order: &Order) -> &'static [Kind];

    /// Whether somebody sees to it that the same step is not done twice.
    fn is_step_protected(&self, _step: &Step) -> bool {
        true
    }

    /// Goes on with a payment; `again` if it may have been asked for before.
    async fn go_on(&self, step: &Step, again: bool, looks: &Looks) -> Result<Paid, Error>;

    /// The bodies of all webhooks that were sent after so many others.
    fn events(&self, after: usize) -> Vec<Vec<u8>>;

    /// The header that proves a webhook that is sent now; empty where there is none.
    fn sign(&self, body: &[u8]) -> String;

    /// Some of what the proof is about: no bit of it can be changed.
    fn sealed(body: &[u8]) -> Range<usize>;

    /// Checks and reads a webhook, as the provider's crate does.
    fn read(&self, signature: &str, body: &[u8]) -> Result<Note, Rejected>;

    /// Looks at a payment that a webhook is about.
    async fn standing(&self, payment: &str) -> Result<Standing, Error>;

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

/// Where the value of a member stands in JSON that is written in one line.
pub fn value_of(body: &[u8], member: &str) -> Range<usize> {
    let text = str::from_utf8(body).expect("JSON");
    let begin = format!("\"{member}\":\"");
    let from = text.find(&begin).expect("the member") + begin.len();
    let length = text[from..].find('"').expect("its end");
    from..from + length
}
