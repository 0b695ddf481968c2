//! What becomes of a payment, whoever does it: the merchant, the customer or the bank.

use super::{Mode, Payment, Status, find};
use crate::lever::LeverError;
use crate::zafapay::cards::{Behaviour, Card};
use crate::zafapay::decline::Decline;
use crate::zafapay::events::{Kind, tell};
use crate::zafapay::payment_methods;
use crate::zafapay::state::State;

/// A payment that something happens to now.
fn touch<'a>(state: &'a mut State, id: &str) -> Option<&'a mut Payment> {
    let payment = state.payments.find_mut(id)?;
    // The payment itself begins when the request for it is answered.
    if payment.status == Status::Pending {
        payment.created = state.now;
    }
    payment.updated = state.now;
    Some(payment)
}

/// Charges the card that the merchant named.
pub(super) fn charge(state: &mut State, id: &str) {
    let now = state.now;
    let Some(payment) = touch(state, id) else { return };
    let behaviour = payment.card.as_ref().map(|card| card.behaviour(now));
    match behaviour {
        Some(Behaviour::Declines(decline)) => refuse(state, id, decline),
        Some(Behaviour::WantsThreeDs) if payment.mode == Mode::Token => {
            payment.status = Status::RequiresAction;
        }
        _ => agree(state, id),
    }
}

/// The bank agrees: the money is taken, or held if that is all that was asked.
fn agree(state: &mut State, id: &str) {
    let Some(payment) = touch(state, id) else { return };
    payment.authorized = payment.amount;
    let (amount, manual) = (payment.amount, payment.manual);
    if manual {
        payment.status = Status::Authorized;
    }
    let keep = (payment.save_card, payment.card.clone(), payment.asked.customer_id.clone());
    if let (true, Some(card), Some(customer)) = keep {
        let kept = payment_methods::keep(state, &customer, card);
        let Some(payment) = touch(state, id) else { return };
        payment.saved_card = Some(kept);
    }
    if !manual {
        take(state, id, amount);
    }
}

/// Takes `amount` of what is held, and lets go of the rest.
pub(super) fn take(state: &mut State, id: &str, amount: i64) {
    let Some(payment) = touch(state, id) else { return };
    payment.status = Status::Completed;
    payment.amount = amount;
    payment.captured = amount;
    tell(state, Kind::Succeeded, id);
}

/// Nothing is taken: voided, or given up by the customer.
pub(super) fn give_up(state: &mut State, id: &str) {
    let Some(payment) = touch(state, id) else { return };
    payment.status = Status::Canceled;
    tell(state, Kind::Canceled, id);
}

/// Nothing is taken: the bank says no.
fn refuse(state: &mut State, id: &str, decline: Decline) {
    let Some(payment) = touch(state, id) else { return };
    payment.status = Status::Failed;
    payment.decline = Some(decline);
    tell(state, Kind::Failed, id);
}

/// The id of the payment that is in this status.
fn standing(state: &State, id: &str, status: Status) -> Result<String, LeverError> {
    let payment = find(state, id).ok_or(LeverError::NotFound)?;
    if payment.status == status { Ok(payment.id.clone()) } else { Err(LeverError::WrongStatus) }
}

/// The customer pays at the hosted checkout.
pub(in crate::zafapay) fn pay(state: &mut State, id: &str) -> Result<String, LeverError> {
    let id = at_checkout(state, id)?;
    agree(state, &id);
    Ok(id)
}

/// The customer tries to pay at the hosted checkout.
pub(in crate::zafapay) fn fail(
    state: &mut State,
    id: &str,
    decline: Decline,
) -> Result<String, LeverError> {
    let id = at_checkout(state, id)?;
    refuse(state, &id, decline);
    Ok(id)
}

/// The customer gives up at the hosted checkout.
pub(in crate::zafapay) fn cancel(state: &mut State, id: &str) -> Result<String, LeverError> {
    let id = at_checkout(state, id)?;
    give_up(state, &id);
    Ok(id)
}

/// The customer comes to the hosted checkout, with a card if it asks for one.
fn at_checkout(state: &mut State, id: &str) -> Result<String, LeverError> {
    let id = standing(state, id, Status::Pending)?;
    if let Some(payment) = touch(state, &id)
        && payment.method == "card"
    {
        payment.card = Some(Card::at_checkout());
    }
    Ok(id)
}

/// The customer comes back from 3-D Secure, to the address that the payment names.
pub(in crate::zafapay) fn finish_three_ds(
    state: &mut State,
    id: &str,
    passed: bool,
) -> Result<Option<String>, LeverError> {
    let id = standing(state, id, Status::RequiresAction)?;
    if passed {
        agree(state, &id);
    } else {
        refuse(state, &id, Decline::CardDeclined);
    }
    let url = find(state, &id).and_then(|payment| payment.asked.return_url.as_deref());
    let status = if passed { "succeeded" } else { "failed" };
    let and = |url: &str| if url.contains('?') { '&' } else { '?' };
    Ok(url.map(|url| format!("{url}{}status={status}", and(url))))
}

/// The customer disputes the payment.
pub(in crate::zafapay) fn chargeback(state: &mut State, id: &str) -> Result<(), LeverError> {
    let payment = state.payments.find_mut(id).ok_or(LeverError::NotFound)?;
    if !payment.status.is_refundable() || payment.charged_back {
        return Err(LeverError::WrongStatus);
    }
    payment.charged_back = true;
    tell(state, Kind::Chargeback, id);
    Ok(())
}
