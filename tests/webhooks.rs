//! elepay's webhooks: which are taken, and why the others are not.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_elepay::webhooks::EventKind;
use kessai_elepay::{Rejected, Subject, Webhooks};
use serde_json::Value;

use crate::example::root;

const SECRET: &str = "whsec_test_0123456789abcdef";
const BODY: &[u8] = br#"{"id":"evt_1","type":"charge.succeeded"}"#;
const TIME: u64 = 1_700_000_000;

/// Of elepay's own test data; see `specs/elepay/SOURCES.md`.
const SIGN: &str = "0837a508ca0db4be9968b89e5a77df0cba28d1bf24d08c1e53d9f9d89d3168ad";

fn header() -> String {
    format!("t={TIME},sign={SIGN}")
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn webhooks(secret: &str) -> Webhooks {
    Webhooks::new(secret).expect("a secret")
}

/// Why a message is refused; the word `taken` if it is not.
fn verdict(webhooks: &Webhooks, header: &str, body: &[u8], now: SystemTime) -> String {
    match webhooks.event_at(header, body, now) {
        Ok(_) => "taken".to_owned(),
        Err(rejected) => rejected.to_string(),
    }
}

fn judge(header: &str) -> String {
    verdict(&webhooks(SECRET), header, BODY, at(TIME))
}

#[test]
fn every_signature_that_another_program_computed_is_taken() {
    let text = fs::read_to_string(root().join("tests/vectors/elepay_webhooks.json"));
    let vectors: Vec<Value> = serde_json::from_str(&text.expect("vectors")).expect("JSON");
    assert!(vectors.len() > 150);
    for vector in &vectors {
        let text = |name: &str| vector[name].as_str().expect("a text");
        let time = vector["time"].as_u64().expect("a time");
        let header = format!("t={time},sign={}", text("sign"));
        let event = webhooks(text("secret")).event_at(&header, text("body").as_bytes(), at(time));
        let event = event.unwrap_or_else(|rejected| panic!("{rejected}: {vector}"));
        assert!(event.id.as_str().starts_with("evt_"));
    }
}

#[test]
fn one_bit_flipped_anywhere_is_refused() {
    assert_eq!(judge(&header()), "taken");
    let mut tried = 0;
    let flipped = |bytes: &[u8], bit: usize| {
        let mut copy = bytes.to_vec();
        copy[bit / 8] ^= 1 << (bit % 8);
        copy
    };
    // A header or a secret of other bytes than text does not reach this function; what stands in
    // for it is another text all the same.
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let genuine = webhooks(SECRET);
    for bit in 0..BODY.len() * 8 {
        let verdict = verdict(&genuine, &header(), &flipped(BODY, bit), at(TIME));
        assert_eq!(verdict, Rejected::WrongSignature.to_string(), "bit {bit} of the body");
        tried += 1;
    }
    for bit in 0..header().len() * 8 {
        let verdict = judge(&text(flipped(header().as_bytes(), bit)));
        assert_ne!(verdict, "taken", "bit {bit} of the header, with the time and the signature");
        tried += 1;
    }
    for bit in 0..SECRET.len() * 8 {
        // A secret with a control character in it is not even taken.
        if let Ok(webhooks) = Webhooks::new(text(flipped(SECRET.as_bytes(), bit))) {
            let verdict = verdict(&webhooks, &header(), BODY, at(TIME));
            assert_eq!(verdict, Rejected::WrongSignature.to_string(), "bit {bit} of the secret");
        }
        tried += 1;
    }
    assert_eq!(tried, (BODY.len() + header().len() + SECRET.len()) * 8);
}

#[test]
fn a_message_is_taken_within_five_minutes_of_its_time_and_no_longer() {
    let genuine = webhooks(SECRET);
    let verdict = |now| verdict(&genuine, &header(), BODY, now);
    for seconds in [TIME - 300, TIME - 1, TIME, TIME + 299, TIME + 300] {
        assert_eq!(verdict(at(seconds)), "taken", "{seconds}");
    }
    assert_eq!(verdict(at(TIME + 301)), "the webhook is too old");
    assert_eq!(verdict(at(TIME - 301)), "the webhook is from the future");
    assert_eq!(verdict(UNIX_EPOCH - Duration::from_secs(9)), "the webhook is from the future");
    let patient = webhooks(SECRET).tolerance(Duration::from_secs(400));
    assert!(patient.event_at(&header(), BODY, at(TIME + 400)).is_ok());
    let today = webhooks(SECRET).event(&header(), BODY);
    assert_eq!(today, Err(Rejected::TooOld), "without a clock of one's own, it is this machine's");
}

#[test]
fn any_of_several_signatures_and_any_of_several_secrets_will_do() {
    let other = "00".repeat(32);
    for header in [
        format!("t={TIME},sign={other},sign={SIGN}"),
        format!("t={TIME},sign={SIGN},sign={other}"),
        format!("sign={SIGN},t={TIME}"),
        format!(" t = {TIME} , v2=zzz, sign = {SIGN} ,"),
        format!("t={TIME},sign={SIGN},t=1"),
    ] {
        assert_eq!(judge(&header), "taken", "{header}");
    }
    for both in [webhooks(SECRET).or("new"), webhooks("new").or(SECRET)] {
        assert!(both.expect("two secrets").event_at(&header(), BODY, at(TIME)).is_ok());
    }
}

#[test]
fn whatever_is_wrong_has_a_reason_that_is_safe_to_log() {
    let unsigned = "the webhook has no signature";
    let untimed = "the webhook's signature has no time";
    let wrong = "the webhook's signature is wrong";
    for (header, reason) in [
        (String::new(), unsigned),
        ("   ".to_owned(), unsigned),
        (format!("t={TIME}"), unsigned),
        (format!("sign={SIGN}"), untimed),
        (SIGN.to_owned(), untimed),
        (format!("t=,sign={SIGN}"), untimed),
        (format!("t=soon,sign={SIGN}"), untimed),
        (format!("t=1700000000.5,sign={SIGN}"), untimed),
        (format!("t=1,t={TIME},sign={SIGN}"), wrong),
        (format!("t={TIME},sign="), wrong),
        (format!("t={TIME},sign={}", &SIGN[..62]), wrong),
        (format!("t={TIME},sign={SIGN}00"), wrong),
        (format!("t={TIME},sign={}", SIGN.to_uppercase()), wrong),
        (format!("t=+{TIME},sign={SIGN}"), wrong),
    ] {
        assert_eq!(judge(&header), reason, "{header}");
    }
    let printed = format!("{:?}", webhooks(SECRET));
    assert!(!printed.contains("whsec"), "{printed}");
}

#[test]
fn a_secret_that_was_not_set_or_not_copied_well_is_not_taken() {
    for secret in ["", " ", "whsec_1\n", "two words"] {
        assert!(Webhooks::new(secret).is_err(), "{secret:?}");
        assert!(webhooks(SECRET).or(secret).is_err(), "{secret:?}");
    }
}

#[test]
fn only_the_first_few_signatures_are_looked_at() {
    let body = vec![b' '; 4 * 1024 * 1024];
    let many = format!("t={TIME}{}", ",sign=00".repeat(3000));
    let both = webhooks(SECRET).or("new").expect("two secrets");
    assert_eq!(both.event_at(&many, &body, at(TIME)), Err(Rejected::WrongSignature));
    // Beyond a handful, none is looked at: elepay sends two at most.
    let late = format!("t={TIME}{},sign={SIGN}", ",sign=00".repeat(8));
    assert_eq!(judge(&late), "the webhook's signature is wrong");
}

/// An event with this type and this resource.
fn event(kind: &str, object: &str) -> kessai_elepay::webhooks::Event {
    use kessai_elepay::Decode as _;

    let body = format!(r#"{{"id":"evt_1","type":"{kind}","data":{{"object":{object}}}}}"#);
    kessai_elepay::webhooks::Event::decode(body.as_bytes()).expect("an event")
}

#[test]
fn every_documented_event_carries_its_resource() {
    for kind in EventKind::KNOWN {
        let subject = event(kind, r#"{"id":"x_1","new":1}"#).subject().expect("a resource");
        let id = match &subject {
            Subject::Charge(charge) => ("charge", charge.id.as_str()),
            Subject::Refund(refund) => ("refund", refund.id.as_str()),
            Subject::Source(source) => ("source", source.id.as_str()),
            Subject::Reader(reader) => ("reader", reader.id.as_str()),
            Subject::Subscription(subscription) => ("subscription", subscription.id.as_str()),
            other => panic!("{kind}: {other:?}"),
        };
        assert_eq!(id, (kind.split('.').next().expect("a word"), "x_1"));
    }
    assert_eq!(EventKind::KNOWN.len(), 11);
}

#[test]
fn an_event_of_tomorrow_is_taken_and_keeps_what_it_carries() {
    let dream = event("dream.dreamt", "[1, 2.50]");
    assert_eq!(dream.type_, EventKind::Other("dream.dreamt".into()));
    let Ok(Subject::Other(object)) = dream.subject() else { panic!("something else") };
    assert_eq!(object.as_str(), "[1, 2.50]");
    assert_eq!(event("charge.succeeded", "null").subject(), Ok(Subject::Nothing));

    let odd = event("charge.succeeded", "{}").subject().expect_err("a charge without an id");
    assert_eq!(odd.path(), Some("id"));
}
