//! Money that comes by bank transfer.

use super::account::Account;
use super::{Charge, Status, life};
use crate::calendar::iso;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::univapay::events::{self, Kind as EventKind};
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;

pub(in crate::univapay) fn list_ledgers(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    if charge.means.word() != "bank_transfer" {
        return Err(invalid("id", "PAYMENT_TYPE_NOT_ALLOWED"));
    }
    let entries = charge.account.as_ref().map(Account::ledgers).unwrap_or_default();
    let count = entries.len();
    let page = Object::new()
        .array("items", entries.into_iter())
        .put("has_more", false)
        .put("total_hits", count);
    Ok(page.into())
}

/// Money comes into the account of a charge, which is paid once there is enough.
pub(in crate::univapay) fn deposit(
    state: &mut State,
    id: &str,
    amount: i64,
) -> Result<(), LeverError> {
    state.settle();
    let now = state.now;
    let charge = state.charges.find_mut(id).ok_or(LeverError::NotFound)?;
    if charge.means.word() != "bank_transfer" {
        return Err(LeverError::WrongMethod);
    }
    if charge.status != Status::Awaiting {
        return Err(LeverError::WrongStatus);
    }
    if amount < 1 {
        return Err(LeverError::WrongAmount);
    }
    let account = charge.account.as_mut().ok_or(LeverError::WrongStatus)?;
    account.deposit(amount, now);
    let is_enough = account.balance() >= charge.amount;
    if is_enough {
        account.pay(charge.amount, now);
    }
    tell(state, id, amount);
    if is_enough {
        life::pay(state, id);
    }
    Ok(())
}

fn tell(state: &mut State, id: &str, amount: i64) {
    let status_id = state.ids.next_uuid();
    let Some(charge) = state.charges.find(id) else { return };
    let Some(account) = &charge.account else { return };
    let token = state.tokens.find(&charge.token_id).map_or("{}", |token| &*token.metadata);
    let data = status(charge, account)
        .put("id", status_id)
        .put("latest_deposit_amount", amount)
        .literal("token_metadata", token)
        .literal("charge_metadata", &charge.metadata)
        .put("created_on", iso(state.now));
    events::tell(state, EventKind::BankTransferUpdated, &data);
}

fn status(charge: &Charge, account: &Account) -> Object {
    Object::new()
        .put("charge_id", &*charge.id)
        .put("payment_status", account.paid(charge.amount).word())
        .put_some("latest_deposit_date", account.latest().map(iso))
        .put("balance", account.balance())
        .put("currency", &*charge.currency)
        .put("amount", charge.amount)
        .put("amount_difference", account.deposited().saturating_sub(charge.amount))
}
