//! Where a provider is, and whether it may be spoken to there.

use std::net::IpAddr;

use http::Uri;

/// A provider's address, without a slash at its end.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) url: String,
    /// https; anything else is plain http to this very machine.
    pub(super) encrypted: bool,
}

/// Takes `url` as the address, or says what is wrong with it.
///
/// https, or plain http to this very machine: keys never cross a network in the clear.
pub(super) fn parse(url: &str) -> Result<Base, &'static str> {
    let uri: Uri = url.parse().map_err(|_| "the address is not a URL")?;
    let authority = uri.authority().ok_or("the address names no host")?;
    if authority.as_str().contains('@') {
        return Err("the address holds a user or a password");
    }
    if uri.query().is_some() || url.contains('#') {
        return Err("the address holds a query or a fragment");
    }
    let loopback = is_loopback(authority.host());
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if loopback => {}
        _ => return Err("the address must use https, or http to loopback"),
    }
    // The engine's own parser has the last word, now rather than at the first call.
    url.parse::<reqwest::Url>().map_err(|_| "the address is not a URL")?;
    let encrypted = uri.scheme_str() == Some("https");
    Ok(Base { url: url.trim_end_matches('/').to_owned(), encrypted })
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_loopback_only() {
        for url in
            ["http://127.0.0.1:80", "http://127.9.9.9", "http://[::1]:8080/", "http://localhost"]
        {
            assert!(parse(url).is_ok_and(|base| !base.encrypted), "{url}");
        }
        for url in
            ["http://api.elepay.io", "http://127.0.0.1.example.com", "ftp://localhost", "localhost"]
        {
            assert!(parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_address_holds_no_credentials_and_no_query() {
        for url in [
            "http://localhost:99999",
            "http://me:pw@localhost",
            "http://localhost?a=1",
            "http://localhost/#a",
        ] {
            assert!(parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_path_prefix_is_kept_without_its_last_slash() {
        assert_eq!(
            parse("http://localhost/pay/").map(|base| base.url),
            Ok("http://localhost/pay".into())
        );
    }

    #[test]
    fn https_to_this_machine_is_no_plain_http() {
        for (url, encrypted) in [
            ("http://localhost:8080", false),
            ("https://localhost:8443", true),
            ("https://127.0.0.1", true),
            ("https://api.example.com", true),
        ] {
            assert!(parse(url).is_ok_and(|base| base.encrypted == encrypted), "{url}");
        }
    }
}
