//! The fake of elepay.
//!
//! What may be sent is what the `OpenAPI` document says, and what happens then is what elepay
//! documents, apart from these simplifications and choices.
//!
//! # Calls
//!
//! - A path or a method that the document does not have is refused with `M003000`, so that
//!   `M002003` always means a thing that does not exist, or that is deleted and can only be read.
//! - The publishable key is refused with `M004003`, except where the document names it.
//! - Messages are Japanese or English; elepay has two kinds of Chinese besides.
//! - Lists that nobody can order begin with the newest, except sources and refunds. `total` counts
//!   everything that matches, not the page.
//! - Ids start with `rfd_` (refunds), `dsp_` (disputes), `inv_` and `ivi_` (invoices and their
//!   lines), `sub_` and `prd_` (subscriptions and their periods), `rdr_` (readers), `loc_` (stores)
//!   and `tloc_` (places of readers); elepay does not say how its own start.
//!
//! # Charges and refunds
//!
//! - A charge with `capture: false` is `uncaptured` at once, except on a reader. elepay waits for
//!   the payer to authorize it; here no browser is there to do so.
//! - Any other charge is `pending` until the test [pays](Elepay::pay) it, but for one on a stored
//!   source (`sourceId`) and one by a shown code (resource `cpm`), which are `captured` at once.
//!   The method `auto` turns out to be `paypay`. A `customerId` alone charges no source.
//! - `orderNo` is shared by charges and codes. It becomes free again when its charge is revoked or
//!   has failed, or its code is closed or has expired, and at no other time.
//! - What a payment method needs in `extra`, such as `frontUrl`, is not asked for, except `token`
//!   for `cpm` and `readerId` for `reader`.
//! - A `locationId` need not exist. If it does, the charge shows the store as it is now, and if not
//!   only its id.
//! - A `pending` charge on a reader cannot be revoked (`M006005`). Once a bank or shop has given
//!   notice of money (`notified`, `amount_mismatch`), no charge can (`M006000`).
//! - A charge does not expire by itself.
//! - A refund is `refunded` at once, unless the test [holds](Elepay::hold_refunds) refunds: elepay
//!   may answer `pending` and send a webhook later. A pending one counts against what is left.
//! - Every method can be refunded in part and several times.
//! - A refund in another currency than the charge's is refused, and one that names none is in
//!   JPY, as the document says.
//! - elepay's documents name no code for an amount above what was authorized or captured. Here it
//!   is `U008001` (amount too large) at the parameter `amount`: `M007002` is a limit that the
//!   merchant's account has on refunds, and `M002002` says less. The limits in the list of payment
//!   methods are not enforced.
//! - A charge is `disputed`, and a refund of it refused, while a dispute over it is `new`. A lost
//!   dispute moves no money in the [ledger](Elepay::ledger).
//!
//! # Customers and sources
//!
//! - A deleted customer can still be read, is not listed, and takes their sources along: those are
//!   `deleted` too. A deleted source can still be read and is not listed. Deleting either again is
//!   refused with `M006002`; any other change, or use for something new, with `M002003`.
//! - An update keeps the members that are left out; `metadata` is replaced as a whole.
//! - The first source that becomes active is the customer's `defaultSource` if there is none. When
//!   the default source can no longer be charged, the customer has none.
//! - `source.inactivated` tells of sources that were active, not of those that never were.
//! - Payment methods that elepay does not list for sources are refused with `M001002`, as is a
//!   charge whose method is not that of its source. A customer can keep several of each.
//!
//! # Codes
//!
//! - `sourceId` is ignored. A `frontUrl` or `image` must start with `http://` or `https://`.
//! - The customer can [choose a method](Elepay::begin_code) and pay later. When the code is closed
//!   or expires, or another method is chosen, that charge is revoked.
//! - A code that registers a payment method is `completed` once that is done, and so is one whose
//!   charge is `waiting`: it does not expire any more, and is `captured` when the charge is.
//! - Closing a code that is paid or closed is refused with `M006003`, one that has expired with
//!   `M006004`, and one that is completed with `M006000`.
//!
//! # Invoices
//!
//! - Invoices are numbered `INV-000001` and so on, and the number is the `orderNo` of the charge.
//! - An update needs a draft, and what it leaves out is cleared. Sending needs a final invoice, or
//!   one that was sent already, which is sent again; it is `sent` at once. A draft, a final and a
//!   sent one can be canceled. Only a sent one can be [paid](Elepay::pay_invoice).
//! - A final or sent invoice expires at its `expiryTime`; a draft does not.
//! - `enableAutoCharge` charges nobody.
//! - `from` and `to` mean `createTime`; a keyword is looked for in number, name, memo and remark.
//!
//! # Readers
//!
//! - There are two places of readers, `tloc_ginza` and `tloc_umeda`.
//! - A reader shows its registration code until it is [paired](Elepay::pair_reader), and its serial
//!   number from then on. A deleted one is gone.
//!
//! # Subscriptions
//!
//! - The customer's default source pays. If there is none, the subscription is `past_due`.
//! - `initialAmount` is charged at the start, apart from the periods. The first period begins then
//!   too, or at `firstChargeTime` if that is later. Periods are counted in UTC from the first one.
//! - Their charges have the order numbers `<id>-0` for the initial amount and `<id>-1` and so on.
//! - `subscription.renewed` tells of every period that is paid for, the first one too.
//! - Resuming needs a default source (`M002003` otherwise). The next period then begins at once,
//!   and the time in between is not paid for.
//! - A cancelled subscription stays `active`, without `nextChargeTime`, until its period ends, and
//!   is `canceled` then; without a running period it is so at once.
//! - `isCharging` is true only while the test [says so](Elepay::set_charging).
//!
//! # Time and webhooks
//!
//! - Codes and invoices expire and subscriptions are billed when somebody looks after the clock has
//!   passed the time: with any request, or any method of [`Elepay`]. All of it then happens in
//!   order, and each at its own time.
//! - Events are [kept](Elepay::events), not delivered.

mod auth;
mod charge_locations;
mod charges;
mod checks;
mod codes;
mod customers;
mod disputes;
mod due;
mod echo;
mod events;
mod invoices;
mod language;
mod levers;
mod orders;
mod page;
mod payment_methods;
mod readers;
mod refunds;
mod refusal;
mod rules;
mod service;
mod sources;
mod state;
mod subscriptions;
mod terminal_locations;

use crate::ledger::{Ledger, Line, Totals};
pub use crate::lever::LeverError;
use crate::running::handle;
pub use charges::{ChargeProgress, PayError};
pub use events::{Event, SIGNATURE_HEADER};
use service::Service;

handle! {
    /// A running fake of elepay.
    pub struct Elepay(Service);
}

impl Elepay {
    /// The one secret key that it accepts, as a bearer token or as a Basic user without password.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.service.provider().keys.secret
    }

    /// The key for browsers, with which only the status of a source may be looked at.
    #[must_use]
    pub fn publishable_key(&self) -> &str {
        &self.service.provider().keys.publishable
    }

    /// Where the money is now, whoever asked for it: the merchant, a code, an invoice or a
    /// subscription.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let state = self.service.state();
        let line = |charge: &charges::Charge| Line {
            charge: charge.id.clone(),
            reference: charge.order_no.clone(),
            currency: charge.currency.clone(),
            status: charge.status.word().to_owned(),
            totals: Totals::new(charge.authorized, charge.captured, charge.refunded()),
        };
        Ledger::new(state.charges.iter().map(line).collect())
    }
}
