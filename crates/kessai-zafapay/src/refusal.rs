//! ZAFA PAY's error body as a refusal.

use kessai_core::{Decode as _, Error, Json, Refusal};

use crate::errors::{ErrorBody, ErrorCode, ErrorDetail, ErrorKind};
use crate::payments::{PaymentRequest, PaymentStatus};

/// The codes that say for certain that the request was not acted on, or that the card was declined.
///
/// Gateways stand behind ZAFA PAY, so a code that says no more than that something failed may be
/// one that did not answer in time; and its list of codes could not be read to its end. All that is
/// not named here leaves the outcome open.
const CERTAIN: [ErrorCode; 24] = [
    // The key, the merchant or the request.
    ErrorCode::Unauthorized,
    ErrorCode::Forbidden,
    ErrorCode::MerchantNotActive,
    ErrorCode::ValidationError,
    ErrorCode::InvalidAmount,
    ErrorCode::AmountBelowMinimum,
    ErrorCode::AmountAboveMaximum,
    ErrorCode::UnsupportedCurrency,
    ErrorCode::NotFound,
    // How it is set up.
    ErrorCode::NotSupported,
    ErrorCode::RecurringNotSupported,
    ErrorCode::FlowNotFound,
    ErrorCode::NoDefaultFlow,
    ErrorCode::FlowNotActive,
    ErrorCode::ConnectorConfigNotFound,
    ErrorCode::ConnectorConfigDisabled,
    // What was done before: this call added nothing.
    ErrorCode::InvalidStatus,
    ErrorCode::PaymentTokenExpired,
    ErrorCode::PaymentTokenAlreadyUsed,
    // The card or its holder.
    ErrorCode::CardLimitExceeded,
    ErrorCode::EmailLimitExceeded,
    ErrorCode::CardDeclined,
    ErrorCode::InsufficientFunds,
    ErrorCode::ExpiredCard,
];

/// Reads ZAFA PAY's error body. No page shows the body of a decline, so one that is a failed
/// payment request is read as well.
pub(crate) fn read(body: &[u8]) -> Option<Refusal> {
    match detail(body) {
        Some(detail) => of_detail(&detail),
        None => of_request(body),
    }
}

fn detail(body: &[u8]) -> Option<ErrorDetail> {
    ErrorBody::decode(body).ok()?.error
}

fn of_detail(detail: &ErrorDetail) -> Option<Refusal> {
    let code = detail.code.as_ref()?;
    let known = code_of(code.as_str());
    let is_certain = CERTAIN.contains(&known) || is_decline(&known, detail);
    let is_certain = is_certain && detail.type_ != Some(ErrorKind::ApiError);
    Some(
        Refusal::new(code.as_str())
            .known_as(known.known())
            .with_doubt(!is_certain)
            .with_key_in_use(known == ErrorCode::IdempotencyKeyInUse)
            .with_message(detail.message.as_ref().map(|message| message.reveal().to_owned()))
            .with_field(detail.param.clone())
            .with_request_id(detail.request_id.clone()),
    )
}

/// Whether ZAFA PAY says what sort of decline made a payment fail: then it was declined, and not
/// broken off.
fn is_decline(code: &ErrorCode, detail: &ErrorDetail) -> bool {
    let is_sort = |category: &String| category.ends_with("_decline");
    *code == ErrorCode::PaymentFailed && detail.category.as_ref().is_some_and(is_sort)
}

fn of_request(body: &[u8]) -> Option<Refusal> {
    let request = PaymentRequest::decode(body).ok()?;
    let is_one = request.id.is_some_and(|id| id.as_str().starts_with("req_"));
    let failed = is_one && request.status == PaymentStatus::Failed;
    // That it failed is its last status, and how a decline is told; a reason beside it counts too.
    let reason = Json::parse(std::str::from_utf8(body).ok()?).ok()?.members()?.remove("error_code");
    let reason = reason.and_then(|reason| reason.read::<String>().ok());
    failed.then(|| {
        Refusal::new("failed")
            .known_as(Some(PaymentStatus::Failed.as_str()))
            .with_doubt(reason.is_some_and(|reason| !CERTAIN.contains(&code_of(&reason))))
    })
}

/// The code that `text` is. Older pages write codes in capitals; they are the same here.
fn code_of(text: &str) -> ErrorCode {
    ErrorCode::from(text.to_ascii_lowercase().as_str())
}

impl ErrorCode {
    /// The code that ZAFA PAY refused with, if it refused in its own words. Older pages write codes
    /// in capitals; they are the same here.
    ///
    /// ```
    /// use kessai_zafapay::errors::ErrorCode;
    ///
    /// fn wants_another_card(error: &kessai_zafapay::Error) -> bool {
    ///     ErrorCode::of(error) == Some(ErrorCode::CardLimitExceeded)
    /// }
    /// ```
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.refusal().map(|refusal| code_of(refusal.code()))
    }
}

