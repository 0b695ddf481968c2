//! Callbacks: what they say, and how they are signed.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::signature;
use super::state::State;
use super::{query, time};
use crate::object::Object;

/// Where callbacks go whose address is not in a call, but is set up at AppotaPay.
pub(super) const SET_UP: &str = "https://merchant.invalid/appotapay";

/// Something that happened, as AppotaPay would tell it to the merchant's server.
///
/// `Debug` shows neither the address nor the body, so that a failing test may print it.
#[derive(Clone)]
pub struct Event {
    kind: &'static str,
    url: String,
    body: Bytes,
}

impl Event {
    /// What it tells of: `payment`, `installment`, `transfer`, `ebill`, `pos`, or the name of an
    /// event of a subscription, such as `subscription.cycle.succeeded`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind
    }

    /// Where it goes: the address that a call named, or one of the sandbox's own, of a host of
    /// `.invalid`, where the address is set up at AppotaPay.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The body of the callback, byte for byte.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Sends a callback: here, puts it where the test finds it.
///
/// The body is one of [`sealed`], [`sealed_without_time`] and [`signed`].
pub(super) fn tell(state: &mut State, kind: &'static str, url: &str, body: &Object) {
    state.events.push(Event { kind, url: url.to_owned(), body: body.json().into() });
}

/// A body that carries its data as base64, signed as that stands there.
pub(super) fn sealed(data: &Object, now: i64) -> Object {
    sealed_without_time(data).put("time", time::seconds(now))
}

/// The same as terminals send it.
pub(super) fn sealed_without_time(data: &Object) -> Object {
    let data = STANDARD.encode(data.json());
    let signature = signature::sign(data.as_bytes());
    Object::new().put("data", data).put("signature", signature)
}

/// A body with a signature of the members that have these paths.
pub(super) fn signed(body: Object, paths: &[&str]) -> Object {
    let signature = signature::sign_callback(&body.json(), paths);
    body.put("signature", signature)
}

/// Where a browser goes with signed data in the query of the address.
pub(super) fn sealed_return(url: &str, data: &Object, now: i64) -> String {
    let data = STANDARD.encode(data.json());
    let signature = signature::sign(data.as_bytes());
    let time = time::seconds(now).to_string();
    query::append(url, &[("data", &data), ("signature", &signature), ("time", &time)])
}
