//! One request as a value.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;

use crate::clock::Clock;
use crate::decimal::Decimal;
use crate::draft::Draft;
use crate::engine::BoxFuture;
use crate::error::Error;
use crate::idempotency;
use crate::operation::Operation;
use crate::query::QueryValue;
use crate::response::Response;
use crate::retry::Retry;
use crate::transport::{Exchange, Transport};
use crate::url;
use crate::wire::choice::agrees;
use crate::wire::{Choice, Decode, Unreadable};

/// Headers that say what is sent, where, and by whom: never a caller's.
const OURS: [HeaderName; 12] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::USER_AGENT,
];

/// One request as a value: configure it, then await it.
///
/// Awaiting gives the answer's value; [`send`](Call::send) gives it with status, headers and raw
/// body.
///
/// It is sent again by itself only where that cannot do anything twice: see [`Retry`]. It may be
/// dropped at any time: see [`send`](Call::send).
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, T> {
    transport: &'a Transport,
    draft: Draft,
    answer: PhantomData<fn() -> T>,
}

impl<'a, T: Decode> Call<'a, T> {
    /// A call of `operation`. The generated methods use it; your code rarely does.
    pub fn new(transport: &'a Transport, operation: &'static Operation) -> Self {
        let draft = Draft {
            operation,
            path: operation.path().to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: None,
            key: operation.idempotency_header().and_then(|_| idempotency::random()),
            timeout: None,
            deadline: None,
            retry: None,
            fault: None,
        };
        Self { transport, draft, answer: PhantomData }
    }

    /// Puts `value` where the path says `{name}`.
    pub fn path(mut self, name: &str, value: impl fmt::Display) -> Self {
        match url::segment(&value.to_string()) {
            Some(segment) => {
                self.draft.path = self.draft.path.replace(&format!("{{{name}}}"), &segment);
            }
            None => self.fault("a path parameter is empty or dots"),
        }
        self
    }

    /// Adds `name` to the query, once for each text of `value`.
    pub fn query(mut self, name: &str, value: &(impl QueryValue + ?Sized)) -> Self {
        value.each(&mut |text| url::put(&mut self.draft.query, name, text));
        self
    }

    /// Makes sure that `amount` has no more digits behind the point than `currency` has; if it
    /// has, the call fails before it is sent.
    pub fn exact(mut self, amount: Option<&Decimal>, currency: Option<&str>) -> Self {
        if let (Some(amount), Some(currency)) = (amount, currency)
            && !amount.fits(currency)
        {
            self.fault("an amount has more digits behind the point than its currency");
        }
        self
    }

    /// Makes sure that `told` is the word that tells of which kind `choice` is; if it is another,
    /// or if there is none, the call fails before it is sent.
    pub fn agree(mut self, told: Option<&str>, choice: Option<&impl Choice>) -> Self {
        if !choice.is_none_or(|choice| agrees(told, choice)) {
            self.fault("a member is not of the kind that the member beside it tells");
        }
        self
    }