impl ErrorDetail {
    /// All that ZAFA PAY said of an error: of a decline, its category and the recommended action
    /// too.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        detail(error.body()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::FakeEngine;
    use crate::{AccessToken, Client, Environment};

    /// What a look at a payment fails with, if this is the answer.
    async fn error(status: u16, body: &str) -> Error {
        let token = AccessToken::new("token").expect("a token");
        let builder = Client::builder(Environment::Sandbox, token);
        let client = builder.engine(FakeEngine::new([(status, body)])).build().expect("a client");
        client.payments().get(&"tx_1".into()).await.expect_err("an error")
    }

    #[tokio::test]
    async fn an_error_tells_the_code_whatever_its_capitals_and_a_declines_recommendation() {
        let body = r#"{"error":{"code":"CARD_LIMIT_EXCEEDED","category":"soft_decline","recommended_action":"x"}}"#;
        let declined = error(402, body).await;
        assert_eq!(ErrorCode::of(&declined), Some(ErrorCode::CardLimitExceeded));
        let detail = ErrorDetail::of(&declined).expect("a detail");
        assert_eq!(
            (detail.category.as_deref(), detail.recommended_action.as_deref()),
            (Some("soft_decline"), Some("x"))
        );
        let of_a_proxy = error(404, "<html>").await;
        assert_eq!((ErrorCode::of(&of_a_proxy), ErrorDetail::of(&of_a_proxy)), (None, None));
    }

    #[test]
    fn a_code_in_capitals_is_the_same_code() {
        let refusal = read(br#"{"error":{"code":"NOT_FOUND","message":"x","request_id":"req_1"}}"#);
        let refusal = refusal.expect("a refusal");
        assert_eq!(refusal.code(), "NOT_FOUND", "as it was written");
        // What is known may be logged; it is how this crate writes it.
        assert!(format!("{refusal:?}").contains("not_found"), "{refusal:?}");
        assert_eq!((refusal.request_id(), refusal.is_in_doubt()), (Some("req_1"), false));
    }

    #[test]
    fn a_key_that_is_in_use_or_a_failure_of_their_own_leaves_the_outcome_open() {
        for body in [
            &br#"{"error":{"code":"idempotency_key_in_use"}}"#[..],
            br#"{"error":{"code":"IDEMPOTENCY_KEY_MISMATCH"}}"#,
            br#"{"error":{"type":"api_error","code":"payment_failed"}}"#,
        ] {
            assert!(read(body).expect("a refusal").is_in_doubt(), "{body:?}");
        }
    }

    #[test]
    fn only_a_code_that_says_so_is_a_certain_no() {
        let is_certain = |code: &str| {
            let body = format!(r#"{{"error":{{"type":"payment_error","code":"{code}"}}}}"#);
            !read(body.as_bytes()).expect("a refusal").is_in_doubt()
        };
        for code in ["card_declined", "INVALID_STATUS", "payment_token_already_used"] {
            assert!(is_certain(code), "{code}");
        }
        // A gateway behind it may have been late, whatever the words.
        for code in [
            "payment_failed",
            "capture_failed",
            "refund_failed",
            "REFUND_FAILED",
            "tokenization_failed",
            "invalid_state",
            "invalid_transaction",
            "gateway_timeout",
        ] {
            assert!(!is_certain(code), "{code}");
        }
    }

    #[test]
    fn a_payment_that_failed_is_declined_if_its_sort_of_decline_is_said() {
        let doubt = |code: &str, category: &str| {
            let body = format!(r#"{{"error":{{"code":"{code}","category":"{category}"}}}}"#);
            read(body.as_bytes()).expect("a refusal").is_in_doubt()
        };
        assert!(!doubt("payment_failed", "soft_decline"));
        assert!(doubt("payment_failed", "gateway_error") && doubt("payment_failed", ""));
        assert!(doubt("refund_failed", "soft_decline"));
    }

    #[test]
    fn a_failed_payment_request_is_a_decline() {
        let refusal = read(br#"{"id":"req_1","status":"failed","amount":10.5}"#).expect("a no");
        assert_eq!((refusal.code(), refusal.is_in_doubt()), ("failed", false));
        for (reason, doubt) in [("card_declined", false), ("gateway_timeout", true)] {
            let body = format!(r#"{{"id":"req_1","status":"failed","error_code":"{reason}"}}"#);
            assert_eq!(read(body.as_bytes()).expect("a no").is_in_doubt(), doubt, "{reason}");
        }
        assert_eq!(read(br#"{"id":"req_1","status":"completed"}"#), None);
    }

    #[test]
    fn what_others_say_is_no_refusal() {
        for body in ["", "<html>", "{}", r#"{"error":"busy"}"#, r#"{"status":"failed"}"#] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }
}
