//! Customers who log in by a code that is mailed.

use hyper::StatusCode;

use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::refusal::{self, Code, Refusal, code, invalid};
use crate::univapay::state::State;
use crate::univapay::{Univapay, auth};

const EXPIRED: Code = code(StatusCode::UNAUTHORIZED, "EXPIRED_OTP_TOKEN");

/// 10 minutes, in milliseconds.
const GOOD_MS: i64 = 10 * 60 * 1000;

/// A code that was mailed; a new one to the same address takes its place.
pub(super) struct Mailed {
    email: String,
    code: String,
    time: i64,
}

/// What customers read in their mail.
impl Univapay {
    /// The last code that was mailed to this address to log in with, unless it was used.
    #[must_use]
    pub fn mailed_code(&self, email: &str) -> Option<String> {
        let state = self.service.state();
        let mut mailed = state.legacy.mailed.iter();
        mailed.find(|mailed| mailed.email == email).map(|mailed| mailed.code.clone())
    }
}

pub(super) fn authenticate(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let email = call.body.text("email").unwrap_or_default();
    if !email.contains('@') {
        return Err(invalid("email", "INVALID_EMAIL_ADDRESS"));
    }
    let Some(code) = call.body.text("otp") else { return Ok(mail(state, email)) };
    let place = state.legacy.mailed.iter().position(|mailed| mailed.email == email);
    let place = place.filter(|place| state.legacy.mailed[*place].code == code);
    let place = place.ok_or(refusal::WRONG_SECRET)?;
    if state.now - state.legacy.mailed[place].time >= GOOD_MS {
        return Err(EXPIRED.into());
    }
    state.legacy.mailed.remove(place);
    let secret = state.ids.next("");
    let claims = Object::new()
        .put("sub", "customer")
        .put("jti", state.ids.next_uuid())
        .put("merchant_id", &*state.merchant_id)
        .put("store_id", &*state.store_id)
        .put("email", email);
    Ok(Object::new().put("jwt", auth::jwt(&claims, &secret)).into())
}

fn mail(state: &mut State, email: &str) -> Said {
    let code = state.ids.digits(6);
    state.legacy.mailed.retain(|mailed| mailed.email != email);
    state.legacy.mailed.push(Mailed { email: email.to_owned(), code, time: state.now });
    Object::new().into()
}
