//! Charges and refunds in one list.

mod row;

use self::row::Row;
use super::filters::{Span, has, is, of_card, within};
use super::metadata;
use super::page::{Count, page_with_next};
use super::refusal::{Refusal, invalid};
use super::said::Said;
use super::state::State;
use crate::document::Call;

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let asked = Asked::read(call)?;
    let mut rows: Vec<Row<'_>> = Row::all(state).filter(|row| asked.includes(row)).collect();
    // Ids are in the order of time.
    rows.sort_unstable_by(|row, other| row.id().cmp(other.id()));
    page_with_next(call, rows.iter(), Count::Told, |row| row.show(state))
}

/// The filters of a call.
struct Asked<'a> {
    call: &'a Call,
    made: Span,
    deposited: Span,
}

impl<'a> Asked<'a> {
    fn read(call: &'a Call) -> Result<Self, Refusal> {
        if call.query.get("service_providers[]").is_some()
            && call.query.array("service_providers[]").is_empty()
        {
            return Err(invalid("service_providers[]", "MUST_HAVE_AT_LEAST_ONE_ELEMENT"));
        }
        let deposit = "bank_transfer_latest_deposit_date";
        let (from, to) = (format!("{deposit}.from"), format!("{deposit}.to"));
        Ok(Self {
            call,
            made: Span::read(call, "from", "to")?,
            deposited: Span::read(call, &from, &to)?,
        })
    }

    fn includes(&self, row: &Row<'_>) -> bool {
        let call = self.call;
        self.made.includes_to_the_end(row.created())
            && is(call, "mode", "test")
            && is(call, "status", row.status())
            && is(call, "type", row.kind())
            && is(call, "id", row.id())
            // The gateway of the sandbox has no other name for it.
            && is(call, "gateway_transaction_id", row.id())
            && is(call, "currency", row.currency())
            && within(call, "short_id", |id| row.id().ends_with(id))
            && within(call, "metadata", |text| metadata::have(row.metadata(), text))
            && within(call, "search", |text| is_found(row, text))
            && self.has_payer(row)
            && self.has_deposit(row)
    }

    fn has_payer(&self, row: &Row<'_>) -> bool {
        let call = self.call;
        let means = row.means();
        let provider = row.provider();
        is(call, "email", row.email().unwrap_or_default())
            && of_card(call, means.card())
            && is(call, "service_provider", provider)
            && self.is_one("service_providers[]", provider)
            && ["brand[]", "brands[]", "card_brand[]"]
                .iter()
                .all(|filter| self.is_one(filter, means.brand().unwrap_or_default()))
    }

    fn has_deposit(&self, row: &Row<'_>) -> bool {
        let is_in_time =
            || row.latest_deposit().is_some_and(|time| self.deposited.includes_to_the_end(time));
        self.is_one("bank_transfer_payment_statuses[]", row.paid().unwrap_or_default())
            && (self.deposited.is_open() || is_in_time())
    }

    /// Whether a word is among those of a filter, if there is one.
    fn is_one(&self, filter: &str, word: &str) -> bool {
        let words = self.call.query.texts(filter);
        words.is_empty() || words.contains(&word)
    }
}

/// Whether a text is found in what can be searched.
fn is_found(row: &Row<'_>, text: &str) -> bool {
    let words = [Some(row.id()), row.means().name(), row.email()];
    words.into_iter().flatten().any(|word| has(word, text)) || metadata::have(row.metadata(), text)
}
