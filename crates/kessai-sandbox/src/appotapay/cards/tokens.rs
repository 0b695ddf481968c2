//! Tokens, which stand for cards.

use super::card::Card;
use super::codes;
use crate::appotapay::refusal::{self, Refusal};
use crate::appotapay::state::State;
use crate::document::{Call, Members};
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

pub(super) struct Token {
    pub(super) id: String,
    /// The merchant's; nothing for what the check for 3-D Secure made by itself.
    reference: Option<String>,
    card: Card,
    pub(super) again: bool,
    used: bool,
    deleted: bool,
}

things!(Token);

pub(super) fn create_card_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let reference = body.text("merchantRefId").unwrap_or_default();
    if state.cards.tokens.iter().any(|token| token.reference.as_deref() == Some(reference)) {
        return Err(codes::TOKEN_REFERENCE_USED.into());
    }
    let Some(card) = body.object("card") else {
        return Err(refusal::invalid("card", "it is missing"));
    };
    let card = Card::read(card, state.now)?;
    let again = body.text("tokenType") == Some("MULTIPLE");
    let id = put(state, card, Some(reference), again);
    Ok(Object::new().put("tokenId", id).put("merchantRefId", reference).into())
}

pub(super) fn delete_card_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("tokenId");
    let token = state.cards.tokens.find_mut(id).ok_or(codes::NO_TOKEN)?;
    if token.deleted {
        return Err(codes::TOKEN_DELETED.into());
    }
    token.deleted = true;
    let reference = call.query.text("merchantRefId").unwrap_or_default();
    let body = Object::new().put("tokenId", id).put("merchantRefId", reference);
    Ok(body.put("isDeleted", true).into())
}

/// Makes a token; answers with its id.
pub(super) fn put(state: &mut State, card: Card, reference: Option<&str>, again: bool) -> String {
    let id = state.ids.next_ulid().to_lowercase();
    let reference = reference.map(str::to_owned);
    let token = Token { id: id.clone(), reference, card, again, used: false, deleted: false };
    state.cards.tokens.put(token);
    id
}

/// What a call pays with: a card as such, or the card of a token and the token.
pub(super) fn paying<'a>(
    state: &'a State,
    body: &Members,
) -> Result<(Card, Option<&'a Token>), Refusal> {
    match (body.object("card"), body.text("tokenId")) {
        (Some(card), None) => Ok((Card::read(card, state.now)?, None)),
        (None, Some(id)) => {
            let token = state.cards.tokens.find(id).ok_or(codes::NO_TOKEN)?;
            if token.deleted {
                return Err(codes::WRONG_TOKEN.into());
            }
            if token.used {
                return Err(codes::TOKEN_USED.into());
            }
            if token.card.is_over(state.now) {
                return Err(codes::EXPIRED.into());
            }
            Ok((token.card.clone(), Some(token)))
        }
        (None, None) => Err(refusal::invalid("card", "it, or tokenId, is missing")),
        (Some(_), Some(_)) => Err(refusal::invalid("tokenId", "not beside card")),
    }
}

/// Uses a token up if it is for one payment.
pub(super) fn use_up(state: &mut State, id: &str) {
    if let Some(token) = state.cards.tokens.find_mut(id) {
        token.used = !token.again;
    }
}
