//! The clients and how they are set up.

use kessai_core::{Error, Provider, Transport, TransportBuilder};

use crate::refusal;
use crate::sign::{AccessToken, Bearer, Environment, PublishableKey};

static ZAFAPAY: Provider =
    Provider::new("zafapay", concat!("kessai-zafapay/", env!("CARGO_PKG_VERSION")), |_, body| {
        refusal::read(body)
    });

/// ZAFA PAY's API, through a merchant's access token.
///
/// Cloning it is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) transport: Transport,
}

impl Client {
    /// A client for `environment`, whose `token` it must be.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. Nothing is sent.
    pub fn new(environment: Environment, token: AccessToken) -> Result<Self, Error> {
        Self::builder(environment, token).build()
    }

    /// A client to be set up.
    ///
    /// ```
    /// use std::time::Duration;
    /// use kessai_zafapay::{AccessToken, Client, Environment, Limits};
    ///
    /// let client = Client::builder(Environment::Sandbox, AccessToken::new("token")?)
    ///     .base_url("http://127.0.0.1:8080")
    ///     .limits(Limits { attempt: Duration::from_secs(60), ..Limits::default() })
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(environment: Environment, token: AccessToken) -> ClientBuilder {
        ClientBuilder::of(environment, token)
    }
}

/// The part of ZAFA PAY's API that takes a publishable key: making card tokens.
///
/// Whoever sends card numbers from a server is subject to all of PCI DSS. The provider means this
/// for browsers, and has a script of its own for them.
///
/// Cloning it is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct PublishableClient {
    pub(crate) transport: Transport,
}

impl PublishableClient {
    /// A client for the environment that the key is for.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. Nothing is sent.
    pub fn new(key: PublishableKey) -> Result<Self, Error> {
        Self::builder(key).build()
    }

    /// A client to be set up, as [`Client::builder`] does it.
    pub fn builder(key: PublishableKey) -> ClientBuilder<PublishableKey> {
        ClientBuilder::of(key.environment(), key)
    }
}

/// Sets up a [`Client`] or, with a publishable key, a [`PublishableClient`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder<K = AccessToken> {
    key: K,
    transport: TransportBuilder,
}

impl<K> ClientBuilder<K> {
    fn of(environment: Environment, key: K) -> Self {
        Self { key, transport: Transport::builder(&ZAFAPAY, environment.base_url()) }
    }

    /// Speaks to another host, such as kessai's sandbox on loopback.
    pub fn base_url(mut self, url: &str) -> Self {
        self.transport = self.transport.base_url(url);
        self
    }

    kessai_core::settings!();
}

impl ClientBuilder {
    /// The finished client.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a token may be sent to, or TLS cannot be set up. Nothing is
    /// sent.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client { transport: self.transport.build(Bearer::from(self.key))? })
    }
}

impl ClientBuilder<PublishableKey> {
    /// The finished client.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a key may be sent to, or TLS cannot be set up. Nothing is
    /// sent.
    pub fn build(self) -> Result<PublishableClient, Error> {
        Ok(PublishableClient { transport: self.transport.build(Bearer::from(self.key))? })
    }
}
