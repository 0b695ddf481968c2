//! UnivaPay's error body as a refusal.

use kessai_core::{Decode as _, Error, Refusal};

use crate::errors::{ErrorBody, ErrorCode};

/// Codes of UnivaPay's own failures.
const FAILURES: [ErrorCode; 8] = [
    ErrorCode::CouldNotRefreshAuth,
    ErrorCode::DbError,
    ErrorCode::FileUploadError,
    ErrorCode::ImproperAuth,
    ErrorCode::Timeout,
    ErrorCode::UnknownError,
    ErrorCode::ServiceUnavailableTryAgain,
    ErrorCode::NoGatewayAvailableToProcessTheRequest,
];

/// What is in the names of other failures: an SDK knows some that UnivaPay's list does not have.
const WORDS_OF_FAILURES: [&str; 6] =
    ["ERROR", "FAILED", "TIMEOUT", "TO_PROCESS", "UNABLE", "UNAVAILABLE"];

/// Reads UnivaPay's error body.
pub(crate) fn read(body: &[u8]) -> Option<Refusal> {
    let body = ErrorBody::decode(body).ok()?;
    // Others write JSON too.
    if body.status.as_deref() != Some("error") {
        return None;
    }
    let code = body.code.filter(|code| !code.as_str().is_empty())?;
    let first = body.errors.as_ref().and_then(|errors| errors.first());
    Some(
        Refusal::new(code.as_str())
            .known_as(code.known())
            // The same key stands for an earlier call, which may have moved the money.
            .with_doubt(code.is_conflict() || code.is_lost() || code.is_failure())
            .with_throttling(["TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED"].contains(&code.as_str()))
            .with_field(first.and_then(|error| error.field.clone())),
    )
}

impl ErrorBody {
    /// What UnivaPay wrote about an error, if it did: above all the [`reason`](crate::errors::ErrorItem)
    /// of each member at fault.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.refusal()?;
        Self::decode(error.body()?).ok()
    }
}

