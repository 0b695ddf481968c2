//! elepay's error body as a refusal.

use kessai_core::{Decode as _, Error, Refusal};

use crate::errors::{ErrorBody, ErrorCode};

/// Reads elepay's error body. The deprecated `code` stands in where there is no `errorCode`, as in
/// bodies of 2019.
pub(crate) fn read(body: &[u8]) -> Option<Refusal> {
    let body = ErrorBody::decode(body).ok()?;
    let known = body.error_code.as_ref().and_then(ErrorCode::known);
    let code = body.error_code.map(|code| code.to_string()).or(body.code)?;
    Some(
        Refusal::new(code)
            .known_as(known)
            .with_throttling(known == Some(ErrorCode::M005000.as_str()))
            .with_message(body.message.map(|message| message.reveal().to_owned()))
            .with_field(body.parameter_name)
            .with_request_id(body.request_id),
    )
}

impl ErrorCode {
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

    #[test]
    fn the_new_code_comes_before_the_old_one() {
        let body = br#"{"errorCode":"M002003","code":"9_000_000_40022","message":"x","parameterName":null}"#;
        let refusal = read(body).expect("a refusal");
        assert_eq!((refusal.code(), refusal.field()), ("M002003", None));
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
    }
}
