//! Any texts in what AppotaPay wants signed: the signature is that of the documented text, put
//! together here a second time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use kessai_core::encoding::{from_query, hex};
use kessai_core::mac::digest;
use kessai_core::{FakeClock, Json, Retry};
use serde_json::Value;
use serde_json::value::RawValue;

use super::callbacks::signed;
use super::clients::{APPOTAPAY, ROWS, Row};
use super::input::{Input, Ring, joined as parts};
use super::line::Line;

/// The operations whose requests are signed by their members.
static SIGNED: LazyLock<Ring<&Row>> = LazyLock::new(|| {
    let is_signed = |row: &&Row| row.told["x-kessai-signed"].is_array();
    Ring::new(ROWS.iter().map(|(_, row)| row).filter(is_signed), |row| row.name())
});

/// The last name of a path.
pub fn last(member: &str) -> &str {
    member.rsplit('.').next().unwrap_or(member)
}

/// What is signed of these members: `name=value`, sorted, with `&` between them.
pub fn joined(members: &[&str], values: &[String]) -> String {
    let pairs = members.iter().zip(values).map(|(member, value)| (last(member), value.as_str()));
    let sorted: BTreeSet<_> = pairs.collect();
    sorted.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let row = input.choose(&SIGNED);
    members(&input.text());
    let mut request = row.request.clone();
    for part in ["body", "query"] {
        fill(&mut request[part], &mut input);
    }
    let line = Line::saying("{}");
    // The answer is not signed; what was sent is what counts.
    let _ = row.call(&line, &FakeClock::new(), &Retry::never(), request);
    let heard = line.heard();
    let [sent] = heard.as_slice() else { panic!("{}: {} requests", row.operation, heard.len()) };
    let query = sent.uri().query().unwrap_or_default();
    let body: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_slice(sent.body()).ok();
    let value = |name: &str| match &body {
        None => from_query(query, name),
        Some(body) => body.get(name).map(|raw| {
            serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
        }),
    };
    let wanted = row.told["x-kessai-signed"].as_array().expect("a list").iter();
    let mut pairs = Vec::new();
    for member in wanted.map(|member| member.as_str().expect("a name")) {
        let (name, fixed) = member.split_once('=').map_or((member, None), |(a, b)| (a, Some(b)));
        let found = fixed.map(ToOwned::to_owned).or_else(|| value(name.trim_end_matches('?')));
        if found.is_some() || !name.ends_with('?') {
            pairs.push((name.trim_end_matches('?'), found.unwrap_or_default()));
        }
    }
    let expected = if row.path.starts_with("/v1/services/") {
        let values: Vec<&[u8]> = pairs.iter().map(|(_, value)| value.as_bytes()).collect();
        hex(&digest(&[values.as_slice(), &[APPOTAPAY[2].as_bytes()]].concat()))
    } else {
        let (names, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        signed(&joined(&names, &values))
    };
    assert_eq!(value("signature"), Some(expected), "{}: {:?}", row.operation, sent.body());
}

/// Puts the next texts wherever there is one.
fn fill(value: &mut Value, input: &mut Input) {
    match value {
        Value::String(text) if !input.is_over() => *text = input.text().into_owned(),
        Value::Object(members) => members.values_mut().for_each(|member| fill(member, input)),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, input)),
        _ => {}
    }
}

/// What a JSON text has as members, as another reader has them.
fn members(text: &str) {
    let Ok(json) = Json::parse(text) else { return };
    let again = Json::parse(json.as_str()).expect("it was JSON before");
    assert_eq!((again.as_str(), json.as_str().trim()), (json.as_str(), json.as_str()));
    let other: Result<BTreeMap<String, Box<RawValue>>, _> = serde_json::from_str(text);
    match (json.members(), other) {
        (Some(members), Ok(other)) => {
            assert!(members.keys().eq(other.keys()), "the same names: {text}");
            assert!(members.values().map(Json::as_str).eq(other.values().map(|it| it.get())));
        }
        // Then a name comes twice.
        (None, Ok(other)) => assert!(text.matches(':').count() > other.len(), "{text}"),
        (members, Err(_)) => assert!(members.is_none(), "{text} is no object"),
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let json = br#"{"a":1,"b":{"c":1.50},"\u0061b":"&b=1"}"#;
    let texts: [&[u8]; 5] = [json, b"1&b=2", "Nguyễn Văn".as_bytes(), b"\"\\", b"a b+c%20"];
    SIGNED.iter().map(|(start, _)| parts(&start, &texts)).collect()
}
