//! Who may call: whoever makes tokens with the one published sandbox account.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::header::{AUTHORIZATION, HeaderMap};
use serde_json::Value;

use crate::mac::hmac;

/// The account that AppotaPay publishes for its sandbox.
pub(super) const PARTNER_CODE: &str = "APPOTAPAY";
pub(super) const API_KEY: &str = "FJcmF8uj2ISveL5FvvNk4pnp8xrhINz8";
pub(super) const SECRET_KEY: &str = "XAonJgy14YhtePEITXhyBS2unjfJLAV3";

/// How far ahead the end of a token may be, in seconds.
const LONGEST: i64 = 24 * 60 * 60;

/// Whether the head of a request carries a token of the partner that is good at this time, in
/// milliseconds since 1970.
pub(super) fn is_partner(headers: &HeaderMap, now: i64) -> bool {
    let token = headers.get("x-appotapay-auth").and_then(|header| header.to_str().ok());
    token.is_some_and(|token| is_good(without_scheme(token), now))
}

/// The token of a wallet's owner that a request carries beside the partner's.
pub(super) fn user_token(headers: &HeaderMap) -> Option<&str> {
    Some(without_scheme(headers.get(AUTHORIZATION)?.to_str().ok()?))
}

/// Some pages write `Bearer ` before a token, and others do not.
fn without_scheme(token: &str) -> &str {
    token.strip_prefix("Bearer ").unwrap_or(token).trim()
}

fn is_good(token: &str, now: i64) -> bool {
    let Some((signed, signature)) = token.rsplit_once('.') else { return false };
    let Some((head, claims)) = signed.split_once('.') else { return false };
    let own = URL_SAFE_NO_PAD.encode(hmac(SECRET_KEY.as_bytes(), &[signed.as_bytes()]));
    let (head, claims) = (part(head), part(claims));
    let now = now.div_euclid(1000);
    signature == own
        && head["typ"] == "JWT"
        && head["alg"] == "HS256"
        && head["cty"] == "appotapay-api;v=1"
        && claims["iss"] == PARTNER_CODE
        && claims["api_key"] == API_KEY
        && claims["jti"].as_str().is_some_and(is_token_id)
        && claims["exp"].as_i64().is_some_and(|end| now < end && end <= now + LONGEST)
}

/// The API key, a hyphen and a time in seconds.
fn is_token_id(id: &str) -> bool {
    let time = id.strip_prefix(API_KEY).and_then(|rest| rest.strip_prefix('-'));
    time.is_some_and(|time| time.parse::<u64>().is_ok())
}

/// A part of a token; null if it is none.
fn part(text: &str) -> Value {
    let json = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    serde_json::from_slice(&json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"{"typ":"JWT","alg":"HS256","cty":"appotapay-api;v=1"}"#;
    const NOW: i64 = 1_614_225_624;

    fn token(head: &str, claims: &str, secret: &str) -> String {
        let signed = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
        let signature = hmac(secret.as_bytes(), &[signed.as_bytes()]);
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn claims(issuer: &str, key: &str, id: &str, end: i64) -> String {
        format!(r#"{{"iss":"{issuer}","jti":"{id}","api_key":"{key}","exp":{end}}}"#)
    }

    #[test]
    fn a_token_is_good_until_its_end_and_for_a_day_at_most() {
        let id = format!("{API_KEY}-{NOW}");
        let is_good = |end| {
            let token = token(HEAD, &claims(PARTNER_CODE, API_KEY, &id, end), SECRET_KEY);
            is_good(&token, NOW * 1000)
        };
        assert!(is_good(NOW + 1) && is_good(NOW + LONGEST));
        assert!(!is_good(NOW) && !is_good(NOW + LONGEST + 1));
    }

    #[test]
    fn every_part_of_a_token_counts() {
        let (id, end) = (format!("{API_KEY}-{NOW}"), NOW + 300);
        let good = claims(PARTNER_CODE, API_KEY, &id, end);
        let is_good = |head: &str, claims: &str, secret: &str| {
            is_good(&token(head, claims, secret), NOW * 1000)
        };
        assert!(is_good(HEAD, &good, SECRET_KEY));
        assert!(!is_good(HEAD, &good, API_KEY));
        assert!(!is_good(r#"{"typ":"JWT","alg":"HS256"}"#, &good, SECRET_KEY));
        assert!(!is_good(HEAD, &claims("OTHER", API_KEY, &id, end), SECRET_KEY));
        assert!(!is_good(HEAD, &claims(PARTNER_CODE, "other", &id, end), SECRET_KEY));
        assert!(!is_good(HEAD, &claims(PARTNER_CODE, API_KEY, API_KEY, end), SECRET_KEY));
    }

    #[test]
    fn a_token_may_come_with_the_word_bearer() {
        let id = format!("{API_KEY}-{NOW}");
        let good = token(HEAD, &claims(PARTNER_CODE, API_KEY, &id, NOW + 300), SECRET_KEY);
        let admits = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-appotapay-auth", value.parse().unwrap());
            is_partner(&headers, NOW * 1000)
        };
        assert!(admits(&good) && admits(&format!("Bearer {good}")));
        assert!(!admits(&format!("Basic {good}")) && !is_partner(&HeaderMap::new(), NOW * 1000));
    }
}
