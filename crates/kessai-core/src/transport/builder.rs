//! Putting a transport together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::hosts::Hosts;
use super::{Provider, Shared, Transport};
use crate::clock::{Clock, SystemClock};
use crate::engine::{Engine, Failure, ReqwestEngine};
use crate::error::{Error, Kind};
use crate::limits::Limits;
use crate::network::Network;
use crate::retry::Retry;
use crate::retry::budget::Budget;
use crate::sign::{Sign, SignError};
use crate::tls;

/// Puts a [`Transport`] together.
#[must_use]
pub struct TransportBuilder {
    provider: &'static Provider,
    base_url: String,
    everywhere: bool,
    servers: Vec<(&'static str, String)>,
    engine: Option<Arc<dyn Engine>>,
    limits: Limits,
    network: Network,
    user_agent: Option<String>,
    headers: HeaderMap,
    retry: Retry,
    clock: Arc<dyn Clock>,
}

impl TransportBuilder {
    pub(super) fn new(provider: &'static Provider, base_url: &str) -> Self {
        Self {
            provider,
            base_url: base_url.to_owned(),
            everywhere: false,
            servers: Vec::new(),
            engine: None,
            limits: Limits::default(),
            network: Network::default(),
            user_agent: None,
            headers: HeaderMap::new(),
            retry: Retry::default(),
            clock: Arc::new(SystemClock),
        }
    }

    /// Speaks to another address: https, or http to loopback. All operations go there, those too
    /// that the provider has at another [server](crate::Operation::at), so that a client which is
    /// pointed at a sandbox reaches nothing else.
    pub fn base_url(mut self, url: &str) -> Self {
        url.clone_into(&mut self.base_url);
        self.everywhere = true;
        self
    }

    /// Speaks to another address where the provider has a [server](crate::Operation::at) of its own
    /// for some operations: https, or http to loopback. `server` must be written as the operations
    /// have it; no other one is meant by it.
    pub fn server_url(mut self, server: &'static str, url: &str) -> Self {
        self.servers.push((server, url.to_owned()));
        self
    }

    /// Sets how long and how large an exchange may be.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets how connections are made and kept.
    pub fn network(mut self, network: Network) -> Self {
        self.network = network;
        self
    }

    /// Adds the name of your program, such as `shop/1.2`, to that by which the client introduces
    /// itself.
    pub fn user_agent(mut self, name: &str) -> Self {
        self.user_agent = Some(name.to_owned());
        self
    }

    /// Sets how often and after what wait a call is sent again, where that is safe.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Waits, and tells the time, by a clock of your own.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sends `name: value` with every request.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sends through an engine of your own.
    pub fn engine(mut self, engine: impl Engine + 'static) -> Self {
        self.engine = Some(Arc::new(engine));
        self
    }

    /// The finished transport, which signs with `sign`.
    ///
    /// # Errors
    ///
    /// If `sign` cannot sign, an address is not one that keys may be sent to, or TLS cannot be set
    /// up. Nothing was sent.
    pub fn build(self, sign: impl Sign + 'static) -> Result<Transport, Error> {
        let fail = |kind| Error::new(self.provider.name, "build", kind, Duration::ZERO);
        sign.check().map_err(|SignError(fault)| fail(Kind::NotBuilt(fault)))?;
        let (hosts, speech) = Hosts::new(&self.base_url, self.everywhere, &self.servers)
            .map_err(|fault| fail(Kind::NotBuilt(fault)))?;
        let user_agent = match self.user_agent {
            None => HeaderValue::from_static(self.provider.user_agent),
            Some(name) => HeaderValue::try_from(format!("{} {name}", self.provider.user_agent))
                .map_err(|_| fail(Kind::NotBuilt("the user agent does not fit into a header")))?,
        };
        let engine: Arc<dyn Engine> = match self.engine {
            Some(engine) => engine,
            None if speech.encrypted && !tls::AVAILABLE => {
                return Err(fail(Kind::NotBuilt(tls::MISSING)));
            }
            None => {
                let engine = ReqwestEngine::new(&self.limits, &self.network, speech);
                let unusable = Kind::NotBuilt("TLS or the proxy cannot be set up");
                let fail = |failure: Failure| fail(unusable).with_source(failure.source);
                Arc::new(engine.map_err(fail)?)
            }
        };
        Ok(Transport {
            shared: Arc::new(Shared {
                provider: self.provider,
                hosts,
                sign: Box::new(sign),
                engine,
                limits: self.limits,
                user_agent,
                headers: self.headers,
                budget: Arc::new(Budget::new(self.retry.budget.size)),
                retry: self.retry,
                clock: self.clock,
            }),
        })
    }
}

impl fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder")
            .field("provider", &self.provider.name)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
