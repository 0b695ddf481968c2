//! elepay's words for no: those of its codes that the sandbox uses.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::language::Language;
use crate::document::{Reason, Violation};
use crate::provider::Unanswered;
use crate::shelf::NotFound;

/// A code, its HTTP status and what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    word: &'static str,
    status: StatusCode,
    japanese: &'static str,
    english: &'static str,
}

const fn code(word: &'static str, japanese: &'static str, english: &'static str) -> Code {
    Code { word, status: StatusCode::BAD_REQUEST, japanese, english }
}

pub(super) const WRONG_METHOD: Code = code(
    "M001002",
    "この決済手段はここでは使えません。",
    "This payment method cannot be used here.",
);
pub(super) const NO_AUTHORIZATION: Code = code(
    "M001004",
    "この決済手段は仮売上に対応していません。",
    "This payment method cannot authorize without capturing.",
);
pub(super) const MISSING: Code =
    code("M002001", "必須のパラメータがありません。", "A required parameter is missing.");
pub(super) const WRONG: Code =
    code("M002002", "パラメータの値が正しくありません。", "A parameter has a wrong value.");
pub(super) const NOT_FOUND: Code =
    code("M002003", "指定されたものは見つかりません。", "There is no such resource.");
pub(super) const UNSUPPORTED: Code =
    code("M002005", "この操作には対応していません。", "The operation is not supported.");
pub(super) const ORDER_TAKEN: Code = code(
    "M002007",
    "この注文番号は支払い済みか使用中です。",
    "The order number is paid already or in use.",
);
pub(super) const WRONG_CURRENCY: Code =
    code("M002009", "この通貨には対応していません。", "The currency is not supported.");
pub(super) const WRONG_READER: Code = code(
    "M002012",
    "この決済端末は使えません。",
    "There is no such reader, or no device is paired to it.",
);
pub(super) const WRONG_CALL: Code =
    code("M003000", "このような呼び出しはありません。", "There is no such call.");
pub(super) const WRONG_KEY: Code =
    code("M004001", "APIキーが正しくありません。", "The API key is not valid.");
/// The same code as [`WRONG_KEY`]: elepay's table says 400 for it, but its guides saw 401 for
/// Basic credentials.
pub(super) const WRONG_CREDENTIALS: Code = Code { status: StatusCode::UNAUTHORIZED, ..WRONG_KEY };
pub(super) const NO_KEY: Code =
    code("M004002", "認証情報がありません。", "The request carries no API key.");
pub(super) const NOT_ALLOWED: Code =
    code("M004003", "このキーではこの操作はできません。", "This key may not do that.");
pub(super) const WRONG_STATUS: Code = code(
    "M006000",
    "現在の状態ではこの操作はできません。",
    "That is not possible in the current status.",
);
pub(super) const RUNNING: Code =
    code("M006001", "別の処理が実行中です。", "Another operation is running.");
pub(super) const DONE_ALREADY: Code =
    code("M006002", "この操作はすでに完了しています。", "That is done already.");
pub(super) const CODE_DONE: Code = code(
    "M006003",
    "このコードは支払い済みか取り消し済みです。",
    "The code is paid or cancelled already.",
);
pub(super) const CODE_EXPIRED: Code =
    code("M006004", "このコードは期限切れです。", "The code has expired.");
pub(super) const ON_TERMINAL: Code =
    code("M006005", "決済端末で取り消してください。", "It has to be cancelled on the terminal.");
pub(super) const DISPUTED: Code = code(
    "M006006",
    "異議申し立て中のため返金できません。",
    "The payment is disputed and cannot be refunded.",
);
pub(super) const PAID_ALREADY: Code = code(
    "M006007",
    "支払い済みです。取り消しではなく返金してください。",
    "The payment is complete: refund it instead.",
);
pub(super) const TOO_LATE_TO_REFUND: Code =
    code("U007002", "返金できる期限を過ぎています。", "It is too late to refund this.");
pub(super) const TOO_LARGE: Code =
    code("U008001", "金額が大きすぎます。", "The amount is too large.");

/// A code, and the parameter at fault if there is one.
#[derive(Debug)]
pub(super) struct Refusal {
    code: Code,
    parameter: Option<String>,
}

impl Code {
    /// Refuses because of one parameter.
    pub(super) fn at(self, parameter: &str) -> Refusal {
        Refusal { code: self, parameter: Some(parameter.to_owned()) }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, parameter: None }
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
            Unanswered::NoOperation => WRONG_CALL.into(),
            Unanswered::NoRule => UNSUPPORTED.into(),
        }
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        let code = match violation.reason {
            Reason::Missing => MISSING,
            Reason::Wrong => WRONG,
        };
        let parameter = Some(violation.member).filter(|member| !member.is_empty());
        Self { code, parameter }
    }
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        self.code.status
    }

    pub(super) fn body(&self, request_id: &str, language: Language) -> Value {
        let message = match language {
            Language::Japanese => self.code.japanese,
            Language::English => self.code.english,
        };
        let mut body = json!({
            "requestId": request_id,
            "errorCode": self.code.word,
            "message": message,
        });
        if let Some(parameter) = &self.parameter {
            body["parameterName"] = parameter.as_str().into();
        }
        body
    }

    #[cfg(test)]
    pub(super) fn code(&self) -> &'static str {
        self.code.word
    }
}
