//! Looking at one payment.

use super::{Mode, Payment, find};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::NotFound;
use crate::zafapay::decline::Decline;
use crate::zafapay::refunds;
use crate::zafapay::refusal::Refusal;
use crate::zafapay::state::State;

pub(in crate::zafapay) fn get_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let payment = find(state, call.path("id")).filter(|payment| payment.exists());
    Ok(show(payment.ok_or(NotFound)?).into())
}

/// Every member is there, and null where it does not apply, except for an `external_id` that was
/// not given: the document does not let it be null.
fn show(payment: &Payment) -> Object {
    let Payment { asked, currency, .. } = payment;
    let card = payment.card.as_ref();
    let manual = if payment.manual { "manual" } else { "automatic" };
    Object::new()
        .put("id", &*payment.id)
        .put("request_id", &*payment.request_id)
        .put("status", payment.status.word())
        .put("amount", currency.text(payment.amount))
        .put("currency", currency.code)
        .put("capture_method", manual)
        .put_some("external_id", asked.external_id.as_deref())
        .put("payment_method", &*payment.method)
        .put("amount_refunded", currency.text(payment.refunded()))
        .put("original_amount", None::<i64>)
        .put("original_currency", None::<&str>)
        .put("applied_rate", None::<i64>)
        .put("card_brand", card.map(|card| card.brand))
        .put("card_last4", card.map(|card| &*card.last4))
        .put("cardholder_name", payment.cardholder_name())
        .put("card_exp_month", card.map(|card| card.exp_month))
        .put("card_exp_year", card.map(|card| card.exp_year))
        .put("card_country", card.map(|_| "JP"))
        .put("card_funding", card.map(|_| "credit"))
        .put("payment_method_id", payment.saved_card.as_deref())
        .put("is_recurring", payment.mode == Mode::Recurring)
        .put("customer_id", asked.customer_id.as_deref())
        .put("email", asked.email.as_deref())
        .put("tel", asked.tel.as_deref())
        .put("product_name", asked.product_name.as_deref())
        .put("error_code", payment.decline.map(Decline::code))
        .array("refunds", payment.refunds.iter().map(|refund| refunds::show(payment, refund)))
        .literal("metadata", &asked.metadata)
        .put("created_at", iso(payment.created))
        .put("updated_at", iso(payment.updated))
}
