//! Logging in, and application tokens.

mod app_jwts;
mod app_tokens;
mod logins;

pub(in crate::univapay) use app_jwts::AppJwt;
pub(super) use app_jwts::{create, create_of_store, delete, delete_of_store, list, list_of_store};
pub(in crate::univapay) use app_tokens::AppToken;
pub(super) use app_tokens::{
    create as create_token, delete as delete_token, list as list_tokens, update as update_token,
};
pub(in crate::univapay) use logins::{Login, expired};
pub(super) use logins::{log_in, log_out};

use crate::document::Call;
use crate::univapay::refusal::{Code, Refusal, bad, invalid};

const NOT_LIVE: Code = bad("LIVE_MODE_NOT_ENABLED_WHEN_UNVERIFIED");

/// Refuses real money, of which there is none here.
fn check_mode(call: &Call) -> Result<(), Refusal> {
    match call.body.text("mode") {
        None | Some("test") => Ok(()),
        Some(_) => Err(NOT_LIVE.into()),
    }
}

/// The sites that a request names, if it does.
fn domains(call: &Call) -> Result<Option<Vec<String>>, Refusal> {
    if call.body.get("domains").is_none() {
        return Ok(None);
    }
    let domains: Vec<_> = call.body.texts("domains").into_iter().map(str::to_owned).collect();
    let is_site = |text: &String| {
        text == "*" || ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
    };
    if domains.iter().all(is_site) {
        Ok(Some(domains))
    } else {
        Err(invalid("domains", "INVALID_FORMAT_DOMAIN"))
    }
}
