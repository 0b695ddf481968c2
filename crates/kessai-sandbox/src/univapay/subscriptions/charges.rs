//! The charges of a subscription.

use crate::document::Call;
use crate::shelf::NotFound;
use crate::univapay::charges::{Charge, show};
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;

/// The charges of a subscription, and of one payment if one is named; the oldest first.
fn charges<'a>(
    state: &'a State,
    id: &'a str,
    payment: Option<&'a str>,
) -> impl DoubleEndedIterator<Item = &'a Charge> {
    state.charges.iter().filter(move |charge| match &charge.subscription {
        Some((own, paid)) => own == id && payment.is_none_or(|payment| paid == payment),
        None => false,
    })
}

pub(in crate::univapay) fn list_charges(state: &State, call: &Call) -> Result<Said, Refusal> {
    // The older path names the subscription otherwise.
    let id = call.path.get("subscriptionId").map_or_else(|| call.path("id"), String::as_str);
    state.subscriptions.get(id)?;
    page(call, charges(state, id, None), Count::Told, |charge| show(state, charge))
}

pub(in crate::univapay) fn list_payment_charges(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let (id, payment) = (call.path("subscriptionId"), call.path("paymentId"));
    let subscription = state.subscriptions.get(id)?;
    if !subscription.payments.iter().any(|own| own.id == payment) {
        return Err(NotFound.into());
    }
    page(call, charges(state, id, Some(payment)), Count::Told, |charge| show(state, charge))
}

pub(in crate::univapay) fn latest_charge(state: &State, call: &Call) -> Result<Said, Refusal> {
    let latest = latest(state, call.path("subscriptionId"));
    Ok(show(state, latest.ok_or(NotFound)?).into())
}

pub(super) fn latest<'a>(state: &'a State, id: &'a str) -> Option<&'a Charge> {
    charges(state, id, None).next_back()
}
