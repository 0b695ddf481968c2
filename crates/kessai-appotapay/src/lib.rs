//! A typed, low-level client for [AppotaPay](https://appotapay.com), a payment gateway in Vietnam.
//!
//! One method per operation, one type per schema, AppotaPay's own vocabulary, and nothing in
//! between: all 69 operations of the newest documents, from cards and hosted checkout to transfers,
//! subscriptions and terminals. Types and methods are generated from `specs/appotapay`; this page,
//! the client, its [`Credentials`], [`Callbacks`], the look-ups by your own reference and
//! [`moment`] are written by hand.
//!
//! ```toml
//! [dependencies]
//! kessai-appotapay = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```no_run
//! use kessai_appotapay::payments::{
//!     CreatePayment, NewOrder, NewPartnerReference, NewTransaction, PaymentAction, PaymentMeans,
//!     PaymentNotificationConfig,
//! };
//! use kessai_appotapay::{
//!     Callbacks, Client, Credentials, Environment, Looks, Settled, seen,
//! };
//!
//! # async fn example(posted: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = Credentials::new("PARTNER", "api-key", "secret-key")?;
//! let client = Client::new(Environment::Sandbox, credentials.clone())?;
//! let order = CreatePayment::new(
//!     NewTransaction::new(90_000, "VND", PaymentMeans::All, PaymentAction::Pay),
//!     NewPartnerReference::new(
//!         NewOrder::new("ORD1021", "Two seats"),
//!         PaymentNotificationConfig::new("https://shop.example/told", "https://shop.example/thanks"),
//!     ),
//! );
//!
//! // If nobody knows what became of the call, it is looked for by its order.
//! let look = || async { seen(client.payments().find_by_order_id("ORD1021").await) };
//! let call = client.payments().create(&order);
//! match call.or_find_by_reference(look, &Looks::default()).await {
//!     // Send the customer there.
//!     Ok(Settled::Done(asked)) => println!("{:?}", asked.into_inner().payment.and_then(|it| it.url)),
//!     Ok(Settled::Found(payment)) => println!("it is there: {payment:?}"),
//!     Ok(Settled::Absent(_)) => println!("nothing is there: the same may be sent again"),
//!     Ok(Settled::Unknown { .. }) => println!("it may be there: look again later"),
//!     Err(error) => println!("nothing was done: {error}"),
//! }
//!
//! // What AppotaPay posts to `told`, of a payment that succeeded and no other.
//! let told = Callbacks::new(credentials).payment(posted)?;
//! println!("{:?}", told.transaction.status);
//!
//! // A payment that failed is seen by a look alone.
//! let payment = client.payments().find_by_order_id("ORD1021").await?;
//! println!("{:?}", payment.transaction.and_then(|it| it.status));
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
//! or AppotaPay itself asked for fewer requests. Reads are repeated: [`Retry`] says how.
//!
//! A good HTTP status is no good answer here: most products say no inside of it. Such an answer is
//! an [`Error`] too. A no, in whichever status, is [`Refused`](Outcome::Refused) if its code means
//! for certain that nothing was done in the product that was called, and
//! [`Unknown`](Outcome::Unknown) if it is any other: pending, busy, undefined, or in no table. Each
//! product has codes of its own: [`PaymentErrorCode::of`](errors::PaymentErrorCode::of) the error,
//! [`CardErrorCode`](errors::CardErrorCode), [`TransferErrorCode`](errors::TransferErrorCode) and
//! others in [`errors`]. Those of numbers are also made of the numbers that answers hold.
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
//! # What is not certain
//!
//! **Not verified** stands where the documents do not say it, or do not agree; which sources say
//! what is in `specs/appotapay/SOURCES.md`.
//!
//! # Words that do not exist yet
//!
//! An unknown word becomes `Other`; a member that is new, or of another shape than documented, stays
//! in `unknown`; both are written back as they came. To read an answer that you stored, use
//! [`Decode::decode`]: serde by itself is not as lenient.

mod callback;
mod card_data;
mod client;
#[cfg(test)]
#[path = "../../../tests/fake_engine.rs"]
mod fake;
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
