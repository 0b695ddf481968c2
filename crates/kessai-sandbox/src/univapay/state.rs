//! What UnivaPay remembers.

use super::cancels::Cancel;
use super::charges::Charge;
use super::customs::Declaration;
use super::direct_debit::{self, DirectDebit};
use super::events::Event;
use super::idempotency::Kept;
use super::legacy::{self, Legacy};
use super::limits::Limits;
use super::refunds::Refund;
use super::stores::Store;
use super::subscriptions::Subscription;
use super::tokens::Token;
use super::webhooks::Webhook;
use super::{cancels, charges, customs, refunds, subscriptions, tokens};
use crate::ids::Ids;
use crate::shelf::Shelf;

/// How much that is due is done before one call.
const MOST_DUE: usize = 10_000;

/// Everything there is; each kind belongs to the module of its resource.
pub(super) struct State {
    pub(super) merchant_id: String,
    pub(super) store_id: String,
    pub(super) ids: Ids,
    /// When the merchant was made.
    pub(super) born: i64,
    /// The time of what happens now, in milliseconds since 1970.
    pub(super) now: i64,
    /// Those of the merchant, that of the application token first.
    pub(super) stores: Shelf<Store>,
    pub(super) tokens: Shelf<Token>,
    pub(super) charges: Shelf<Charge>,
    pub(super) refunds: Shelf<Refund>,
    pub(super) cancels: Shelf<Cancel>,
    pub(super) subscriptions: Shelf<Subscription>,
    pub(super) customs: Shelf<Declaration>,
    pub(super) webhooks: Shelf<Webhook>,
    /// What webhooks were told, oldest first.
    pub(super) events: Vec<Event>,
    pub(super) direct_debit: DirectDebit,
    pub(super) kept: Kept,
    pub(super) limits: Limits,
    pub(super) legacy: Legacy,
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
    Token(String),
    Customs(String),
}

impl State {
    pub(super) fn new(seed: u64, now: i64) -> Self {
        let mut ids = Ids::new(seed);
        let (merchant_id, store_id) = (ids.next_uuid(), ids.next_uuid());
        let mut stores = Shelf::default();
        stores.put(Store::first(&store_id, now));
        Self {
            merchant_id,
            store_id,
            ids,
            born: now,
            now,
            stores,
            tokens: Shelf::default(),
            charges: Shelf::default(),
            refunds: Shelf::default(),
            cancels: Shelf::default(),
            subscriptions: Shelf::default(),
            customs: Shelf::default(),
            webhooks: Shelf::default(),
            events: Vec::new(),
            direct_debit: DirectDebit::default(),
            kept: Kept::default(),
            limits: Limits::default(),
            legacy: Legacy::default(),
            open: Vec::new(),
            held: false,
        }
    }

    /// Decides what is pending, and does what is due by now.
    pub(super) fn settle(&mut self) {
        if self.held {
            return;
        }
        self.decide();
        direct_debit::settle(self);
        legacy::settle(self);
        // A clock that is moved to the end of time must not keep a call forever.
        for _ in 0..MOST_DUE {
            if !charges::end_one_due(self) && !subscriptions::bill(self) {
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
                Open::Token(id) => tokens::decide(self, &id),
                Open::Customs(id) => customs::decide(self, &id),
            }
        }
    }
}
