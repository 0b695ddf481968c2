//! Webhooks: is a message elepay's, and what does it say?

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_core::encoding::from_hex;
use kessai_core::mac::Tag;
use kessai_core::{Decode as _, Json, Rejected, Secret, Unreadable};

use crate::charges::Charge;
use crate::readers::Reader;
use crate::refunds::Refund;
use crate::sign::InvalidKey;
use crate::sources::Source;
use crate::subscriptions::Subscription;
use crate::webhooks::Event;

/// The header that carries the signature. HTTP does not tell its capitals apart.
pub const SIGNATURE_HEADER: &str = "elepay-signature";

/// How far a message's time may be from ours.
const TOLERANCE: Duration = Duration::from_secs(300);

/// More signatures than elepay ever sends: two while a secret is replaced.
const MOST_SIGNATURES: usize = 8;

/// Checks that webhooks come from elepay, and reads them.
///
/// elepay signs the bytes of the body, so hand those over as they came: JSON that was read and
/// written again does not fit.
///
/// - Answer an event with 2xx, also one that you do not know. After anything else elepay sends it
///   again, after 5 s, 15 s, 1 min, 10 min and 10 min.
/// - Answer 400 to what is rejected as forged, and raise an alarm, but no 2xx, for one that is
///   genuine and [does not read](Rejected::Unreadable).
/// - The same event may come more than once, and events out of order: remember [`Event::id`].
/// - Compare [`Event::live_mode`] before you hand over goods, and look at the resource itself
///   before money depends on it.
/// - There is no event for a payment that failed. In test mode, elepay's newer webhooks ("V2") send
///   nothing at all.
///
/// ```
/// use kessai_elepay::{Subject, Webhooks};
/// use kessai_elepay::webhooks::EventKind;
/// # use std::time::{Duration, UNIX_EPOCH};
///
/// let webhooks = Webhooks::new("whsec_test_0123456789abcdef")?;
///
/// // From the request: its `elepay-Signature` header and its body.
/// let body = br#"{"id":"evt_1","type":"charge.succeeded","data":{"object":{"id":"ch_1"}}}"#;
/// # let t = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// # let signature = "t=1700000000,sign=5701861777448c39384ebe6aac61e4f5238e240d89c9a7ba179138a24790c63e";
/// # let webhooks = webhooks.tolerance(Duration::MAX);
/// let event = webhooks.event(signature, body)?;
/// assert_eq!(event.type_, EventKind::ChargeSucceeded);
/// if let Subject::Charge(charge) = event.subject()? {
///     assert_eq!(charge.id.as_str(), "ch_1");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Webhooks {
    secrets: Vec<Secret>,
    tolerance: Duration,
}

impl Webhooks {
    /// Checks with the signing secret of the endpoint, as the dashboard shows it. It is not the
    /// API key.
    ///
    /// # Errors
    ///
    /// If it is empty or has a blank in it: then it was not set, or not copied well.
    pub fn new(secret: impl Into<String>) -> Result<Self, InvalidKey> {
        Self { secrets: Vec::new(), tolerance: TOLERANCE }.or(secret)
    }

    /// Takes another secret as well, for the time in which the endpoint's is replaced.
    ///
    /// # Errors
    ///
    /// If it is empty or has a blank in it.
    pub fn or(mut self, secret: impl Into<String>) -> Result<Self, InvalidKey> {
        let secret = Secret::new(secret);
        if secret.reveal().is_empty() || !secret.reveal().bytes().all(|it| it.is_ascii_graphic()) {
            return Err(InvalidKey("a signing secret is not empty and has no blanks"));
        }
        self.secrets.push(secret);
        Ok(self)
    }

    /// Takes messages whose time is up to so far from this machine's, before or after, instead of
    /// 300 seconds.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Reads an event if elepay sent it, and lately.
    ///
    /// `signature` is the value of the header [`SIGNATURE_HEADER`], empty if there is none; `body`
    /// is the body, byte for byte.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn event(&self, signature: &str, body: &[u8]) -> Result<Event, Rejected> {
        self.event_at(signature, body, SystemTime::now())
    }

    /// The same, with a clock of your own.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn event_at(
        &self,
        signature: &str,
        body: &[u8],
        now: SystemTime,
    ) -> Result<Event, Rejected> {
        let signature = Signature::read(signature)?;
        if !self.secrets.iter().any(|secret| signature.is_by(secret, body)) {
            return Err(Rejected::WrongSignature);
        }
        // Only now: whoever cannot sign learns nothing of our clock.
        signature.is_of(now, self.tolerance)?;
        Event::decode(body).map_err(Rejected::Unreadable)
    }
}

