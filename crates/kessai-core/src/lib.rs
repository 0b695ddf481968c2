//! The runtime under kessai's payment clients.
//!
//! What a call is, how it is sent, and what an error says of the money is written here once, for
//! every provider. The provider crates add the facts: which operations there are, what goes where,
//! how a request is signed.
//!
//! A call is sent again only where that cannot move money twice: [`Retry`] says when, how often and
//! after what wait. When it fails, [`Error::outcome`] says of all its attempts whether the money did
//! not move ([`Outcome::NotSent`], [`Outcome::Refused`]) or may have moved ([`Outcome::Unknown`]);
//! "did not move" is never guessed. [`Call::or_find_by_reference`] then looks, where the call carries
//! a reference of the merchant's.
//!
//! With the feature `tracing`, each call is a span called `call`, at the level `INFO` and with the
//! target `kessai`, and each attempt an event in it, at `DEBUG`. They hold `kessai.provider`,
//! `kessai.operation`, `kessai.attempt`, `kessai.duration_ms`, `kessai.wait_ms` (before the next
//! attempt), `kessai.outcome` (`answered`, `not sent`, `refused`, `outcome unknown`), and by
//! OpenTelemetry's conventions `http.request.method`, `http.response.status_code`,
//! `http.request.resend_count` and `error.type`; never a URL, a header or a value. [`drift`] counts
//! what providers say that is newer than this version.

mod call;
mod clock;
mod decimal;
mod draft;
pub mod drift;
pub mod encoding;
mod engine;
mod error;
#[cfg(test)]
mod fake;
mod id;
mod idempotency;
mod json;
mod limits;
pub mod mac;
mod network;
mod operation;
mod outcome;
mod page;
mod patch;
mod query;
mod refusal;
mod response;
mod retry;
mod secret;
mod settings;
mod settle;
mod sign;
mod success;
mod time;
mod timestamp;
mod tls;
mod trace;
mod transport;
mod url;
mod wait;
mod webhook;
mod wire;

pub use bytes::Bytes;
pub use http;

pub use crate::call::{Call, Pending};
pub use crate::clock::{Clock, FakeClock};
pub use crate::decimal::{Decimal, NotDecimal};
pub use crate::engine::{Answer, BoxFuture, Cut, Engine, Failure, Phase};
pub use crate::error::Error;
pub use crate::id::Id;
pub use crate::idempotency::random as random_uuid;
pub use crate::idempotency::{IdempotencyKey, NoReference};
pub use crate::json::Json;
pub use crate::limits::Limits;
pub use crate::network::{Network, Proxy};
pub use crate::operation::Operation;
pub use crate::outcome::Outcome;
pub use crate::page::{Items, Page};
pub use crate::patch::Patch;
pub use crate::query::QueryValue;
pub use crate::refusal::Refusal;
pub use crate::response::Response;
pub use crate::retry::{Retry, RetryBudget};
pub use crate::secret::Secret;
pub use crate::settle::{Looks, Settled, Sight};
pub use crate::sign::{Sign, SignError, Unsigned};
pub use crate::time::EpochMillis;
pub use crate::timestamp::Timestamp;
pub use crate::transport::{KeyPromise, Provider, Transport, TransportBuilder};
pub use crate::wait::{Patience, WaitError, wait};
pub use crate::webhook::Rejected;
pub use crate::wire::{Choice, Decode, Unknown, Unreadable};

/// What the macros of this crate expand to; not for direct use.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "schemars")]
    pub use schemars;
    pub use serde::de::{MapAccess, Visitor};
    pub use serde::ser::SerializeMap;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub use crate::decimal::AsNumber;
    pub use crate::drift::word as unknown_word;
    pub use crate::page::listed;
    pub use crate::wire::choice::{read_kind, settle};
    pub use crate::wire::decode;
    pub use crate::wire::filled::read_filled;
    pub use crate::wire::keys::Keys;
    pub use crate::wire::member::{Keep, Optional, read, read_optional, required};
    #[cfg(feature = "schemars")]
    pub use crate::wire::schema;
}
