//! Looking for payments.

use super::{Payment, Status, UNKNOWN, VND};
use crate::appotapay::refusal::{self, Refusal};
use crate::appotapay::state::State;
use crate::appotapay::time::seconds;
use crate::document::{Call, Members};
use crate::object::Object;
use crate::said::Said;

pub(super) fn get_payment(state: &State, call: &Call) -> Result<Said, Refusal> {
    let wanted = call.query.text("referenceId").unwrap_or_default();
    let mut payments = state.payments.all.iter().rev();
    let payment = if by_reference(&call.query) {
        payments.find(|payment| payment.order.id == wanted)
    } else {
        payments.find(|payment| payment.id == wanted)
    };
    Ok(show(payment.ok_or(UNKNOWN)?).into())
}

/// Whether the query says that an id is the merchant's.
pub(super) fn by_reference(query: &Members) -> bool {
    query.text("type") == Some("PARTNER_ORDER_ID")
}

/// A payment, as looking for it and callbacks tell it.
pub(super) fn show(payment: &Payment) -> Object {
    let transaction = payment
        .head()
        .put_some("reconciliationId", (payment.status == Status::Success).then_some(&*payment.id))
        .put("orderAmount", payment.amount)
        .put("amount", payment.amount)
        .put("discountAmount", 0);
    let transaction = payment.means(transaction).put("version", "2.0");
    let order = Object::new()
        .put("id", &*payment.order.id)
        .put("info", &*payment.order.info)
        .put("extraData", payment.order.extra.as_deref().unwrap_or_default());
    Object::new()
        .object("transaction", &payment.times(transaction))
        .object("partnerReference", &Object::new().object("order", &order))
}

/// The newest first.
pub(super) fn list_payments(state: &State, call: &Call) -> Result<Said, Refusal> {
    let query = &call.query;
    let within = match (query.integer("startTime"), query.integer("endTime")) {
        (None, None) => None,
        (Some(start), Some(end)) => Some(start..=end),
        (Some(_), None) => return Err(refusal::invalid("endTime", "needed with startTime")),
        (None, Some(_)) => return Err(refusal::invalid("startTime", "needed with endTime")),
    };
    let is = |name: &str, word: &str| query.text(name).is_none_or(|wanted| wanted == word);
    let wanted = |payment: &&Payment| {
        within.as_ref().is_none_or(|within| within.contains(&seconds(payment.created)))
            && is("status", payment.status.word())
            && is("paymentMethod", &payment.method)
    };
    let found: Vec<_> = state.payments.all.iter().rev().filter(wanted).collect();
    let number = |name: &str| query.integer(name).unwrap_or(1).max(1);
    let (limit, page) = (number("limit"), number("page"));
    let count = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let before = count(limit).saturating_mul(count(page - 1));
    let shown = found.iter().skip(before).take(count(limit)).map(|payment| listed(payment));
    let pagination = Object::new().put("total", found.len()).put("page", page).put("limit", limit);
    Ok(Object::new().object("pagination", &pagination).array("transactions", shown).into())
}

/// A payment in the words of an older version, which lists have.
fn listed(payment: &Payment) -> Object {
    Object::new()
        .put("errorCode", payment.status.code().0)
        .put("status", payment.status.word())
        .put("amount", payment.amount)
        .put("currency", VND)
        .put("orderId", &*payment.order.id)
        .put_some("bankCode", payment.bank.as_deref())
        .put("paymentMethod", &*payment.method)
        .put("paymentType", "WEB")
        .put("appotapayTransId", &*payment.id)
        .put("transactionTs", seconds(payment.created))
        .put("extraData", payment.order.extra.as_deref().unwrap_or_default())
}
