//! Links between wallets and the merchant: the login of owners, and tokens.

use hyper::StatusCode;

use super::{BALANCE, Owner};
use crate::appotapay::auth::{API_KEY, SECRET_KEY};
use crate::appotapay::query;
use crate::appotapay::refusal::{self, Code, Refusal};
use crate::appotapay::state::State;
use crate::appotapay::time::seconds;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;

const WRONG_CLIENT: Code = refusal::with_status(401, StatusCode::UNAUTHORIZED, "The key is wrong.");
const WRONG_GRANT: Code = refusal::code(400, "The code or the token is not good.");
const NOT_LINKED: Code =
    refusal::with_status(401, StatusCode::UNAUTHORIZED, "The token is not good.");

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long the code of a login, an access token and a refresh token are good.
const CODE_MS: i64 = 10 * 60 * 1000;
const ACCESS_MS: i64 = 30 * DAY_MS;
const REFRESH_MS: i64 = 365 * DAY_MS;

/// What an owner has agreed to, until the merchant fetches its tokens.
pub(super) struct Grant {
    code: String,
    owner: usize,
    end: i64,
}

/// A linked wallet.
pub(super) struct Link {
    pub(super) owner: usize,
    access: String,
    access_end: i64,
    refresh: String,
    refresh_end: i64,
}

/// The page itself is for browsers, and empty.
pub(super) fn get_wallet_login_form(_state: &mut State, call: &Call) -> Result<(), Refusal> {
    check_client(call.query.text("client_key"))?;
    match call.query.text("response_type") {
        Some("code") => Ok(()),
        _ => Err(refusal::invalid("response_type", "it is code")),
    }
}

pub(super) fn create_wallet_access_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    check_secret(call)?;
    let code = call.body.text("code").unwrap_or_default();
    let (grants, now) = (&mut state.wallets.grants, state.now);
    let place = grants.iter().position(|grant| grant.code == code && now < grant.end);
    let grant = grants.swap_remove(place.ok_or(WRONG_GRANT)?);
    let link = new_link(state, grant.owner);
    let said = link.show();
    state.wallets.links.push(link);
    Ok(said)
}

/// Gives new tokens for old ones, which are good no more.
pub(super) fn refresh_wallet_access_token(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    check_secret(call)?;
    let token = call.body.text("refresh_token").unwrap_or_default();
    let (links, now) = (&state.wallets.links, state.now);
    let place = links.iter().position(|link| link.refresh == token && now < link.refresh_end);
    let place = place.ok_or(WRONG_GRANT)?;
    let link = new_link(state, state.wallets.links[place].owner);
    let said = link.show();
    state.wallets.links[place] = link;
    Ok(said)
}

pub(super) fn get_wallet_account(state: &State, call: &Call) -> Result<Said, Refusal> {
    let token = call.query.text("token").unwrap_or_default();
    let link = find(state, token).ok_or(NOT_LINKED)?;
    let balance = state.wallets.owners.get(link.owner).map_or(0, |owner| owner.balance);
    let account = Object::new()
        .put("user_id", 2_041_801 + link.owner)
        .put("phone_number", "0901234567")
        .put("fullname", "NGUYEN VAN A")
        .put("wallet_balance", balance)
        .put("apoint_balance", 0);
    let body = Object::new().put("code", 200).put("message", "Success.");
    Ok(body.object("data", &account).into())
}

pub(super) fn unlink_wallet(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    check_client(call.body.text("client_key"))?;
    let token = call.body.text("access_token").unwrap_or_default();
    if find(state, token).is_none() {
        return Err(NOT_LINKED.into());
    }
    state.wallets.links.retain(|link| link.access != token);
    Ok(Object::new().put("code", 200).put("success", true).into())
}

fn check_client(key: Option<&str>) -> Result<(), Refusal> {
    if key == Some(API_KEY) { Ok(()) } else { Err(WRONG_CLIENT.into()) }
}

/// Refuses wrong keys, and another type than that which both operations have.
fn check_secret(call: &Call) -> Result<(), Refusal> {
    let text = |name: &str| call.body.text(name);
    check_client(text("client_key"))?;
    if text("secret_key") != Some(SECRET_KEY) {
        return Err(WRONG_CLIENT.into());
    }
    match text("grant_type") {
        Some("authorization_code") => Ok(()),
        _ => Err(refusal::invalid("grant_type", "it is authorization_code")),
    }
}

fn new_link(state: &mut State, owner: usize) -> Link {
    Link {
        owner,
        access: state.ids.next_uuid().replace('-', ""),
        access_end: state.now.saturating_add(ACCESS_MS),
        refresh: state.ids.next_uuid().replace('-', ""),
        refresh_end: state.now.saturating_add(REFRESH_MS),
    }
}

impl Link {
    fn show(&self) -> Said {
        let tokens = Object::new()
            .put("access_token", &*self.access)
            .put("token_type", "Bearer")
            .put("refresh_token", &*self.refresh)
            .put("expiry_in", seconds(self.access_end))
            .put("refresh_token_expiry_in", seconds(self.refresh_end));
        Object::new().put("code", 200).object("data", &tokens).into()
    }
}

/// The link that an access token is good for.
pub(super) fn find<'a>(state: &'a State, token: &str) -> Option<&'a Link> {
    let mut links = state.wallets.links.iter();
    links.find(|link| link.access == token && state.now < link.access_end)
}

/// Whether a wallet's owner has given this token.
pub(in crate::appotapay) fn is_linked(state: &State, token: &str) -> bool {
    find(state, token).is_some()
}

/// Lets a new owner agree on the page of this address; answers with where the browser goes then.
pub(super) fn agree(state: &mut State, page: &str) -> Result<String, LeverError> {
    let (_, query) = page.split_once('?').ok_or(LeverError::NotFound)?;
    let member = |name: &str| query::member(query, name).ok_or(LeverError::NotFound);
    let (back, own) = (member("redirect_uri")?, member("state")?);
    if member("client_key")? != API_KEY || member("response_type")? != "code" {
        return Err(LeverError::NotFound);
    }
    let code = state.ids.next_uuid().replace('-', "");
    state.wallets.owners.push(Owner { balance: BALANCE });
    let owner = state.wallets.owners.len() - 1;
    let end = state.now.saturating_add(CODE_MS);
    state.wallets.grants.push(Grant { code: code.clone(), owner, end });
    Ok(query::append(&back, &[("code", &code), ("state", &own)]))
}
