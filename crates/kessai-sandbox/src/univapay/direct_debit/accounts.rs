//! The accounts that money may be taken from.

use super::LEGACY_ID;
use super::holder::Holder;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::state::State;

pub(super) struct Account {
    id: String,
    pub(super) holder: Holder,
    pub(super) status: Status,
    /// Whether the bank has looked at it as it is now.
    pub(super) checked: bool,
    pub(super) created: i64,
    updated: i64,
}

things!(Account);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Active,
    Inactive,
    RegistrationFailed,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::RegistrationFailed => "registration_failed",
        }
    }
}

/// Where every account of the sandbox is registered: by calls.
pub(super) const ORIGIN: &str = "merchant_console";

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let account = Account {
        holder: Holder::read(&call.body, &Holder::default())?,
        id: state.direct_debit.next_id(),
        status: Status::Active,
        checked: false,
        created: state.now,
        updated: state.now,
    };
    let said = show(state, &account).into();
    state.direct_debit.accounts.put(account);
    Ok(said)
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    let account = state.direct_debit.accounts.get(call.path("bankAccountId"))?;
    Ok(show(state, account).into())
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    change(state, call, |account| {
        account.holder = Holder::read(&call.body, &account.holder)?;
        account.check_again();
        Ok(())
    })
}

pub(super) fn deactivate(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    change(state, call, |account| {
        account.status = Status::Inactive;
        Ok(())
    })
}

pub(super) fn enable(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    change(state, call, |account| {
        if account.status != Status::Inactive {
            return Err(invalid("status", "NOT_ALLOWED_VALUE"));
        }
        account.status = Status::Active;
        account.check_again();
        Ok(())
    })
}

fn change(
    state: &mut State,
    call: &Call,
    act: impl FnOnce(&mut Account) -> Result<(), Refusal>,
) -> Result<Said, Refusal> {
    let (id, now) = (call.path("bankAccountId"), state.now);
    let account = state.direct_debit.accounts.get_mut(id)?;
    act(account)?;
    account.updated = now;
    Ok(show(state, state.direct_debit.accounts.get(id)?).into())
}

impl Account {
    fn check_again(&mut self) {
        self.checked = false;
        if self.status == Status::RegistrationFailed {
            self.status = Status::Active;
        }
    }
}

/// The banks look at the accounts that they have not looked at.
pub(super) fn settle(state: &mut State) {
    for account in state.direct_debit.accounts.iter_mut() {
        if account.status == Status::Active && !account.checked {
            account.checked = true;
            if !account.holder.is_accepted() {
                account.status = Status::RegistrationFailed;
                account.updated = state.now;
            }
        }
    }
}

pub(super) fn show(state: &State, account: &Account) -> Object {
    let object = Object::new()
        .put("id", &*account.id)
        .put("legacy_store_id", LEGACY_ID)
        .put("merchant_id", &*state.merchant_id);
    account
        .holder
        .put(object)
        .put("registration_origin", ORIGIN)
        .put("status", account.status.word())
        .put("created_on", iso(account.created))
        .put("updated_on", iso(account.updated))
}
