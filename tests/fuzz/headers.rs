//! Any text as a header, an idempotency key or a token: what is refused reaches nobody, and what is
//! sent is what was given.

use kessai_core::encoding::base64url;
use kessai_core::http::{HeaderMap, HeaderName, HeaderValue};
use kessai_core::{FakeClock, Outcome};
use kessai_elepay::SecretKey;
use kessai_univapay::charges::CreateCharge;
use kessai_univapay::{AppToken, IdempotencyStatus, RateLimits};
use kessai_zafapay::AccessToken;

use super::clients::univapay;
use super::input::{Input, joined};
use super::line::{Line, finish};

/// What nobody but the client writes.
const OURS: [&str; 7] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "idempotency-key",
    "user-agent",
];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (name, value, key) = (input.text(), input.text(), input.text());
    call(None, None);
    call(Some((&name, &value)), None);
    call(None, Some(&key));
    answered(input.part());
    tokens(&input.text());
}

/// Creates a charge with this header, or with this key.
fn call(header: Option<(&str, &str)>, key: Option<&str>) {
    let line = Line::saying("{}");
    let builder = univapay("create_charge").engine(line.clone()).clock(FakeClock::new());
    let client = builder.build().expect("a client");
    let body = CreateCharge::new("token", 1, "JPY");
    let mut call = client.charges().create(&body);
    if let Some((name, value)) = header {
        call = call.header(name, value);
    }
    if let Some(key) = key {
        call = call.idempotency_key(key);
    }
    let error = finish(call.send()).expect_err("the answer is empty");
    let heard = line.heard();
    let printable = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let is_key = |key: &str| (1..=255).contains(&key.len()) && printable(key);
    let [sent] = heard.as_slice() else {
        assert!(heard.is_empty(), "once at most");
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert!(header.is_some() || key.is_some_and(|key| !is_key(key)), "{key:?} is refused");
        return;
    };
    assert_ne!(error.outcome(), Outcome::NotSent);
    for value in sent.headers().values() {
        let is_line =
            value.as_bytes().iter().all(|byte| *byte == b'\t' || (*byte >= b' ' && *byte != 127));
        assert!(is_line, "{value:?} is more than a line");
    }
    for (name, count) in OURS.map(|name| (name, sent.headers().get_all(name).iter().count())) {
        assert!(count <= 1, "{name} comes twice");
    }
    let authorization = sent.headers()["authorization"].to_str().expect("a token");
    assert!(authorization.starts_with("Bearer secret."), "it is ours");
    if let Some((name, value)) = header {
        assert!(!OURS.contains(&name.to_ascii_lowercase().as_str()), "{name} is ours");
        assert_eq!(sent.headers()[name].as_bytes(), value.as_bytes());
    }
    if let Some(key) = key {
        assert!(is_key(key), "{key:?} is sent");
        assert_eq!(sent.headers()["idempotency-key"].as_bytes(), key.as_bytes());
    }
}

/// What UnivaPay says in headers.
fn answered(value: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(value) else { return };
    let names = ["x-requests-per-minute-exact", "x-remaining-requests-route", "idempotency-status"];
    let headers = names.map(|name| (HeaderName::from_static(name), value.clone()));
    let headers: HeaderMap = headers.into_iter().collect();
    let limits = RateLimits::of(&headers);
    assert_eq!(limits.per_minute, limits.route_remaining);
    let status = IdempotencyStatus::of(&headers);
    assert_eq!(status.as_ref().map(IdempotencyStatus::as_str), value.to_str().ok());
    let _ = format!("{limits:?} {status:?}");
}

/// Whatever is taken as a token fits into a header, and is not printed.
fn tokens(text: &str) {
    let jwt = format!("h.{}.s", base64url(text.as_bytes()));
    let taken = [
        SecretKey::new(text).map(|it| format!("{it:?}")).ok(),
        AccessToken::new(text).map(|it| format!("{it:?}")).ok(),
        AppToken::without_secret(text).map(|it| format!("{it:?}")).ok(),
    ];
    for printed in taken.into_iter().flatten() {
        assert!(HeaderValue::from_str(text).is_ok(), "{text:?} is no header");
        assert!(text.len() < 24 || !printed.contains(text), "{printed}");
    }
    if let Ok(token) = AppToken::without_secret(jwt) {
        let _ =
            format!("{:?} {:?} {:?} {token:?}", token.owner(), token.mode(), token.merchant_id());
        assert_eq!(token.store_id().is_some(), token.owner() == kessai_univapay::Owner::Store);
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let claims = br#"{"sub":"app_token","store_id":"1","mode":"test"}"#;
    let rows: [[&[u8]; 5]; 4] = [
        [b"x-note", b"1", b"order-1", b"120", claims],
        [
            b"Authorization",
            b"Bearer x",
            b"two words",
            b"retrieved_idempotent_response",
            b"sk_test_1",
        ],
        [b"x-note", b"1\r\nx-other: 2", b"a\r\nb: c", b" 9 ", b"pk_test_1"],
        [b"idempotency-key", "注文".as_bytes(), "注".as_bytes(), b"\xe6", b"{}"],
    ];
    rows.iter().map(|row| joined(&[], row)).collect()
}
