//! Everything a client knows besides the operations: where, as whom, within which bounds.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::clock::Clock;
use crate::draft::Draft;
use crate::engine::{Answer, BoxFuture, Cut, Engine};
use crate::error::{Error, Kind};
use crate::limits::Limits;
use crate::operation::Operation;
use crate::response::Response;
use crate::retry::Retry;
use crate::retry::budget::Budget;
use crate::sign::{Sign, SignError, Unsigned};
use crate::trace::{self, Trace};
use crate::wire::{self, Unreadable};

mod attempts;
mod base;
mod builder;
mod hosts;
mod provider;
#[cfg(test)]
mod sealed;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod tests;

pub use builder::TransportBuilder;
use hosts::Hosts;
pub use provider::{KeyPromise, Provider};

/// The line to a provider: its address, a credential, bounds, and the engine that sends.
///
/// Cloning it is cheap and shares the connections.
#[derive(Clone)]
pub struct Transport {
    shared: Arc<Shared>,
}

struct Shared {
    provider: &'static Provider,
    hosts: Hosts,
    sign: Box<dyn Sign>,
    engine: Arc<dyn Engine>,
    limits: Limits,
    user_agent: HeaderValue,
    headers: HeaderMap,
    retry: Retry,
    budget: Arc<Budget>,
    clock: Arc<dyn Clock>,
}

impl Transport {
    /// Begins a transport to `provider`, which has its operations at `base_url`, but for those that
    /// name a [server](Operation::at). To speak to somebody else in its place, say so by
    /// [`TransportBuilder::base_url`].
    pub fn builder(provider: &'static Provider, base_url: &str) -> TransportBuilder {
        TransportBuilder::new(provider, base_url)
    }

    /// The same line with another signature. It shares the connections, and what repeats may cost.
    #[must_use]
    pub fn signed_by(&self, sign: impl Sign + 'static) -> Self {
        let Shared {
            provider,
            hosts,
            engine,
            limits,
            user_agent,
            headers,
            retry,
            budget,
            clock,
            ..
        } = &*self.shared;
        let shared = Shared {
            provider,
            hosts: hosts.clone(),
            sign: Box::new(sign),
            engine: Arc::clone(engine),
            limits: limits.clone(),
            user_agent: user_agent.clone(),
            headers: headers.clone(),
            retry: retry.clone(),
            budget: Arc::clone(budget),
            clock: Arc::clone(clock),
        };
        Self { shared: Arc::new(shared) }
    }

    pub(crate) fn provider_name(&self) -> &'static str {
        self.shared.provider.name
    }

    /// Where a call goes.
    pub(crate) fn url(&self, draft: &Draft) -> Option<String> {
        if draft.fault.is_some() || draft.path.contains('{') {
            return None;
        }
        let host = self.shared.hosts.of(draft.operation).ok()?;
        let query = if draft.query.is_empty() { "" } else { "?" };
        Some(format!("{host}{}{query}{}", draft.path, draft.query))
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.shared.clock
    }

    pub(crate) fn execute(&self, draft: Draft) -> BoxFuture<'_, Result<Exchange, Error>> {
        let (provider, operation) = (self.provider_name(), draft.operation);
        Trace::call(provider, operation, |trace| self.call(draft, trace))
    }

    /// Sends it once.
    async fn attempt(&self, draft: Draft, limits: &Limits) -> Result<Exchange, Error> {
        let (provider, operation) = (self.shared.provider, draft.operation);
        let key = draft.key.clone();
        let fail = |kind| {
            Error::new(provider.name, operation.name(), kind, Duration::ZERO)
                .with_idempotency_key(key.clone())
        };

        let request = self.request(draft).map_err(|fault| fail(Kind::NotBuilt(fault)))?;
        let sent_id = provider.request_id(request.headers());
        let answer = self.shared.engine.send(request, limits).await.map_err(|failure| {
            let error = fail(Kind::of_failure(&failure)).with_source(failure.source);
            error.with_request_id(sent_id.clone())
        })?;

        let exchange = Exchange::new(provider, operation, key, sent_id, answer);
        let headers: usize = exchange
            .answer
            .headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        match exchange.answer.cut {
            _ if !exchange.answer.status.is_success() => Err(exchange.refused()),
            Some(cut) => Err(exchange.fail(Kind::Cut(cut))),
            None if headers > limits.headers => Err(exchange.fail(Kind::Cut(Cut::TooLarge))),
            None => self.accept(exchange),
        }
    }

    /// What a whole answer with a good status comes to.
    fn accept(&self, exchange: Exchange) -> Result<Exchange, Error> {
        let (operation, body) = (exchange.operation, &exchange.answer.body);
        let denied = operation.success().are_denied_by(body);
        if let Err(SignError(fault)) = self.shared.sign.verify(operation, body, denied) {
            return Err(exchange.fail(Kind::Forged(fault)));
        }
        if denied { Err(exchange.denied()) } else { Ok(exchange) }
    }

    fn request(&self, mut draft: Draft) -> Result<Request<Bytes>, &'static str> {
        if let Some(fault) = draft.fault {
            return Err(fault);
        }
        if draft.path.contains('{') {
            return Err("a path parameter is missing");
        }
        let mut body = draft.body.take().map(Vec::from);
        let has_body = body.is_some();
        self.shared
            .sign
            .complete(draft.operation, &mut draft.query, body.get_or_insert_default())
            .map_err(|SignError(fault)| fault)?;
        let query = if draft.query.is_empty() { "" } else { "?" };
        let host = self.shared.hosts.of(draft.operation)?;
        let uri = format!("{host}{}{query}{}", draft.path, draft.query);

        // A caller's headers first: what this crate or the signature writes has the last word.
        let mut headers = self.shared.headers.clone();
        headers.extend(draft.headers);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, self.shared.user_agent.clone());
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(header) = draft.operation.idempotency_header() {
            let key = draft.key.ok_or("there is no randomness to make an idempotency key of")?;
            let (name, mut value) = HeaderName::try_from(header)
                .ok()
                .zip(HeaderValue::try_from(key).ok())
                .ok_or("the idempotency key does not fit into a header")?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        let body = Bytes::from(body.unwrap_or_default());
        let unsigned = Unsigned {
            operation: draft.operation,
            path: &draft.path,
            query: &draft.query,
            body: &body,
            now: self.shared.clock.system_time(),
        };
        self.shared.sign.sign(&unsigned, &mut headers).map_err(|SignError(fault)| fault)?;

        let mut request = Request::new(body);
        *request.method_mut() = draft.operation.method();
        *request.uri_mut() = uri.parse().map_err(|_| "the address is not a URL")?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("provider", &self.shared.provider.name)
            .field("base_url", &self.shared.hosts.base())
            .field("limits", &self.shared.limits)
            .finish_non_exhaustive()
    }
}

