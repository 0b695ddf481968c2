//! Who calls: a token for every request, and the headers beside it.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_core::encoding::{base64url, hex};
use kessai_core::http::header::{AUTHORIZATION, CONTENT_TYPE};
use kessai_core::http::{HeaderMap, HeaderName, HeaderValue};
use kessai_core::mac::Tag;
use kessai_core::{Operation, Secret, Sign, SignError, Unsigned, random_uuid};

use crate::signature;

/// How long a token is good for. How long it may be is not documented; AppotaPay advises this.
const LIFETIME: Duration = Duration::from_secs(300);

/// The first part of every token.
const TOKEN_HEADER: &str = r#"{"typ":"JWT","alg":"HS256","cty":"appotapay-api;v=1"}"#;

/// The security schemes of the specification.
const PARTNER_TOKEN: &str = "partner_token";
const USER_TOKEN: &str = "user_token";

/// A partner's code and keys, as AppotaPay's portal shows them.
///
/// The keys are never printed and are wiped from memory when they are dropped.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub(crate) partner_code: String,
    pub(crate) api_key: Secret,
    pub(crate) secret_key: Secret,
}

impl Credentials {
    /// Takes the three as the portal shows them.
    ///
    /// # Errors
    ///
    /// If one of them is empty, has a blank in it, or something else that cannot stand in a token.
    pub fn new(
        partner_code: impl Into<String>,
        api_key: impl Into<String>,
        secret_key: impl Into<String>,
    ) -> Result<Self, InvalidKey> {
        let credentials = Self {
            partner_code: partner_code.into(),
            api_key: Secret::new(api_key),
            secret_key: Secret::new(secret_key),
        };
        let Self { partner_code, api_key, secret_key } = &credentials;
        for key in [partner_code, api_key.reveal(), secret_key.reveal()] {
            let fits = |byte: u8| byte.is_ascii_graphic() && ![b'"', b'\\'].contains(&byte);
            if key.is_empty() || !key.bytes().all(fits) {
                return Err(InvalidKey);
            }
        }
        Ok(credentials)
    }

    /// A token that is good for a while from `now` on.
    fn token(&self, now: SystemTime) -> Option<Secret> {
        let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
        let (partner, key) = (&self.partner_code, self.api_key.reveal());
        let expires = now + LIFETIME.as_secs();
        // Nothing in them has to be escaped.
        let claims = Secret::new(format!(
            r#"{{"iss":"{partner}","jti":"{key}-{now}","api_key":"{key}","exp":{expires}}}"#
        ));
        let claims = Secret::new(base64url(claims.reveal().as_bytes()));
        let signed =
            Secret::new(format!("{}.{}", base64url(TOKEN_HEADER.as_bytes()), claims.reveal()));
        let tag = self.tag(signed.reveal().as_bytes()).into_bytes();
        Some(Secret::new(format!("{}.{}", signed.reveal(), base64url(&tag))))
    }

    /// The HMAC-SHA256 of a message under the secret key.
    pub(crate) fn tag(&self, message: &[u8]) -> Tag {
        Tag::of(self.secret_key.reveal().as_bytes(), &[message])
    }
}

/// The language of messages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Language {
    /// Vietnamese.
    Vietnamese,
    /// English.
    English,
}

impl Language {
    const fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }
}

/// Signs as a partner.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) credentials: Credentials,
    pub(crate) bearer: bool,
    pub(crate) language: Option<Language>,
    pub(crate) account: Option<String>,
    pub(crate) user: Option<Secret>,
}

impl Signer {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self { credentials, bearer: false, language: None, account: None, user: None }
    }

    fn token(&self, now: SystemTime) -> Result<HeaderValue, SignError> {
        let token = self.credentials.token(now);
        let token = token.ok_or(SignError("the clock is before 1970"))?;
        let prefix = if self.bearer { "Bearer " } else { "" };
        secret_value(&Secret::new(format!("{prefix}{}", token.reveal())))
    }

    /// What stands in a header that the client fills in; nothing if it is left out.
    fn value(&self, header: &str, body: &[u8]) -> Result<Option<HeaderValue>, SignError> {
        Ok(match header.to_ascii_lowercase().as_str() {
            "language" | "x-language" | "x-lang" => {
                self.language.map(|language| HeaderValue::from_static(language.code()))
            }
            "x-account-ref-id" => {
                let account = self.account.as_deref().map(HeaderValue::from_str).transpose();
                account.map_err(|_| SignError("the sub-account does not fit into a header"))?
            }
            "x-request-id" => random_uuid().and_then(|id| HeaderValue::try_from(id).ok()),
            "x-signature" => {
                let tag = self.credentials.tag(body).into_bytes();
                Some(secret_value(&Secret::new(hex(&tag)))?)
            }
            _ => None,
        })
    }
}

/// A value that must not be logged.
fn secret_value(text: &Secret) -> Result<HeaderValue, SignError> {
    let mut value = HeaderValue::from_str(text.reveal())
        .map_err(|_| SignError("a token does not fit into a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl Sign for Signer {
    fn complete(
        &self,
        operation: &Operation,
        query: &mut String,
        body: &mut Vec<u8>,
    ) -> Result<(), SignError> {
        signature::complete(&self.credentials, operation, query, body)
    }

    fn verify(&self, operation: &Operation, answer: &[u8], denied: bool) -> Result<(), SignError> {
        signature::verify(&self.credentials, operation.signed_answer_members(), answer, denied)
    }

    fn sign(&self, request: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        let keys = request.operation.own_keys().unwrap_or(&[PARTNER_TOKEN]);
        if keys.contains(&PARTNER_TOKEN) {
            headers.insert("x-appotapay-auth", self.token(request.now)?);
        }
        if keys.contains(&USER_TOKEN) {
            let user = self.user.as_ref();
            let user = user.ok_or(SignError("this needs a customer's token: `for_wallet`"))?;
            let bearer = Secret::new(format!("Bearer {}", user.reveal()));
            headers.insert(AUTHORIZATION, secret_value(&bearer)?);
        }
        for header in request.operation.own_headers() {
            let name: HeaderName =
                header.parse().map_err(|_| SignError("the specification has no such header"))?;
            // What a caller sets for one call is for that call; a signature is nobody's to set.
            if (name == "x-signature" || !headers.contains_key(&name))
                && let Some(value) = self.value(header, request.body)?
            {
                headers.insert(name, value);
            }
        }
        // AppotaPay asks for it where there is no body too.
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("partner_code", &self.credentials.partner_code)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// A code or key that is empty, or has in it what none has. It holds nothing of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidKey;

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a partner's code or key is empty, or has a blank or a quote in it")
    }
}

impl std::error::Error for InvalidKey {}

#[cfg(test)]
mod tests;
