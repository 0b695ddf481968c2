//! Debits, from the day they are made to the word of the bank.

use super::accounts::Status as AccountStatus;
use super::holder::Holder;
use super::schedule::Cycle;
use super::{LEGACY_ID, schedule};
use crate::calendar::iso;
use crate::document::Call;
use crate::ledger::{Line, Totals};
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;
use crate::univapay::money;
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::time::date;

pub(super) struct Debit {
    pub(super) id: String,
    account_id: String,
    pub(super) holder: Holder,
    amount: i64,
    pub(super) cycle: Cycle,
    pub(super) status: Status,
    created: i64,
    updated: i64,
}

things!(Debit);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Awaiting,
    Successful,
    /// With the word of the bank.
    Failed(&'static str),
}

impl Debit {
    pub(super) fn status_word(&self) -> &'static str {
        match self.status {
            Status::Awaiting => "awaiting",
            Status::Successful => "successful",
            Status::Failed(_) => "failed",
        }
    }

    pub(super) fn lock(&self, now: i64) -> &'static str {
        if self.is_locked(now) { "locked" } else { "unlocked" }
    }

    fn is_locked(&self, now: i64) -> bool {
        self.status != Status::Awaiting || !self.cycle.can_change(now)
    }
}

fn needed(call: &Call) -> Result<i64, Refusal> {
    money::amount(&call.body, "amount")?.ok_or_else(|| invalid("amount", "REQUIRED_VALUE"))
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let amount = needed(call)?;
    let account_id = call.path("bankAccountId");
    let account = state.direct_debit.accounts.get(account_id)?;
    if account.status != AccountStatus::Active {
        return Err(invalid("bankAccountId", "NOT_ALLOWED_VALUE"));
    }
    let cycle = Cycle::at(state.now).ok_or_else(schedule::beyond_time)?;
    let debit = Debit {
        account_id: account_id.to_owned(),
        holder: account.holder.clone(),
        id: state.direct_debit.next_id(),
        amount,
        cycle,
        status: Status::Awaiting,
        created: state.now,
        updated: state.now,
    };
    let said = show(state, &debit).into();
    state.direct_debit.debits.put(debit);
    Ok(said)
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    let debit = state.direct_debit.debits.get(call.path("bankTransferId"))?;
    Ok(show(state, debit).into())
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let amount = needed(call)?;
    let (id, now) = (call.path("bankTransferId"), state.now);
    let debit = state.direct_debit.debits.get_mut(id)?;
    if debit.is_locked(now) {
        return Err(invalid("amount", "NOT_ALLOWED_VALUE"));
    }
    debit.amount = amount;
    debit.updated = now;
    Ok(show(state, state.direct_debit.debits.get(id)?).into())
}

pub(super) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("bankTransferId");
    if state.direct_debit.debits.get(id)?.is_locked(state.now) {
        return Err(invalid("lock", "NOT_ALLOWED_VALUE"));
    }
    state.direct_debit.debits.remove(id)?;
    Ok(Said::nothing())
}

/// The banks say what came of the debits whose day of results has come.
pub(super) fn settle(state: &mut State) {
    let now = state.now;
    let direct_debit = &mut state.direct_debit;
    for debit in direct_debit.debits.iter_mut() {
        if debit.status != Status::Awaiting || now < debit.cycle.results {
            continue;
        }
        let account = direct_debit.accounts.find(&debit.account_id);
        let accepted = account.is_some_and(|account| account.checked) && debit.holder.is_accepted();
        let failure =
            if accepted { debit.holder.failure() } else { Some("no_account_transfer_request") };
        debit.status = failure.map_or(Status::Successful, Status::Failed);
        debit.updated = now;
    }
}

/// The money of all debits.
pub(in crate::univapay) fn lines(state: &State) -> impl Iterator<Item = Line> {
    state.direct_debit.debits.iter().map(|debit| {
        let came = if debit.status == Status::Successful { debit.amount } else { 0 };
        Line {
            charge: debit.id.clone(),
            reference: String::new(),
            currency: "JPY".to_owned(),
            status: debit.status_word().to_owned(),
            totals: Totals::new(came, came, 0),
        }
    })
}

/// What does not apply is left out.
pub(super) fn show(state: &State, debit: &Debit) -> Object {
    let object = Object::new()
        .put("id", &*debit.id)
        .put("legacy_store_id", LEGACY_ID)
        .put("merchant_id", &*state.merchant_id)
        .put("bank_account_id", &*debit.account_id);
    let error = match debit.status {
        Status::Failed(word) => Some(word),
        Status::Awaiting | Status::Successful => None,
    };
    debit
        .holder
        .put(object)
        .put("amount", debit.amount)
        .put("debit_date", schedule::DEBIT_DATE)
        .put("calculated_debit_date", date(debit.cycle.taken))
        .put("lock", debit.lock(state.now))
        .put("status", debit.status_word())
        .put_some("error", error)
        .put("created_on", iso(debit.created))
        .put("updated_on", iso(debit.updated))
}
