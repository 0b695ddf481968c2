//! What was paid on bills.

use super::{Ebill, NO_BILL, Payment};
use crate::appotapay::page;
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::services::payouts::Standing;
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// One page of what was paid within a span of time, the oldest first.
pub(in crate::appotapay::services) fn list_ebill_transactions(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let query = &call.query;
    let bound = |name: &str| query.integer(name).unwrap_or_default();
    let span = bound("startTime")..=bound("endTime");
    if span.is_empty() {
        return Err(invalid("endTime", "it lies before the start"));
    }
    let code = query.text("billCode");
    let ebills = state.services.ebills.iter();
    let ebills = ebills.filter(|ebill| code.is_none_or(|code| code == ebill.code));
    let paid = ebills.flat_map(|ebill| ebill.payments.iter().map(move |own| (ebill, own)));
    let mut paid: Vec<_> =
        paid.filter(|(_, payment)| span.contains(&time::seconds(payment.time))).collect();
    paid.sort_by_key(|(_, payment)| payment.time);
    let page = page::Page::read(query)?;
    let answer = Standing::Done
        .head()
        .put("total", paid.len())
        .put("page", page.number)
        .array("transactions", page.of(&paid).iter().map(|(ebill, own)| show(ebill, own)));
    Ok(answer.into())
}

pub(in crate::appotapay::services) fn list_transactions_of_ebill(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let ebill = state.services.ebills.find(call.path("billCode")).ok_or(NO_BILL)?;
    let answer = Standing::Done
        .head()
        .put("billCode", &*ebill.code)
        .put("amount", ebill.amount)
        .put("paidAmount", ebill.paid())
        .put("billExpiryTime", ebill.expiry)
        .array("transactions", ebill.payments.iter().map(|payment| show(ebill, payment)));
    Ok(answer.into())
}

fn show(ebill: &Ebill, payment: &Payment) -> Object {
    Object::new()
        .put("transactionId", &*payment.id)
        .put("billCode", &*ebill.code)
        .put("accountNo", &*ebill.account_no)
        .put("amount", payment.amount)
        .put("status", "success")
        .put("type", "VA")
        .put("memo", super::life::MEMO)
        .put("transactionTime", time::day_first(payment.time))
}
