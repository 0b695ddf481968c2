//! What happens to payments.

use super::methods::{banks, check_bank};
use super::tokens::Token;
use super::{FAILED, Payment, Status, notices};
use crate::appotapay::state::State;
use crate::lever::LeverError;

/// The cards that AppotaPay publishes for its sandbox, as they are shown.
const DOMESTIC_CARD: &str = "970422xxxxxx4047";
const CREDIT_CARD: &str = "512345xxxxxx2346";

/// The payment at a checkout that waits for the customer.
fn waiting<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Payment, LeverError> {
    let payment = state.payments.all.find_mut(id).ok_or(LeverError::NotFound)?;
    if payment.wallet.is_some() {
        return Err(LeverError::WrongMethod);
    }
    if payment.status != Status::Pending {
        return Err(LeverError::WrongStatus);
    }
    Ok(payment)
}

/// Lets the customer pay with this method and bank, or those that were asked for.
pub(super) fn pay(
    state: &mut State,
    id: &str,
    chosen: Option<(&str, &str)>,
) -> Result<(), LeverError> {
    let now = state.now;
    let payment = waiting(state, id)?;
    let (method, bank) = match chosen {
        Some(chosen) => chosen,
        None => (if payment.method == "ALL" { "ATM" } else { &*payment.method }, ""),
    };
    let (method, mut bank) = (method.to_owned(), bank.to_owned());
    if bank.is_empty() {
        // Under an open method the bank that was asked for may be another's.
        let asked = payment.bank.clone().filter(|bank| banks(&method).contains(&&**bank));
        let first = banks(&method).first().copied().unwrap_or_default();
        bank = asked.unwrap_or_else(|| first.to_owned());
    }
    let is_asked = payment.method == "ALL" || payment.method == method;
    let is_bank = chosen.is_none() || payment.bank.as_ref().is_none_or(|asked| *asked == bank);
    if !is_asked || !is_bank || check_bank(&method, &bank).is_err() || method == "ALL" {
        return Err(LeverError::WrongMethod);
    }
    let card = match method.as_str() {
        "ATM" => Some(DOMESTIC_CARD),
        "CC" => Some(CREDIT_CARD),
        _ => None,
    };
    let keeps = payment.action == "PAY_WITH_RETURN_TOKEN" && card.is_some();
    payment.masked = payment.masked.take().or(card.map(str::to_owned));
    payment.method = method;
    payment.bank = Some(bank);
    payment.status = Status::Success;
    payment.updated = now;
    if keeps {
        let token = state.ids.next_ulid().to_lowercase();
        state.payments.tokens.put(Token { id: token.clone() });
        if let Some(payment) = state.payments.all.find_mut(id) {
            payment.token = Some(token);
        }
    }
    notices::tell_paid(state, id);
    Ok(())
}

/// Lets the customer fail, or give up. Nobody is told, but the browser.
pub(super) fn fail(state: &mut State, id: &str) -> Result<(), LeverError> {
    let now = state.now;
    let payment = waiting(state, id)?;
    payment.status = Status::Failed(FAILED);
    payment.updated = now;
    Ok(())
}
