//! Who may call, and with which key: as a bearer token or as a Basic user.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{AUTHORIZATION, HeaderMap};

use super::refusal::{self, Refusal};
use crate::ids::Ids;

pub(super) struct Keys {
    pub(super) secret: String,
    pub(super) publishable: String,
}

impl Keys {
    pub(super) fn new(ids: &mut Ids) -> Self {
        Self { secret: ids.next("sk_test_"), publishable: ids.next("pk_test_") }
    }

    /// Admits the secret key, and the publishable one where the operation takes it.
    pub(super) fn check(&self, headers: &HeaderMap, publishable: bool) -> Result<(), Refusal> {
        let header = headers.get(AUTHORIZATION).ok_or(refusal::NO_KEY)?;
        let header = header.to_str().map_err(|_| refusal::WRONG_KEY)?;
        let (scheme, credentials) = header.split_once(' ').ok_or(refusal::NO_KEY)?;
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => self.admit(credentials.trim(), publishable, refusal::WRONG_KEY),
            "basic" => {
                let key = basic_user(credentials.trim()).ok_or(refusal::WRONG_CREDENTIALS)?;
                self.admit(&key, publishable, refusal::WRONG_CREDENTIALS)
            }
            _ => Err(refusal::NO_KEY.into()),
        }
    }

    fn admit(&self, key: &str, publishable: bool, otherwise: refusal::Code) -> Result<(), Refusal> {
        if key == self.secret || (publishable && key == self.publishable) {
            Ok(())
        } else if key == self.publishable {
            Err(refusal::NOT_ALLOWED.into())
        } else {
            Err(otherwise.into())
        }
    }
}

/// The user of Basic credentials whose password is empty: elepay takes no other.
fn basic_user(credentials: &str) -> Option<String> {
    let decoded = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    Some(decoded.strip_suffix(':')?.to_owned())
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn answer(header: Option<&str>) -> Option<(&'static str, u16)> {
        asked(header, false)
    }

    fn asked(header: Option<&str>, publishable: bool) -> Option<(&'static str, u16)> {
        let keys = Keys { secret: "sk_test_1".into(), publishable: "pk_test_1".into() };
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert(AUTHORIZATION, HeaderValue::from_str(header).unwrap());
        }
        keys.check(&headers, publishable)
            .err()
            .map(|refusal| (refusal.code(), refusal.status().as_u16()))
    }

    fn basic(credentials: &str) -> String {
        format!("Basic {}", STANDARD.encode(credentials))
    }

    #[test]
    fn the_secret_key_is_admitted_both_ways() {
        assert_eq!(answer(Some("Bearer sk_test_1")), None);
        assert_eq!(answer(Some("bearer sk_test_1")), None);
        assert_eq!(answer(Some(&basic("sk_test_1:"))), None);
    }

    #[test]
    fn no_other_key_is_admitted() {
        let wrong = Some(("M004001", 400));
        assert_eq!(answer(None), Some(("M004002", 400)));
        assert_eq!(answer(Some("sk_test_1")), Some(("M004002", 400)));
        assert_eq!(answer(Some("Digest sk_test_1")), Some(("M004002", 400)));
        assert_eq!(answer(Some("Bearer sk_live_1")), wrong);
        assert_eq!(answer(Some("Bearer sk_test_12")), wrong);
        assert_eq!(answer(Some("Bearer pk_test_1")), Some(("M004003", 400)));
    }

    #[test]
    fn the_publishable_key_is_admitted_where_the_operation_takes_it() {
        assert_eq!(asked(Some("Bearer pk_test_1"), true), None);
        assert_eq!(asked(Some(&basic("pk_test_1:")), true), None);
        assert_eq!(asked(Some("Bearer sk_test_1"), true), None);
        assert_eq!(asked(Some("Bearer pk_test_2"), true), Some(("M004001", 400)));
    }

    #[test]
    fn basic_credentials_with_a_password_are_unauthorized() {
        for credentials in ["sk_test_1:x", "sk_test_1", "sk_test_2:", ":sk_test_1"] {
            assert_eq!(answer(Some(&basic(credentials))), Some(("M004001", 401)));
        }
        assert_eq!(answer(Some("Basic !!")), Some(("M004001", 401)));
    }
}
