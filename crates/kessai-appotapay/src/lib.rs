//! A typed, low-level client for [AppotaPay](https://appotapay.com), a payment gateway in Vietnam.
//!
//! One method per operation, one type per schema, AppotaPay's own vocabulary, and nothing in
//! between: all 69 operations of the newest documents, from cards and hosted checkout to transfers,
//! subscriptions and terminals. Types and methods are generated from `specs/appotapay`; this page,
//! the client, its [`Credentials`], [`Callbacks`], the look-ups by your own reference and
//! [`moment`] are written by hand.
//!
//! ```no_run
//! use kessai_appotapay::card_charges::{CaptureCardCharge, CardChargeStatus};
//! use kessai_appotapay::{Client, Credentials, Environment};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = Credentials::new("PARTNER", "api-key", "secret-key")?;
//! let client = Client::new(Environment::Sandbox, credentials)?;
//! // Takes 25,000 of the dong that an earlier charge holds.
//! let body = CaptureCardCharge::new(25_000, "VND");
//! let charge = client.card_charges().capture(&"01K9Q7Z3T5X8M2N4P6R8S0V1W3".into(), &body).await?;
//! assert_eq!(charge.status, Some(CardChargeStatus::Captured));
//! # Ok(())
//! # }
//! ```
//!
//! # Money
//!
//! Amounts are whole numbers of dong (VND), which has no smaller unit. AppotaPay's tables call them
//! texts, floats, numbers and integers, and its samples send integers: so does this crate, and it
//! reads integers and texts of digits alike.
//!
//! # When a call fails
//!
//! [`Error::outcome`] says what became of the money. AppotaPay knows no idempotency keys: what moves
//! money carries your own reference, which it takes once. If the outcome is
//! [`Unknown`](Outcome::Unknown), look the reference up, by the methods called `find_by_..`, before
//! you send anything again, and never send it under another reference: that could pay twice.
//! [`Call::or_find_by_reference`] does that, with [`seen`]; that a reference was used before is looked
//! up too. The look-ups ask for one thing and name it, so they see it as soon as AppotaPay itself
//! does; when that is, no page says. By
//! itself such a call is sent again only if the first sending did nothing: there was no connection,
//! or too many requests. Reads are repeated: [`Retry`] says how.
//!
//! A good HTTP status is no good answer here: most products say no inside of it. Such an answer is
//! an [`Error`] too. A no, in whichever status, is [`Refused`](Outcome::Refused) if its code means
//! for certain that nothing was done in the product that was called, and
//! [`Unknown`](Outcome::Unknown) if it is any other: pending, busy, undefined, or in no table.
//!
//! # Signatures
//!
//! The client makes a token for every request, and signs those whose body has to be signed. Where
//! AppotaPay signs its answers, an answer with a missing or wrong signature is an error whose
//! [`is_forged`](Error::is_forged) is true, after which the money may have moved. A no that tells of
//! nothing but its reason may come without one.
//! [`Callbacks`] checks what AppotaPay sends on its own account.
//!
//! **Not verified:** none of the digests that the documents print can be computed again with the
//! published key, so what is signed follows the texts of the documents, not a digest of AppotaPay's.
//!
//! # Wallets
//!
//! A customer links a wallet in the browser: send them to the [url](Call::url) of
//! [`get_wallet_login_form`](wallet_links::WalletLinks::get_wallet_login_form), and do not await that
//! call. With the token that comes of it, [`Client::for_wallet`] pays.
//!
//! # Card numbers
//!
//! What takes card numbers and security codes cannot be written out without the feature
//! `raw-card-data`: with it, all of PCI DSS is yours. One place is not behind it, because it holds
//! account numbers as well: the number that a [transfer](transfers::MakeTransfer) goes to may be a
//! card's.
//!
//! # Times
//!
//! They come in six forms, most of them without a zone, and stay text. [`moment`] reads them all.
//!
//! # Words that do not exist yet
//!
//! An unknown word becomes `Other`; a member that is new, or of another shape than documented, stays
//! in `unknown`; both are written back as they came. To read an answer that you stored, use
//! [`Decode::decode`]: serde by itself is not as lenient.

mod callback;
mod card_data;
mod client;
mod find;
#[rustfmt::skip]
mod generated;
mod moment;
mod reference;
mod refusal;
mod sign;
mod signature;

pub use kessai_core::{
    Call, Decimal, Decode, Error, Id, Json, Limits, Looks, Network, NotDecimal, Outcome, Patch,
    Proxy, Refusal, Rejected, Response, Retry, RetryBudget, Secret, Settled, Sight, Timestamp,
    Unknown, Unreadable, drift,
};

/// What it takes to send requests through an [`Engine`](engine::Engine) of your own.
pub mod engine {
    pub use kessai_core::{
        Answer, BoxFuture, Bytes, Clock, Cut, Engine, Failure, FakeClock, Phase, http,
    };
}

pub use crate::callback::{ACKNOWLEDGEMENT, Callbacks, SubscriptionNotification};
pub use crate::client::{Client, ClientBuilder, Environment};
pub use crate::generated::*;
pub use crate::moment::moment;
pub use crate::reference::seen;
pub use crate::sign::{Credentials, InvalidKey, Language};
