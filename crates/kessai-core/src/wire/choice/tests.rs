//! Tests of members whose shape another member tells.

use super::agrees;
use crate::{Choice, Decode as _, Json, Secret, Unknown};

#[derive(Clone, Debug, PartialEq)]
struct Card {
    number: Secret,
    month: Option<i64>,
    unknown: Unknown,
}

crate::object!(Card, [(number, "number", required), (month, "month")], unknown);

#[derive(Clone, Debug, PartialEq)]
struct Shop {
    name: Option<String>,
    token: Option<Box<Token>>,
    unknown: Unknown,
}

crate::object!(Shop, [(name, "name"), (token, "token")], unknown);

#[derive(Clone, Debug, PartialEq)]
enum Means {
    Card(Box<Card>),
    Shop(Box<Shop>),
    Other(Json),
}

crate::choice!(Means, [(Card, Card, "card"), (Shop, Shop, "shop" | "kiosk")]);

#[derive(Clone, Debug, Eq, PartialEq)]
enum Kind {
    Card,
    Shop,
    Other(String),
}

crate::open_enum!(Kind, [(Card, "card"), (Shop, "shop")]);

#[derive(Clone, Debug, PartialEq)]
struct Token {
    data: Option<Means>,
    kind: Option<Kind>,
    unknown: Unknown,
}

crate::object!(Token, [(data, "data", choice, kind), (kind, "kind")], unknown);

#[derive(Clone, Debug, PartialEq)]
struct Event {
    kind: String,
    data: Means,
}

crate::object!(Event, [(kind, "kind", required), (data, "data", required, choice, kind)]);

fn token(text: &str) -> Token {
    let token = Token::decode(text.as_bytes()).expect("a token");
    let written = serde_json::to_value(&token).expect("JSON");
    let expected: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(written, expected, "nothing is lost");
    token
}

fn other(token: &Token) -> Option<&str> {
    match &token.data {
        Some(Means::Other(json)) => Some(json.as_str()),
        _ => None,
    }
}

#[test]
fn the_kind_is_told_before_and_after_it() {
    let card = r#""data":{"number":"4242","month":4}"#;
    let shop = r#""data":{"name":"corner"}"#;
    for text in [format!(r#"{{"kind":"card",{card}}}"#), format!(r#"{{{card},"kind":"card"}}"#)] {
        let token = token(&text);
        assert_eq!(token.kind.as_ref().and_then(Kind::known), Kind::KNOWN.first().copied());
        let Some(Means::Card(card)) = token.data else { panic!("{text} is a card") };
        assert_eq!((card.number.reveal(), card.month), ("4242", Some(4)));
    }
    for text in [format!(r#"{{"kind":"shop",{shop}}}"#), format!(r#"{{{shop},"kind":"kiosk"}}"#)] {
        let Some(Means::Shop(shop)) = token(&text).data else { panic!("{text} is a shop") };
        assert_eq!(shop.name.as_deref(), Some("corner"));
    }
}

#[test]
fn what_is_of_no_kind_is_kept_digit_for_digit() {
    for text in [
        r#"{"kind":"moon","data":{"a":1.50}}"#,
        r#"{"data":{"a":1.50}}"#,
        r#"{"data":[1.50, null],"kind":"card"}"#,
        r#"{"data":"x","kind":"shop"}"#,
        r#"{"data":{"month":4},"kind":"card"}"#,
    ] {
        let token = token(text);
        assert!(other(&token).is_some_and(|json| text.contains(json)), "{text}");
    }
    assert_eq!(token("{}").data, None);
    let null = Token::decode(br#"{"kind":"card","data":null}"#).expect("a token");
    assert_eq!(null.data, None);
    let null = Token::decode(br#"{"kind":null,"data":{}}"#).expect("a token");
    assert_eq!(other(&null), Some("{}"));
}

#[test]
fn what_is_odd_or_new_in_a_kind_stays_in_it() {
    let odd = token(r#"{"kind":"card","data":{"number":"4242","month":"04","newer":[1.50]}}"#);
    let Some(Means::Card(card)) = odd.data else { panic!("a card") };
    assert_eq!((card.number.reveal(), card.month), ("4242", None));
    assert_eq!(card.unknown.get("month"), Some("\"04\""));
    assert_eq!(card.unknown.get("newer"), Some("[1.50]"));
}

#[test]
fn a_kind_that_does_not_read_leaves_the_choice_as_it_is() {
    let odd = token(r#"{"kind":[7],"data":{"number":"4242"}}"#);
    assert_eq!(other(&odd), Some(r#"{"number":"4242"}"#));
    assert_eq!(odd.unknown.get("kind"), Some("[7]"));
}

#[test]
fn a_choice_that_must_be_there_is_demanded_by_name() {
    let missing = Event::decode(br#"{"kind":"card"}"#).expect_err("no data");
    assert_eq!(missing.path(), Some("data"));
    let missing = Event::decode(br#"{"data":{}}"#).expect_err("no kind");
    assert_eq!(missing.path(), Some("kind"));
    let event = Event::decode(br#"{"data":{"name":"x"},"kind":"shop"}"#).expect("an event");
    assert!(matches!(event.data, Means::Shop(_)));
    assert_eq!(
        serde_json::to_string(&event).ok().as_deref(),
        Some(r#"{"kind":"shop","data":{"name":"x"}}"#)
    );
}

#[test]
fn a_choice_knows_the_one_word_of_its_kind() {
    let card = Card { number: "4242".into(), month: None, unknown: Unknown::default() };
    let card = Means::from(card);
    assert_eq!(card.tag(), Some("card"));
    let told = [Some("card"), Some("shop"), Some(""), None];
    assert_eq!(told.map(|told| agrees(told, &card)), [true, false, false, false]);
    let shop = Means::from(Shop { name: None, token: None, unknown: Unknown::default() });
    assert_eq!(shop.tag(), None, "two words tell a shop");
    let other = Means::Other(Json::from(true));
    assert_eq!(other.tag(), None);
    assert_eq!(told.map(|told| agrees(told, &other)), [true, true, false, false]);
}

#[test]
fn nothing_of_what_is_kept_is_printed() {
    let token = token(r#"{"kind":"moon","data":{"number":"4242"}}"#);
    assert_eq!(format!("{:?}", token.data), "Some(Other(Json(..)))");
}

#[test]
fn choices_in_choices_cannot_exhaust_the_stack() {
    let open = r#"{"kind":"shop","data":{"token":"#;
    for depth in [20, 100, 50_000] {
        let text = format!("{}{{}}{}", open.repeat(depth), "}}".repeat(depth));
        let read = Token::decode(text.as_bytes()).expect("a token");
        assert!(matches!(read.data, Some(Means::Shop(_))), "{depth}");
        assert_eq!(serde_json::to_string(&read).expect("JSON").len(), text.len(), "{depth}");
    }
}
