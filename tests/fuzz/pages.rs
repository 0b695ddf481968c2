//! Any lists in any order of pages: a walk ends, gives nothing twice and asks only for what it was
//! told of.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kessai_core::http::{HeaderMap, StatusCode};
use kessai_core::{Answer, FakeClock, Retry};
use kessai_elepay::charges::ListCharges;
use serde_json::{Value, json};

use super::clients::{ROWS, Row, univapay};
use super::input::{Input, joined};
use super::line::{Line, finish};
use super::queries::first;

/// More requests than any of these walks can take.
const MOST: usize = 4096;

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let how = input.byte();
    let mut pages = Vec::new();
    while !input.is_over() {
        pages.push(input.part().iter().take(16).map(u8::to_string).collect::<Vec<_>>());
    }
    // After the last page comes the first again, or nothing.
    let again = how & 2 > 0;
    let page = move |at: usize| {
        let at = if again { at % pages.len().max(1) } else { at };
        pages.get(at).cloned().unwrap_or_default()
    };
    if how & 1 == 0 { by_offset(page) } else { by_cursor(page, how) }
}

fn answer(body: &Value) -> Answer {
    Answer::new(StatusCode::OK, HeaderMap::new(), body.to_string().into())
}

fn once(ids: &[String], line: &Line) {
    assert!(line.heard().len() < MOST, "it does not end");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "one comes twice: {ids:?}");
}

fn by_offset(page: impl Fn(usize) -> Vec<String> + Send + Sync + 'static) {
    let line = Line::new(move |at| {
        assert!(at < MOST, "it does not end");
        let charges: Vec<_> = page(at).iter().map(|id| json!({ "id": id })).collect();
        answer(&json!({ "total": 9, "charges": charges }))
    });
    let key = kessai_elepay::SecretKey::new("sk_test_1").expect("a key");
    let builder = kessai_elepay::Client::builder(key).engine(line.clone()).retry(Retry::never());
    let client = builder.clock(FakeClock::new()).build().expect("a client");
    let query = ListCharges::default();
    let charges = client.charges();
    let mut items = charges.list_all(&query);
    let mut ids = Vec::new();
    while let Some(item) = finish(items.next()) {
        match item {
            Ok(charge) => ids.push(charge.id.as_str().to_owned()),
            Err(error) => assert!(error.status().is_none(), "{error}"),
        }
    }
    once(&ids, &line);
    for request in line.heard() {
        let query = request.uri().query().unwrap_or_default();
        let number = |name| first(query, name).and_then(|text| text.parse::<i64>().ok());
        assert!(number("offset").is_none_or(|offset| offset >= 0), "{query}");
    }
}

fn by_cursor(page: impl Fn(usize) -> Vec<String> + Clone + Send + Sync + 'static, how: u8) {
    let told = page.clone();
    let line = Line::new(move |at| {
        assert!(at < MOST, "it does not end");
        let items: Vec<_> = page(at).iter().map(|id| charge(id)).collect();
        answer(&json!({ "items": items, "has_more": how & 4 == 0 }))
    });
    let builder = univapay("list_charges").engine(line.clone()).retry(Retry::never());
    let client = builder.clock(FakeClock::new()).build().expect("a client");
    let query = kessai_univapay::charges::ListCharges::default();
    let charges = client.charges();
    let mut items = charges.list_all(&query);
    let mut ids = Vec::new();
    while let Some(item) = finish(items.next()) {
        match item {
            Ok(charge) => ids.push(charge.id.as_str().to_owned()),
            Err(error) => assert!(error.status().is_none(), "{error}"),
        }
    }
    once(&ids, &line);
    for (at, request) in line.heard().iter().enumerate().skip(1) {
        let cursor = first(request.uri().query().unwrap_or_default(), "cursor");
        assert_eq!(cursor, told(at - 1).pop(), "behind the last of the page before");
    }
}

/// An example of a page.
static PAGE: LazyLock<Option<Value>> = LazyLock::new(|| {
    let is_it = |row: &&Row| row.name() == "univapay list_charges";
    ROWS.iter().map(|(_, row)| row).find(is_it)?.answer.clone()
});

/// A charge with what must be there.
fn charge(id: &str) -> Value {
    let page = PAGE.as_ref().expect("an answer");
    let mut charge = page["items"][0].clone();
    charge["id"] = id.into();
    charge
}

pub fn seeds() -> Vec<Vec<u8>> {
    let pages: [&[u8]; 4] = [b"abcd", b"defg", b"ghij", b"j"];
    (0..8).map(|how| joined(&[how], &pages)).collect()
}