/// The header, taken apart.
struct Signature<'h> {
    /// The time as it was written, which is how it was signed.
    time: &'h str,
    seconds: i64,
    tags: Vec<Vec<u8>>,
}

impl<'h> Signature<'h> {
    /// `t=1700000000,sign=..,sign=..`; there are two while elepay's side changes the secret.
    fn read(header: &'h str) -> Result<Self, Rejected> {
        let parts = || {
            let parts = header.split(',').filter_map(|part| part.split_once('='));
            parts.map(|(key, value)| (key.trim(), value.trim()))
        };
        if header.trim().is_empty() {
            return Err(Rejected::NoSignature);
        }
        let (_, time) = parts().find(|(key, _)| *key == "t").ok_or(Rejected::NoTimestamp)?;
        let seconds = time.parse().map_err(|_| Rejected::NoTimestamp)?;
        let tags = parts().filter(|(key, _)| *key == "sign").map(|(_, tag)| tag);
        let tags: Vec<_> = tags.take(MOST_SIGNATURES).map(from_hex).collect();
        if tags.is_empty() {
            return Err(Rejected::NoSignature);
        }
        let tags = tags.into_iter().flatten().collect();
        Ok(Self { time, seconds, tags })
    }

    fn is_by(&self, secret: &Secret, body: &[u8]) -> bool {
        let signed: [&[u8]; 3] = [self.time.as_bytes(), b".", body];
        let tag = Tag::of(secret.reveal().as_bytes(), &signed);
        self.tags.iter().any(|claimed| tag.is(claimed))
    }

    fn is_of(&self, now: SystemTime, tolerance: Duration) -> Result<(), Rejected> {
        let now = match now.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |it| -it),
        };
        let tolerance = tolerance.as_secs();
        if now.abs_diff(self.seconds) <= tolerance {
            Ok(())
        } else if self.seconds < now {
            Err(Rejected::TooOld)
        } else {
            Err(Rejected::TooNew)
        }
    }
}

/// What an event is about: the resource as it was when the event happened.
///
/// elepay may leave most of its members out. Ask for the resource before money depends on it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Subject {
    /// Of an event that begins with `charge.`.
    Charge(Box<Charge>),
    /// Of an event that begins with `refund.`.
    Refund(Box<Refund>),
    /// Of an event that begins with `source.`.
    Source(Box<Source>),
    /// Of an event that begins with `reader.`.
    Reader(Box<Reader>),
    /// Of an event that begins with `subscription.`.
    Subscription(Box<Subscription>),
    /// Of any other event, as elepay wrote it.
    Other(Json),
    /// The event has none.
    Nothing,
}

