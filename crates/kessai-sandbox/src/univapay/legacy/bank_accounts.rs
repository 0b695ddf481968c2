//! The accounts that the merchant is paid out to.

use hyper::StatusCode;

use super::record::Record;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::{Code, Refusal, bad, code, invalid};
use crate::univapay::state::State;

const EXISTS: Code = code(StatusCode::CONFLICT, "BANK_ACCOUNT_EXISTS");
const NO_PRIMARY: Code = code(StatusCode::NOT_FOUND, "PRIMARY_BANK_ACCOUNT_NOT_FOUND");
const ONE_IS_PRIMARY: Code = bad("MUST_HAVE_A_PRIMARY_BANK_ACCOUNT");

/// What comes back as it was sent.
const MEMBERS: &[&str] = &[
    "holder_name",
    "bank_name",
    "branch_name",
    "country",
    "bank_address",
    "currency",
    "routing_number",
    "swift_code",
    "ifsc_code",
    "routing_code",
    "account_type",
];

pub(super) struct BankAccount {
    pub(super) id: String,
    members: Record,
    number: String,
    verified: bool,
    pub(super) primary: bool,
    created: i64,
    updated: i64,
}

things!(BankAccount);

/// The number and what else is sent of an account, or of a change of `old`.
fn read(call: &Call, old: Option<&BankAccount>) -> Result<(Record, String), Refusal> {
    let body = &call.body;
    for (name, length, reason) in
        [("country", 2, "INVALID_FORMAT_COUNTRY"), ("currency", 3, "INVALID_FORMAT_CURRENCY")]
    {
        let is_code =
            |text: &str| text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if body.text(name).is_some_and(|text| !is_code(text)) {
            return Err(invalid(name, reason));
        }
    }
    let number = body.text("account_number");
    if number.is_some_and(|number| !is_number(number)) {
        return Err(invalid("account_number", "INVALID_FORMAT_BANK_ACCOUNT_NUMBER"));
    }
    let members = old.map_or_else(Record::default, |old| old.members.clone());
    let old_number = old.map_or("", |old| &old.number);
    Ok((Record::read(body, MEMBERS, &members), number.unwrap_or(old_number).to_owned()))
}

fn is_number(text: &str) -> bool {
    (4..=34).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (members, number) = read(call, None)?;
    let mut others = state.legacy.bank_accounts.iter();
    let same = |other: &BankAccount| {
        let place = ["country", "bank_name", "branch_name"];
        other.number == number && place.iter().all(|name| other.members.agrees(&members, name))
    };
    if others.any(same) {
        return Err(EXISTS.into());
    }
    let is_first = state.legacy.bank_accounts.iter().next().is_none();
    let id = state.ids.next_uuid();
    state.legacy.bank_accounts.put(BankAccount {
        id: id.clone(),
        members,
        number,
        verified: false,
        primary: false,
        created: state.now,
        updated: state.now,
    });
    if is_first || call.body.flag("primary") == Some(true) {
        make_primary(state, &id);
    }
    Ok(Said::created(&show(state.legacy.bank_accounts.get(&id)?)))
}

fn make_primary(state: &mut State, id: &str) {
    for account in state.legacy.bank_accounts.iter_mut() {
        account.primary = account.id == id;
    }
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state.legacy.bank_accounts.get(call.path("id"))?).into())
}

pub(super) fn primary(state: &State, _: &Call) -> Result<Said, Refusal> {
    let account = the_primary(state).ok_or(NO_PRIMARY)?;
    Ok(show(account).into())
}

/// The account that payouts go to, if there is any.
pub(super) fn the_primary(state: &State) -> Option<&BankAccount> {
    state.legacy.bank_accounts.iter().find(|account| account.primary)
}

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let asked = call.query.flag("primary");
    let accounts = state.legacy.bank_accounts.iter();
    let accounts = accounts.filter(|account| asked.is_none_or(|asked| asked == account.primary));
    page(call, accounts, Count::Untold, show)
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let account = state.legacy.bank_accounts.get_mut(id)?;
    let (members, number) = read(call, Some(account))?;
    let primary = call.body.flag("primary");
    if account.primary && primary == Some(false) {
        return Err(ONE_IS_PRIMARY.into());
    }
    (account.members, account.number) = (members, number);
    account.verified = false;
    account.updated = now;
    if primary == Some(true) {
        make_primary(state, id);
    }
    Ok(show(state.legacy.bank_accounts.get(id)?).into())
}

pub(super) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    let others = state.legacy.bank_accounts.iter().any(|account| account.id != id);
    if state.legacy.bank_accounts.get(id)?.primary && others {
        return Err(ONE_IS_PRIMARY.into());
    }
    state.legacy.bank_accounts.remove(id)?;
    Ok(Said::nothing())
}

/// UnivaPay looks at the accounts that are new.
pub(super) fn settle(state: &mut State) {
    for account in state.legacy.bank_accounts.iter_mut() {
        account.verified = true;
    }
}

/// What does not apply is left out.
fn show(account: &BankAccount) -> Object {
    let (masked, last) = account.number.split_at(account.number.len() - 4);
    let object = account.members.put(Object::new().put("id", &*account.id));
    object
        .put("account_number", format!("{}{last}", "X".repeat(masked.len())))
        .put("last_four", last)
        .put("status", if account.verified { "verified" } else { "new" })
        .put("primary", account.primary)
        .put("active", true)
        .put("created_on", iso(account.created))
        .put("updated_on", iso(account.updated))
}
