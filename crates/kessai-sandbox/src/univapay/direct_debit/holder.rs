//! A customer's account at a bank.

use super::{
    INSUFFICIENT_FUNDS, NO_DEPOSIT, NO_REQUEST, NOT_REGISTERED, OTHER_ERROR, STOPPED_BY_DEPOSITOR,
    STOPPED_BY_TRUSTEE, UNKNOWN_ERROR,
};
use crate::card_number::is_digits;
use crate::document::Members;
use crate::object::Object;
use crate::univapay::refusal::{Refusal, invalid};

/// Members in their order; a debit keeps its own copy.
const MEMBERS: [&str; 7] = [
    "user_number",
    "bank_code",
    "bank_name",
    "branch_code",
    "bank_account_type",
    "bank_account_name",
    "bank_account_number",
];

/// The values of the members, in their order.
#[derive(Clone, Default)]
pub(super) struct Holder([String; 7]);

impl Holder {
    /// The account of a request; what is left out is as in `old`.
    pub(super) fn read(body: &Members, old: &Self) -> Result<Self, Refusal> {
        let mut new = old.clone();
        for (name, value) in MEMBERS.into_iter().zip(&mut new.0) {
            if let Some(text) = body.text(name) {
                if !is_good(name, text) {
                    return Err(invalid(name, "INVALID_FORMAT"));
                }
                text.clone_into(value);
            }
        }
        Ok(new)
    }

    pub(super) fn put(&self, object: Object) -> Object {
        let members = MEMBERS.into_iter().zip(&self.0);
        members.fold(object, |object, (name, value)| object.put(name, value.as_str()))
    }

    /// Whether a member is what a filter asks for, if it asks.
    pub(super) fn has(&self, query: &Members, name: &str) -> bool {
        let asked = query.text(name);
        asked.is_none_or(|asked| self.get(name) == asked)
    }

    fn get(&self, name: &str) -> &str {
        let place = MEMBERS.iter().position(|member| *member == name);
        place.map_or("", |place| &self.0[place])
    }

    /// Whether the bank accepts the account.
    pub(super) fn is_accepted(&self) -> bool {
        self.get("bank_account_number") != NOT_REGISTERED
    }

    /// Why the bank does not pay, if it does not.
    pub(super) fn failure(&self) -> Option<&'static str> {
        match self.get("bank_account_number") {
            INSUFFICIENT_FUNDS => Some("insufficient_funds"),
            NO_DEPOSIT => Some("no_deposit_transaction"),
            STOPPED_BY_DEPOSITOR => Some("transfer_stopped_by_depositor"),
            NO_REQUEST => Some("no_account_transfer_request"),
            STOPPED_BY_TRUSTEE => Some("transfer_stopped_by_trustee"),
            OTHER_ERROR => Some("other_error"),
            UNKNOWN_ERROR => Some("unknown_error"),
            _ => None,
        }
    }
}

/// What the document says of a member in words; it has looked at lengths itself.
fn is_good(name: &str, text: &str) -> bool {
    match name {
        "user_number" => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "bank_code" | "branch_code" | "bank_account_number" => is_digits(text, 1..=7),
        "bank_account_name" => !text.is_empty() && text.chars().all(is_of_a_name),
        "bank_name" => !text.is_empty(),
        _ => true,
    }
}

/// Whether banks take a letter: capitals, digits, half-width katakana and a few signs.
fn is_of_a_name(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | '0'..='9' | 'ｱ'..='ﾝ' | 'ﾞ' | 'ﾟ' | '(' | ')' | '.' | '-' | ' ')
}