    /// Sends `body` as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.draft.body = Some(bytes.into()),
            Err(_) => self.fault("the body cannot be written as JSON"),
        }
        self
    }

    /// Adds a header, for what this crate does not know of.
    ///
    /// Its value counts as secret. A name or value that HTTP does not allow, or a header that this
    /// crate writes itself, makes the call fail before it is sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let key = self.draft.operation.idempotency_header();
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), _) if OURS.contains(&name) || key.is_some_and(|key| name == key) => {
                self.fault("a header is one that the client writes itself");
            }
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.draft.headers.append(name, value);
            }
            _ => self.fault("a header's name or value is not allowed in HTTP"),
        }
        self
    }

    /// Sends `key` as the idempotency key, instead of the one that was made with the call: that of
    /// an earlier call to be sent again, or one that you keep, or can
    /// [derive](crate::IdempotencyKey::derive) again. Repeat the call as it was; another
    /// one with the same key is for the provider to refuse.
    ///
    /// A key that is empty, longer than 255 characters or not visible ASCII, or one for an operation
    /// that has none, makes the call fail before it is sent.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        let key = key.into();
        if self.draft.operation.idempotency_header().is_none() {
            self.fault("this operation has no idempotency key");
        } else if idempotency::is_key(&key) {
            self.draft.key = Some(key);
        } else {
            self.fault("an idempotency key is empty, too long or not visible ASCII");
        }
        self
    }

    /// The idempotency key, by which the provider recognises a repeat of this call: a random UUID,
    /// unless [another](Call::idempotency_key) was set. `None` for an operation that has none.
    ///
    /// [`Response`] and [`Error`] have it too. Store it before you await the call if your program
    /// may end meanwhile.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.draft.key.as_deref()
    }

    /// Makes sure that this only reads, so that nothing is done twice by asking twice, and bounds it
    /// by `most`; who asks again and again needs no repeats.
    pub(crate) fn that_reads(mut self, most: Duration) -> Self {
        if !self.draft.operation.is_read() {
            self.fault("only an operation that reads can be asked again and again");
        }
        self.draft.deadline = Some(self.draft.deadline.map_or(most, |own| own.min(most)));
        self.retry(Retry::never())
    }

    /// The clock that this call waits by: that of its client.
    #[must_use]
    pub fn clock(&self) -> &'a dyn Clock {
        self.transport.clock()
    }

    /// How long this call may take in all, with its attempts and the waits between them.
    #[must_use]
    pub fn time_limit(&self) -> Duration {
        self.transport.time_limit(&self.draft)
    }

    /// As if there had been no randomness to make a key of.
    #[cfg(test)]
    pub(crate) fn without_key(mut self) -> Self {
        self.draft.key = None;
        self
    }

    /// Bounds each attempt of this call, from its first step to the last byte of the answer, instead
    /// of [`Limits::attempt`](crate::Limits::attempt). If it ends first, the outcome is
    /// [`Unknown`](crate::Outcome::Unknown), even while still connecting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = Some(timeout);
        self
    }

    /// Bounds this call with all its attempts and the waits between them, instead of
    /// [`Retry::deadline`]. What ends by it ends with the outcome of the attempts so far.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.draft.deadline = Some(deadline);
        self
    }

    /// Says how often and after what wait this call is sent again, where that is safe, instead of
    /// what the client was set up with.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.draft.retry = Some(retry);
        self
    }

    /// The address that it would be sent to, with its query; for calls that a browser makes and not
    /// this client. `None` if it could not be sent.
    ///
    /// What a signature adds to a query is not in it, nor is any header.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        self.transport.url(&self.draft)
    }

    /// Sends it and gives the answer with status, headers and raw body.
    ///
    /// # Dropping it
    ///
    /// Nothing happens before the future is polled. Dropping it stops waiting: whatever was not
    /// written by then is not sent, there is no repeat, and nothing goes on in the background. If
    /// the request was on its way, the provider may act on it all the same: the outcome is
    /// [`Unknown`](crate::Outcome::Unknown), and there is no error to say so. A timeout that is
    /// wrapped around the future drops it too; [`deadline`](Call::deadline) and
    /// [`timeout`](Call::timeout) end the call with an error instead. To let a call go on whatever
    /// becomes of the one who waits for it, spawn it on your runtime.
    pub fn send(self) -> Pending<'a, Response<T>> {
        Pending { exchange: self.transport.execute(self.draft), read: read::<T> }
    }

    fn fault(&mut self, fault: &'static str) {
        self.draft.fault.get_or_insert(fault);
    }
}

impl<'a, T: Decode> IntoFuture for Call<'a, T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pending<'a, T>;

    fn into_future(self) -> Pending<'a, T> {
        Pending {
            exchange: self.transport.execute(self.draft),
            read: |exchange| read(exchange).map(Response::into_inner),
        }
    }
}

impl<T> fmt::Debug for Call<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.draft.operation.name()).finish()
    }
}

/// A call under way.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Pending<'a, T> {
    exchange: BoxFuture<'a, Result<Exchange, Error>>,
    read: fn(Exchange) -> Result<T, Error>,
}

impl<T> Future for Pending<'_, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.exchange.as_mut().poll(context).map(|exchange| exchange.and_then(read))
    }
}

impl<T> fmt::Debug for Pending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(..)")
    }
}

fn read<T: Decode>(exchange: Exchange) -> Result<Response<T>, Error> {
    match T::decode(&exchange.answer.body) {
        Ok(value) if exchange.is_told(T::MEMBERS) => Ok(exchange.with(value)),
        Ok(_) => Err(exchange.unreadable(Unreadable::of_another_kind())),
        Err(unreadable) => Err(exchange.unreadable(unreadable)),
    }
}

#[cfg(test)]
mod tests;
