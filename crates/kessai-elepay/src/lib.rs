//! A typed, low-level client for [elepay](https://elepay.io), a payment gateway in Japan.
//!
//! One method per operation, one type per schema, elepay's own vocabulary, and nothing in between.
//! All 51 operations of elepay's server API. Types and methods are generated from `specs/elepay`;
//! this page, the clients, their keys and [`Webhooks`] are written by hand.
//!
//! ```toml
//! [dependencies]
//! kessai-elepay = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```no_run
//! use kessai_elepay::charges::CreateCharge;
//! use kessai_elepay::shared::PaymentMethod;
//! use kessai_elepay::{Client, EpochMillis, Looks, SecretKey, Settled};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(SecretKey::new("sk_test_..")?)?;
//! let body = CreateCharge::new(3000, PaymentMethod::Creditcard, "A-1021");
//!
//! // If nobody knows what became of the call, it is looked for by its order number.
//! let now = EpochMillis::now().get();
//! let (from, to) = (EpochMillis::new(now - 600_000), EpochMillis::new(now + 3_600_000));
//! let look = || async {
//!     Ok(client.charges().find_by_order_no("A-1021", from, to).await?.sight())
//! };
//! let call = client.charges().create(&body);
//! match call.or_find_by_reference(look, &Looks::default()).await {
//!     Ok(Settled::Done(charge)) => println!("{:?}: {:?}", charge.id, charge.status),
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
//! Amounts are whole numbers in the currency's unit as elepay writes it: `500` is ¥500. elepay does
//! not document how it writes currencies that have decimals.
//!
//! # When a call fails
//!
//! [`Error::outcome`] says what became of the money. elepay knows no idempotency key, so a call that
//! moves money is sent again by itself only if the first sending did nothing: there was no
//! connection, or elepay asked for fewer requests. Reads are repeated: [`Retry`] says how. Its
//! [`ErrorCode`](errors::ErrorCode) is in [`Error::refusal`].
//!
//! elepay cannot look a charge up by your order number;
//! [`find_by_order_no`](charges::Charges::find_by_order_no) walks the list for it, and
//! [`Call::or_find_by_reference`] does so when the outcome of a call is unknown, or the number in
//! use. When the list shows a new charge, elepay does not say.
//!
//! # Lists
//!
//! Beside each `list`, which answers one page, `list_all` walks all pages: item by item, none
//! skipped and none twice, while the list changes.
//!
//! # Keys
//!
//! A [`Client`] takes the secret key; a [`PublishableClient`] has the little that a publishable key
//! may do. [`ClientBuilder::mode`] refuses a live key where a test key should be, and the other way
//! round.
//!
//! # What is not certain
//!
//! **Not verified** stands where the documents do not say it, or do not agree; which sources say
//! what is in `specs/elepay/SOURCES.md`.
//!
//! # Words that do not exist yet
//!
//! elepay adds payment methods, statuses and members without notice. An unknown word becomes
//! `Other`; a member that is new, or of another shape than documented, stays in `unknown`; both are
//! written back as they came. To read an answer that you stored, use [`Decode::decode`]: serde by
//! itself is not as lenient.

mod client;
#[cfg(test)]
#[path = "../../../tests/fake_engine.rs"]
mod fake;
mod find;
#[rustfmt::skip]
mod generated;
mod refusal;
mod sign;
mod webhook;

pub use kessai_core::{
    Call, Decode, EpochMillis, Error, Id, Items, Json, Limits, Looks, Network, Outcome, Page,
    Patience, Proxy, Refusal, Response, Retry, RetryBudget, Secret, Settled, Sight, Unknown,
    Unreadable, WaitError, drift, wait,
};

/// What it takes to send requests through an [`Engine`](engine::Engine) of your own.
pub mod engine {
    pub use kessai_core::{
        Answer, BoxFuture, Bytes, Clock, Cut, Engine, Failure, FakeClock, Phase, http,
    };
}

pub use crate::client::{Client, ClientBuilder, Language, PublishableClient};
pub use crate::find::Found;
pub use crate::generated::*;
pub use crate::refusal::ErrorClass;
pub use crate::sign::{InvalidKey, Mode, PublishableKey, SecretKey};
pub use crate::webhook::{SIGNATURE_HEADER, Subject, Webhooks};
pub use kessai_core::Rejected;
