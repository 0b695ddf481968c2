//! A typed, low-level client for [ZAFA PAY](https://zafapay.com), a payment platform in Japan and
//! Singapore.
//!
//! One method per operation (all 10, and webhooks), one type per schema, ZAFA PAY's own vocabulary,
//! and nothing in between. Types and methods are generated from `specs/zafapay`; this page, the
//! clients and their keys are written by hand.
//!
//! ```toml
//! [dependencies]
//! kessai-zafapay = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```no_run
//! use kessai_zafapay::payments::CreatePayment;
//! use kessai_zafapay::{AccessToken, Client, Decimal, Environment, Outcome};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(Environment::Sandbox, AccessToken::new("..")?)?;
//! let body = CreatePayment {
//!     external_id: Some("A-1021".into()),
//!     ..CreatePayment::new(Decimal::new(1762, 2), "usd")
//! };
//! match client.payments().create(&body).await {
//!     // Send the customer there; the webhook names the payment.
//!     Ok(request) => println!("{:?}", request.payment_url),
//!     Err(error) if error.outcome() == Outcome::Unknown => {
//!         println!("do not send it again: wait for the webhook of A-1021");
//!     }
//!     Err(error) => println!("nothing was done: {error}"),
//! }
//!
//! // With the id that the webhook tells:
//! let payment = client.payments().get(&"tx_abc123".into()).await?;
//! println!("{}", payment.status);
//! # Ok(())
//! # }
//! ```
//!
//! # Money
//!
//! Amounts are exact decimals in the currency's main unit: `17.62` dollars, `1000` yen. ZAFA PAY
//! writes them as numbers in some places and as texts in others; [`Decimal`] reads both, digit for
//! digit, and each place is written as it wants it. An amount with more digits behind the point
//! than its currency has is not sent.
//!
//! # Two kinds of id
//!
//! What `create` answers is a payment request, `req_..`; what is captured, refunded and told of in
//! webhooks is a payment, `tx_..`. They are different types, so one cannot stand for the other:
//!
//! ```compile_fail
//! # use kessai_zafapay::payments::{CapturePayment, PaymentRequest};
//! # use kessai_zafapay::{Call, Client, Id};
//! fn capture(client: &Client, request: Id<PaymentRequest>, body: &CapturePayment) {
//!     let _ = client.payments().capture(&request, body);
//! }
//! ```
//!
//! # When a call fails
//!
//! [`Error::outcome`] says what became of the money. The pages show that there is an idempotency
//! key, and not in which header, so a call that moves money is sent again by itself only if the
//! first sending did nothing: there was no connection, or ZAFA PAY itself asked for fewer. Reads are
//! repeated: [`Retry`] says how. A card that is declined is `Refused`;
//! [`ErrorDetail::of`](errors::ErrorDetail::of) tells the code, the category and what to do.
//!
//! When the outcome is `Unknown`, there is little to look up: payments cannot be listed, nor found
//! by `external_id`. A payment whose request or transaction you know can be looked at; otherwise
//! wait for the webhook, which carries your `external_id`, or look in the dashboard. Looks of
//! [`Call::or_find_by_reference`] can therefore only read the webhooks that you kept: they find, and
//! are never sure that nothing is there, since ZAFA PAY takes an `external_id` any number of times and a
//! webhook may be late or lost. Do not send such a call again.
//!
//! # What is not certain
//!
//! **Not verified** stands where the documents do not say it, or do not agree; which sources say
//! what is in `specs/zafapay/SOURCES.md`.
//!
//! # Words that do not exist yet
//!
//! An unknown word becomes `Other`; a member that is new, or of another shape than documented,
//! stays in `unknown`; both are written back as they came. To read an answer that you stored, use
//! [`Decode::decode`]: serde by itself is not as lenient.

mod client;
#[cfg(test)]
#[path = "../../../tests/fake_engine.rs"]
mod fake;
#[rustfmt::skip]
mod generated;
mod refusal;
mod sign;
mod webhook;

pub use kessai_core::{
    Call, Decimal, Decode, Error, Id, Json, Limits, Looks, Network, NotDecimal, Outcome, Proxy,
    Refusal, Rejected, Response, Retry, RetryBudget, Secret, Settled, Sight, Unknown, Unreadable,
    drift,
};

/// What it takes to send requests through an [`Engine`](engine::Engine) of your own.
pub mod engine {
    pub use kessai_core::{
        Answer, BoxFuture, Bytes, Clock, Cut, Engine, Failure, FakeClock, Phase, http,
    };
}

pub use crate::client::{Client, ClientBuilder, PublishableClient};
pub use crate::generated::*;
pub use crate::sign::{AccessToken, Environment, InvalidKey, PublishableKey};
pub use crate::webhook::{Failure, Webhooks};
