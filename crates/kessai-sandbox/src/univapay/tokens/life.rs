//! What becomes of a token: its code, its 3-D Secure and its security code.

use super::checks::{Step, ThreeDs};
use super::{Kind, Token, show, tell};
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::univapay::events::Kind as EventKind;
use crate::univapay::means::Means;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::{Open, State};
use crate::univapay::three_ds;

/// UnivaPay gets to a token that is new, or whose 3-D Secure was turned on.
pub(in crate::univapay) fn decide(state: &mut State, id: &str) {
    let now = state.now;
    let redirect_id = state.ids.next_uuid();
    let Some(token) = state.tokens.find_mut(id) else { return };
    let is_drawn = token.draw_code();
    let waits = token.checks.prepare_three_ds(redirect_id);
    let pays = token.means.failure(now).is_none();
    let is_told = token.checks.decide_cvv(pays);
    if is_drawn || waits || is_told {
        token.updated = now;
    }
    for (happened, kind) in [
        (is_drawn, EventKind::TokenUpdated),
        (waits, EventKind::TokenThreeDsUpdated),
        (is_told, EventKind::TokenCvvUpdated),
    ] {
        if happened {
            tell(state, id, kind);
        }
    }
}

impl Token {
    /// Lets the code that the customer scans be ready: whether there was one to draw.
    fn draw_code(&mut self) -> bool {
        let Means::QrMerchant(code) = &mut self.means else { return false };
        if code.image.is_some() {
            return false;
        }
        code.image = Some(format!("https://qr.univapay.invalid/{}", self.id));
        true
    }
}

pub(in crate::univapay) fn enable_three_ds(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let token = state.tokens.get_mut(id)?;
    if !matches!(token.means, Means::Card(_)) {
        return Err(invalid("id", "ONLY_FOR_CARD_PAYMENT"));
    }
    if token.kind != Kind::Recurring {
        return Err(refusal::WRONG_KIND.into());
    }
    let is_on = token.checks.three_ds.as_ref().is_some_and(|own| own.step != Step::Failed);
    if !token.active || is_on {
        return Err(refusal::CANNOT_CHANGE_TOKEN.into());
    }
    token.checks.three_ds = Some(ThreeDs::new(call.body.text("redirect_endpoint")));
    token.updated = now;
    state.open.push(Open::Token(id.to_owned()));
    tell(state, id, EventKind::TokenThreeDsUpdated);
    Ok(show(state, state.tokens.get(id)?).into())
}

pub(in crate::univapay) fn disable_three_ds(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let (id, now) = (call.path("id"), state.now);
    let token = state.tokens.get_mut(id)?;
    if !token.active {
        return Err(refusal::CANNOT_CHANGE_TOKEN.into());
    }
    if token.checks.three_ds.take().is_some() {
        token.updated = now;
        tell(state, id, EventKind::TokenThreeDsUpdated);
    }
    Ok(show(state, state.tokens.get(id)?).into())
}

pub(in crate::univapay) fn issuer_token(state: &State, call: &Call) -> Result<Said, Refusal> {
    let token = state.tokens.get(call.path("id"))?;
    if token.three_ds_step() != Some(Step::Awaiting) {
        return Err(invalid("id", "INVALID_THREE_DS_STATUS"));
    }
    let payload =
        Object::new().put("resource_id", &*token.id).put("resource_type", "transaction_token");
    Ok(three_ds::issuer_token(&payload).into())
}

impl Token {
    fn three_ds_step(&self) -> Option<Step> {
        self.checks.three_ds.as_ref().map(|three_ds| three_ds.step)
    }
}

/// The customer comes back from 3-D Secure for a token.
pub(in crate::univapay) fn finish_three_ds(
    state: &mut State,
    id: &str,
    passed: bool,
) -> Result<(), LeverError> {
    state.settle();
    let now = state.now;
    let token = state.tokens.find_mut(id).ok_or(LeverError::NotFound)?;
    let three_ds = token.checks.three_ds.as_mut();
    let awaiting = three_ds.filter(|three_ds| three_ds.step == Step::Awaiting);
    awaiting.ok_or(LeverError::WrongStatus)?.step =
        if passed { Step::Successful } else { Step::Failed };
    token.updated = now;
    tell(state, id, EventKind::TokenThreeDsUpdated);
    Ok(())
}

/// UnivaPay wants the security code before the next charge.
pub(in crate::univapay) fn ask_for_cvv(state: &mut State, id: &str) -> Result<(), LeverError> {
    let token = state.tokens.find_mut(id).ok_or(LeverError::NotFound)?;
    if !matches!(token.means, Means::Card(_)) {
        return Err(LeverError::WrongMethod);
    }
    if token.kind != Kind::Recurring || !token.active {
        return Err(LeverError::WrongStatus);
    }
    token.checks.wants_cvv = true;
    Ok(())
}
