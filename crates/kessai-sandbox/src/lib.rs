//! A stateful fake of payment providers on loopback, for tests.
//!
//! A payment that is created here is pending, is authorized, captured and refunded, and cannot be
//! refunded twice. What may be sent comes from each provider's `OpenAPI` document; what happens
//! then are rules written by hand, one folder per provider: [`elepay`], [ZAFA PAY](zafapay),
//! [UnivaPay](univapay) and [AppotaPay](appotapay). Each keeps a [journal](Entry) of what it was
//! asked, a [`Ledger`] of the money, and the webhooks that it would have sent
//! ([elepay's](elepay::Event), [UnivaPay's](univapay::Event), [ZAFA PAY's](zafapay::Event),
//! [AppotaPay's](appotapay::Event)). The [`Clock`] of all of them can be moved.
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
//! # A test of a client
//!
//! The client under test is pointed at a sandbox; then the books say what it did. An answer that is
//! [lost](elepay::Elepay::lose_next_answer) is what no test environment of a provider has:
//!
//! ```ignore
//! // kessai-sandbox is a dev-dependency.
//! #[tokio::test]
//! async fn an_order_whose_answer_is_lost_is_paid_once() {
//!     let sandbox = kessai_sandbox::Sandbox::start().await.unwrap();
//!     let elepay = sandbox.elepay();
//!     let key = SecretKey::new(elepay.secret_key()).unwrap();
//!     let client = Client::builder(key).base_url(elepay.base_url()).build().unwrap();
//!     elepay.lose_next_answer("create_charge").unwrap();
//!
//!     my_shop::pay(&client, "A-1021", 3000).await;
//!
//!     let ledger = elepay.ledger();
//!     ledger.assert_sound();
//!     assert_eq!(ledger.reference("A-1021").len(), 1);
//!     assert_eq!(elepay.journal()[0].operation(), Some("create_charge"));
//! }
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
