//! What elepay remembers.

use serde_json::Value;

use super::charge_locations::ChargeLocation;
use super::charges::Charge;
use super::codes::Code;
use super::customers::Customer;
use super::disputes::Dispute;
use super::events::Event;
use super::invoices::Invoice;
use super::readers::Reader;
use super::sources::Source;
use super::subscriptions::Subscription;
use crate::ids::Ids;
use crate::shelf::Shelf;

/// Everything there is; each kind belongs to the module of its resource.
pub(super) struct State {
    pub(super) app_id: String,
    pub(super) ids: Ids,
    /// The time of what happens now, in milliseconds since 1970.
    pub(super) now: i64,
    pub(super) charges: Shelf<Charge>,
    pub(super) customers: Shelf<Customer>,
    pub(super) sources: Shelf<Source>,
    pub(super) codes: Shelf<Code>,
    pub(super) invoices: Shelf<Invoice>,
    pub(super) readers: Shelf<Reader>,
    pub(super) disputes: Shelf<Dispute>,
    pub(super) subscriptions: Shelf<Subscription>,
    pub(super) charge_locations: Shelf<ChargeLocation>,
    /// Whether new refunds stay pending until the test completes them.
    pub(super) holds_refunds: bool,
    /// What elepay tells, oldest first.
    pub(super) events: Vec<Event>,
    /// The secrets of webhooks, the newest last; never empty.
    pub(super) webhook_secrets: Vec<String>,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        Self {
            app_id: ids.next("app_"),
            webhook_secrets: vec![ids.next("whsec_")],
            ids,
            now: 0,
            charges: Shelf::default(),
            customers: Shelf::default(),
            sources: Shelf::default(),
            codes: Shelf::default(),
            invoices: Shelf::default(),
            readers: Shelf::default(),
            disputes: Shelf::default(),
            subscriptions: Shelf::default(),
            charge_locations: Shelf::default(),
            holds_refunds: false,
            events: Vec::new(),
        }
    }

    /// Sends a webhook: here, puts it where the test finds it.
    pub(super) fn tell(&mut self, kind: &'static str, object: &Value) {
        let id = self.ids.next("evt_");
        self.events.push(Event::new(id, kind, self.now, object));
    }
}
