//! A stateful fake of payment providers on loopback, for tests.
//!
//! A payment that is created here is pending, is authorized, captured and refunded, and cannot be
//! refunded twice. What may be sent comes from each provider's `OpenAPI` document; what happens
//! then are rules written by hand, one folder per provider: [`elepay`], [ZAFA PAY](zafapay),
//! [UnivaPay](univapay) and [AppotaPay](appotapay). Each keeps a [journal](Entry) of what it was asked and a [`Ledger`] of the
//! money, some the webhooks that they would have sent ([elepay's](elepay::Event),
//! [ZAFA PAY's](zafapay::Event), [AppotaPay's](appotapay::Event)), and the [`Clock`] of all of them can be moved.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
//! let sandbox = kessai_sandbox::Sandbox::start().await?;
//! let (elepay, zafapay) = (sandbox.elepay(), sandbox.zafapay());
//!
//! // Point the client under test here.
//! assert!(elepay.base_url().starts_with("http://127.0.0.1:"));
//! assert!(elepay.secret_key().starts_with("sk_test_"));
//! assert!(zafapay.publishable_key().starts_with("pk_test_"));
//! assert_eq!(sandbox.univapay().jwt().split('.').count(), 3);
//! assert_eq!(sandbox.appotapay().partner_code(), "APPOTAPAY");
//!
//! // Then look at what it did.
//! assert!(elepay.journal().is_empty());
//! elepay.ledger().assert_sound();
//! # std::io::Result::Ok(()) })?;
//! # std::io::Result::Ok(())
//! ```
//!
//! Two sandboxes that are asked the same things in the same order give the same ids and keys.
//! `cargo run -p kessai-sandbox` serves all providers until Ctrl-C.

mod answering;
pub mod appotapay;
mod calendar;
mod card_number;
mod clock;
mod document;
pub mod elepay;
mod ids;
mod journal;
mod ledger;
mod lever;
mod loss;
mod mac;
mod message;
mod object;
mod provider;
mod rule;
mod running;
mod said;
mod sandbox;
mod serve;
mod shelf;
pub mod univapay;
pub mod zafapay;

pub use clock::Clock;
pub use journal::Entry;
pub use ledger::{Ledger, Line, Totals};
pub use sandbox::Sandbox;
