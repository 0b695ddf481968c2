//! Everything a client knows besides the operations: where, as whom, within which bounds.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::draft::Draft;
use crate::engine::{Answer, BoxFuture, Cut, Engine};
use crate::error::{Error, Kind};
use crate::limits::Limits;
use crate::operation::Operation;
use crate::refusal::Refusal;
use crate::response::Response;
use crate::sign::{Sign, SignError, Unsigned};
use crate::wire::Unreadable;

mod base;
mod builder;
mod hosts;
#[cfg(test)]
mod sealed;

pub use builder::TransportBuilder;
use hosts::Hosts;

/// What the runtime must know of a provider.
#[derive(Debug)]
pub struct Provider {
    name: &'static str,
    user_agent: &'static str,
    read_refusal: fn(&[u8]) -> Option<Refusal>,
    request_id_header: Option<&'static str>,
}

impl Provider {
    /// A provider called `name`, to which the client introduces itself as `user_agent`.
    ///
    /// `read_refusal` reads the body of an error answer; it gives `None` if that is not in the
    /// provider's own words.
    #[must_use]
    pub const fn new(
        name: &'static str,
        user_agent: &'static str,
        read_refusal: fn(&[u8]) -> Option<Refusal>,
    ) -> Self {
        Self { name, user_agent, read_refusal, request_id_header: None }
    }

    /// Names the header that carries the identifier of a request.
    #[must_use]
    pub const fn with_request_id_header(mut self, header: &'static str) -> Self {
        self.request_id_header = Some(header);
        self
    }
}

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
    headers: HeaderMap,
}

impl Transport {
    /// Begins a transport to `provider`, which has its operations at `base_url`, but for those that
    /// name a [server](Operation::at). To speak to somebody else in its place, say so by
    /// [`TransportBuilder::base_url`].
    pub fn builder(provider: &'static Provider, base_url: &str) -> TransportBuilder {
        TransportBuilder::new(provider, base_url)
    }

    /// The same line with another signature. It shares the connections.
    #[must_use]
    pub fn signed_by(&self, sign: impl Sign + 'static) -> Self {
        let Shared { provider, hosts, engine, limits, headers, .. } = &*self.shared;
        let shared = Shared {
            provider,
            hosts: hosts.clone(),
            sign: Box::new(sign),
            engine: Arc::clone(engine),
            limits: limits.clone(),
            headers: headers.clone(),
        };
        Self { shared: Arc::new(shared) }
    }

    pub(crate) fn provider_name(&self) -> &'static str {
        self.shared.provider.name
    }

    pub(crate) fn execute(&self, draft: Draft) -> BoxFuture<'_, Result<Exchange, Error>> {
        Box::pin(self.exchange(draft))
    }

    async fn exchange(&self, draft: Draft) -> Result<Exchange, Error> {
        let began = Instant::now();
        let (provider, operation) = (self.shared.provider, draft.operation);
        let key = draft.key.clone();
        let fail = |kind| {
            Error::new(provider.name, operation.name(), kind, began.elapsed())
                .with_idempotency_key(key.clone())
        };

        let mut limits = self.shared.limits.clone();
        limits.attempt = draft.timeout.unwrap_or(limits.attempt);
        let request = self.request(draft).map_err(|fault| fail(Kind::NotBuilt(fault)))?;
        let answer = self
            .shared
            .engine
            .send(request, &limits)
            .await
            .map_err(|failure| fail(Kind::of_failure(&failure)).with_source(failure.source))?;

        let exchange = Exchange { provider, operation, key, answer, began };
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
        let denied = operation.success().is_some_and(|success| success.is_denied_by(body));
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
        headers.insert(USER_AGENT, HeaderValue::from_static(self.shared.provider.user_agent));
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
    pub(crate) answer: Answer,
    began: Instant,
}

impl Exchange {
    pub(crate) fn with<T>(self, value: T) -> Response<T> {
        let request_id = self.request_id();
        let idempotency_key = self.key;
        let Answer { status, headers, body, cut: _ } = self.answer;
        Response { value, status, headers, body, request_id, idempotency_key, attempts: 1 }
    }

    pub(crate) fn unreadable(self, unreadable: Unreadable) -> Error {
        self.fail(Kind::Unreadable(unreadable))
    }

    fn refused(self) -> Error {
        let refusal = (self.provider.read_refusal)(&self.answer.body);
        self.fail(Kind::Status).with_refusal(refusal)
    }

    /// A good status around an answer that says no.
    fn denied(self) -> Error {
        let refusal = (self.provider.read_refusal)(&self.answer.body);
        self.fail(Kind::Denied).with_refusal(refusal)
    }

    fn fail(self, kind: Kind) -> Error {
        let request_id = self.request_id();
        Error::new(self.provider.name, self.operation.name(), kind, self.began.elapsed())
            .with_answer(self.answer, request_id)
            .with_idempotency_key(self.key)
    }

    fn request_id(&self) -> Option<String> {
        let header = self.answer.headers.get(self.provider.request_id_header?)?;
        header.to_str().ok().map(ToOwned::to_owned)
    }
}
