//! TLS, as the features say.

use std::error::Error;

/// Whether this build can speak https at all.
pub(crate) const AVAILABLE: bool =
    cfg!(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls"));

/// What to say where it cannot.
pub(crate) const MISSING: &str =
    "https needs TLS: switch on `rustls`, `rustls-aws-lc` or `native-tls`";

type Configured = Result<reqwest::ClientBuilder, Box<dyn Error + Send + Sync>>;

/// rustls with ring, named here so that no process-wide default is needed or touched.
///
/// It comes before the other choices when several are built in.
#[cfg(feature = "rustls")]
pub(crate) fn configure(builder: reqwest::ClientBuilder, loopback: bool) -> Configured {
    use std::sync::Arc;

    use rustls::{ClientConfig, RootCertStore};
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?;
    // Reading the platform's certificates takes milliseconds, and loopback speaks plain http.
    let config = if loopback {
        config.with_root_certificates(RootCertStore::empty())
    } else {
        config.with_platform_verifier()?
    };
    Ok(builder.tls_backend_preconfigured(config.with_no_client_auth()))
}

/// What reqwest was built with.
#[cfg(not(feature = "rustls"))]
#[expect(clippy::unnecessary_wraps, reason = "rustls can fail where this cannot")]
pub(crate) fn configure(builder: reqwest::ClientBuilder, _: bool) -> Configured {
    Ok(builder)
}
