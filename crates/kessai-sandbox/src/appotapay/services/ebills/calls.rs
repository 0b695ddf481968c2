//! What a merchant asks of one bill.

use super::{Condition, Ebill, NO_BILL};
use crate::appotapay::refusal::{Code, Refusal, absent, code, invalid};
use crate::appotapay::services::codes;
use crate::appotapay::services::payouts::Standing;
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// The banks that have such accounts.
const BANKS: [&str; 2] = ["WOORIBANK", "VIETCAPITALBANK"];

/// How long a bill is good that names no end, in seconds.
const GOOD: i64 = 30 * 24 * 60 * 60;

const WRONG_BANK: Code = code(149, "The bank is wrong.");
const CODE_USED: Code = code(150, "There is a bill with this code already.");
const NO_ACCOUNT: Code = absent(154, "There is no such account.");
const REPEATED: Code = code(201, "The request is a repeat of another.");
const NOT_ITS_ACCOUNT: Code = code(203, "The bill and the account do not belong together.");
const INACTIVE: Code = code(204, "The account is inactive.");
const CLOSED: Code = code(205, "The account is closed already.");
const WRONG_NAME: Code = code(206, "The name is not allowed.");

pub(in crate::appotapay::services) fn create_ebill(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let body = &call.body;
    let text = |name: &str| body.text(name).unwrap_or_default().to_owned();
    let (code, amount) = (text("billCode"), body.integer("amount").unwrap_or_default());
    let name = text("customerName");
    let now = time::seconds(state.now);
    let expiry = body.integer("billExpiryTime").unwrap_or(now.saturating_add(GOOD));
    if code.is_empty() {
        return Err(invalid("billCode", "it is empty"));
    }
    if expiry <= now {
        return Err(invalid("billExpiryTime", "it is over"));
    }
    if amount <= 0 {
        return Err(codes::WRONG_AMOUNT.into());
    }
    if !BANKS.contains(&&*text("bankCode")) {
        return Err(WRONG_BANK.into());
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ';
    if name.is_empty() || !name.chars().all(allowed) {
        return Err(WRONG_NAME.into());
    }
    if state.services.ebills.find(&code).is_some() {
        return Err(CODE_USED.into());
    }
    let number = state.next_number();
    let ebill = Ebill {
        code,
        amount,
        condition: Condition::read(&text("paymentCondition")),
        expiry,
        bank_code: text("bankCode"),
        account_no: format!("902{}", &number[number.len() - 9..]),
        account_name: format!("AP {name}"),
        notify_url: text("notifyUrl"),
        extra_data: text("extraData"),
        is_closed: false,
        payments: Vec::new(),
    };
    let head = Standing::Done.head().put("billCode", &*ebill.code);
    let answer = head.object("payment", &payment(ebill.account()));
    state.services.ebills.put(ebill);
    Ok(answer.into())
}

pub(in crate::appotapay::services) fn get_ebill(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let ebill = state.services.ebills.find(call.path("billCode")).ok_or(NO_BILL)?;
    let account = ebill.account().put("status", ebill.status(state.now));
    let answer = Standing::Done
        .head()
        .put("billCode", &*ebill.code)
        .put("amount", ebill.amount)
        .put("paidAmount", ebill.paid())
        .put("billExpiryTime", ebill.expiry)
        .object("payment", &payment(account));
    Ok(answer.into())
}

fn payment(account: Object) -> Object {
    Object::new().array("bankAccounts", [account].into_iter())
}

pub(in crate::appotapay::services) fn close_ebill(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let text = |name: &str| call.body.text(name).unwrap_or_default();
    let (reference, account_no) = (text("partnerRefId"), text("accountNo"));
    let ebills = &state.services.ebills;
    let ebill = ebills.find(text("billCode")).ok_or(NO_BILL)?;
    if ebills.iter().all(|own| own.account_no != account_no) {
        return Err(NO_ACCOUNT.into());
    }
    if ebill.account_no != account_no {
        return Err(NOT_ITS_ACCOUNT.into());
    }
    if state.services.closings.contains(reference) {
        return Err(REPEATED.into());
    }
    match ebill.status(state.now) {
        "closed" => return Err(CLOSED.into()),
        "inactive" => return Err(INACTIVE.into()),
        _ => {}
    }
    state.services.closings.insert(reference.to_owned());
    if let Some(ebill) = state.services.ebills.find_mut(text("billCode")) {
        ebill.is_closed = true;
    }
    Ok(Standing::Done.head().into())
}
