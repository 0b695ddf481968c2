//! TLS, as the features say.

use std::error::Error;

/// Whether this build can speak https at all.
pub(crate) const AVAILABLE: bool =
    cfg!(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls"));

/// What to say where it cannot.
pub(crate) const MISSING: &str =
    "https needs TLS: switch on `rustls`, `rustls-aws-lc` or `native-tls`";

type Configured = Result<reqwest::ClientBuilder, Box<dyn Error + Send + Sync>>;

/// rustls with ring, named here so that no process-wide default is needed or touched. `extra_roots`
/// are certificates in PEM.
///
/// It comes before the other choices when several are built in.
#[cfg(feature = "rustls")]
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    encrypted: bool,
    extra_roots: &[u8],
) -> Configured {
    use std::sync::Arc;

    use rustls::{ClientConfig, RootCertStore};

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()?;
    // Reading the platform's certificates takes milliseconds; plain http needs none.
    let config = if encrypted {
        let verifier = Arc::new(verifier(provider, extra_roots)?);
        config.dangerous().with_custom_certificate_verifier(verifier)
    } else {
        config.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.tls_backend_preconfigured(config.with_no_client_auth()))
}

/// The platform's own judgement of certificates.
#[cfg(feature = "rustls")]
fn verifier(
    provider: std::sync::Arc<rustls::crypto::CryptoProvider>,
    extra_roots: &[u8],
) -> Result<rustls_platform_verifier::Verifier, Box<dyn Error + Send + Sync>> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    use rustls_platform_verifier::Verifier;

    if extra_roots.is_empty() {
        return Ok(Verifier::new(provider)?);
    }
    let roots = CertificateDer::pem_slice_iter(extra_roots).collect::<Result<Vec<_>, _>>()?;
    if roots.is_empty() {
        return Err("there is no certificate among the extra roots".into());
    }
    #[cfg(target_os = "android")]
    return Err("Android takes no extra roots".into());
    #[cfg(not(target_os = "android"))]
    Ok(Verifier::new_with_extra_roots(roots, provider)?)
}

/// What reqwest was built with.
#[cfg(all(not(feature = "rustls"), any(feature = "rustls-aws-lc", feature = "native-tls")))]
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    _: bool,
    extra_roots: &[u8],
) -> Configured {
    if extra_roots.is_empty() {
        return Ok(builder);
    }
    let roots = reqwest::Certificate::from_pem_bundle(extra_roots)?;
    if roots.is_empty() {
        return Err("there is no certificate among the extra roots".into());
    }
    Ok(builder.tls_certs_merge(roots))
}

/// No TLS at all.
#[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls")))]
#[expect(clippy::unnecessary_wraps, reason = "those with TLS can fail")]
pub(crate) fn configure(builder: reqwest::ClientBuilder, _: bool, _: &[u8]) -> Configured {
    Ok(builder)
}
