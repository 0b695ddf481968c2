//! Any text as a parameter of any operation, and any query: a value stays where it was put, and is
//! found there again.

use kessai_core::encoding::{
    base64, base64url, from_base64, from_base64url, from_hex, from_query, hex, to_query,
};
use kessai_core::{FakeClock, Retry};
use serde_json::Value;

use super::clients::{ROWS, Row};
use super::input::{Input, joined};
use super::line::Line;

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let row = input.choose(&ROWS);
    let (query, name) = (input.text(), input.text());
    assert_eq!(from_query(&query, &name), first(&query, &name), "{name:?} of {query:?}");
    let put = format!("{}={}", to_query(&name), to_query(&query));
    assert_eq!(from_query(&put, &name).as_deref(), Some(&*query));
    spellings(&query);
    call(row, &mut input);
}

/// The first value of a name, read byte by byte.
pub fn first(query: &str, name: &str) -> Option<String> {
    let undone = |text: &str| String::from_utf8(unescaped(text)).ok();
    let pair = query
        .split('&')
        .find(|pair| undone(pair.split('=').next().unwrap_or_default()).as_deref() == Some(name))?;
    undone(pair.split_once('=').map_or("", |(_, value)| value))
}

/// A text whose escapes are undone, once.
fn unescaped(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                found.push(u8::try_from(high * 16 + low).expect("two digits"));
                at += 3;
            }
            (byte, ..) => {
                found.push(byte);
                at += 1;
            }
        }
    }
    found
}

/// Bytes and their spellings, both ways.
fn spellings(text: &str) {
    let bytes = text.as_bytes();
    assert_eq!(from_hex(&hex(bytes)).as_deref(), Some(bytes));
    assert_eq!(from_base64(&base64(bytes)).as_deref(), Some(bytes));
    assert_eq!(from_base64url(&base64url(bytes)).as_deref(), Some(bytes));
    for (read, spelt) in [
        (from_hex(text), hex as fn(&[u8]) -> String),
        (from_base64(text), base64),
        (from_base64url(text), base64url),
    ] {
        // One spelling each: no two signatures are one.
        assert!(read.is_none_or(|read| spelt(&read) == text), "{text}");
    }
}

/// Calls an operation with these texts wherever there is room for one.
fn call(row: &Row, input: &mut Input) {
    let mut request = row.request.clone();
    let mut put = Vec::new();
    for part in ["path", "query"] {
        for (name, member) in request[part].as_object_mut().expect("an object") {
            // A decimal stays one, and a signature is the client's own to write.
            let is_free = member != "17.62" && name != "signature";
            if member.is_string() && is_free && !input.is_over() {
                *member = Value::from(&*input.text());
                put.push((part, name.clone(), member.as_str().expect("a text").to_owned()));
            }
        }
    }
    let line = Line::saying("{}");
    let called = row.call(&line, &FakeClock::new(), &Retry::never(), request);
    let climbs = |(part, _, text): &(&str, String, String)| {
        *part == "path" && ["", ".", ".."].contains(&text.as_str())
    };
    let heard = line.heard();
    if put.iter().any(climbs) {
        assert!(heard.is_empty(), "{}: it would climb", row.operation);
        let outcome = called.map_err(|error| error.outcome()).err();
        assert_eq!(outcome, Some(kessai_core::Outcome::NotSent), "{}", row.operation);
        return;
    }
    let [sent] = heard.as_slice() else { panic!("{}: {} requests", row.operation, heard.len()) };
    let uri = sent.uri();
    let (wanted, found) = (row.path.split('/'), uri.path().split('/'));
    assert_eq!(wanted.clone().count(), found.clone().count(), "{}: {uri}", row.operation);
    for (part, name, text) in &put {
        if *part == "path" {
            let at = wanted.clone().position(|segment| segment == format!("{{{name}}}"));
            let segment = at.and_then(|at| found.clone().nth(at)).expect("a place for it");
            assert_eq!(unescaped(segment), text.as_bytes(), "{}: {uri}", row.operation);
            assert!(segment.is_ascii() && !segment.contains(['?', '#', '&', '+']), "{uri}");
        } else if let Some(query) = uri.query()
            && let Some(there) = first(query, name).or_else(|| first(query, &format!("{name}[]")))
        {
            assert_eq!(&there, text, "{}: {uri}", row.operation);
        } else {
            panic!("{}: `{name}` is not in {uri}", row.operation);
        }
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let parts: [&[u8]; 6] = [
        b"data=a%2Bb%2F%3D%3D&raw=a+b/==&empty=&data=twice&%74ime=1&bad=%ff&c2tfdGVzdF8xOg==",
        b"data",
        b"a/b?c#d%e",
        "注文 1".as_bytes(),
        b"..%2f{id}",
        b"[]&x=1",
    ];
    ROWS.iter().step_by(5).map(|(start, _)| joined(&start, &parts)).collect()
}
