//! How AppotaPay says no: in four forms, one for each family of its products.

use hyper::StatusCode;

use crate::document::{Reason, Violation};
use crate::object::Object;
use crate::provider::Unanswered;
use crate::said::Said;

/// A number, which means another thing in each product, and what it says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Code {
    pub(super) number: u16,
    pub(super) message: &'static str,
    status: StatusCode,
}

/// A code of any HTTP status.
pub(super) const fn with_status(number: u16, status: StatusCode, message: &'static str) -> Code {
    Code { number, message, status }
}

/// A code of the HTTP status 400.
pub(super) const fn code(number: u16, message: &'static str) -> Code {
    with_status(number, StatusCode::BAD_REQUEST, message)
}

/// A code of the HTTP status 404.
pub(super) const fn absent(number: u16, message: &'static str) -> Code {
    with_status(number, StatusCode::NOT_FOUND, message)
}

/// A code of the HTTP status 500: what the call did is not told.
pub(super) const fn failed(number: u16, message: &'static str) -> Code {
    with_status(number, StatusCode::INTERNAL_SERVER_ERROR, message)
}

impl Code {
    /// The same with the HTTP status 404.
    pub(super) const fn absent(self) -> Self {
        absent(self.number, self.message)
    }

    /// Refuses because of one member.
    pub(super) fn at(self, member: &str, reason: &'static str) -> Refusal {
        Refusal { why: Why::Code(self), error: Some((member.to_owned(), reason)) }
    }
}

/// Why, and what is wrong with which member.
#[derive(Debug)]
pub(super) struct Refusal {
    why: Why,
    error: Option<(String, &'static str)>,
}

#[derive(Clone, Copy, Debug)]
enum Why {
    Code(Code),
    /// No token, or a wrong one.
    Token,
    /// No such sub-account.
    Account,
    Signature,
    Invalid,
    NoOperation,
    NoRule,
}

pub(super) const TOKEN: Refusal = Refusal { why: Why::Token, error: None };
pub(super) const ACCOUNT: Refusal = Refusal { why: Why::Account, error: None };
pub(super) const SIGNATURE: Refusal = Refusal { why: Why::Signature, error: None };

/// Refuses the value of one member.
pub(super) fn invalid(member: &str, reason: &'static str) -> Refusal {
    Refusal { why: Why::Invalid, error: Some((member.to_owned(), reason)) }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { why: Why::Code(code), error: None }
    }
}

impl From<Unanswered> for Refusal {
    fn from(unanswered: Unanswered) -> Self {
        let why = match unanswered {
            Unanswered::NoOperation => Why::NoOperation,
            Unanswered::NoRule => Why::NoRule,
        };
        Self { why, error: None }
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        match (violation.member.as_str(), violation.reason) {
            ("", _) => Self { why: Why::Invalid, error: None },
            (member, Reason::Missing) => invalid(member, "it is missing"),
            (member, Reason::Wrong) => invalid(member, "it is not what the documents allow"),
        }
    }
}

/// The products whose refusals have a form of their own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Family {
    CreditCard,
    /// Payments, payments from wallets and subscriptions.
    Gateway,
    /// What a wallet's owner links and unlinks.
    Wallet,
    /// Bank transfers, virtual accounts, bills, top-ups and cards to sell.
    Service,
    PrepaidCard,
    Terminal,
}

impl Family {
    /// The family that a path belongs to.
    pub(super) fn of(path: &str) -> Self {
        let begins = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
        if begins(&["/credit-card/"]) {
            Self::CreditCard
        } else if begins(&["/oauth/", "/api/v1/oauth/", "/api/v1/users/"]) {
            Self::Wallet
        } else if begins(&["/api/v1/service/", "/api/v2/service/"]) {
            Self::Service
        } else if begins(&["/v1/services/"]) {
            Self::PrepaidCard
        } else if begins(&["/api/v2/partner/"]) {
            Self::Terminal
        } else {
            Self::Gateway
        }
    }

    /// Whether its operations may be called for a sub-account.
    pub(super) fn has_accounts(self) -> bool {
        matches!(self, Self::CreditCard | Self::Gateway)
    }

