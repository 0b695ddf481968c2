//! Webhooks: is a message ZAFA PAY's, and what does it say?

use kessai_core::encoding::{from_base64, from_hex};
use kessai_core::mac::Tag;
use kessai_core::{Decode as _, Json, Rejected, Secret};

use crate::sign::{Environment, InvalidKey, fits_a_header};
use crate::webhooks::WebhookEvent;

impl Environment {
    /// The header that carries the signature of its webhooks. HTTP does not tell its capitals
    /// apart.
    #[must_use]
    pub const fn signature_header(self) -> &'static str {
        match self {
            Self::Sandbox => "x-zafapay-signature-sandbox",
            Self::Production => "x-zafapay-signature",
        }
    }
}

/// Checks that webhooks come from ZAFA PAY, and reads them.
///
/// The signature is the HMAC-SHA256 of the body, so hand over its bytes as they came: JSON that was
/// read and written again does not fit. **Not verified:** the pages do not show how the signature
/// is written. Lower-case hexadecimal digits and base64 are both taken here; neither lets anything
/// through that was not signed. Nor do they say whether the `whsec_` of a secret belongs to it; the
/// whole text is taken.
///
/// The signature does not wear out: a message that somebody recorded is genuine when it is sent
/// again. Remember [`WebhookEvent::key`], and look at the payment itself before money depends on
/// it. Answer with 2xx; anything else, and the message comes again.
///
/// ```
/// use kessai_zafapay::webhooks::WebhookStatus;
/// use kessai_zafapay::{Environment, Webhooks};
///
/// let webhooks = Webhooks::new("whsec_test_1")?;
///
/// // From the request: the header that `Environment::signature_header` names, and the body.
/// assert_eq!(Environment::Sandbox.signature_header(), "x-zafapay-signature-sandbox");
/// let signature = "151df461eed0dd65646c8d3820acfe491391d8d92011825cffb7ee4b3d135322";
/// let body = br#"{"event":"payment.succeeded","transaction_id":"tx_1","status":"succeeded"}"#;
/// let event = webhooks.event(signature, body)?;
/// assert_eq!(event.status, Some(WebhookStatus::Succeeded));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Webhooks {
    secrets: Vec<Secret>,
}

impl Webhooks {
    /// Checks with the secret of the endpoint, as the dashboard showed it. It is not the access
    /// token.
    ///
    /// # Errors
    ///
    /// If it is empty or has a blank in it: then it was not set, or not copied well.
    pub fn new(secret: impl Into<String>) -> Result<Self, InvalidKey> {
        Self { secrets: Vec::new() }.or(secret)
    }

    /// Takes the secret of another endpoint as well: a merchant may have 16.
    ///
    /// # Errors
    ///
    /// If it is empty or has a blank in it.
    pub fn or(mut self, secret: impl Into<String>) -> Result<Self, InvalidKey> {
        let secret = Secret::new(secret);
        fits_a_header(&secret)?;
        self.secrets.push(secret);
        Ok(self)
    }

    /// Reads an event if ZAFA PAY sent it.
    ///
    /// `signature` is the value of the [header](Environment::signature_header), empty if there is
    /// none; `body` is the body, byte for byte.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn event(&self, signature: &str, body: &[u8]) -> Result<WebhookEvent, Rejected> {
        let signature = signature.trim();
        if signature.is_empty() {
            return Err(Rejected::NoSignature);
        }
        let claimed = [from_hex(signature), from_base64(signature)];
        let is_by = |secret: &Secret| {
            let tag = Tag::of(secret.reveal().as_bytes(), &[body]);
            claimed.iter().flatten().any(|claimed| tag.is(claimed))
        };
        if !self.secrets.iter().any(is_by) {
            return Err(Rejected::WrongSignature);
        }
        WebhookEvent::decode(body).map_err(Rejected::Unreadable)
    }
}

/// Why a payment failed, as its webhook tells it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Failure {
    /// The unified decline code, where the webhook tells it.
    pub code: Option<String>,
    /// The kind of decline, such as `soft_decline`.
    pub category: Option<String>,
    /// The reason in words.
    pub message: Option<Secret>,
    /// What the provider recommends to do.
    pub recommended_action: Option<String>,
}

kessai_core::object!(
    Failure,
    [
        (code, "code"),
        (category, "category"),
        (message, "message"),
        (recommended_action, "recommended_action"),
    ]
);

impl WebhookEvent {
    /// What tells this event from others. The provider gives events no id: a message that comes
    /// again has the same key, and two partial refunds of one payment have two.
    #[must_use]
    pub fn key(&self) -> String {
        let refunded = self.amount_refunded.as_ref().map(ToString::to_string).unwrap_or_default();
        let time = self.timestamp.as_deref().unwrap_or_default();
        let payment = self.transaction_id.as_ref().map_or("", |id| id.as_str());
        format!("{} {payment} {refunded} {time}", self.event)
    }

