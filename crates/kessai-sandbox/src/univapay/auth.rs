//! Who may call: the application token of the one store, and that of its merchant.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::header::{AUTHORIZATION, HeaderMap};

use super::Univapay;
use super::refusal::{self, Refusal};
use crate::ids::Ids;
use crate::mac::hmac_hex;
use crate::object::Object;

/// What browsers may do, which have no secret.
const WITHOUT_SECRET: &[&str] = &[
    "create_token",
    "get_charge_issuer_token",
    "get_charge_three_ds_issuer_token",
    "get_token_three_ds_issuer_token",
    "get_checkout_info",
];

/// Any time will do: a token for stores does not expire.
const ISSUED: i64 = 1_700_000_000;

/// What the merchant's application token may not do, which names no store.
const FOR_STORES: &[&str] =
    &["create_token", "create_charge", "create_subscription", "get_checkout_info"];

/// What it alone may do.
const FOR_MERCHANTS: &[&str] = &["list_bank_transfer_ledgers"];

/// The application tokens.
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

impl Pair {
    fn new(ids: &mut Ids, merchant_id: &str, store_id: Option<&str>) -> Self {
        let secret = ids.next("");
        let head = Object::new().put("typ", "JWT").put("alg", "HS256");
        let claims = Object::new()
            .put("sub", "app_token")
            .put("iat", ISSUED)
            .put("jti", ids.next_uuid())
            .put("merchant_id", merchant_id)
            .put_some("store_id", store_id)
            .put_some("mode", store_id.map(|_| "test"))
            .put_some("domains", store_id.map(|_| vec!["*"]))
            .put("creator_id", ids.next_uuid())
            .put("version", 1);
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(head.json()), part(claims.json()));
        // Only UnivaPay can check a signature, so that any text serves.
        let signature = part(hmac_hex(secret.as_bytes(), &[signed.as_bytes()]));
        Self { secret, jwt: format!("{signed}.{signature}") }
    }
}

impl Keys {
    pub(super) fn new(ids: &mut Ids, merchant_id: &str, store_id: &str) -> Self {
        let Pair { secret, jwt } = Pair::new(ids, merchant_id, Some(store_id));
        Self { secret, jwt, merchant: Pair::new(ids, merchant_id, None) }
    }

    pub(super) fn credential(&self) -> String {
        format!("{}.{}", self.secret, self.jwt)
    }

    /// Admits the whole credential of the store to everything that is not the merchant's alone, its
    /// JWT alone to what browsers may do, and that of the merchant to what needs no store.
    pub(super) fn check(
        &self,
        headers: &HeaderMap,
        operation: Option<&str>,
    ) -> Result<(), Refusal> {
        let header = headers.get(AUTHORIZATION).ok_or(refusal::NO_KEY)?;
        let key = header.to_str().ok().and_then(bearer).ok_or(refusal::WRONG_TOKEN)?;
        let is_one_of = |ids: &[&str]| operation.is_some_and(|id| ids.contains(&id));
        let admitted = if key == self.jwt {
            is_one_of(WITHOUT_SECRET)
        } else {
            let (secret, jwt) = key.split_once('.').ok_or(refusal::WRONG_TOKEN)?;
            let (own, admitted) = if jwt == self.jwt {
                (&self.secret, !is_one_of(FOR_MERCHANTS))
            } else if jwt == self.merchant.jwt {
                (&self.merchant.secret, !is_one_of(FOR_STORES))
            } else {
                return Err(refusal::WRONG_TOKEN.into());
            };
            if secret != own {
                return Err(refusal::WRONG_SECRET.into());
            }
            admitted
        };
        if admitted { Ok(()) } else { Err(refusal::NOT_ALLOWED.into()) }
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
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
