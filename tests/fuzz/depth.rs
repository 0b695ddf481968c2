//! The same again and again in each other: JSON as deep as a body is long exhausts no stack.

use kessai_appotapay::Callbacks;
use kessai_core::{Decimal, Decode as _, FakeClock, Json, Retry};
use serde_json::Value;

use super::clients::{ROWS, credentials};
use super::input::{Input, holds_canary, joined};
use super::line::Line;

/// How long a text is made, or so: a level takes a byte, and no stack has room for so many.
const LONGEST: usize = 256 * 1024;

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let row = input.choose(&ROWS);
    let times = usize::from(input.number());
    let (head, open, inner, close, tail) =
        (input.text(), input.text(), input.text(), input.text(), input.text());
    let times = times.min(LONGEST / (open.len() + close.len()).max(1));
    let text = [&*head, &open.repeat(times), &inner, &close.repeat(times), &tail].concat();
    if holds_canary(text.as_bytes()) {
        return;
    }
    if let Ok(json) = Json::parse(&text) {
        assert_eq!(json.as_str(), text.trim_matches([' ', '\t', '\n', '\r']));
        let _ = (json.members(), json.read::<Value>(), json.read::<Decimal>());
    }
    if let Ok(event) = kessai_elepay::webhooks::Event::decode(text.as_bytes()) {
        let _ = format!("{event:?} {:?}", event.subject());
    }
    let _ = kessai_univapay::events::WebhookEvent::decode(text.as_bytes());
    if let Ok(event) = kessai_zafapay::webhooks::WebhookEvent::decode(text.as_bytes()) {
        let _ = format!("{event:?} {:?}", event.failure());
    }
    let callbacks = Callbacks::new(credentials());
    let _ = (callbacks.transfer(text.as_bytes()), callbacks.payment(text.as_bytes()));
    let line = Line::saying(text);
    let _ = row.call(&line, &FakeClock::new(), &Retry::never(), row.request.clone());
}

pub fn seeds() -> Vec<Vec<u8>> {
    let rows: [[&[u8]; 5]; 8] = [
        [b"", b"[", b"", b"]", b""],
        [b"", b"{\"a\":", b"1", b"}", b""],
        [b"{\"id\":\"a\",\"newer\":", b"[", b"", b"]", b"}"],
        [b"{\"id\":\"a\",\"refunds\":", b"{\"data\":[{\"id\":1,\"refunds\":", b"1", b"}]}", b"}"],
        [b"{\"total\":\"1\",\"charges\":[", b"{\"id\":\"a\",\"location\":", b"1", b"}", b"]}"],
        [b"{\"errorCode\":0,\"transaction\":", b"{\"transaction\":", b"1", b"}", b"}"],
        [b"{\"event\":\"x\",\"data\":", b"{\"data\":", b"[]", b"}", b"}"],
        [b"{\"type\":\"charge.x\",\"data\":{\"object\":", b"[", b"", b"]", b"}}"],
    ];
    let seed = |(row, ([high, low], _)): (&[&[u8]; 5], ([u8; 2], _))| {
        [[0, 40], [0, 200], [60, 0]].map(|[more, less]| joined(&[high, low, more, less], row))
    };
    rows.iter().cycle().zip(ROWS.iter().step_by(9)).flat_map(seed).collect()
}
