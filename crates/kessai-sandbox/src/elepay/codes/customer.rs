//! What the customer does on the page.

use serde_json::Value;

use super::{Code, Status};
use crate::elepay::charges::{self, Ask};
use crate::elepay::sources::{self, CAN_BE_KEPT};
use crate::elepay::state::State;
use crate::elepay::{customers, echo};
use crate::lever::LeverError;

/// The customer chooses how to pay, and has not paid yet; answers with the id of the charge.
pub(in crate::elepay) fn begin(
    state: &mut State,
    id: &str,
    payment_method: &str,
) -> Result<String, LeverError> {
    let code = open(state, id, false)?;
    let mut echo: echo::Shown = code.echo.clone();
    echo.retain(|name, _| ["description", "extra", "metadata"].contains(&name.as_str()));
    echo.insert("resource".to_owned(), "web".into());
    let ask = Ask {
        order_no: code.order_no.clone().unwrap_or_default(),
        amount: code.amount.unwrap_or_default(),
        currency: code.currency.clone(),
        payment_method: payment_method.to_owned(),
        authorize_only: false,
        location_id: code.location_id.clone(),
        echo,
    };
    let earlier = code.charge.clone().and_then(|id| state.charges.find(&id));
    if let Some(earlier) = earlier.filter(|charge| charge.status == charges::Status::Pending) {
        let id = earlier.id.clone();
        charges::give_up(state, &id);
    }
    let charge = charges::add(state, ask);
    open_mut(state, id)?.charge = Some(charge.clone());
    Ok(charge)
}

/// The customer pays; answers with the id of the charge.
pub(in crate::elepay) fn pay(
    state: &mut State,
    id: &str,
    payment_method: &str,
) -> Result<String, LeverError> {
    let begun = open(state, id, false)?.charge.as_ref().and_then(|id| state.charges.find(id));
    let begun = begun.filter(|charge| {
        charge.status == charges::Status::Pending && charge.payment_method == payment_method
    });
    let charge = match begun {
        Some(charge) => charge.id.clone(),
        None => begin(state, id, payment_method)?,
    };
    charges::agree(state, &charge);
    Ok(charge)
}

/// The customer registers a payment method; answers with the id of the source.
pub(in crate::elepay) fn complete(state: &mut State, id: &str) -> Result<String, LeverError> {
    let code = open(state, id, true)?;
    let customer = code.customer_id.as_deref().and_then(|id| customers::in_use(state, id));
    let customer = customer.ok_or(LeverError::NotFound)?.id.clone();
    let chosen = code.echo.get("extra").and_then(|extra| extra["defaultPaymentMethod"].as_str());
    let chosen = chosen.filter(|method| CAN_BE_KEPT.contains(method)).unwrap_or("creditcard");
    let payment_method = chosen.to_owned();
    let echo = echo::Shown::from_iter([("resource".to_owned(), Value::from("web"))]);
    let source = sources::add(state, &customer, &payment_method, echo);
    sources::approve(state, &source)?;
    let code = open_mut(state, id)?;
    code.source = Some(source.clone());
    code.status = Status::Completed;
    Ok(source)
}

/// The charge is paid, and so is the code that it is of, if it is of one.
pub(in crate::elepay) fn charge_is_paid(state: &mut State, charge: &str) {
    follow(state, charge, Status::Captured);
}

/// The customer has entered everything and pays later, even after the page has expired.
pub(in crate::elepay) fn charge_is_waiting(state: &mut State, charge: &str) {
    follow(state, charge, Status::Completed);
}

fn follow(state: &mut State, charge: &str, status: Status) {
    let code = state.codes.iter().find(|code| code.charge.as_deref() == Some(charge));
    let Some(id) = code.map(|code| code.id.clone()) else { return };
    if let Some(code) = state.codes.find_mut(&id) {
        code.status = status;
    }
}

/// The code, if the customer can still do something with it, of the kind that is meant.
fn open<'a>(state: &'a State, id: &str, registers: bool) -> Result<&'a Code, LeverError> {
    let code = state.codes.find(id).ok_or(LeverError::NotFound)?;
    let open = code.status == Status::Pending && code.registers == registers;
    if open { Ok(code) } else { Err(LeverError::WrongStatus) }
}

fn open_mut<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Code, LeverError> {
    state.codes.find_mut(id).ok_or(LeverError::NotFound)
}
