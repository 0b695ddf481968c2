//! How connections are made and kept.

use std::fmt;
use std::time::Duration;

use crate::secret::Secret;

/// How connections to a provider are made and kept: for reqwest, not for an
/// [engine](crate::Engine) of your own.
///
/// ```
/// use kessai_core::{Network, Proxy};
///
/// let network = Network {
///     proxy: Proxy::Through("http://proxy.example.com:3128".into()),
///     ..Network::default()
/// };
/// assert_eq!(network.idle_connections, 32);
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Network {
    /// How long an idle connection is kept: shorter than load balancers keep theirs, so that none is
    /// used dead. Default: 15 s.
    pub idle: Duration,
    /// How many idle connections are kept per host. Default: 32. With 0, each attempt has a
    /// connection to itself, which costs a handshake: then no answer can be one that a peer gone
    /// wrong had left over for the call before.
    pub idle_connections: usize,
    /// What stands between this machine and the provider.
    pub proxy: Proxy,
    /// Certificates in PEM, one or more, that are trusted besides those of the platform, such as
    /// that of a proxy which reads along. Default: none.
    pub extra_roots: Vec<u8>,
}

/// What stands between this machine and a provider.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Proxy {
    /// What the environment names, by `HTTPS_PROXY` and its like; nothing, if all addresses of the
    /// client are on loopback.
    #[default]
    Environment,
    /// Nothing, whatever the environment names.
    None,
    /// The proxy with this URL, which may hold a user and a password. It connects through to the
    /// provider, and sees nothing of what is said. Plain http, which is for loopback, does not go
    /// through it.
    Through(Secret),
}

impl Default for Network {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(15),
            idle_connections: 32,
            proxy: Proxy::default(),
            extra_roots: Vec::new(),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("idle", &self.idle)
            .field("idle_connections", &self.idle_connections)
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}
