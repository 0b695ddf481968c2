//! Logging in as a person.

use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;
use crate::univapay::auth;
use crate::univapay::legacy::{EMAIL, PASSWORD};
use crate::univapay::refusal::{self, Refusal};
use crate::univapay::state::State;

/// 12 hours, in seconds.
const GOOD_SECONDS: i64 = 12 * 60 * 60;

pub(in crate::univapay) struct Login {
    id: String,
    pub(in crate::univapay) jwt: String,
    /// In seconds since 1970, as its claims say.
    expires: i64,
}

things!(Login);

/// Whether a login has run out.
pub(in crate::univapay) fn expired(login: &Login, now: i64) -> bool {
    now / 1000 >= login.expires
}

pub(in crate::univapay::legacy) fn log_in(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let is = |name, text| call.body.text(name) == Some(text);
    if !is("email", EMAIL) || !is("password", PASSWORD) {
        return Err(refusal::WRONG_SECRET.into());
    }
    let (id, secret) = (state.ids.next_uuid(), state.ids.next(""));
    let issued = state.now / 1000;
    let expires = issued.saturating_add(GOOD_SECONDS);
    let claims = Object::new()
        .put("sub", auth::LOGIN)
        .put("iat", issued)
        .put("exp", expires)
        .put("jti", &*id)
        .put("merchant_id", &*state.merchant_id)
        .put("roles", vec!["merchant"])
        .put("email", EMAIL)
        .put("lang", "ja_jp");
    let jwt = auth::jwt(&claims, &secret);
    let said = Object::new().put("jwt", &*jwt).put("merchant_id", &*state.merchant_id).into();
    state.legacy.logins.put(Login { id, jwt, expires });
    Ok(said)
}

/// Ends the login that signs the call, if one does.
pub(in crate::univapay::legacy) fn log_out(state: &mut State, _: &Call) -> Result<Said, Refusal> {
    if let Some(id) = state.legacy.signed_by.take() {
        state.legacy.logins.remove(&id)?;
    }
    Ok(Said::nothing())
}
