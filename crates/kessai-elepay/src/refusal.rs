//! elepay's error body as a refusal.

use kessai_core::{Decode as _, Error, Refusal};

use crate::errors::{ErrorBody, ErrorCode};

/// Reads elepay's error body. The deprecated `code` stands in where there is no `errorCode`, as in
/// bodies of 2019. Other bodies with a code are not elepay's: proxies write JSON too.
pub(crate) fn read(body: &[u8]) -> Option<Refusal> {
    let body = ErrorBody::decode(body).ok()?;
    let known = body.error_code.as_ref().and_then(ErrorCode::known);
    let new = body.error_code.map(|code| code.to_string());
    // A code of a scheme that is newer than both.
    let strange = new.as_ref().is_some_and(|code| !is_new(code));
    let code = new.filter(|code| is_new(code));
    let code = code.or_else(|| body.code.filter(|code| code.starts_with("9_")))?;
    // `S`, or 5 in the older scheme, is elepay or a provider behind it failing, perhaps half-way.
    let failed = code.starts_with('S') || code.rsplit('_').next()?.starts_with('5');
    Some(
        Refusal::new(code.as_str())
            .known_as(known)
            .with_doubt(failed || strange)
            .with_throttling(known == Some(ErrorCode::M005000.as_str()))
            .with_message(body.message.map(|message| message.reveal().to_owned()))
            .with_field(body.parameter_name)
            .with_request_id(body.request_id),
    )
}

/// Whether a code says that the `order_no` was used before, in either scheme.
pub(crate) fn is_order_no_in_use(code: &str) -> bool {
    code == ErrorCode::M002007.as_str() || (code.starts_with("9_") && code.ends_with("_40022"))
}

/// Whether a code is of today's scheme: `M`, `U` or `S` and six digits.
fn is_new(code: &str) -> bool {
    let digits = code.strip_prefix(['M', 'U', 'S']);
    digits
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whose side the reason for a refusal is on: the first letter of an [`ErrorCode`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorClass {
    /// `M`: your request or your account. The same request is refused again, but for a few that
    /// pass with time: `M005000` (too many requests), `M006001` (another operation is running).
    Merchant,
    /// `U`: the customer, the card or the transaction. Another means of payment may do.
    User,
    /// `S`: elepay or a provider behind it, perhaps half-way: the outcome is unknown.
    System,
}

impl ErrorCode {
    /// Whose side the reason is on; `None` for a code that is not of this scheme.
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        let code = self.as_str();
        match code.chars().next().filter(|_| is_new(code))? {
            'M' => Some(ErrorClass::Merchant),
            'U' => Some(ErrorClass::User),
            _ => Some(ErrorClass::System),
        }
    }

    /// The code that elepay refused with, if it refused in its own words.
    ///
    /// ```
    /// use kessai_elepay::errors::ErrorCode;
    ///
    /// fn is_unknown_charge(error: &kessai_elepay::Error) -> bool {
    ///     ErrorCode::of(error) == Some(ErrorCode::M002003)
    /// }
    /// ```
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.refusal().map(|refusal| Self::from(refusal.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::FakeEngine;
    use crate::{Client, SecretKey};

    #[test]
    fn the_new_code_comes_before_the_old_one() {
        let body = br#"{"errorCode":"M002003","code":"9_000_000_40022","message":"x","parameterName":null}"#;
        let refusal = read(body).expect("a refusal");
        assert_eq!((refusal.code(), refusal.field()), ("M002003", None));
    }

    #[test]
    fn every_known_code_has_a_class_and_a_stranger_has_none() {
        let class = |code: &str| ErrorCode::from(code).class();
        let count = |class| {
            let of = |code: &&&str| ErrorCode::from(**code).class() == Some(class);
            ErrorCode::KNOWN.iter().filter(of).count()
        };
        let counts = [ErrorClass::Merchant, ErrorClass::User, ErrorClass::System].map(count);
        assert_eq!((counts, counts.iter().sum::<usize>()), ([31, 36, 4], ErrorCode::KNOWN.len()));
        assert_eq!(class("U999999"), Some(ErrorClass::User));
        assert_eq!([class("BUSY"), class("M00200"), class("")], [None; 3]);
    }

    #[test]
    fn a_body_of_2019_is_read_too() {
        let refusal = read(br#"{"code":"9_xx_xx_10113","message":"x"}"#).expect("a refusal");
        assert_eq!(refusal.code(), "9_xx_xx_10113");
    }

    #[test]
    fn a_page_of_a_proxy_is_no_refusal_of_elepays() {
        assert_eq!(read(b"<html>busy</html>"), None);
        assert_eq!(read(b"{}"), None);
        assert_eq!(read(br#"{"code":"ETIMEDOUT","message":"upstream"}"#), None);
        assert_eq!(read(br#"{"errorCode":"BUSY"}"#), None);
    }

    #[test]
    fn a_failure_of_elepays_own_leaves_the_outcome_open() {
        let doubt = |code: &str| {
            read(format!(r#"{{"errorCode":"{code}"}}"#).as_bytes()).is_some_and(|r| r.is_in_doubt())
        };
        assert_eq!([doubt("S001001"), doubt("M002003"), doubt("U009999")], [true, false, false]);
        let old = |code: &str| {
            read(format!(r#"{{"code":"{code}"}}"#).as_bytes()).is_some_and(|r| r.is_in_doubt())
        };
        assert_eq!(
            [old("9_elepay_creditcard_50001"), old("9_elepay_creditcard_10101")],
            [true, false]
        );
    }
    #[test]
    fn a_new_code_that_nobody_can_read_leaves_the_outcome_open() {
        // The old one stands in for it, and may say less.
        let refusal = read(br#"{"errorCode":"X1","code":"9_xx_xx_10113"}"#).expect("a refusal");
        assert_eq!((refusal.code(), refusal.is_in_doubt()), ("9_xx_xx_10113", true));
    }

    #[test]
    fn too_many_requests_are_throttling_and_nothing_else_is() {
        let throttles = |code: &str| {
            let body = format!(r#"{{"errorCode":"{code}"}}"#);
            read(body.as_bytes()).expect("a refusal").is_throttling()
        };
        assert_eq!(
            [throttles("M005000"), throttles("M006001"), throttles("M002007")],
            [true, false, false]
        );
    }

    #[test]
    fn a_number_that_is_in_use_is_known_by_its_code_in_either_scheme() {
        for code in ["M002007", "9_000_000_40022", "9_elepay_creditcard_40022"] {
            assert!(is_order_no_in_use(code), "{code}");
        }
        for code in ["M002003", "9_000_000_10113", "8_000_000_40022", "x_40022", "40022", ""] {
            assert!(!is_order_no_in_use(code), "{code}");
        }
    }

    #[tokio::test]
    async fn an_error_tells_its_code() {
        let body = r#"{"errorCode":"M002003","message":"no"}"#;
        let builder = Client::builder(SecretKey::new("sk_test_1").expect("a key"));
        let engine = FakeEngine::new([(404, body), (404, "<html>")]);
        let client = builder.engine(engine).build().expect("a client");
        let look = async || client.charges().get(&"ch_1".into()).await.expect_err("no charge");
        assert_eq!(ErrorCode::of(&look().await), Some(ErrorCode::M002003));
        assert_eq!(ErrorCode::of(&look().await), None);
    }
}
