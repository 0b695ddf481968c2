//! Lists of accounts and of debits, with their filters.

use super::accounts::{self, ORIGIN};
use super::{debits, schedule};
use crate::card_number::is_digits;
use crate::document::Call;
use crate::said::Said;
use crate::shelf::Thing;
use crate::univapay::filters::{Span, is};
use crate::univapay::page::digits_page;
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::time::date;

pub(super) fn accounts(state: &State, call: &Call) -> Result<Said, Refusal> {
    let query = &call.query;
    let span = Span::read(call, "from", "to").map_err(|it| it.because("INVALID_FORMAT"))?;
    let accounts = state.direct_debit.accounts.iter().filter(|account| {
        let holder = [
            "user_number",
            "bank_code",
            "bank_name",
            "branch_code",
            "bank_account_type",
            "bank_account_number",
            "bank_account_name",
        ];
        holder.iter().all(|name| account.holder.has(query, name))
            && is(call, "bank_account_id", account.id())
            && is(call, "registration_origin", ORIGIN)
            && is(call, "bank_account_status", account.status.word())
            && span.includes(account.created)
    });
    digits_page(call, accounts, |account| accounts::show(state, account))
}

pub(super) fn debits(state: &State, call: &Call) -> Result<Said, Refusal> {
    let query = &call.query;
    let (first, last) = (month(call, "bank_transfer_start")?, month(call, "bank_transfer_end")?);
    let debits = state.direct_debit.debits.iter().filter(|debit| {
        let holder = ["user_number", "bank_account_number", "bank_account_name"];
        let taken = date(debit.cycle.taken);
        let month = taken.get(..7).unwrap_or_default();
        holder.iter().all(|name| debit.holder.has(query, name))
            && is(call, "bank_transfer_id", &debit.id)
            && first.is_none_or(|first| first <= month)
            && last.is_none_or(|last| month <= last)
            && is(call, "debit_date", schedule::DEBIT_DATE)
            && is(call, "lock_status", debit.lock(state.now))
            && is(call, "bank_transfer_status", debit.status_word())
    });
    digits_page(call, debits, |debit| debits::show(state, debit))
}

/// A month that a filter names, as `2026-04`.
fn month<'a>(call: &'a Call, name: &str) -> Result<Option<&'a str>, Refusal> {
    let is_month = |text: &str| {
        text.split_once('-').is_some_and(|(year, month)| {
            is_digits(year, 4..=4) && is_digits(month, 2..=2) && ("01"..="12").contains(&month)
        })
    };
    match call.query.text(name) {
        Some(text) if !is_month(text) => Err(invalid(name, "INVALID_FORMAT")),
        text => Ok(text),
    }
}
