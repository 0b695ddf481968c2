//! Who may call, and with which key. Both kinds are bearer tokens.

use hyper::header::{AUTHORIZATION, HeaderMap};

use super::refusal::{self, Refusal};
use crate::ids::Ids;

pub(super) struct Keys {
    pub(super) access_token: String,
    pub(super) publishable: String,
}

impl Keys {
    pub(super) fn new(ids: &mut Ids) -> Self {
        Self { access_token: ids.next("access_"), publishable: ids.next("pk_test_") }
    }

    /// Admits a key whose security scheme, by its name in the document, is admitted.
    pub(super) fn check(
        &self,
        headers: &HeaderMap,
        admits: impl Fn(&str) -> bool,
    ) -> Result<(), Refusal> {
        let key = bearer(headers).ok_or(refusal::WRONG_KEY)?;
        let scheme = if key == self.access_token {
            "secret_key"
        } else if key == self.publishable {
            "publishable_key"
        } else {
            return Err(refusal::WRONG_KEY.into());
        };
        if admits(scheme) { Ok(()) } else { Err(refusal::NOT_ALLOWED.into()) }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
