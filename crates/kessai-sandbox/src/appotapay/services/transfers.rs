//! Sending money to bank accounts, and the account numbers that decide what becomes of it.
//!
//! They are the sandbox's own choice; AppotaPay publishes none. Money that is sent to any other
//! account arrives at once.

use serde_json::Value;

use super::payouts::{self, Fate, Payout, Standing};
use super::{Services, codes};
use crate::appotapay::events;
use crate::appotapay::refusal::{Code, Refusal, code, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::card_number::is_digits;
use crate::document::{Call, Members};
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::Shelf;

/// Money to it is on its way, code 35, until
/// [`settle_transfer`](crate::appotapay::Appotapay::settle_transfer).
pub const PENDING: &str = "970400000035";
/// Money to it does not arrive: code 33, at once.
pub const FAILED: &str = "970400000033";
/// Money to it arrives at once, and the answer is the code 99, which does not tell.
pub const UNANSWERED: &str = "970400000099";
/// No bank has it: code 161, also when it is looked up.
pub const UNKNOWN: &str = "970400000161";
/// Belongs to somebody else than whoever is named: code 200.
pub const OTHER_OWNER: &str = "970400000200";
/// Who owns every account, as looking it up tells. Transfers may name anybody.
pub const OWNER: &str = "NGUYEN VAN A";

const NO_ACCOUNT: Code = code(161, "The account is not valid.");
const WRONG_AMOUNT: Code = code(165, "The amount is wrong.");
const WRONG_NAME: Code = code(168, "The name is not written as it may be.");
const WRONG_BANK: Code = code(190, "The bank is not supported.");
const WRONG_MESSAGE: Code = code(196, "The message is not written as it may be.");
const NOT_THE_OWNER: Code = code(200, "The account does not belong to this name.");

/// What is signed of the callback at the end of a transfer.
const SIGNED: &[&str] = &[
    "transaction.amount",
    "transaction.appotapayTransId",
    "errorCode",
    "transaction.partnerRefId",
    "transaction.time",
    "transaction.transferAmount",
    "transaction.transferStatus",
];

/// Where money was sent.
#[derive(Default)]
pub(super) struct Transfer {
    account_no: String,
    account_name: String,
    phone_number: Option<String>,
}

fn book(services: &mut Services) -> &mut Shelf<Payout<Transfer>> {
    &mut services.transfers
}

pub(super) fn get_transfer_account(_state: &State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let account_no = text(body, "accountNo");
    check_account(body)?;
    let info = Object::new()
        .literal("accountNo", &written(account_no))
        .put("accountName", OWNER)
        .put("bankCode", text(body, "bankCode"))
        .put("accountType", text(body, "accountType"));
    Ok(Standing::Done.head().object("accountInfo", &info).into())
}

/// A number of an account as AppotaPay writes it where it was looked up: as a JSON number, which
/// has no zeros in front.
fn written(account_no: &str) -> String {
    match account_no.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits if is_digits(digits, 1..=22) => digits.to_owned(),
        _ => Value::from(account_no).to_string(),
    }
}

pub(super) fn make_transfer(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let amount = body.integer("amount").unwrap_or_default();
    let reference = text(body, "partnerRefId");
    check_account(body)?;
    if amount <= 0 {
        return Err(WRONG_AMOUNT.into());
    }
    if !is_written_in(text(body, "accountName"), " .,_&-") {
        return Err(WRONG_NAME.into());
    }
    if body.text("message").is_some_and(|message| !is_written_in(message, " ")) {
        return Err(WRONG_MESSAGE.into());
    }
    if body.text("channel") == Some("citad") && body.text("bankId").is_none_or(str::is_empty) {
        return Err(invalid("bankId", "it is missing"));
    }
    let account_no = text(body, "accountNo").to_owned();
    if account_no == OTHER_OWNER {
        return Err(NOT_THE_OWNER.into());
    }
    payouts::check(state, book, reference, amount)?;

    let fate = Fate::of(&account_no, [PENDING, FAILED, UNANSWERED]);
    let transfer = Transfer {
        account_no,
        account_name: text(body, "accountName").to_owned(),
        phone_number: body.text("customerPhoneNumber").map(str::to_owned),
    };
    Ok(payouts::pay(state, book, (reference, amount, fate), transfer, |payout| {
        let transaction = amounts(payout).put("time", time::day_first(payout.time));
        payout.standing.head().object("transaction", &transaction)
    }))
}

pub(super) fn get_transfer(state: &State, call: &Call) -> Result<Said, Refusal> {
    let payout = state.services.transfers.find(call.path("partnerRefId"));
    let payout = payout.ok_or(codes::UNKNOWN)?;
    let transaction = amounts(payout)
        .put("accountNo", &*payout.of.account_no)
        .put("accountName", &*payout.of.account_name)
        .put("time", time::seconds(payout.time));
    Ok(payout.standing.head().object("transaction", &transaction).into())
}

/// What both answers about a transfer begin with.
fn amounts(payout: &Payout<Transfer>) -> Object {
    Object::new()
        .put_some("phoneNumber", payout.of.phone_number.as_deref())
        .put("amount", payout.amount)
        .put("transferAmount", payout.amount)
        .put("appotapayTransId", &*payout.transaction_id)
}

/// Lets the bank end a transfer that is on its way.
pub(super) fn settle(state: &mut State, reference: &str, done: bool) -> Result<(), LeverError> {
    payouts::settle(state, book, reference, done)?;
    let Some(payout) = state.services.transfers.find(reference) else { return Ok(()) };
    let transaction = Object::new()
        .put("amount", payout.amount)
        .put("transferAmount", payout.amount)
        .put("transferStatus", payout.standing.word())
        .put("appotapayTransId", &*payout.transaction_id)
        .put("partnerRefId", reference)
        .put("time", time::day_first(state.now));
    let body = payout.standing.head().object("transaction", &transaction);
    events::tell(state, "transfer", events::SET_UP, &events::signed(body, SIGNED));
    Ok(())
}

fn check_account(body: &Members) -> Result<(), Refusal> {
    let bank = text(body, "bankCode");
    let letters = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if bank.is_empty() || !bank.bytes().all(letters) {
        Err(WRONG_BANK.into())
    } else if text(body, "accountNo") == UNKNOWN {
        Err(NO_ACCOUNT.into())
    } else {
        Ok(())
    }
}

/// Whether a text is not empty and has letters without accents, digits and these signs alone.
fn is_written_in(text: &str, signs: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || signs.contains(letter);
    !text.is_empty() && text.chars().all(fits)
}

fn text<'a>(body: &'a Members, name: &str) -> &'a str {
    body.text(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_account_is_written_as_a_number_without_losing_its_end() {
        assert_eq!(written("04520001234"), "4520001234");
        assert_eq!(written("9999999999999999999999"), "9999999999999999999999");
        assert_eq!(written("000"), "0");
        assert_eq!(written("VN12"), r#""VN12""#);
    }

    #[test]
    fn names_have_no_accents() {
        assert!(is_written_in("CTY A&B, CN. HA-NOI_1", " .,_&-"));
        assert!(!is_written_in("Nguyễn", " .,_&-") && !is_written_in("", " "));
    }
}
