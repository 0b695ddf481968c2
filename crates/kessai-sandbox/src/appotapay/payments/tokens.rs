//! Tokens of cards that customers paid with at the hosted checkout.

use super::Payment;
use crate::appotapay::refusal::{self, Code, Refusal};
use crate::appotapay::state::State;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

const NO_TOKEN: Code = refusal::absent(36, "There is no such token.");

pub(super) struct Token {
    pub(super) id: String,
}

things!(Token);

pub(super) fn delete_payment_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.body.text("token").unwrap_or_default();
    state.payments.tokens.remove(id).map_err(|_| NO_TOKEN)?;
    Ok(Object::new().put("errorCode", 0).put("message", "Success.").into())
}

pub(super) fn is_there(state: &State, id: &str) -> bool {
    state.payments.tokens.find(id).is_some()
}

/// What a callback says of the token that a payment has made, as JSON in a text.
pub(super) fn result(payment: &Payment) -> Option<String> {
    let token = payment.token.as_deref().filter(|_| payment.action == "PAY_WITH_RETURN_TOKEN")?;
    let kind = if payment.method == "ATM" { "ATM_CARD" } else { "CREDIT_CARD" };
    let card = Object::new()
        .put("status", "active")
        .put("token", token)
        .put("card_number", payment.masked.as_deref().unwrap_or_default())
        .put("card_name", "NGUYEN VAN A")
        .put("card_date", "")
        .put("card_type", kind);
    let result = Object::new().put("status", 0).put("message", "Success.").object("card", &card);
    Some(result.json())
}
