//! Keeps on disk what a program is about to pay, so that another can go on after a crash.
//!
//! A program that ends while a call is on its way leaves nobody who knows what became of it. With a
//! [`Journal`], it has written down before that it was going to make the call, under which
//! reference and with which idempotency key; and the next one goes on from there: what was never
//! sent is sent, and what may have been is looked up first.
//!
//! An [`Intent`] is one attempt and not one order: a charge that was declined is settled, and the
//! next attempt at the order has the next number.
//!
//! ```no_run
//! use std::time::{Duration, SystemTime};
//!
//! use kessai_core::{Call, Decode, Error, Looks, Settled, Sight};
//! use kessai_journal::{Carried, DiskJournal, Intent, carry_out};
//!
//! # async fn example<Paid: Decode>(
//! #     create: impl Fn() -> Call<'static, Paid>,
//! #     find: impl AsyncFn(SystemTime) -> Result<Sight<Paid>, Error>,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! // Made once, by `DiskJournal::create`, when the shop was set up.
//! let journal = DiskJournal::open("payments.redb")?;
//! let intent = Intent::new("create_charge", "A-1021/attempt-1")?;
//! // A few minutes more, because the provider's clock is another.
//! let look = async |since: SystemTime| find(since - Duration::from_secs(300)).await;
//! match carry_out(&journal, &intent, "", create(), look, &Looks::default()).await? {
//!     Carried::Settled(Settled::Done(answer)) => drop(answer.into_inner()),
//!     Carried::Settled(Settled::Found(paid)) => drop(paid),
//!     Carried::Settled(Settled::Absent(_)) => println!("carry it out again, with the same key"),
//!     Carried::Settled(Settled::Unknown { .. }) => println!("carry it out again later"),
//!     Carried::Earlier(_) => println!("it was answered before: look what became of it"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! At its start a program carries out again what is [open](Journal::open): [`recover`] does so. What
//! you do not want to be made any more, [give up](Journal::done) before.
//!
//! # What it cannot know
//!
//! Absence is as certain as the [looks](kessai_core::Looks) are: a request that was on its way when
//! the program ended may arrive later than anybody waits for. And a journal knows of one shop alone:
//! two that keep two journals can pay the same order.

mod carry;
mod disk;
mod journal;
mod record;

pub use kessai_core::NoReference;

pub use crate::carry::{Carried, CarryError, carry_out, recover};
pub use crate::disk::DiskJournal;
pub use crate::journal::{Journal, JournalError};
pub use crate::record::{Intent, Record, State};
