//! Who may call: whoever has an application token, or has logged in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::header::{AUTHORIZATION, HeaderMap};

use super::Univapay;
use super::legacy::auth::{AppJwt, expired};
use super::refusal::{self, Refusal};
use super::state::State;
use crate::mac::hmac_hex;
use crate::object::Object;
use crate::shelf::Thing as _;

/// What the sandbox begins with: an application token of the store, and one of its merchant.
pub(super) struct Keys {
    /// That of the store.
    pub(super) secret: String,
    pub(super) jwt: String,
    /// That of the merchant.
    merchant: Pair,
}

struct Pair {
    secret: String,
    jwt: String,
}

impl Keys {
    pub(super) fn new(state: &mut State) -> Self {
        let store = AppJwt::of_store(state, vec!["*".to_owned()]);
        let merchant = AppJwt::of_merchant(state);
        let pair = Pair { secret: merchant.secret.clone(), jwt: merchant.jwt.clone() };
        let keys = Self { secret: store.secret.clone(), jwt: store.jwt.clone(), merchant: pair };
        state.legacy.app_jwts.put(store);
        state.legacy.app_jwts.put(merchant);
        keys
    }

    pub(super) fn credential(&self) -> String {
        format!("{}.{}", self.secret, self.jwt)
    }
}

/// What anybody may do, whatever comes along.
const OPEN: &[&str] = &["authenticate_user", "get_heartbeat", "get_platform"];

/// What browsers may do, which have no secret.
const WITHOUT_SECRET: &[&str] = &[
    "create_token",
    "get_charge_issuer_token",
    "get_charge_three_ds_issuer_token",
    "get_token_three_ds_issuer_token",
    "get_checkout_info",
];

/// What whoever calls for the merchant may not do, who names no store.
const FOR_STORES: &[&str] = &[
    "create_token",
    "create_charge",
    "create_subscription",
    "create_subscription_batch",
    "get_checkout_info",
];

/// What they alone may do.
const FOR_MERCHANTS: &[&str] = &["list_bank_transfer_ledgers"];

/// Who calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Caller {
    /// A browser, with an application token but without its secret.
    Browser,
    Store,
    /// An application of the merchant, or somebody who has logged in.
    Merchant,
}

/// Refuses who may not call, or not this operation.
pub(super) fn admit(
    state: &State,
    headers: &HeaderMap,
    operation: Option<&str>,
) -> Result<(), Refusal> {
    let is_one_of = |list: &[&str]| operation.is_some_and(|id| list.contains(&id));
    if is_one_of(OPEN) {
        return Ok(());
    }
    let allowed = match caller(state, headers)? {
        Caller::Browser => is_one_of(WITHOUT_SECRET),
        Caller::Store => !is_one_of(FOR_MERCHANTS),
        Caller::Merchant => !is_one_of(FOR_STORES),
    };
    if allowed { Ok(()) } else { Err(refusal::NOT_ALLOWED.into()) }
}

fn caller(state: &State, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let header = headers.get(AUTHORIZATION).ok_or(refusal::NO_KEY)?;
    let header = header.to_str().ok().and_then(|header| header.split_once(' '));
    let (scheme, key) = header.ok_or(refusal::WRONG_TOKEN)?;
    match (scheme.to_ascii_lowercase().as_str(), key.trim()) {
        ("applicationtoken", key) => {
            let (token, secret) = key.split_once('|').ok_or(refusal::WRONG_TOKEN)?;
            let known = state.legacy.app_tokens.iter().find(|known| known.token == token);
            with_secret(&known.ok_or(refusal::WRONG_TOKEN)?.secret, secret, Caller::Store)
        }
        ("token", key) => logged_in(state, key),
        ("bearer", key) => bearer(state, key),
        _ => Err(refusal::WRONG_TOKEN.into()),
    }
}

fn bearer(state: &State, key: &str) -> Result<Caller, Refusal> {
    let known = |jwt: &str| state.legacy.app_jwts.iter().find(|known| known.jwt == jwt);
    if known(key).is_some() {
        return Ok(Caller::Browser);
    }
    if let Some((secret, jwt)) = key.split_once('.')
        && let Some(known) = known(jwt)
    {
        let caller = if known.of_store { Caller::Store } else { Caller::Merchant };
        return with_secret(&known.secret, secret, caller);
    }
    if subject(key).as_deref() == Some(LOGIN) {
        return logged_in(state, key);
    }
    Err(refusal::WRONG_TOKEN.into())
}

fn with_secret(own: &str, secret: &str, caller: Caller) -> Result<Caller, Refusal> {
    match secret {
        "" => Ok(Caller::Browser),
        secret if secret == own => Ok(caller),
        _ => Err(refusal::WRONG_SECRET.into()),
    }
}

fn logged_in(state: &State, jwt: &str) -> Result<Caller, Refusal> {
    let login = state.legacy.logins.iter().find(|login| login.jwt == jwt);
    if expired(login.ok_or(refusal::WRONG_LOGIN)?, state.now) {
        return Err(refusal::LOGIN_EXPIRED.into());
    }
    Ok(Caller::Merchant)
}

/// The id of the login that signs a call, if one does.
pub(super) fn login(state: &State, headers: &HeaderMap) -> Option<String> {
    let (_, jwt) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let login = state.legacy.logins.iter().find(|login| login.jwt == jwt.trim());
    login.map(|login| login.id().to_owned())
}

/// What the claims of a login say it is.
pub(super) const LOGIN: &str = "login_token";

/// What the claims of a JWT say it is.
fn subject(jwt: &str) -> Option<String> {
    let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    Some(claims["sub"].as_str()?.to_owned())
}

/// A JWT of these claims.
pub(super) fn jwt(claims: &Object, secret: &str) -> String {
    let head = Object::new().put("typ", "JWT").put("alg", "HS256");
    let part = |text: String| URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", part(head.json()), part(claims.json()));
    // Only UnivaPay can check a signature, so that any text serves.
    let signature = part(hmac_hex(secret.as_bytes(), &[signed.as_bytes()]));
    format!("{signed}.{signature}")
}

impl Univapay {
    /// The secret of the merchant's application token, which is of no store.
    ///
    /// It reads everything, and alone reads what came in by bank transfer; it takes no payments.
    #[must_use]
    pub fn merchant_secret(&self) -> &str {
        &self.service.provider().keys.merchant.secret
    }

    /// The JWT of the merchant's application token. Its signature means nothing.
    #[must_use]
    pub fn merchant_jwt(&self) -> &str {
        &self.service.provider().keys.merchant.jwt
    }

    /// The secret and the JWT of the merchant as servers send them, with a dot between.
    #[must_use]
    pub fn merchant_credential(&self) -> String {
        format!("{}.{}", self.merchant_secret(), self.merchant_jwt())
    }
}
