//! The client and how it is set up.

use kessai_core::{Error, Provider, Secret, Transport, TransportBuilder};

use crate::sign::{Credentials, Language, Signer};
use crate::{reference, refusal};

/// Where the specification has the operations of the e-wallet's login.
const WALLET_URL: &str = "https://ewallet.appotapay.com";

/// Where the specification has the operations of terminals.
const POS_URL: &str = "https://pos-gw.appotapay.com";

static APPOTAPAY: Provider = Provider::new(
    "appotapay",
    concat!("kessai-appotapay/", env!("CARGO_PKG_VERSION")),
    refusal::read,
)
.with_request_id_header("x-request-id")
.with_reference_in_use(reference::is_in_use);

/// Where requests go. Each has credentials of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Environment {
    /// No real money moves.
    Sandbox,
    /// Real money moves.
    Production,
}

impl Environment {
    const fn gateway_url(self) -> &'static str {
        match self {
            Self::Sandbox => "https://gateway.dev.appotapay.com",
            Self::Production => "https://gateway.appotapay.com",
        }
    }

    const fn wallet_url(self) -> &'static str {
        match self {
            Self::Sandbox => "https://ewallet.dev.appotapay.com",
            Self::Production => WALLET_URL,
        }
    }

    const fn pos_url(self) -> &'static str {
        match self {
            Self::Sandbox => "https://pos-gw.dev.appotapay.com",
            Self::Production => POS_URL,
        }
    }
}

/// AppotaPay's API, as one partner.
///
/// AppotaPay answers only callers whose IP address it has put on its list. Cloning a client is cheap
/// and shares the connections.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) transport: Transport,
    signer: Signer,
}

impl Client {
    /// A client for `environment`, whose `credentials` they must be.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. Nothing is sent.
    pub fn new(environment: Environment, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(environment, credentials).build()
    }

    /// A client to be set up.
    pub fn builder(environment: Environment, credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            signer: Signer::new(credentials),
            environment,
            anywhere: false,
            wallet_url: None,
            pos_url: None,
            transport: Transport::builder(&APPOTAPAY, environment.gateway_url()),
        }
    }

    /// The same client, calling for the sub-account `id` (`X-Account-Ref-ID`), where an operation
    /// takes one. It is needed for sub-accounts of the type `owner`.
    #[must_use]
    pub fn for_account(&self, id: impl Into<String>) -> Self {
        self.signed_by(Signer { account: Some(id.into()), ..self.signer.clone() })
    }

    /// The same client, calling for the customer who linked an e-wallet and whose `access_token`
    /// this is: creating and confirming [wallet payments](Client::wallet_payments) needs one.
    #[must_use]
    pub fn for_wallet(&self, access_token: impl Into<Secret>) -> Self {
        self.signed_by(Signer { user: Some(access_token.into()), ..self.signer.clone() })
    }

    fn signed_by(&self, signer: Signer) -> Self {
        Self { transport: self.transport.signed_by(signer.clone()), signer }
    }
}

/// Sets up a [`Client`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    signer: Signer,
    environment: Environment,
    /// Whether the caller has chosen an address: then it stands for all hosts.
    anywhere: bool,
    wallet_url: Option<String>,
    pos_url: Option<String>,
    transport: TransportBuilder,
}

impl ClientBuilder {
    /// The language of messages; AppotaPay's own default is Vietnamese.
    pub fn language(mut self, language: Language) -> Self {
        self.signer.language = Some(language);
        self
    }

    /// Calls for the sub-account `id`, as [`Client::for_account`] does.
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.signer.account = Some(id.into());
        self
    }

    /// Writes the word `Bearer` before each token. AppotaPay's tables have it on some pages, its
    /// samples never do; both seem to be taken.
    pub fn bearer(mut self) -> Self {
        self.signer.bearer = true;
        self
    }

    /// Speaks to another host, such as a fake on loopback: for the e-wallet's login and terminals
    /// too, unless [`wallet_url`](Self::wallet_url) or [`pos_url`](Self::pos_url) name others.
    pub fn base_url(mut self, url: &str) -> Self {
        self.transport = self.transport.base_url(url);
        self.anywhere = true;
        self
    }

    /// Speaks to another host for the e-wallet's login alone.
    pub fn wallet_url(mut self, url: &str) -> Self {
        self.wallet_url = Some(url.to_owned());
        self
    }

    /// Speaks to another host for terminals alone.
    pub fn pos_url(mut self, url: &str) -> Self {
        self.pos_url = Some(url.to_owned());
        self
    }

    kessai_core::settings!();

    /// The finished client.
    ///
    /// # Errors
    ///
    /// If an address is not one that tokens may be sent to, or TLS cannot be set up. Nothing is
    /// sent.
    pub fn build(self) -> Result<Client, Error> {
        let default = |url: &str| (!self.anywhere).then(|| url.to_owned());
        let hosts = [
            (WALLET_URL, self.wallet_url.or_else(|| default(self.environment.wallet_url()))),
            (POS_URL, self.pos_url.or_else(|| default(self.environment.pos_url()))),
        ];
        let mut transport = self.transport;
        for (server, url) in hosts {
            if let Some(url) = url {
                transport = transport.server_url(server, &url);
            }
        }
        Ok(Client { transport: transport.build(self.signer.clone())?, signer: self.signer })
    }
}

#[cfg(test)]
mod tests;