impl ErrorCode {
    /// The code that UnivaPay refused with, if it refused in its own words.
    ///
    /// ```
    /// use kessai_univapay::errors::ErrorCode;
    ///
    /// fn is_too_quick(error: &kessai_univapay::Error) -> bool {
    ///     ErrorCode::of(error) == Some(ErrorCode::ChargeTooQuick)
    /// }
    /// ```
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.refusal().map(|refusal| Self::from(refusal.code()))
    }

    /// Whether `error` says that the idempotency key was used for another call. What that call did
    /// stands; this one did nothing.
    #[must_use]
    pub fn is_key_conflict(error: &Error) -> bool {
        Self::of(error).is_some_and(|code| code.is_conflict())
    }

    /// Whether `error` says that an earlier call with this key was answered, and that the answer
    /// can no longer be had: look at what it was to do.
    #[must_use]
    pub fn is_lost_result(error: &Error) -> bool {
        Self::of(error).is_some_and(|code| code.is_lost())
    }

    fn is_conflict(&self) -> bool {
        *self == Self::IdempotencyKeyConflict
    }

    /// Whether UnivaPay or a gateway behind it failed, perhaps half-way, whatever the HTTP status.
    fn is_failure(&self) -> bool {
        let is_one = |text: &str| WORDS_OF_FAILURES.iter().any(|word| text.contains(word));
        FAILURES.contains(self) || self.known().is_none() && is_one(self.as_str())
    }

    fn is_lost(&self) -> bool {
        // One of UnivaPay's own SDKs spells it the other way.
        *self == Self::UnableToGetIdempotentResult
            || self.as_str() == "UNABLE_TO_GET_IDEMPOTENT_REQUEST"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use crate::charges::GetCharge;
    use crate::fake::FakeEngine;
    use crate::sign::tests::client;

    /// What a look at a charge fails with, if this is the answer.
    async fn error(status: u16, body: &str) -> Error {
        let client = client(&FakeEngine::new([(status, body)]));
        let charge = client.charges().get(&"s-1".into(), &"c-1".into(), &GetCharge::default());
        charge.await.expect_err("an error")
    }

    #[tokio::test]
    async fn an_error_tells_its_code_and_the_reason_of_each_member() {
        let body = r#"{"status":"error","code":"CARD_LOCKED","errors":[{"field":"amount","reason":"INVALID_AMOUNT"}]}"#;
        let refused = error(400, body).await;
        assert_eq!(ErrorCode::of(&refused), Some(ErrorCode::from("CARD_LOCKED")));
        let errors = ErrorBody::of(&refused).and_then(|body| body.errors).expect("errors");
        assert_eq!(errors[0].field.as_deref(), Some("amount"));
        assert!(!ErrorCode::is_key_conflict(&refused) && !ErrorCode::is_lost_result(&refused));
        let of_a_proxy = error(400, r#"{"code":"BUSY"}"#).await;
        assert_eq!((ErrorCode::of(&of_a_proxy), ErrorBody::of(&of_a_proxy)), (None, None));
    }

    #[tokio::test]
    async fn a_conflict_of_keys_and_a_lost_answer_are_told_apart() {
        let told = async |code: &str| {
            let error = error(409, &format!(r#"{{"status":"error","code":"{code}"}}"#)).await;
            assert_eq!(error.outcome(), Outcome::Unknown, "{code}");
            (ErrorCode::is_key_conflict(&error), ErrorCode::is_lost_result(&error))
        };
        assert_eq!(told("IDEMPOTENCY_KEY_CONFLICT").await, (true, false));
        assert_eq!(told("UNABLE_TO_GET_IDEMPOTENT_RESULT").await, (false, true));
        assert_eq!(told("UNABLE_TO_GET_IDEMPOTENT_REQUEST").await, (false, true));
    }

    #[test]
    fn a_refusal_for_any_other_reason_is_for_certain() {
        for code in ["VALIDATION_ERROR", "CARD_LOCKED", "NOT_FOUND", "WHAT_NOBODY_KNOWS"] {
            let refusal = read(format!(r#"{{"status":"error","code":"{code}"}}"#).as_bytes());
            assert!(!refusal.expect("a refusal").is_in_doubt(), "{code}");
        }
    }

    #[test]
    fn the_code_and_the_first_field_are_read() {
        let body = br#"{"status":"error","code":"VALIDATION_ERROR","errors":[{"field":"amount","reason":"INVALID_AMOUNT"}]}"#;
        let refusal = read(body).expect("a refusal");
        assert_eq!((refusal.code(), refusal.field()), ("VALIDATION_ERROR", Some("amount")));
    }

    #[test]
    fn errors_of_another_shape_do_not_hide_the_code() {
        for errors in ["[]", "null", "{}", r#"["text"]"#] {
            let body = format!(r#"{{"status":"error","code":"CARD_LOCKED","errors":{errors}}}"#);
            assert_eq!(read(body.as_bytes()).expect("a refusal").code(), "CARD_LOCKED", "{errors}");
        }
    }

    #[test]
    fn an_earlier_call_with_the_key_and_failures_leave_the_outcome_open() {
        for code in [
            "IDEMPOTENCY_KEY_CONFLICT",
            "UNABLE_TO_GET_IDEMPOTENT_RESULT",
            "UNABLE_TO_GET_IDEMPOTENT_REQUEST",
            "TIMEOUT",
            "IMPROPER_AUTH",
            "GATEWAY_ERROR",
            "GENERIC_THREE_DS_PROCESSING_ERROR",
            "NO_GATEWAY_AVAILABLE_TO_PROCESS_REQUEST",
            "SERVICE_UNAVAILABLE",
        ] {
            let body = format!(r#"{{"status":"error","code":"{code}"}}"#);
            assert!(read(body.as_bytes()).expect("a refusal").is_in_doubt(), "{code}");
        }
        let known = br#"{"status":"error","code":"VALIDATION_ERROR"}"#;
        assert!(!read(known).expect("a refusal").is_in_doubt(), "one that is about the request");
    }

    #[test]
    fn what_others_say_is_no_refusal() {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"code":"BUSY"}"#,
            r#"{"status":"busy","code":"BUSY"}"#,
            r#"{"status":"error","code":""}"#,
            r#"{"status":"error","code":[7]}"#,
        ] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }
}
