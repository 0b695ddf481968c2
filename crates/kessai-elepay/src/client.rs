//! The client and how it is set up.

use kessai_core::http::HeaderValue;
use kessai_core::http::header::ACCEPT_LANGUAGE;
use kessai_core::{Error, Provider, Transport, TransportBuilder};

use crate::refusal;
use crate::sign::{Mode, PublishableKey, Scheme, SecretKey, Signer};

const BASE_URL: &str = "https://api.elepay.io";

static ELEPAY: Provider =
    Provider::new("elepay", concat!("kessai-elepay/", env!("CARGO_PKG_VERSION")), |_, body| {
        refusal::read(body)
    })
    .with_reference_in_use(|_, code| refusal::is_order_no_in_use(code));

/// elepay's API, through one application's secret key.
///
/// Cloning it is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) transport: Transport,
}

impl Client {
    /// A client for `https://api.elepay.io`. The key decides between test and live; to make sure
    /// which it is, say so by [`ClientBuilder::mode`].
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. Nothing is sent.
    pub fn new(key: SecretKey) -> Result<Self, Error> {
        Self::builder(key).build()
    }

    /// A client to be set up.
    ///
    /// ```
    /// use std::time::Duration;
    /// use kessai_elepay::{Client, Language, Limits, SecretKey};
    ///
    /// let client = Client::builder(SecretKey::new("sk_test_1")?)
    ///     .base_url("http://127.0.0.1:8080")
    ///     .language(Language::English)
    ///     .limits(Limits { attempt: Duration::from_secs(60), ..Limits::default() })
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(key: SecretKey) -> ClientBuilder {
        ClientBuilder::of(key)
    }
}

/// The little of elepay's API that a publishable key may do.
///
/// Cloning it is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct PublishableClient {
    pub(crate) transport: Transport,
}

impl PublishableClient {
    /// A client for `https://api.elepay.io`. The key decides between test and live.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. Nothing is sent.
    pub fn new(key: PublishableKey) -> Result<Self, Error> {
        Self::builder(key).build()
    }

    /// A client to be set up, as [`Client::builder`] does it.
    pub fn builder(key: PublishableKey) -> ClientBuilder<PublishableKey> {
        ClientBuilder::of(key)
    }
}

/// Sets up a [`Client`] or, with a publishable key, a [`PublishableClient`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder<K = SecretKey> {
    key: K,
    scheme: Scheme,
    mode: Option<Mode>,
    transport: TransportBuilder,
}

impl<K> ClientBuilder<K> {
    fn of(key: K) -> Self {
        let transport = Transport::builder(&ELEPAY, BASE_URL);
        Self { key, scheme: Scheme::Bearer, mode: None, transport }
    }

    /// Makes sure that the key is for `mode`: with any other key, there is no client.
    ///
    /// ```
    /// use kessai_elepay::{Client, Mode, Outcome, SecretKey};
    ///
    /// let refused = Client::builder(SecretKey::new("sk_live_1")?).mode(Mode::Test).build();
    /// assert_eq!(refused.unwrap_err().outcome(), Outcome::NotSent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// Speaks to another host: elepay's private installations have their own, and the sandbox is on
    /// loopback.
    pub fn base_url(mut self, url: &str) -> Self {
        self.transport = self.transport.base_url(url);
        self
    }

    /// Asks for error messages in `language`; elepay's default is Japanese. Nothing else changes
    /// with it.
    pub fn language(mut self, language: Language) -> Self {
        let language = HeaderValue::from_static(language.tag());
        self.transport = self.transport.header(ACCEPT_LANGUAGE, language);
        self
    }

    kessai_core::settings!();
}

impl ClientBuilder {
    /// Sends the key as the user of HTTP Basic credentials without a password, rather than as a
    /// bearer token. elepay takes both.
    pub fn basic_auth(mut self) -> Self {
        self.scheme = Scheme::Basic;
        self
    }

    /// The finished client.
    ///
    /// # Errors
    ///
    /// If the key is for another [mode](Self::mode), the base URL is not one that a key may be sent
    /// to, or TLS cannot be set up. Nothing is sent.
    pub fn build(self) -> Result<Client, Error> {
        let signer = Signer::new(self.key.into(), self.scheme, self.mode);
        Ok(Client { transport: self.transport.build(signer)? })
    }
}

impl ClientBuilder<PublishableKey> {
    /// The finished client.
    ///
    /// # Errors
    ///
    /// If the key is for another [mode](Self::mode), the base URL is not one that a key may be sent
    /// to, or TLS cannot be set up. Nothing is sent.
    pub fn build(self) -> Result<PublishableClient, Error> {
        let signer = Signer::new(self.key.into(), self.scheme, self.mode);
        Ok(PublishableClient { transport: self.transport.build(signer)? })
    }
}

/// A language that elepay writes error messages in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Language {
    /// Japanese, the default.
    Japanese,
    /// English.
    English,
    /// Chinese in simplified characters.
    SimplifiedChinese,
    /// Chinese in traditional characters.
    TraditionalChinese,
}

impl Language {
    const fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
            Self::SimplifiedChinese => "zh-CN",
            Self::TraditionalChinese => "zh-TW",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::FakeEngine;

    #[tokio::test]
    async fn messages_are_asked_for_in_the_language_that_was_chosen() {
        for (language, tag) in [
            (Language::Japanese, "ja"),
            (Language::English, "en"),
            (Language::SimplifiedChinese, "zh-CN"),
            (Language::TraditionalChinese, "zh-TW"),
        ] {
            let engine = FakeEngine::new([(404, "")]);
            let key = SecretKey::new("sk_test_1").expect("a key");
            let builder = Client::builder(key).engine(engine.clone()).language(language);
            let _ = builder.build().expect("a client").charges().get(&"ch_1".into()).await;
            assert_eq!(engine.sent()[0].headers()[ACCEPT_LANGUAGE], tag);
        }
    }
}
