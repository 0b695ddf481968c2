//! Looking at payouts, and at what they are made of.

use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;
use crate::univapay::filters::{Span, is};
use crate::univapay::money;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::Refusal;
use crate::univapay::state::State;
use crate::univapay::time::date;

pub(super) struct Transfer {
    pub(super) id: String,
    pub(super) bank_account_id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) status: Status,
    /// Since when it pays, which is to its making.
    pub(super) from: i64,
    pub(super) created: i64,
}

/// One step of a payout.
pub(super) struct Change {
    pub(super) id: String,
    pub(super) transfer_id: String,
    pub(super) old: Status,
    pub(super) new: Status,
    pub(super) created: i64,
}

/// What a charge brings, or a refund takes.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) transfer_id: String,
    /// The charge or the refund.
    pub(super) source: String,
    pub(super) origin: &'static str,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) created: i64,
}

things!(Transfer, Change, Entry);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Created,
    Approved,
    Processing,
    Paid,
    Failed,
    Blank,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Approved => "approved",
            Self::Processing => "processing",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Blank => "blank",
        }
    }
}

/// How every payout is begun.
const STARTED_BY: &str = "schedule";

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let transfers = state.legacy.transfers.iter().filter(|transfer| {
        is(call, "currency", &transfer.currency)
            && is(call, "status", transfer.status.word())
            && is(call, "started_by", STARTED_BY)
    });
    page(call, transfers, Count::Untold, |transfer| show(state, transfer))
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, state.legacy.transfers.get(call.path("id"))?).into())
}

pub(super) fn list_changes(state: &State, call: &Call) -> Result<Said, Refusal> {
    let transfer = state.legacy.transfers.get(call.path("id"))?;
    let changes = state.legacy.changes.iter();
    let changes = changes.filter(|change| change.transfer_id == transfer.id);
    page(call, changes, Count::Untold, |change| {
        Object::new()
            .put("id", &*change.id)
            .put("merchant_id", &*state.merchant_id)
            .put("transfer_id", &*change.transfer_id)
            .put("old_status", change.old.word())
            .put("new_status", change.new.word())
            .put("created_on", iso(change.created))
    })
}

pub(super) fn list_entries(state: &State, call: &Call) -> Result<Said, Refusal> {
    let transfer = state.legacy.transfers.get(call.path("id"))?;
    let query = &call.query;
    let span = Span::read(call, "from", "to")?;
    let least = query.integer("min").unwrap_or(i64::MIN);
    let amounts = least..=query.integer("max").unwrap_or(i64::MAX);
    let entries = state.legacy.entries.iter().filter(|entry| {
        entry.transfer_id == transfer.id
            && span.includes_to_the_end(entry.created)
            && amounts.contains(&entry.amount)
            && is(call, "currency", &entry.currency)
    });
    page(call, entries, Count::Untold, |entry| show_entry(state, entry))
}

pub(super) fn get_entry(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show_entry(state, state.legacy.entries.get(call.path("id"))?).into())
}

/// What does not apply is left out.
pub(super) fn show(state: &State, transfer: &Transfer) -> Object {
    let object = Object::new()
        .put("id", &*transfer.id)
        .put("merchant_id", &*state.merchant_id)
        .put("bank_account_id", &*transfer.bank_account_id)
        .put("currency", &*transfer.currency);
    let failed = transfer.status == Status::Failed;
    money::put(object, "amount", transfer.amount, &transfer.currency)
        .put("status", transfer.status.word())
        .put_some("error_text", failed.then_some("The bank did not take the money"))
        .object("metadata", &Object::new())
        .put("started_by", STARTED_BY)
        .put("from", date(transfer.from))
        .put("to", date(transfer.created))
        .put("created_on", iso(transfer.created))
}

fn show_entry(state: &State, entry: &Entry) -> Object {
    let object = Object::new()
        .put("id", &*entry.id)
        .put("merchant_id", &*state.merchant_id)
        .put("store_id", &*state.store_id)
        .put("transfer_id", &*entry.transfer_id)
        .put("currency", &*entry.currency);
    money::put(object, "amount", entry.amount, &entry.currency)
        .put("percent_fee", 0)
        .put("flat_fee_amount", 0)
        .put("flat_fee_currency", &*entry.currency)
        .put("flat_fee_formatted", 0)
        .put("exchange_rate", 1)
        .put("origin", entry.origin)
        .put("created_on", iso(entry.created))
}
