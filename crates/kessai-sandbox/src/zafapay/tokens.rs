//! Card tokens, each for one payment within 30 minutes.

use super::cards::Card;
use super::refusal::{self, Refusal};
use super::state::State;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

/// 30 minutes, in milliseconds.
const GOOD_MS: i64 = 30 * 60 * 1000;

pub(super) struct Token {
    id: String,
    pub(super) card: Card,
    created: i64,
    used: bool,
}

things!(Token);

pub(super) fn create_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let card = Card::read(call, state.now)?;
    let token = Token { id: state.ids.next("tok_"), card, created: state.now, used: false };
    let body = Object::new()
        .put("id", &*token.id)
        .object("card", &token.card.of_token())
        .put("connector_id", &*state.connector_id)
        .put("created_at", iso(token.created))
        .put("expires_at", iso(token.created.saturating_add(GOOD_MS)));
    state.tokens.put(token);
    Ok(Said::created(&body))
}

/// The token of this id, if it can still pay.
pub(super) fn good<'a>(state: &'a State, id: &str) -> Result<&'a Token, Refusal> {
    let token = state.tokens.find(id).ok_or_else(|| refusal::NOT_FOUND.at("token"))?;
    if token.used {
        Err(refusal::TOKEN_USED.at("token"))
    } else if state.now - token.created >= GOOD_MS {
        Err(refusal::TOKEN_EXPIRED.at("token"))
    } else {
        Ok(token)
    }
}

/// The token is charged, whatever comes of it.
pub(super) fn use_up(state: &mut State, id: &str) {
    if let Some(token) = state.tokens.find_mut(id) {
        token.used = true;
    }
}