    /// The code of what all products refuse, each in its own numbers.
    fn code(self, why: Why) -> Code {
        match why {
            Why::Code(code) => code,
            Why::Token => Code {
                number: if self == Self::PrepaidCard { 11 } else { 401 },
                message: "The token is missing, wrong or too old.",
                status: StatusCode::UNAUTHORIZED,
            },
            Why::Account => {
                let number = if self == Self::CreditCard { 119 } else { 90 };
                code(number, "There is no such sub-account.")
            }
            Why::Signature => {
                let number = if self == Self::PrepaidCard { 19 } else { 2 };
                code(number, "The signature is wrong.")
            }
            Why::Invalid => {
                let number = match self {
                    Self::PrepaidCard => 10,
                    Self::Wallet => 400,
                    _ => 1,
                };
                code(number, "A parameter is wrong.")
            }
            Why::NoOperation => {
                let number = if self == Self::PrepaidCard { 22 } else { 404 };
                absent(number, "There is no such operation.")
            }
            Why::NoRule => Code {
                number: 501,
                message: "The sandbox does not do this.",
                status: StatusCode::NOT_IMPLEMENTED,
            },
        }
    }
}

impl Refusal {
    /// What a call of this path is told.
    pub(super) fn said(&self, path: &str) -> Said {
        let family = Family::of(path);
        let Code { number, message, status } = family.code(self.why);
        let body = match family {
            Family::CreditCard | Family::Gateway | Family::Service => {
                let body = Object::new().put("errorCode", number).put("message", message);
                match &self.error {
                    Some((field, reason)) => {
                        let error = Object::new().put("field", &**field).put("reason", *reason);
                        body.array("errors", [error].into_iter())
                    }
                    None => body,
                }
            }
            Family::Wallet => Object::new().put("code", number).put("message", message),
            Family::PrepaidCard => Object::new()
                .put("error_code", format!("{number:02}"))
                .put("message", message)
                .object("data", &Object::new()),
            Family::Terminal => {
                Object::new().put("error_code", number.to_string()).put("error_message", message)
            }
        };
        // These answer every call that they understand with 200.
        let tells_within = matches!(family, Family::Service | Family::PrepaidCard)
            && matches!(self.why, Why::Code(_));
        let status = if tells_within { StatusCode::OK } else { status };
        Said { status, body: body.json() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_says_no_in_its_own_form() {
        let unknown = Refusal::from(absent(36, "There is no such thing."));
        let said = |path: &str| {
            let said = unknown.said(path);
            (said.status.as_u16(), said.body)
        };
        let error = r#"{"errorCode":36,"message":"There is no such thing."}"#;
        assert_eq!(said("/credit-card/charge"), (404, error.to_owned()));
        assert_eq!(said("/api/v2/orders/transaction"), (404, error.to_owned()));
        assert_eq!(said("/api/v1/service/bill/pay"), (200, error.to_owned()));
        let wallet = r#"{"code":36,"message":"There is no such thing."}"#;
        assert_eq!(said("/api/v1/oauth/access_token"), (404, wallet.to_owned()));
        let card = r#"{"error_code":"36","message":"There is no such thing.","data":{}}"#;
        assert_eq!(said("/v1/services/card_charging"), (200, card.to_owned()));
        let terminal = r#"{"error_code":"36","error_message":"There is no such thing."}"#;
        assert_eq!(said("/api/v2/partner/orders/x"), (404, terminal.to_owned()));
    }

    #[test]
    fn a_wrong_token_and_a_wrong_member_are_told_in_the_numbers_of_the_product() {
        let said = |refusal: Refusal, path: &str| {
            let said = refusal.said(path);
            (said.status.as_u16(), said.body)
        };
        let (status, body) = said(TOKEN, "/api/v1/service/bill/pay");
        assert!(status == 401 && body.starts_with(r#"{"errorCode":401,"#), "{body}");
        let (status, body) = said(ACCOUNT, "/credit-card/charge");
        assert!(status == 400 && body.starts_with(r#"{"errorCode":119,"#), "{body}");
        let (status, body) = said(Violation::missing("amount").into(), "/api/v2/orders/payment");
        let errors = r#""errors":[{"field":"amount","reason":"it is missing"}]"#;
        assert!(status == 400 && body.contains(errors), "{body}");
        let (status, body) = said(SIGNATURE, "/v1/services/card_charging");
        assert!(status == 400 && body.starts_with(r#"{"error_code":"19","#), "{body}");
    }
}
