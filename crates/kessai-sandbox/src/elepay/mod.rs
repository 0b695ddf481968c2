//! The fake of elepay: charges and refunds.
//!
//! What may be sent is what the `OpenAPI` document says, and what happens then is what elepay
//! documents, apart from these simplifications and choices:
//!
//! - A charge with `capture: false` is `uncaptured` at once. elepay waits for the payer to
//!   authorize it; here no browser is there to do so.
//! - Any other charge is `pending` until the test [pays](Elepay::pay) it, but for one on a stored
//!   source (`sourceId`, any will do) and one by a shown code (resource `cpm`), which are
//!   `captured` at once. The method `auto` turns out to be `paypay`.
//! - A refund is `refunded` at once. elepay may answer `pending` and send a webhook later.
//! - Every method can be refunded in part and several times.
//! - `orderNo` becomes free again when its charge is revoked, and at no other time.
//! - A refund in another currency than the charge's is refused, and one that names none is in
//!   JPY, as the document says.
//! - What a payment method needs in `extra`, such as `frontUrl`, is not asked for, except `token`
//!   for `cpm` and `readerId` for `reader`.
//! - elepay's documents name no code for an amount above what was authorized or captured. Here it
//!   is `U008001` (amount too large) at the parameter `amount`: `M007002` is a limit that the
//!   merchant's account has on refunds, and `M002002` says less.
//! - A path or a method that the document does not have is refused with `M003000`, so that
//!   `M002003` always means a charge or refund that does not exist.
//! - Ids of refunds start with `rfd_`; elepay does not say how its own start.
//! - Messages are Japanese or English; elepay has two kinds of Chinese besides.
//! - The publishable key is refused with `M004003`, everywhere.

mod auth;
mod language;
mod refusal;
mod render;
mod rules;
mod service;
mod state;

use std::sync::Arc;
use std::{fmt, io};

use crate::clock::Clock;
use crate::journal::{Entry, Journal};
use crate::ledger::{Ledger, Line, Totals};
use crate::serve::Server;
use service::Service;
use state::Status;

/// A running fake of elepay.
pub struct Elepay {
    service: Arc<Service>,
    journal: Arc<Journal>,
    server: Server,
}

/// Why a customer could not pay.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PayError {
    /// There is no charge with this id.
    NoSuchCharge,
    /// The charge is not waiting for the customer: it is paid, authorized or revoked already.
    NotPending,
}

impl Elepay {
    pub(crate) async fn start(clock: Clock) -> io::Result<Self> {
        let service = Arc::new(Service::new(clock)?);
        let journal = Arc::new(Journal::default());
        let server = Server::start(Arc::clone(&service), Arc::clone(&journal)).await?;
        Ok(Self { service, journal, server })
    }

    /// Where it listens, such as `http://127.0.0.1:40123`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.server.base_url()
    }

    /// The one secret key that it accepts, as a bearer token or as a Basic user without password.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.service.keys.secret
    }

    /// The key for browsers, with which no operation here may be called.
    #[must_use]
    pub fn publishable_key(&self) -> &str {
        &self.service.keys.publishable
    }

    /// Lets the customer pay a charge that is `pending`.
    ///
    /// It is `captured` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such charge or it is not waiting to be paid.
    pub fn pay(&self, charge_id: &str) -> Result<(), PayError> {
        let mut state = self.service.state();
        let charge = state.charge_mut(charge_id).ok_or(PayError::NoSuchCharge)?;
        if charge.status != Status::Pending {
            return Err(PayError::NotPending);
        }
        charge.agree(self.service.clock.now_ms());
        Ok(())
    }

    /// Every request so far (the last 100,000 of them), oldest first, whether it was accepted or
    /// refused.
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        self.journal.entries()
    }

    /// Where the money is now.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let state = self.service.state();
        let line = |charge: &state::Charge| Line {
            charge: charge.id.clone(),
            reference: charge.order_no.clone(),
            currency: charge.currency.clone(),
            status: charge.status.word().to_owned(),
            totals: Totals::new(charge.authorized, charge.captured, charge.refunded()),
        };
        Ledger::new(state.charges.iter().map(line).collect())
    }
}

impl fmt::Debug for Elepay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elepay").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

impl fmt::Display for PayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchCharge => "there is no charge with this id",
            Self::NotPending => "the charge is not waiting for the customer",
        })
    }
}

impl std::error::Error for PayError {}
