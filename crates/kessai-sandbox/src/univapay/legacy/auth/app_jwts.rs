//! Application tokens as they are today: a JWT and its secret.

use super::{check_mode, domains};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{NotFound, things};
use crate::univapay::auth;
use crate::univapay::legacy::PERSON_ID;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::state::State;

/// Any time will do, as the token does not expire; always the same, so that the keys of sandboxes
/// are.
const ISSUED: i64 = 1_700_000_000;

pub(in crate::univapay) struct AppJwt {
    /// Its `jti`.
    id: String,
    pub(in crate::univapay) secret: String,
    pub(in crate::univapay) jwt: String,
    /// Whether it is for the store, or for the merchant.
    pub(in crate::univapay) of_store: bool,
    roles: Vec<String>,
    created: i64,
}

things!(AppJwt);

impl AppJwt {
    /// A token of the store, for these sites.
    pub(in crate::univapay) fn of_store(state: &mut State, domains: Vec<String>) -> Self {
        let store_id = state.store_id.clone();
        Self::new(state, Vec::new(), |claims| {
            claims.put("store_id", store_id).put("mode", "test").put("domains", domains)
        })
    }

    /// A token of the merchant.
    pub(in crate::univapay) fn of_merchant(state: &mut State) -> Self {
        let roles = vec!["merchant".to_owned()];
        let claimed = roles.clone();
        Self { of_store: false, ..Self::new(state, roles, |claims| claims.put("roles", claimed)) }
    }

    fn new(state: &mut State, roles: Vec<String>, claim: impl FnOnce(Object) -> Object) -> Self {
        let secret = state.ids.next("");
        let id = state.ids.next_uuid();
        let claims = Object::new()
            .put("sub", "app_token")
            .put("iat", ISSUED)
            .put("jti", &*id)
            .put("merchant_id", &*state.merchant_id);
        let claims = claim(claims).put("creator_id", PERSON_ID).put("version", 1);
        let jwt = auth::jwt(&claims, &secret);
        Self { id, secret, jwt, of_store: true, roles, created: state.now }
    }
}

pub(in crate::univapay::legacy) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let roles = call.body.texts("roles");
    if call.body.get("roles").is_some() && roles.is_empty() {
        return Err(invalid("roles", "EMPTY_ROLES"));
    }
    if roles.iter().any(|role| *role != "merchant") {
        return Err(invalid("roles", "INVALID_FORMAT"));
    }
    let token = AppJwt::of_merchant(state);
    Ok(put_new(state, token))
}

pub(in crate::univapay::legacy) fn create_of_store(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    check_mode(call)?;
    let domains = domains(call)?.unwrap_or_default();
    let token = AppJwt::of_store(state, domains);
    Ok(put_new(state, token))
}

/// Its secret is told now and never again.
fn put_new(state: &mut State, token: AppJwt) -> Said {
    let said = Said::created(&show(state, &token).put("secret", &*token.secret));
    state.legacy.app_jwts.put(token);
    said
}

pub(in crate::univapay::legacy) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    page(call, state.legacy.app_jwts.iter(), Count::Untold, |token| show(state, token))
}

pub(in crate::univapay::legacy) fn list_of_store(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let tokens = state.legacy.app_jwts.iter().filter(|token| token.of_store);
    page(call, tokens, Count::Untold, |token| show(state, token))
}

pub(in crate::univapay::legacy) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    state.legacy.app_jwts.remove(call.path("jti"))?;
    Ok(Said::nothing())
}

pub(in crate::univapay::legacy) fn delete_of_store(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    if !state.legacy.app_jwts.get(call.path("jti"))?.of_store {
        return Err(NotFound.into());
    }
    delete(state, call)
}

/// What does not apply is left out.
fn show(state: &State, token: &AppJwt) -> Object {
    Object::new()
        .put("merchant_id", &*state.merchant_id)
        .put("creator_id", PERSON_ID)
        .put("jti", &*token.id)
        .put_some("store_id", token.of_store.then_some(&*state.store_id))
        .put("roles", token.roles.clone())
        .put("jwt", &*token.jwt)
        .put("created_on", iso(token.created))
}
