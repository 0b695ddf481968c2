//! What UnivaPay remembers.

use super::cancels::Cancel;
use super::charges::Charge;
use super::idempotency::Kept;
use super::refunds::Refund;
use super::subscriptions::Subscription;
use super::tokens::Token;
use super::{cancels, charges, refunds, subscriptions};
use crate::ids::Ids;
use crate::shelf::Shelf;

/// How many payments of subscriptions are made before one call.
const MOST_PAYMENTS: usize = 10_000;

/// Everything there is; each kind belongs to the module of its resource.
pub(super) struct State {
    pub(super) merchant_id: String,
    pub(super) store_id: String,
    pub(super) ids: Ids,
    /// When the store was made.
    pub(super) born: i64,
    /// The time of what happens now, in milliseconds since 1970.
    pub(super) now: i64,
    pub(super) tokens: Shelf<Token>,
    pub(super) charges: Shelf<Charge>,
    pub(super) refunds: Shelf<Refund>,
    pub(super) cancels: Shelf<Cancel>,
    pub(super) subscriptions: Shelf<Subscription>,
    pub(super) kept: Kept,
    /// What has not been decided yet, oldest first.
    pub(super) open: Vec<Open>,
    /// Whether nothing is decided for now.
    pub(super) held: bool,
}

/// The id of something that is pending.
pub(super) enum Open {
    Charge(String),
    Refund(String),
    Cancel(String),
}

impl State {
    pub(super) fn new(seed: u64, now: i64) -> Self {
        let mut ids = Ids::new(seed);
        Self {
            merchant_id: ids.next_uuid(),
            store_id: ids.next_uuid(),
            ids,
            born: now,
            now,
            tokens: Shelf::default(),
            charges: Shelf::default(),
            refunds: Shelf::default(),
            cancels: Shelf::default(),
            subscriptions: Shelf::default(),
            kept: Kept::default(),
            open: Vec::new(),
            held: false,
        }
    }

    /// Decides what is pending, and charges what is due by now.
    pub(super) fn settle(&mut self) {
        if self.held {
            return;
        }
        self.decide();
        // A clock that is moved to the end of time must not keep a call forever.
        for _ in 0..MOST_PAYMENTS {
            if !subscriptions::bill(self) {
                return;
            }
            self.decide();
        }
    }

    fn decide(&mut self) {
        for open in std::mem::take(&mut self.open) {
            match open {
                Open::Charge(id) => charges::decide(self, &id),
                Open::Refund(id) => refunds::decide(self, &id),
                Open::Cancel(id) => cancels::decide(self, &id),
            }
        }
    }
}
