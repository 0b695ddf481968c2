//! ZAFA PAY's words for no: those of its codes that the sandbox uses.

use hyper::StatusCode;

use super::decline::Decline;
use crate::document::{Reason, Violation};
use crate::ids::Ids;
use crate::object::Object;
use crate::provider::Unanswered;
use crate::said::Said;
use crate::shelf::NotFound;

/// A code, its HTTP status, on whose side the reason is, and what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    word: &'static str,
    status: StatusCode,
    kind: Kind,
    message: &'static str,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// The key; no kind is told then, and no request id.
    Key,
    Request,
    Payment,
}

const fn code(word: &'static str, message: &'static str) -> Code {
    Code { word, status: StatusCode::BAD_REQUEST, kind: Kind::Request, message }
}

pub(super) const WRONG_KEY: Code = Code {
    status: StatusCode::UNAUTHORIZED,
    kind: Kind::Key,
    ..code("unauthorized", "The key is missing or wrong.")
};
pub(super) const NOT_ALLOWED: Code = Code {
    status: StatusCode::FORBIDDEN,
    kind: Kind::Key,
    ..code("forbidden", "This kind of key may not do that.")
};
pub(super) const NOT_FOUND: Code =
    Code { status: StatusCode::NOT_FOUND, ..code("not_found", "There is no such thing.") };
const INVALID: Code = code("validation_error", "A parameter is wrong.");
pub(super) const WRONG_AMOUNT: Code = code("invalid_amount", "The amount is not acceptable.");
pub(super) const TOO_LARGE: Code = code("amount_above_maximum", "The amount is too large.");
pub(super) const WRONG_CURRENCY: Code =
    code("unsupported_currency", "The currency is not supported.");
pub(super) const WRONG_STATUS: Code =
    code("invalid_status", "That is not possible in the current status.");
pub(super) const CHARGED_BACK: Code =
    code("invalid_state", "The payment is disputed and cannot be refunded.");
pub(super) const UNSUPPORTED: Code = code("not_supported", "The gateway cannot do this.");
pub(super) const NO_SAVED_CARDS: Code =
    code("recurring_not_supported", "This way to pay cannot be saved.");
pub(super) const TOKEN_EXPIRED: Code =
    code("payment_token_expired", "The token is older than 30 minutes.");
pub(super) const TOKEN_USED: Code =
    code("payment_token_already_used", "The token has been used before.");

/// A code, and the parameter at fault if there is one.
#[derive(Debug)]
pub(super) struct Refusal {
    code: Code,
    parameter: Option<String>,
    /// What is wrong with the parameter.
    issue: Option<&'static str>,
    declined: bool,
}

/// Refuses the value of one parameter.
pub(super) fn invalid(parameter: &str, issue: &'static str) -> Refusal {
    Refusal { issue: Some(issue), ..INVALID.at(parameter) }
}

impl Code {
    /// Refuses because of one parameter.
    pub(super) fn at(self, parameter: &str) -> Refusal {
        Refusal { parameter: Some(parameter.to_owned()), ..self.into() }
    }

    #[cfg(test)]
    pub(super) fn word(self) -> &'static str {
        self.word
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, parameter: None, issue: None, declined: false }
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
            Unanswered::NoRule => UNSUPPORTED.into(),
        }
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        match (violation.member.as_str(), violation.reason) {
            ("", _) => INVALID.into(),
            (member, Reason::Missing) => invalid(member, "it is missing"),
            (member, Reason::Wrong) => invalid(member, "it is not what the documents allow"),
        }
    }
}

impl From<Decline> for Refusal {
    fn from(decline: Decline) -> Self {
        let code = code(decline.code(), decline.message());
        Self { declined: true, ..Code { kind: Kind::Payment, ..code }.into() }
    }
}

impl Refusal {
    pub(super) fn said(&self, ids: &mut Ids) -> Said {
        let Code { word, status, kind, message } = self.code;
        let type_ = match kind {
            Kind::Key => None,
            Kind::Request => Some("invalid_request_error"),
            Kind::Payment => Some("payment_error"),
        };
        let mut error =
            Object::new().put_some("type", type_).put("code", word).put("message", message);
        if kind != Kind::Key {
            error = error.put("request_id", ids.next("req_"));
        }
        if let Some(parameter) = self.parameter.as_deref() {
            error = error.put("param", parameter);
            if let Some(issue) = self.issue {
                let detail = Object::new().put("field", parameter).put("issue", issue);
                error = error.array("details", [detail].into_iter());
            }
        }
        if self.declined {
            error = Decline::advise(error);
        }
        Said { status, body: Object::new().object("error", &error).json() }
    }
}
