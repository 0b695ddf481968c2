//! Paying the merchant out, which no call does.

use super::bank_accounts::the_primary;
use super::transfers::{Change, Entry, Status, Transfer, show};
use crate::shelf::Thing as _;
use crate::univapay::Univapay;
use crate::univapay::charges;
use crate::univapay::events::{self, Kind as EventKind};
use crate::univapay::levers::LeverError;
use crate::univapay::state::State;

/// What UnivaPay does at the end of a period.
impl Univapay {
    /// Makes a payout of all money in this currency that none has paid out, and tells its id.
    ///
    /// It is `created`, or `blank` if there is nothing to pay.
    ///
    /// # Errors
    ///
    /// If there is no primary bank account.
    pub fn pay_out(&self, currency: &str) -> Result<String, LeverError> {
        pay_out(&mut self.service.state(), currency)
    }

    /// Lets a payout be paid, or fail, after it was approved and processed.
    ///
    /// # Errors
    ///
    /// If there is no such payout or it is not `created`.
    pub fn finish_payout(&self, transfer_id: &str, paid: bool) -> Result<(), LeverError> {
        finish(&mut self.service.state(), transfer_id, paid)
    }
}

/// What goes into a payout: where it comes from, its id, and what it adds.
type Item = (&'static str, String, i64);

fn pay_out(state: &mut State, currency: &str) -> Result<String, LeverError> {
    state.settle();
    let bank_account_id = the_primary(state).ok_or(LeverError::NotFound)?.id.clone();
    let items = open_items(state, currency);
    let sum = items.iter().fold(0, |sum: i64, (_, _, amount)| sum.saturating_add(*amount));
    let blank = sum <= 0;
    let mut before = state.legacy.transfers.iter().filter(|before| before.currency == currency);
    let from = before.next_back().map_or(state.born, |before| before.created);
    let id = state.ids.next_uuid();
    state.legacy.transfers.put(Transfer {
        id: id.clone(),
        bank_account_id,
        amount: if blank { 0 } else { sum },
        currency: currency.to_owned(),
        status: if blank { Status::Blank } else { Status::Created },
        from,
        created: state.now,
    });
    if !blank {
        for (origin, source, amount) in items {
            state.legacy.entries.put(Entry {
                id: state.ids.next_uuid(),
                transfer_id: id.clone(),
                source,
                origin,
                amount,
                currency: currency.to_owned(),
                created: state.now,
            });
        }
    }
    tell(state, &id, EventKind::TransferCreated);
    if blank {
        tell(state, &id, EventKind::TransferFinalized);
    }
    Ok(id)
}

fn tell(state: &mut State, id: &str, kind: EventKind) {
    if let Some(transfer) = state.legacy.transfers.find(id) {
        let data = show(state, transfer);
        events::tell(state, kind, &data);
    }
}

/// What was taken and given back in this currency, and is in no payout that did not fail.
fn open_items(state: &State, currency: &str) -> Vec<Item> {
    let charges = state.charges.iter().filter(|charge| {
        charge.currency == currency && charge.status == charges::Status::Successful
    });
    let brought = charges.map(|charge| ("charge", charge.id.clone(), charge.captured));
    let refunds = state.refunds.iter().filter(|refund| {
        let charge = state.charges.find(&refund.charge_id);
        refund.is_done() && charge.is_some_and(|charge| charge.currency == currency)
    });
    let taken = refunds.map(|refund| ("refund", refund.id().to_owned(), -refund.amount));
    brought.chain(taken).filter(|(_, source, _)| !is_paid_out(state, source)).collect()
}

fn is_paid_out(state: &State, source: &str) -> bool {
    let mut entries = state.legacy.entries.iter().filter(|entry| entry.source == source);
    entries.any(|entry| {
        let transfer = state.legacy.transfers.find(&entry.transfer_id);
        transfer.is_some_and(|transfer| transfer.status != Status::Failed)
    })
}

fn finish(state: &mut State, id: &str, paid: bool) -> Result<(), LeverError> {
    let transfer = state.legacy.transfers.find(id).ok_or(LeverError::NotFound)?;
    if transfer.status != Status::Created {
        return Err(LeverError::WrongStatus);
    }
    let end = if paid { Status::Paid } else { Status::Failed };
    for new in [Status::Approved, Status::Processing, end] {
        let transfer = state.legacy.transfers.find_mut(id).ok_or(LeverError::NotFound)?;
        let old = std::mem::replace(&mut transfer.status, new);
        state.legacy.changes.put(Change {
            id: state.ids.next_uuid(),
            transfer_id: id.to_owned(),
            old,
            new,
            created: state.now,
        });
        let kind =
            if new == end { EventKind::TransferFinalized } else { EventKind::TransferUpdated };
        tell(state, id, kind);
    }
    Ok(())
}
