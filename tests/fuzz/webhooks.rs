//! Any headers and any bodies as webhooks of elepay, UnivaPay and ZAFA PAY: nothing is taken that
//! was not signed, and all that was signed is.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_core::Rejected;
use kessai_core::encoding::{base64, hex};
use kessai_core::mac::Tag;
use kessai_univapay::WebhookAuth;

use super::input::{Input, joined};

/// Of no example: whatever is signed in these is not genuine here.
const SECRET: &str = "whsec_fuzz_0123456789abcdef";

/// Whether a message was found to be the provider's own, whether or not it reads.
fn is_genuine<T: std::fmt::Debug>(verdict: &Result<T, Rejected>) -> bool {
    let _ = format!("{verdict:?} {verdict:#?}");
    match verdict {
        Ok(_) => true,
        Err(rejected) => {
            matches!(rejected, Rejected::TooOld | Rejected::TooNew | Rejected::Unreadable(_))
        }
    }
}

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let provider = input.byte();
    let header = input.text();
    let (body, other) = (input.part(), input.part());
    match provider % 3 {
        0 => elepay(&header, body, other),
        1 => zafapay(&header, body, other),
        _ => univapay(&header, body, &String::from_utf8_lossy(other)),
    }
}

fn elepay(header: &str, body: &[u8], other: &[u8]) {
    let webhooks = kessai_elepay::Webhooks::new(SECRET).expect("a secret");
    let at = |seconds: u64| UNIX_EPOCH + Duration::from_secs(seconds);
    let verdict = webhooks.event_at(header, body, at(0));
    assert!(!is_genuine(&verdict), "nobody signed it: {header}");

    // The header as it would be, in front of whatever else is in it.
    for time in [0, 1_700_000_000_u64, u64::from(u32::MAX)] {
        let tag = |body: &[u8]| {
            let time = time.to_string();
            hex(&Tag::of(SECRET.as_bytes(), &[time.as_bytes(), b".", body]).into_bytes())
        };
        let signed = format!("t={time},sign={}", tag(body));
        let within = |seconds: u64| webhooks.event_at(&signed, body, at(seconds));
        for seconds in [time.saturating_sub(300), time, time + 300] {
            let verdict = within(seconds);
            let is_taken = matches!(verdict, Ok(_) | Err(Rejected::Unreadable(_)));
            assert!(is_taken, "{seconds} is near {time}: {verdict:?}");
        }
        assert_eq!(within(time + 301).err(), Some(Rejected::TooOld));
        if let Some(early) = time.checked_sub(301) {
            assert_eq!(within(early).err(), Some(Rejected::TooNew));
        }
        if let Ok(event) = within(time) {
            let _ = format!("{:?}", event.subject());
        }
        let with = format!("{signed},{header}");
        assert!(is_genuine(&webhooks.event_at(&with, body, at(time))), "{with}");
        if other != body {
            assert!(!is_genuine(&webhooks.event_at(&signed, other, at(time))));
        }
        // Whatever stands before it may claim another time, which was not signed.
        let with = format!("{header},{signed}");
        if is_genuine(&webhooks.event_at(&with, body, at(time))) {
            let mut parts = with.split(',').filter_map(|part| part.split_once('='));
            let first = parts.find(|(name, _)| name.trim() == "t").map(|(_, told)| told.trim());
            assert_eq!(first, Some(time.to_string().as_str()), "the time is the one signed");
        }
    }
    let _ = webhooks.event_at(header, body, SystemTime::UNIX_EPOCH - Duration::from_secs(1));
}

fn zafapay(header: &str, body: &[u8], other: &[u8]) {
    let webhooks = kessai_zafapay::Webhooks::new(SECRET).expect("a secret");
    assert!(!is_genuine(&webhooks.event(header, body)), "nobody signed it: {header}");
    let tag = Tag::of(SECRET.as_bytes(), &[body]).into_bytes();
    for signed in [hex(&tag), base64(&tag)] {
        let verdict = webhooks.event(&signed, body);
        assert!(is_genuine(&verdict));
        if let Ok(event) = verdict {
            let _ = format!("{} {:?}", event.key(), event.failure());
        }
        if other != body {
            assert!(!is_genuine(&webhooks.event(&signed, other)));
        }
        let with = format!("{signed}{header}");
        if !header.trim().is_empty() {
            assert!(!is_genuine(&webhooks.event(&with, body)), "{with}");
        }
    }
}

fn univapay(header: &str, body: &[u8], chosen: &str) {
    let Ok(auth) = WebhookAuth::new(chosen) else {
        assert!(value(chosen).is_empty(), "{chosen:?} is something to know a message by");
        return;
    };
    let is_right = !value(header).is_empty() && value(header) == value(chosen);
    assert_eq!(is_genuine(&auth.event(header, body)), is_right, "{header:?} for {chosen:?}");
    assert!(is_genuine(&auth.event(&format!(" bearer  {chosen}"), body)), "{chosen:?}");
    assert!(!is_genuine(&auth.event(&format!("{}x", value(chosen)), body)));
}

/// A value without any `Bearer` in front, found word by word.
fn value(header: &str) -> &str {
    let header = header.trim();
    let (first, rest) = header.split_once(' ').unwrap_or((header, ""));
    if first.eq_ignore_ascii_case("bearer") { value(rest) } else { header }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let header =
        "t=1700000000,sign=0837a508ca0db4be9968b89e5a77df0cba28d1bf24d08c1e53d9f9d89d3168ad";
    let body = br#"{"id":"evt_1","type":"charge.succeeded","data":{"object":{"id":"ch_1"}}}"#;
    let zafapay = br#"{"event":"payment.succeeded","transaction_id":"tx_1","error":{"code":"a"}}"#;
    let univapay = br#"{"event":"charge_finished","data":{"id":"1","store_id":"2"}}"#;
    let digest = "151df461eed0dd65646c8d3820acfe491391d8d92011825cffb7ee4b3d135322";
    vec![
        joined(&[0], &[header.as_bytes(), body, b"{}"]),
        joined(&[1], &[digest.as_bytes(), zafapay, b"{}"]),
        joined(&[2], &[b"Bearer value", univapay, b"value"]),
    ]
}
