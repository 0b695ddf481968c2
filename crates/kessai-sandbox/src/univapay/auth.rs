//! Who may call: the one application token of the one store.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::header::{AUTHORIZATION, HeaderMap};

use super::refusal::{self, Refusal};
use crate::ids::Ids;
use crate::mac::hmac_hex;
use crate::object::Object;

/// What browsers may do, which have no secret.
const WITHOUT_SECRET: &[&str] = &["create_token", "get_charge_three_ds_issuer_token"];

/// Any time will do: a token for stores does not expire.
const ISSUED: i64 = 1_700_000_000;

pub(super) struct Keys {
    pub(super) secret: String,
    pub(super) jwt: String,
}

impl Keys {
    pub(super) fn new(ids: &mut Ids, merchant_id: &str, store_id: &str) -> Self {
        let secret = ids.next("");
        let head = Object::new().put("typ", "JWT").put("alg", "HS256");
        let claims = Object::new()
            .put("sub", "app_token")
            .put("iat", ISSUED)
            .put("jti", ids.next_uuid())
            .put("merchant_id", merchant_id)
            .put("store_id", store_id)
            .put("mode", "test")
            .put("domains", vec!["*"])
            .put("creator_id", ids.next_uuid())
            .put("version", 1);
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(head.json()), part(claims.json()));
        // Only UnivaPay can check a signature, so that any text serves.
        let signature = part(hmac_hex(secret.as_bytes(), &[signed.as_bytes()]));
        Self { secret, jwt: format!("{signed}.{signature}") }
    }

    pub(super) fn credential(&self) -> String {
        format!("{}.{}", self.secret, self.jwt)
    }

    /// Admits the whole credential to everything, and the JWT alone to what browsers may do.
    pub(super) fn check(
        &self,
        headers: &HeaderMap,
        operation: Option<&str>,
    ) -> Result<(), Refusal> {
        let header = headers.get(AUTHORIZATION).ok_or(refusal::NO_KEY)?;
        let key = header.to_str().ok().and_then(bearer).ok_or(refusal::WRONG_TOKEN)?;
        if key == self.jwt {
            let admitted = operation.is_some_and(|id| WITHOUT_SECRET.contains(&id));
            return if admitted { Ok(()) } else { Err(refusal::NOT_ALLOWED.into()) };
        }
        match key.split_once('.') {
            Some((secret, jwt)) if jwt == self.jwt => {
                if secret == self.secret {
                    Ok(())
                } else {
                    Err(refusal::WRONG_SECRET.into())
                }
            }
            _ => Err(refusal::WRONG_TOKEN.into()),
        }
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
