//! A typed, low-level client for [elepay](https://elepay.io), a payment gateway in Japan.
//!
//! One method per operation, one type per schema, elepay's own vocabulary, and nothing in between.
//! All 51 operations of elepay's server API. Types and methods are generated from `specs/elepay`;
//! this page, the clients, their keys and [`Webhooks`] are written by hand.
//!
//! ```no_run
//! use kessai_elepay::charges::CaptureCharge;
//! use kessai_elepay::{Client, Error, SecretKey};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(SecretKey::new("sk_test_..")?)?;
//! let charge = client.charges().get(&"ch_4QpTz1LmK8".into()).await?;
//! let body = CaptureCharge { amount: Some(1200), ..CaptureCharge::default() };
//! let charge = client.charges().capture(&charge.id, &body).await?;
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
//! # Words that do not exist yet
//!
//! elepay adds payment methods, statuses and members without notice. An unknown word becomes
//! `Other`; a member that is new, or of another shape than documented, stays in `unknown`; both are
//! written back as they came. To read an answer that you stored, use [`Decode::decode`]: serde by
//! itself is not as lenient.

mod client;
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
