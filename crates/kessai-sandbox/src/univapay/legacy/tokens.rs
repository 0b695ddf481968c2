//! Tokens that the customer confirms, and those that take the place of others.

use crate::document::Call;
use crate::said::Said;
use crate::univapay::Univapay;
use crate::univapay::events::Kind as EventKind;
use crate::univapay::means::Means;
use crate::univapay::refusal::{self, Code, Refusal, bad, invalid};
use crate::univapay::state::State;
use crate::univapay::tokens::{Checks, Kind, Token, show, tell};

const WRONG_CODE: Code = bad("WRONG_CONFIRMATION_CODE");
const NOT_RECURRING: Code = bad("TRANSACTION_TOKEN_IS_NOT_RECURRING");

/// What customers read in their mail.
impl Univapay {
    /// The code that was mailed to the customer to confirm a token with; nothing if there is none or
    /// it was used.
    #[must_use]
    pub fn confirmation_code(&self, token_id: &str) -> Option<String> {
        self.service.state().tokens.find(token_id)?.code.clone()
    }
}

pub(super) fn confirm(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let token = state.tokens.get_mut(id)?;
    let code = token.code.as_deref().ok_or(refusal::CANNOT_CHANGE_TOKEN)?;
    if call.body.text("confirmation_code") != Some(code) {
        return Err(WRONG_CODE.into());
    }
    token.code = None;
    token.updated = now;
    tell(state, id, EventKind::TokenUpdated);
    Ok(show(state, state.tokens.get(id)?).into())
}

pub(super) fn renew(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (old_id, now) = (call.path("id"), state.now);
    let data = call.body.object("data").ok_or_else(|| invalid("data", "REQUIRED_VALUE"))?;
    let old = state.tokens.get(old_id)?;
    let Means::Card(card) = &old.means else {
        return Err(invalid("id", "ONLY_FOR_CARD_PAYMENT"));
    };
    if old.kind != Kind::Recurring {
        return Err(NOT_RECURRING.into());
    }
    if !old.active || old.code.is_some() {
        return Err(refusal::CANNOT_CHANGE_TOKEN.into());
    }
    let email = data.get("email").and_then(|email| email.as_str());
    let new = Token {
        id: String::new(),
        kind: old.kind,
        means: Means::Card(card.clone().changed(data, now)?),
        checks: Checks::default(),
        email: email.map(str::to_owned).or_else(|| old.email.clone()),
        usage_limit: old.usage_limit.clone(),
        metadata: old.metadata.clone(),
        active: true,
        code: None,
        previous_id: Some(old_id.to_owned()),
        created: now,
        updated: now,
        used: None,
    };
    let id = state.ids.next_uuid();
    state.tokens.put(Token { id: id.clone(), ..new });
    let old = state.tokens.get_mut(old_id)?;
    old.active = false;
    old.updated = now;
    tell(state, &id, EventKind::TokenReplaced);
    Ok(show(state, state.tokens.get(&id)?).into())
}
