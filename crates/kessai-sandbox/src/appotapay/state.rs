//! What AppotaPay remembers.

use super::cards::Cards;
use super::events::Event;
use super::payments::Payments;
use super::pos::Terminals;
use super::services::Services;
use super::subscriptions::Subscriptions;
use super::wallet::Wallets;
use crate::ids::Ids;

/// Everything there is; each part belongs to the module of its product.
pub(super) struct State {
    pub(super) ids: Ids,
    /// How many of AppotaPay's own numbers were given out.
    numbers: u64,
    /// The time of what happens now, in milliseconds since 1970.
    pub(super) now: i64,
    /// The token of the wallet's owner that the call carries which is made now.
    pub(super) user_token: Option<String>,
    /// Whether the signature of that call is wrong.
    pub(super) forged: bool,
    pub(super) cards: Cards,
    pub(super) payments: Payments,
    pub(super) wallets: Wallets,
    pub(super) subscriptions: Subscriptions,
    pub(super) services: Services,
    pub(super) terminals: Terminals,
    /// What AppotaPay tells, oldest first.
    pub(super) events: Vec<Event>,
}

impl State {
    pub(super) fn new(seed: u64, now: i64) -> Self {
        Self {
            ids: Ids::new(seed),
            numbers: 0,
            now,
            user_token: None,
            forged: false,
            cards: Cards::default(),
            payments: Payments::default(),
            wallets: Wallets::default(),
            subscriptions: Subscriptions::default(),
            services: Services::default(),
            terminals: Terminals::default(),
            events: Vec::new(),
        }
    }

    /// The next number of 12 digits; no two are the same.
    pub(super) fn next_number(&mut self) -> String {
        self.numbers += 1;
        format!("{}", 260_000_000_000 + self.numbers)
    }

    /// The next id of a transaction: `AP` and 12 digits.
    pub(super) fn next_transaction_id(&mut self) -> String {
        format!("AP{}", self.next_number())
    }

    /// Lets everything happen that is due by now.
    pub(super) fn catch_up(&mut self, now: i64) {
        self.now = self.now.max(now);
        super::cards::catch_up(self);
        super::payments::catch_up(self);
        super::subscriptions::catch_up(self);
    }
}
