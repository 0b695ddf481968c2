//! A typed, low-level client for [UnivaPay](https://www.univapay.com), a payment gateway in Japan.
//!
//! One method per operation, one type per schema, UnivaPay's own vocabulary, and nothing in
//! between. All 73 operations of the newest definition, and 58 older ones under
//! [`Client::legacy_charges`] and its like. Types and methods are generated from `specs/univapay`;
//! this page, the client, its token, [`WebhookAuth`] and the waits are written by hand.
//!
//! ```toml
//! [dependencies]
//! kessai-univapay = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```no_run
//! use kessai_univapay::charges::CreateCharge;
//! use kessai_univapay::{AppToken, Client, Looks, Mode, Patience, Settled};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(AppToken::new("secret", "jwt")?)?;
//! // The token of the payment comes from UnivaPay's checkout in the browser.
//! let mut body = CreateCharge::new("11f0a2b4-51c6-8d7e-9f10-3a5b7c9d1e42", 12_800, "JPY");
//! body.metadata.insert("attempt".into(), "A-1021/1".into()); // the next card is A-1021/2
//!
//! // If nobody knows what became of the call, it is looked for by that note.
//! let look = || async {
//!     Ok(client.charges().find_by_note(Mode::Live, "attempt", "A-1021/1").await?.sight())
//! };
//! let call = client.charges().create(&body);
//! match call.or_find_by_reference(look, &Looks::default()).await {
//!     Ok(Settled::Done(charge)) => {
//!         let charges = client.charges();
//!         let charge = charges.wait(&charge.store_id, &charge.id, Patience::default()).await?;
//!         println!("{}: {}", charge.id, charge.status); // `successful` is paid
//!     }
//!     Ok(Settled::Found(found)) => println!("it is there: {:?}", found.charges),
//!     Ok(Settled::Absent(_)) => println!("nothing is there: the same may be sent again"),
//!     Ok(Settled::Unknown { .. }) => println!("it may be there: look again later"),
//!     Err(error) => println!("nothing was done: {error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Money
//!
//! Amounts are whole numbers in the currency's minor unit: `12800` is ¥12,800, `1250` is 12 dollars
//! and 50 cents.
//!
//! # First the answer, then the act
//!
//! A new charge, refund or cancel is `pending`, and HTTP 200 or 201 says nothing of how it ends:
//! [`Charges::wait`](charges::Charges::wait) and its like do.
//!
//! # When a call fails
//!
//! [`Error::outcome`] says what became of the money. What creates or changes something carries an
//! idempotency key, [`Call::idempotency_key`]: for a day UnivaPay knows a repeat with the
//! [same key](Error::idempotency_key), *as far as it kept it*. Its documents promise no more, and for
//! direct debits not even that, so look first:
//! [`find_by_note`](charges::Charges::find_by_note) finds a charge by your own number of the attempt in
//! its notes, and [`Call::or_find_by_reference`] does that when the outcome of a call is unknown.
//! [`Response::replayed`] says whether an answer is that of an earlier call, and [`IdempotencyStatus`]
//! what else became of the key. UnivaPay's code is [`ErrorCode::of`](errors::ErrorCode::of) the error,
//! and [`ErrorBody::of`](errors::ErrorBody::of) it has the reason for each member at fault.
//!
//! Because a key may have been forgotten, it is no reason to send a call again by itself: one that
//! moves money is, only if the first sending did nothing: there was no connection, or too many
//! requests. Reads are repeated: [`Retry`] says how, and how to count on keys all the same.
//!
//! # Card numbers
//!
//! What takes card numbers and security codes cannot be written out without the feature
//! `raw-card-data`: with it, all of PCI DSS is yours. Without, tokens are made by UnivaPay's
//! checkout.
//!
//! # Lists
//!
//! Beside each `list`, which answers one page, `list_all` walks all pages by cursor.
//!
//! # What can be left, cleared and set
//!
//! Members of updates are [`Patch`]es where UnivaPay tells them apart: left as they are, cleared,
//! or set.
//!
//! # What is not certain
//!
//! **Not verified** stands where the documents do not say it, or do not agree; which sources say
//! what is in `specs/univapay/SOURCES.md`.
//!
//! # Words that do not exist yet
//!
//! An unknown word becomes `Other`, and so does the data of a payment method that this crate does
//! not know; a member that is new, or of another shape than documented, stays in `unknown`; all are
//! written back as they came. To read an answer that you stored, use [`Decode::decode`]: serde by
//! itself is not as lenient.

mod card_data;
mod client;
#[cfg(test)]
#[path = "../../../tests/fake_engine.rs"]
mod fake;
mod find;
#[rustfmt::skip]
mod generated;
mod headers;
mod refusal;
mod sign;
mod wait;
mod webhook;

pub use kessai_core::{
    Call, Decimal, Decode, Error, Id, IdempotencyKey, Items, Json, Limits, Looks, Network,
    NoReference, NotDecimal, Outcome, Page, Patch, Patience, Proxy, Refusal, Rejected, Response,
    Retry, RetryBudget, Secret, Settled, Sight, Timestamp, Unknown, Unreadable, WaitError, drift,
    wait,
};

/// What it takes to send requests through an [`Engine`](engine::Engine) of your own.
pub mod engine {
    pub use kessai_core::{
        Answer, BoxFuture, Bytes, Clock, Cut, Engine, Failure, FakeClock, Phase, http,
    };
}

pub use crate::client::{Client, ClientBuilder};
pub use crate::find::Found;
pub use crate::generated::*;
pub use crate::headers::{IdempotencyStatus, RateLimits};
pub use crate::sign::{AppToken, InvalidToken, Mode, Owner};
pub use crate::webhook::WebhookAuth;
