//! The client and how it is set up.

use kessai_core::{Error, Id, KeyPromise, Provider, Transport, TransportBuilder};

use crate::merchants::Merchant;
use crate::refusal;
use crate::sign::{AppToken, Mode, Signer};
use crate::stores::Store;

const BASE_URL: &str = "https://api.univapay.com";

/// The host of direct debits, as `specs/univapay` writes it.
const DIRECT_DEBIT_URL: &str = "https://direct-debit.gopay-services.com";

static UNIVAPAY: Provider =
    Provider::new("univapay", concat!("kessai-univapay/", env!("CARGO_PKG_VERSION")), |_, body| {
        refusal::read(body)
    })
    .with_key_promise(|operation| match operation.server() {
        None => KeyPromise::BestEffort,
        // Whether the host of direct debits heeds keys, nobody says.
        Some(_) => KeyPromise::Nothing,
    })
    .with_replay_header("idempotency-status", "retrieved_idempotent_response")
    .with_key_unkept_header("idempotency-status", &["not_stored", "disabled"])
    .with_bare_throttling();

/// UnivaPay's API, through one application token.
///
/// Cloning it is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) transport: Transport,
    store_id: Option<Id<Store>>,
    merchant_id: Option<Id<Merchant>>,
}

impl Client {
    /// A client for `https://api.univapay.com` and the host of direct debits. The token decides
    /// between test and live; to make sure which it is, say so by [`ClientBuilder::mode`].
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. Nothing is sent.
    pub fn new(token: AppToken) -> Result<Self, Error> {
        Self::builder(token).build()
    }

    /// The store that the token is for, which most calls want to be told; `None` for a
    /// merchant's token.
    #[must_use]
    pub fn store_id(&self) -> Option<&Id<Store>> {
        self.store_id.as_ref()
    }

    /// The merchant that the token belongs to.
    #[must_use]
    pub fn merchant_id(&self) -> Option<&Id<Merchant>> {
        self.merchant_id.as_ref()
    }

    /// A client to be set up.
    pub fn builder(token: AppToken) -> ClientBuilder {
        ClientBuilder { token, mode: None, transport: Transport::builder(&UNIVAPAY, BASE_URL) }
    }
}

/// Sets up a [`Client`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    token: AppToken,
    mode: Option<Mode>,
    transport: TransportBuilder,
}

impl ClientBuilder {
    /// Makes sure that the token is for `mode`: with any other, there is no client. A merchant's
    /// token is for neither.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// Speaks to another host, such as a fake on loopback: for direct debits too, unless
    /// [`direct_debit_url`](Self::direct_debit_url) names one for them.
    pub fn base_url(mut self, url: &str) -> Self {
        self.transport = self.transport.base_url(url);
        self
    }

    /// Speaks to another host for direct debits alone.
    pub fn direct_debit_url(mut self, url: &str) -> Self {
        self.transport = self.transport.server_url(DIRECT_DEBIT_URL, url);
        self
    }

    kessai_core::settings!();

    /// The finished client.
    ///
    /// # Errors
    ///
    /// If the token is for another [mode](Self::mode), an address is not one that a token may be
    /// sent to, or TLS cannot be set up. Nothing is sent.
    pub fn build(self) -> Result<Client, Error> {
        let store_id = self.token.store_id().cloned();
        let merchant_id = self.token.merchant_id().cloned();
        let signer = Signer { token: self.token, wanted: self.mode };
        Ok(Client { transport: self.transport.build(signer)?, store_id, merchant_id })
    }
}