impl Event {
    /// What it is about. The first word of its type says what that is.
    ///
    /// # Errors
    ///
    /// If it does not read as what it should be.
    pub fn subject(&self) -> Result<Subject, Unreadable> {
        let Some(object) = self.data.as_ref().and_then(|data| data.object.as_ref()) else {
            return Ok(Subject::Nothing);
        };
        let body = object.as_str().as_bytes();
        match self.type_.as_str().split('.').next().unwrap_or_default() {
            "charge" => Charge::decode(body).map(Box::new).map(Subject::Charge),
            "refund" => Refund::decode(body).map(Box::new).map(Subject::Refund),
            "source" => Source::decode(body).map(Box::new).map(Subject::Source),
            "reader" => Reader::decode(body).map(Box::new).map(Subject::Reader),
            "subscription" => Subscription::decode(body).map(Box::new).map(Subject::Subscription),
            _ => Ok(Subject::Other(object.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_test_0123456789abcdef";
    const BODY: &[u8] = br#"{"id":"evt_1","type":"charge.succeeded"}"#;
    const TIME: u64 = 1_700_000_000;

    /// What another program computes of them.
    const SIGN: &str = "0837a508ca0db4be9968b89e5a77df0cba28d1bf24d08c1e53d9f9d89d3168ad";

    fn webhooks(secret: &str) -> Webhooks {
        Webhooks::new(secret).expect("a secret")
    }

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// What becomes of the message with this header at this time.
    fn judge(header: &str, now: SystemTime) -> Result<(), Rejected> {
        webhooks(SECRET).event_at(header, BODY, now).map(drop)
    }

    #[test]
    fn a_signature_of_any_of_the_secrets_is_taken() {
        let header = format!("t={TIME},sign={SIGN}");
        for two in [webhooks(SECRET).or("new"), webhooks("new").or(SECRET)] {
            let event = two.expect("two secrets").event_at(&header, BODY, at(TIME)).expect("it is");
            assert_eq!(event.id.as_str(), "evt_1");
        }
        for header in
            [format!("t={TIME},sign=00,sign={SIGN}"), format!(" sign = {SIGN} , v2=x, t = {TIME}")]
        {
            assert_eq!(judge(&header, at(TIME)), Ok(()), "{header}");
        }
    }

    #[test]
    fn what_was_not_signed_is_rejected() {
        for (header, rejected) in [
            (String::new(), Rejected::NoSignature),
            (format!("t={TIME}"), Rejected::NoSignature),
            (format!("sign={SIGN}"), Rejected::NoTimestamp),
            (format!("t=soon,sign={SIGN}"), Rejected::NoTimestamp),
            (format!("t={},sign={SIGN}", TIME + 1), Rejected::WrongSignature),
            (format!("t={TIME},sign={}", SIGN.replacen('0', "1", 1)), Rejected::WrongSignature),
            (format!("t={TIME},sign=zz"), Rejected::WrongSignature),
        ] {
            assert_eq!(judge(&header, at(TIME)), Err(rejected), "{header}");
        }
        let (header, changed) = (format!("t={TIME},sign={SIGN}"), BODY.to_ascii_uppercase());
        let changed = webhooks(SECRET).event_at(&header, &changed, at(TIME));
        assert_eq!(changed, Err(Rejected::WrongSignature));
    }

    #[test]
    fn a_message_is_taken_within_five_minutes_of_its_time() {
        let judge = |now| judge(&format!("t={TIME},sign={SIGN}"), now);
        for seconds in [TIME - 300, TIME, TIME + 300] {
            assert_eq!(judge(at(seconds)), Ok(()), "{seconds}");
        }
        assert_eq!(judge(at(TIME + 301)), Err(Rejected::TooOld));
        assert_eq!(judge(at(TIME - 301)), Err(Rejected::TooNew));
        let header = format!("t={TIME},sign={SIGN}");
        let patient = webhooks(SECRET).tolerance(Duration::from_secs(400));
        assert!(patient.event_at(&header, BODY, at(TIME + 400)).is_ok());
        assert!(patient.event_at(&header, BODY, at(TIME + 401)).is_err());
        assert_eq!(webhooks(SECRET).event(&header, BODY), Err(Rejected::TooOld), "by this machine");
    }

    #[test]
    fn a_clock_before_1970_is_not_one_as_far_after_it() {
        let signature = Signature { time: "100", seconds: 100, tags: vec![] };
        let (hour, short) = (Duration::from_secs(3600), Duration::from_secs(150));
        let before = UNIX_EPOCH - Duration::from_secs(100);
        assert_eq!(signature.is_of(before, short), Err(Rejected::TooNew));
        assert_eq!(signature.is_of(before, hour), Ok(()));
    }

    #[test]
    fn a_secret_is_not_empty_and_has_no_blanks() {
        for secret in ["", " ", "whsec_1\n", "two words"] {
            assert!(Webhooks::new(secret).is_err(), "{secret:?}");
            assert!(webhooks(SECRET).or(secret).is_err(), "{secret:?}");
        }
    }

    #[test]
    fn the_first_word_of_an_event_says_what_it_is_about() {
        let subject = |kind: &str, object: &str| {
            let event = format!(r#"{{"id":"1","type":"{kind}","data":{{"object":{object}}}}}"#);
            Event::decode(event.as_bytes()).expect("an event").subject()
        };
        for kind in crate::webhooks::EventKind::KNOWN {
            let word = match subject(kind, r#"{"id":"x_1"}"#).expect(kind) {
                Subject::Charge(charge) if charge.id.as_str() == "x_1" => "charge",
                Subject::Refund(refund) if refund.id.as_str() == "x_1" => "refund",
                Subject::Source(source) if source.id.as_str() == "x_1" => "source",
                Subject::Reader(reader) if reader.id.as_str() == "x_1" => "reader",
                Subject::Subscription(it) if it.id.as_str() == "x_1" => "subscription",
                other => panic!("{kind}: {other:?}"),
            };
            assert_eq!(kind.split('.').next(), Some(word));
        }
        assert!(matches!(subject("dream.dreamt", "[1]"), Ok(Subject::Other(_))));
        assert_eq!(subject("charge.succeeded", "null"), Ok(Subject::Nothing));
        assert!(subject("charge.succeeded", "{}").is_err(), "a charge without an id");
    }
}
