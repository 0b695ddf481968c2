//! Application tokens: what every request is signed with.

use std::fmt;

use kessai_core::encoding::from_base64url;
use kessai_core::http::header::AUTHORIZATION;
use kessai_core::http::{HeaderMap, HeaderValue};
use kessai_core::{Decode, Id, Secret, Sign, SignError, Unsigned};

use crate::merchants::Merchant;
use crate::shared;
use crate::stores::Store;

/// What a token without its secret may call.
const WITHOUT_SECRET: [&str; 7] = [
    // Open to everybody.
    "get_heartbeat",
    "get_platform",
    "get_checkout_info",
    "get_charge_issuer_token",
    "get_charge_three_ds_issuer_token",
    "get_token_three_ds_issuer_token",
    // With nothing but a security code; UnivaPay looks at the body.
    "update_token",
];

/// What only a store's token may call.
const OF_A_STORE: [&str; 2] = ["create_token", "create_charge"];

/// What only a merchant's token may call.
const OF_A_MERCHANT: [&str; 1] = ["list_bank_transfer_ledgers"];

/// An application token, made in UnivaPay's console: a JWT, and the secret that was shown with it.
///
/// It says itself whose it is: a store's token does everything for that store, a merchant's reads
/// all stores and cannot make payments. Both parts are never printed and are wiped from memory when
/// they are dropped.
#[derive(Clone, Debug)]
pub struct AppToken {
    secret: Option<Secret>,
    jwt: Secret,
    claims: Claims,
}

/// What a JWT says of itself. It is read, not verified: only UnivaPay can do that.
#[derive(Clone, Debug)]
struct Claims {
    sub: Option<String>,
    merchant_id: Option<Id<Merchant>>,
    store_id: Option<Id<Store>>,
    mode: Option<String>,
}

kessai_core::object!(
    Claims,
    [(sub, "sub"), (merchant_id, "merchant_id"), (store_id, "store_id"), (mode, "mode"),]
);

/// Whose a token is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// A store: it makes payments.
    Store,
    /// A merchant: it reads all stores.
    Merchant,
}

/// Whether real money moves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// No real money moves.
    Test,
    /// Real money moves.
    Live,
}

impl Mode {
    /// Whether it is the one that an answer says; `None` if that says neither of the two.
    pub(crate) fn is(self, said: Option<&shared::Mode>) -> Option<bool> {
        match said? {
            shared::Mode::Live => Some(self == Self::Live),
            shared::Mode::Test => Some(self == Self::Test),
            _ => None,
        }
    }
}

impl AppToken {
    /// Takes a secret and a JWT as the console shows them.
    ///
    /// # Errors
    ///
    /// If one of them has a blank in it, the secret has a dot, or the JWT is not that of an
    /// application.
    pub fn new(secret: impl Into<String>, jwt: impl Into<String>) -> Result<Self, InvalidToken> {
        let secret = Secret::new(secret);
        fits_a_header(&secret)?;
        if secret.reveal().contains('.') {
            return Err(InvalidToken("a secret has no dot; is this the JWT?"));
        }
        Ok(Self { secret: Some(secret), ..Self::without_secret(jwt)? })
    }

    /// Takes a JWT alone, as browsers do: for the checkout's settings and the steps that a customer
    /// goes through, and the security code of a card. Whatever else is called is not sent.
    ///
    /// # Errors
    ///
    /// If it has a blank in it, or is not the JWT of an application.
    pub fn without_secret(jwt: impl Into<String>) -> Result<Self, InvalidToken> {
        let jwt = Secret::new(jwt);
        fits_a_header(&jwt)?;
        let claims = claims(jwt.reveal()).ok_or(InvalidToken("this is not a JWT"))?;
        if claims.sub.as_deref() != Some("app_token") {
            return Err(InvalidToken("this is not the JWT of an application"));
        }
        Ok(Self { secret: None, jwt, claims })
    }

    /// Whose it is. A store's token names its store.
    #[must_use]
    pub fn owner(&self) -> Owner {
        if self.claims.store_id.is_some() { Owner::Store } else { Owner::Merchant }
    }

    /// The store that it is for; `None` for a merchant's.
    #[must_use]
    pub fn store_id(&self) -> Option<&Id<Store>> {
        self.claims.store_id.as_ref()
    }

    /// The merchant that it belongs to.
    #[must_use]
    pub fn merchant_id(&self) -> Option<&Id<Merchant>> {
        self.claims.merchant_id.as_ref()
    }

    /// Whether real money moves with it; `None` if it does not say, as a merchant's, or says
    /// `live_test`.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        match self.claims.mode.as_deref()? {
            "test" => Some(Mode::Test),
            "live" => Some(Mode::Live),
            _ => None,
        }
    }

    /// Whether the secret is there.
    #[must_use]
    pub fn has_secret(&self) -> bool {
        self.secret.is_some()
    }
}

fn fits_a_header(part: &Secret) -> Result<(), InvalidToken> {
    let text = part.reveal();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(InvalidToken("a token has no blanks and no line breaks, and is not empty"))
    }
}

/// The middle part of a JWT, read.
fn claims(jwt: &str) -> Option<Claims> {
    let parts: Vec<&str> = jwt.split('.').collect();
    let [_, claims, _] = parts[..] else { return None };
    Claims::decode(&from_base64url(claims)?).ok()
}

/// Signs with a token, unless it cannot do what is asked.
pub(crate) struct Signer {
    pub(crate) token: AppToken,
    pub(crate) wanted: Option<Mode>,
}

impl Sign for Signer {
    fn check(&self) -> Result<(), SignError> {
        match (self.wanted, self.token.mode()) {
            (None, _) => Ok(()),
            (Some(wanted), Some(mode)) if wanted == mode => Ok(()),
            (Some(Mode::Test), _) => Err(SignError("the token is not for test mode")),
            (Some(Mode::Live), _) => Err(SignError("the token is not for live mode")),
        }
    }

    fn sign(&self, request: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        let operation = request.operation.name();
        match self.token.owner() {
            Owner::Merchant if OF_A_STORE.contains(&operation) => {
                return Err(SignError("a merchant's token makes no payments; a store's does"));
            }
            Owner::Store if OF_A_MERCHANT.contains(&operation) => {
                return Err(SignError("this needs a merchant's token"));
            }
            _ => {}
        }
        let jwt = self.token.jwt.reveal();
        let bearer = match &self.token.secret {
            Some(secret) => Secret::new(format!("Bearer {}.{jwt}", secret.reveal())),
            None if WITHOUT_SECRET.contains(&operation) => Secret::new(format!("Bearer {jwt}")),
            None => return Err(SignError("this needs the secret of the token")),
        };
        let mut value = HeaderValue::from_str(bearer.reveal())
            .map_err(|_| SignError("the token does not fit into a header"))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

/// Why a text is not a token. It holds nothing of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidToken(pub(crate) &'static str);

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidToken {}

#[cfg(test)]
pub(crate) mod tests;
