//! Webhooks: what they say and how they are signed.

use std::fmt;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::mac::hmac_hex;

/// The name of the header that a webhook carries its signature in.
pub const SIGNATURE_HEADER: &str = "elepay-Signature";

/// Something that happened, as elepay would tell it to the merchant's server.
///
/// `Debug` does not show the body, so that a failing test may print it.
#[derive(Clone)]
pub struct Event {
    id: String,
    kind: &'static str,
    body: Bytes,
}

impl Event {
    pub(super) fn new(id: String, kind: &'static str, now: i64, object: &Value) -> Self {
        let body = json!({
            "id": id,
            "object": "event",
            "createTime": now,
            "liveMode": false,
            "type": kind,
            "data": { "object": object },
        });
        Self { body: body.to_string().into(), id, kind }
    }

    /// The id of the event, which starts with `evt_` and stays the same in every delivery.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What happened, such as `charge.succeeded`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind
    }

    /// The body of the webhook: JSON in one line, with the resource as the API shows it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The value of [`SIGNATURE_HEADER`] for a delivery at `unix_seconds`, made with one secret of
    /// the caller's choice.
    ///
    /// [`Elepay::signature`](super::Elepay::signature) makes it with the right ones.
    #[must_use]
    pub fn signed_header(&self, secret: &str, unix_seconds: i64) -> String {
        header(&[secret], &self.body, unix_seconds)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The header's value, with one `sign` for each secret.
pub(super) fn header(secrets: &[impl AsRef<str>], body: &[u8], unix_seconds: i64) -> String {
    let mut header = format!("t={unix_seconds}");
    for secret in secrets {
        header.push_str(",sign=");
        let time = unix_seconds.to_string();
        header.push_str(&hmac_hex(secret.as_ref().as_bytes(), &[time.as_bytes(), b".", body]));
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_test_0123456789abcdef";
    const BODY: &[u8] = br#"{"id":"evt_1","type":"charge.succeeded"}"#;
    const SIGN: &str = "0837a508ca0db4be9968b89e5a77df0cba28d1bf24d08c1e53d9f9d89d3168ad";

    #[test]
    fn a_body_is_signed_as_elepays_own_library_checks_it() {
        let header = header(&[SECRET], BODY, 1_700_000_000);
        assert_eq!(header, format!("t=1700000000,sign={SIGN}"));
    }

    #[test]
    fn every_secret_signs() {
        let header = header(&["other", SECRET], BODY, 1_700_000_000);
        assert!(header.ends_with(&format!(",sign={SIGN}")), "{header}");
        assert_eq!(header.matches(",sign=").count(), 2);
    }

    #[test]
    fn an_event_is_one_line_in_elepays_envelope() {
        let event = Event::new("evt_1".into(), "charge.succeeded", 7, &json!({ "id": "ch_1" }));
        let body: Value = serde_json::from_slice(event.body()).unwrap();
        let envelope = json!({
            "id": "evt_1", "object": "event", "createTime": 7, "liveMode": false,
            "type": "charge.succeeded", "data": { "object": { "id": "ch_1" } },
        });
        assert_eq!(body, envelope);
        assert!(!event.body().contains(&b' ') && !event.body().contains(&b'\n'));
        assert!(!format!("{event:?}").contains("ch_1"));
    }
}