/// A request that was answered.
pub(crate) struct Exchange {
    provider: &'static Provider,
    operation: &'static Operation,
    key: Option<String>,
    /// By what the client called the request, if it did.
    sent_id: Option<String>,
    pub(crate) answer: Answer,
    attempts: u32,
    elapsed: Duration,
}

impl Exchange {
    /// Of one attempt.
    fn new(
        provider: &'static Provider,
        operation: &'static Operation,
        key: Option<String>,
        sent_id: Option<String>,
        answer: Answer,
    ) -> Self {
        Self { provider, operation, key, sent_id, answer, attempts: 1, elapsed: Duration::ZERO }
    }

    /// Says how many attempts it took, and how long.
    fn of_call(self, attempts: u32, elapsed: Duration) -> Self {
        Self { attempts, elapsed, ..self }
    }

    pub(crate) fn with<T>(self, value: T) -> Response<T> {
        let (request_id, replay) = (self.request_id(), self.is_replay());
        let Self { key: idempotency_key, attempts, elapsed, .. } = self;
        let Answer { status, headers, body, cut: _ } = self.answer;
        Response {
            value,
            status,
            headers,
            body,
            request_id,
            idempotency_key,
            attempts,
            replay,
            elapsed,
        }
    }

    /// Whether the answer to a call that acts tells of it: with one of its documented `members` at
    /// least, and with the one that says how it went. Every object reads as one of which nothing is
    /// required, that of somebody in between too.
    pub(crate) fn is_told(&self, members: &[&str]) -> bool {
        let (operation, body) = (self.operation, &self.answer.body);
        operation.is_read()
            || members.is_empty()
            || wire::tells_any(body, members)
                && !operation.success().are_left_open_by(body, members)
    }

    pub(crate) fn unreadable(self, unreadable: Unreadable) -> Error {
        trace::unreadable(self.provider.name, self.operation);
        self.fail(Kind::Unreadable(unreadable))
    }

    fn refused(self) -> Error {
        let refusal = self.provider.refusal(self.operation, &self.answer.body);
        let documented = self.provider.documents(self.answer.status);
        self.fail(Kind::Status).with_refusal(refusal).with_documented(documented)
    }

    /// A good status around an answer that says no.
    fn denied(self) -> Error {
        let refusal = self.provider.refusal(self.operation, &self.answer.body);
        self.fail(Kind::Denied).with_refusal(refusal)
    }

    fn fail(self, kind: Kind) -> Error {
        let (request_id, replay) = (self.request_id(), self.is_replay());
        let unkept = self.provider.has_not_kept_the_key(&self.answer.headers);
        let error = Error::new(self.provider.name, self.operation.name(), kind, Duration::ZERO)
            .with_answer(self.answer, request_id)
            .with_replay(replay)
            .with_key_unkept(unkept)
            .with_idempotency_key(self.key);
        let outcome = error.outcome();
        error.of_call(self.attempts, outcome, self.elapsed)
    }

    fn is_replay(&self) -> bool {
        self.provider.is_replay(&self.answer.headers)
    }

    fn request_id(&self) -> Option<String> {
        self.provider.request_id(&self.answer.headers).or_else(|| self.sent_id.clone())
    }
}
