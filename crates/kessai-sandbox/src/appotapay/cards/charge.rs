//! Charging a card.

use super::card::{Behaviour, Card};
use super::charges::{Charge, Status};
use super::{check_currency, codes, enrollments, read_amount, tokens};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::document::Call;
use crate::said::Said;

/// A charge that is declined leaves nothing behind: neither its reference nor its token is used.
pub(super) fn create_card_charge(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    check_currency(body)?;
    let amount = read_amount(body)?;
    let reference = body.text("merchantRefId").unwrap_or_default();
    if state.cards.charges.iter().any(|charge| charge.reference == reference) {
        return Err(codes::REFERENCE_USED.into());
    }
    let (card, token) = tokens::paying(state, body)?;
    let token_again = token.is_some_and(|token| token.again);
    let token = token.map(|token| token.id.clone());
    let authentication = body.text("authenticationId");
    let eci = authenticated(state, &card, authentication, amount)?;
    if let Behaviour::Declines(code) = card.behaviour {
        return Err(code.into());
    }

    if let Some(token) = &token {
        tokens::use_up(state, token);
    }
    if let Some(used) = authentication.and_then(|id| state.cards.enrollments.find_mut(id)) {
        used.used = true;
    }
    let unanswered = card.behaviour == Behaviour::PaysUnanswered;
    let number = state.next_number();
    let mut charge = Charge {
        id: state.ids.next_ulid(),
        reference: reference.to_owned(),
        authentication: authentication.map(str::to_owned),
        eci,
        token,
        token_again,
        card,
        status: Status::Authorized,
        authorized: amount,
        captured: 0,
        approval_code: number[6..].to_owned(),
        reconciliation_id: format!("AP{number}"),
        bank_reconciliation_id: format!("7089196646{number}"),
        created: state.now,
        captured_at: 0,
        updated: state.now,
    };
    if body.flag("capture") == Some(true) {
        charge.take(amount, state.now);
    }
    let said = charge.show();
    state.cards.charges.put(charge);
    if unanswered { Err(codes::NO_ANSWER.into()) } else { Ok(said) }
}

/// The ECI of an authentication that is good for this charge, or nothing where none is needed.
fn authenticated(
    state: &State,
    card: &Card,
    authentication: Option<&str>,
    amount: i64,
) -> Result<Option<&'static str>, Refusal> {
    let enrollments = &state.cards.enrollments;
    match authentication {
        Some(id) => {
            let enrollment = enrollments.find(id).ok_or(codes::NO_AUTHENTICATION)?;
            enrollments::check(enrollment, card, amount)
        }
        None if card.behaviour == Behaviour::Challenges => {
            let known = enrollments.iter().any(|enrollment| enrollment.card == *card);
            Err(if known { codes::NOT_AUTHENTICATED } else { codes::NOT_ENROLLED }.into())
        }
        None => Ok(None),
    }
}