    /// Why the payment failed, if the event says so.
    ///
    /// One page says that it is a text, another that it is an object: both are read.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        let error: &Json = self.error.as_ref()?;
        let text = error.read::<String>().ok().map(|message| Failure {
            code: None,
            category: None,
            message: Some(message.into()),
            recommended_action: None,
        });
        text.or_else(|| Failure::decode(error.as_str().as_bytes()).ok())
    }
}

#[cfg(test)]
mod tests {
    use kessai_core::Id;

    use super::*;

    const BODY: &[u8] =
        br#"{"event":"payment.succeeded","transaction_id":"tx_1","status":"succeeded"}"#;

    /// What another program computes of it, keyed with `whsec_test_1`, in both writings.
    const HEX: &str = "151df461eed0dd65646c8d3820acfe491391d8d92011825cffb7ee4b3d135322";
    const BASE64: &str = "FR30Ye7Q3WVkbI04IKz+SROR2NkgEYJc/7fuSz0TUyI=";

    fn webhooks(secret: &str) -> Webhooks {
        Webhooks::new(secret).expect("a secret")
    }

    fn event(body: &str) -> WebhookEvent {
        WebhookEvent::decode(body.as_bytes()).expect("an event")
    }

    #[test]
    fn a_signature_of_any_of_the_secrets_is_taken_in_either_writing() {
        for signature in [HEX, BASE64, &format!(" {HEX} ")] {
            let read = webhooks("whsec_test_1").event(signature, BODY).expect(signature);
            assert_eq!(read.transaction_id.as_ref().map(Id::as_str), Some("tx_1"));
        }
        for two in [webhooks("other").or("whsec_test_1"), webhooks("whsec_test_1").or("other")] {
            assert!(two.expect("two secrets").event(HEX, BODY).is_ok());
        }
    }

    #[test]
    fn what_was_not_signed_is_rejected() {
        let webhooks = webhooks("whsec_test_1");
        for nothing in ["", "  "] {
            assert_eq!(webhooks.event(nothing, BODY), Err(Rejected::NoSignature));
        }
        let other = HEX.replacen('1', "2", 1);
        for wrong in [&*other, &HEX[..62], "00", "x", &BASE64[..40]] {
            assert_eq!(webhooks.event(wrong, BODY), Err(Rejected::WrongSignature), "{wrong}");
        }
        let changed = String::from_utf8_lossy(BODY).replace("tx_1", "tx_2");
        assert_eq!(webhooks.event(HEX, changed.as_bytes()), Err(Rejected::WrongSignature));
        let strange = self::webhooks("whsec_test_2").event(HEX, BODY);
        assert_eq!(strange, Err(Rejected::WrongSignature));
    }

    #[test]
    fn each_environment_signs_in_a_header_of_its_own() {
        let headers =
            [Environment::Sandbox, Environment::Production].map(Environment::signature_header);
        assert_eq!(headers, ["x-zafapay-signature-sandbox", "x-zafapay-signature"]);
    }

    #[test]
    fn what_comes_again_has_the_same_key_and_every_other_event_another() {
        let refund = |payment: &str, refunded: &str, time: &str| {
            let members = format!(
                r#""transaction_id":"{payment}","amount_refunded":"{refunded}","timestamp":"{time}""#
            );
            event(&format!(r#"{{"event":"payment.refunded",{members}}}"#)).key()
        };
        let first = refund("tx_1", "3.50", "2026-04-07T01:02:03Z");
        assert_eq!(first, refund("tx_1", "3.50", "2026-04-07T01:02:03Z"));
        for other in [
            refund("tx_2", "3.50", "2026-04-07T01:02:03Z"),
            refund("tx_1", "7.00", "2026-04-07T01:02:03Z"),
            refund("tx_1", "3.50", "2026-04-07T01:02:04Z"),
            event(r#"{"event":"payment.refunded","transaction_id":"tx_1"}"#).key(),
            event(r#"{"event":"payment.chargeback","transaction_id":"tx_1"}"#).key(),
        ] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn a_failure_is_a_text_on_one_page_and_an_object_on_another() {
        let failure = |error: &str| {
            event(&format!(r#"{{"event":"payment.failed","error":{error}}}"#)).failure()
        };
        let text = failure(r#""no funds""#).expect("a failure");
        assert_eq!(text.message.as_ref().map(Secret::reveal), Some("no funds"));
        assert_eq!((text.code, text.category), (None, None));
        let object = r#"{"code":"insufficient_funds","category":"soft_decline","message":"no"}"#;
        let object = failure(object).expect("a failure");
        assert_eq!(object.code.as_deref(), Some("insufficient_funds"));
        assert_eq!(object.category.as_deref(), Some("soft_decline"));
        assert_eq!(object.message.as_ref().map(Secret::reveal), Some("no"));
        assert_eq!((failure("null"), failure("[1]")), (None, None));
        assert_eq!(event(r#"{"event":"payment.failed"}"#).failure(), None);
    }
}
