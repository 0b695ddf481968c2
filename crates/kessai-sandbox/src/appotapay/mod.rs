//! The fake of AppotaPay.
//!
//! What may be sent is what the `OpenAPI` document says, and what happens then is what AppotaPay
//! documents. Where it documents nothing, the sandbox has made these choices.
//!
//! # Calls
//!
//! - One address serves what AppotaPay has three hosts for. The account is the one that AppotaPay
//!   publishes for its own sandbox.
//! - A token must be good by the clock of the sandbox and end within 24 hours. It may be sent with
//!   `Bearer ` before it, everywhere. Everything that is wrong about it is 401, with the code 401
//!   (for prepaid cards `11`).
//! - Any UUID names a sub-account, and any other text none: 119 for credit cards, 90 elsewhere. To
//!   the services that have no sub-accounts the header says nothing.
//! - What the document does not allow is 400 with the code 1 (for prepaid cards `10`, for wallets
//!   that are linked 400). Then a wrong signature is 400 with the code 2 (for prepaid cards `19`).
//!   A path that the document does not have is 404 with the code 404 (for prepaid cards `22`).
//! - Other codes come with 404 where something is not there and with 400 else; services and prepaid
//!   cards tell them within 200.
//! - Answers that carry an error instead of what would be signed are not signed.
//! - Messages are in English, whatever language is asked for. Currencies other than `VND` are
//!   refused.
//!
//! # Callbacks
//!
//! - They are [kept](Appotapay::events), not delivered. The `time` of a body is a number.
//! - Addresses to send the customer to are at hosts of `.invalid`: nobody answers there, and a test
//!   does what the customer would.

mod auth;
pub mod cards;
mod events;
mod payments;
mod pos;
mod query;
mod refusal;
mod rules;
mod service;
mod services;
mod signature;
mod state;
mod subscriptions;
mod time;
pub mod wallet;

use crate::ledger::Ledger;
pub use crate::lever::LeverError;
use crate::running::handle;
pub use events::Event;
use service::Service;

handle! {
    /// A running fake of AppotaPay.
    pub struct Appotapay(Service);
}

impl Appotapay {
    /// The code of the one partner that there is.
    #[must_use]
    pub fn partner_code(&self) -> &str {
        auth::PARTNER_CODE
    }

    /// The API key of the partner, which is no secret.
    #[must_use]
    pub fn api_key(&self) -> &str {
        auth::API_KEY
    }

    /// The key that tokens, requests, answers and callbacks are signed with.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        auth::SECRET_KEY
    }

    /// Where the money is now, in VND, by AppotaPay's ids.
    ///
    /// The reference is the merchant's own. Money that goes out, such as a transfer to a bank, is a
    /// line too: its `authorized` is what was asked, and its `captured` what was paid.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let state = self.service.state();
        let products = [
            cards::lines(&state),
            payments::lines(&state),
            subscriptions::lines(&state),
            services::lines(&state),
            pos::lines(&state),
        ];
        Ledger::new(products.concat())
    }

    /// Everything that AppotaPay would have told the merchant's server so far, oldest first.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.service.state().events.clone()
    }
}
