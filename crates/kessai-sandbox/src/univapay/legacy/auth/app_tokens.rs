//! Application tokens in their oldest form.

use super::{check_mode, domains};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::Refusal;
use crate::univapay::state::State;

pub(in crate::univapay) struct AppToken {
    id: String,
    pub(in crate::univapay) token: String,
    pub(in crate::univapay) secret: String,
    domains: Vec<String>,
    created: i64,
}

things!(AppToken);

pub(in crate::univapay::legacy) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    check_mode(call)?;
    let token = AppToken {
        domains: domains(call)?.unwrap_or_default(),
        id: state.ids.next_uuid(),
        token: state.ids.next(""),
        secret: state.ids.next(""),
        created: state.now,
    };
    let said = Said::created(&show(state, &token));
    state.legacy.app_tokens.put(token);
    Ok(said)
}

pub(in crate::univapay::legacy) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let tokens = state.legacy.app_tokens.iter();
    let tokens = tokens.filter(|_| call.query.text("mode").is_none_or(|mode| mode == "test"));
    page(call, tokens, Count::Untold, |token| show(state, token))
}

pub(in crate::univapay::legacy) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, domains) = (call.path("id"), domains(call)?);
    let token = state.legacy.app_tokens.get_mut(id)?;
    if let Some(domains) = domains {
        token.domains = domains;
    }
    Ok(show(state, state.legacy.app_tokens.get(id)?).into())
}

pub(in crate::univapay::legacy) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    state.legacy.app_tokens.remove(call.path("id"))?;
    Ok(Said::nothing())
}

fn show(state: &State, token: &AppToken) -> Object {
    Object::new()
        .put("id", &*token.id)
        .put("store_id", &*state.store_id)
        .put("token", &*token.token)
        .put("secret", &*token.secret)
        .put("domains", token.domains.clone())
        .put("mode", "test")
        .put("created_on", iso(token.created))
}
