//! What ZAFA PAY remembers.

use super::events::Event;
use super::payment_methods::PaymentMethod;
use super::payments::Payment;
use super::tokens::Token;
use crate::ids::Ids;
use crate::shelf::Shelf;

/// Everything there is; each kind belongs to the module of its resource.
pub(super) struct State {
    pub(super) merchant_id: String,
    /// The one gateway that there is.
    pub(super) connector_id: String,
    pub(super) ids: Ids,
    /// The time of what happens now, in milliseconds since 1970.
    pub(super) now: i64,
    pub(super) payments: Shelf<Payment>,
    pub(super) tokens: Shelf<Token>,
    pub(super) payment_methods: Shelf<PaymentMethod>,
    /// What ZAFA PAY tells, oldest first.
    pub(super) events: Vec<Event>,
    /// The secret of the one webhook endpoint that there is.
    pub(super) webhook_secret: String,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        Self {
            merchant_id: ids.next("merchant_"),
            connector_id: ids.next("conn_"),
            webhook_secret: ids.next("whsec_"),
            ids,
            now: 0,
            payments: Shelf::default(),
            tokens: Shelf::default(),
            payment_methods: Shelf::default(),
            events: Vec::new(),
        }
    }
}
