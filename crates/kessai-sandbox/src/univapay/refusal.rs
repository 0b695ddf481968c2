//! UnivaPay's words for no: those of its codes that the sandbox uses.

use hyper::StatusCode;

use super::said::Said;
use crate::document::{Reason, Violation};
use crate::object::Object;
use crate::provider::Unanswered;
use crate::shelf::NotFound;

/// A code and its HTTP status.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    status: StatusCode,
    word: &'static str,
}

pub(super) const fn code(status: StatusCode, word: &'static str) -> Code {
    Code { status, word }
}

pub(super) const fn bad(word: &'static str) -> Code {
    code(StatusCode::BAD_REQUEST, word)
}

pub(super) const NO_KEY: Code = code(StatusCode::UNAUTHORIZED, "AUTH_HEADER_MISSING");
pub(super) const WRONG_TOKEN: Code = code(StatusCode::UNAUTHORIZED, "INVALID_APP_TOKEN");
pub(super) const WRONG_LOGIN: Code = code(StatusCode::UNAUTHORIZED, "INVALID_LOGIN_TOKEN");
pub(super) const LOGIN_EXPIRED: Code = code(StatusCode::UNAUTHORIZED, "EXPIRED_LOGIN_TOKEN");
pub(super) const WRONG_SECRET: Code = code(StatusCode::UNAUTHORIZED, "INVALID_CREDENTIALS");
pub(super) const NOT_ALLOWED: Code = code(StatusCode::FORBIDDEN, "INVALID_PERMISSIONS");
pub(super) const NOT_FOUND: Code = code(StatusCode::NOT_FOUND, "NOT_FOUND");
pub(super) const KEY_CONFLICT: Code = code(StatusCode::CONFLICT, "IDEMPOTENCY_KEY_CONFLICT");
/// No code of UnivaPay: what is asked exists there, and not here.
pub(super) const NOT_HERE: Code = code(StatusCode::NOT_IMPLEMENTED, "NOT_IMPLEMENTED_BY_SANDBOX");

const INVALID: Code = bad("VALIDATION_ERROR");
pub(super) const WRONG_KIND: Code = bad("INVALID_TOKEN_TYPE");
pub(super) const CVV_REQUIRED: Code = bad("CVV_REQUIRED");
pub(super) const CVV_NOT_CONFIRMED: Code = bad("CVV_AUTHORIZATION_NOT_COMPLETED");
pub(super) const CVV_WANTED: Code = bad("RECURRING_USAGE_REQUIRES_CVV");
pub(super) const TOO_QUICK: Code = bad("CHARGE_TOO_QUICK");
pub(super) const NOT_FOR_CHARGES: Code = bad("NON_SUBSCRIPTION_PAYMENT");
pub(super) const NOT_FOR_SUBSCRIPTIONS: Code = bad("NOT_SUBSCRIPTION_TOKEN");
pub(super) const TOKEN_OFF: Code = bad("RECURRING_TOKEN_DISABLED");
pub(super) const UNCONFIRMED: Code = bad("TOKEN_MUST_BE_CONFIRMED");
pub(super) const NO_EMAIL: Code = bad("CONFIRMATION_REQUIRES_EMAIL");
pub(super) const TOKEN_USED: Code = bad("TRANSACTION_ALREADY_PROCESSED");
pub(super) const TOKEN_EXPIRED: Code = bad("TRANSACTION_TOKEN_EXPIRED");
pub(super) const USAGE_LIMIT: Code = bad("USAGE_LIMIT_NOT_APPLICABLE");
pub(super) const CANNOT_CHANGE_TOKEN: Code = bad("CANNOT_CHANGE_TOKEN");
pub(super) const NOT_CAPTURABLE: Code = bad("ALREADY_CAPTURED");
pub(super) const CAPTURE_TOO_LARGE: Code = bad("CAPTURE_AMOUNT_TOO_LARGE");
pub(super) const WRONG_CURRENCY: Code = bad("CURRENCY_MUST_MATCH_CHARGE");
pub(super) const NOT_REFUNDABLE: Code = bad("CANNOT_REFUND_UNSUCCESSFUL_CHARGE");
pub(super) const NEVER_REFUNDABLE: Code = bad("REFUND_NOT_ALLOWED");
pub(super) const REFUND_TOO_LARGE: Code = bad("REFUND_EXCEEDS_CHARGE_AMOUNT");
pub(super) const REFUNDS_TOO_LARGE: Code = bad("REFUND_NOT_WITHIN_BOUNDS");
pub(super) const NOT_CANCELABLE: Code = bad("CANCEL_NOT_ALLOWED");
pub(super) const NOT_SUPPORTED: Code = bad("NOT_SUPPORTED_BY_PROCESSOR");
pub(super) const LIMIT_REACHED: Code = bad("RESOURCE_LIMIT_REACHED");
pub(super) const STORE_EXISTS: Code = bad("STORE_EXISTS");
pub(super) const WEBHOOK_EXISTS: Code = code(StatusCode::CONFLICT, "WEBHOOK_URL_EXISTS");
pub(super) const ENDED: Code = bad("SUBSCRIPTION_ALREADY_ENDED");
pub(super) const CANCELED: Code = bad("CANNOT_CHANGE_CANCELED_SUBSCRIPTION");

/// A code, and what is wrong with which member or parameter.
#[derive(Debug)]
pub(super) struct Refusal {
    code: Code,
    error: Option<(String, &'static str)>,
}

/// Refuses the value of one member or parameter.
pub(super) fn invalid(field: &str, reason: &'static str) -> Refusal {
    Refusal { code: INVALID, error: Some((field.to_owned(), reason)) }
}

/// Refuses what UnivaPay would take, and the sandbox does not know.
pub(super) fn not_here(field: &str) -> Refusal {
    Refusal { code: NOT_HERE, error: Some((field.to_owned(), NOT_HERE.word)) }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, error: None }
    }
}

impl From<NotFound> for Refusal {
    fn from(_: NotFound) -> Self {
        NOT_FOUND.into()
    }
}

impl From<Unanswered> for Refusal {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::NoOperation => NOT_FOUND.into(),
            Unanswered::NoRule => NOT_HERE.into(),
        }
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        match (violation.member.as_str(), violation.reason) {
            ("", _) => INVALID.into(),
            (member, Reason::Missing) => invalid(member, "REQUIRED_VALUE"),
            (member, Reason::Wrong) => invalid(member, "INVALID_FORMAT"),
        }
    }
}

impl Refusal {
    /// The same for another reason.
    pub(super) fn because(mut self, reason: &'static str) -> Self {
        if let Some((_, own)) = &mut self.error {
            *own = reason;
        }
        self
    }

    pub(super) fn said(&self) -> Said {
        let error = self.error.iter().map(|(field, reason)| {
            Object::new().put("field", field.as_str()).put("reason", *reason)
        });
        let body =
            Object::new().put("status", "error").put("code", self.code.word).array("errors", error);
        Said { status: self.code.status, body: body.json() }
    }
}
