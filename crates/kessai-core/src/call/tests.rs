//! What a call sends, and what is wrong with it before it is sent.

use http::Method;

use super::*;
use crate::fake::{self, NoKey, Sent, answer};
use crate::{Json, Outcome, Unknown};

static GET: Operation = Operation::get("get", "/charges/{id}/refunds/{refund}");
static LIST: Operation = Operation::get("list", "/charges");
static PAY: Operation = Operation::post("pay", "/pay").idempotent("Idempotency-Key");

fn transport() -> (Transport, Sent) {
    fake::transport(|_| answer(200, "[7]"))
}

fn get(transport: &Transport) -> Call<'_, Vec<u32>> {
    Call::new(transport, &GET)
}

fn pay(transport: &Transport) -> Call<'_, Vec<u32>> {
    Call::new(transport, &PAY)
}

/// What is wrong with a call, which is then not sent.
async fn wrong(set_up: impl for<'c> Fn(Call<'c, Vec<u32>>) -> Call<'c, Vec<u32>>) -> String {
    let (transport, sent) = transport();
    let call = set_up(pay(&transport));
    assert_eq!(call.url(), None, "it could not be sent");
    let error = call.await.expect_err("it is wrong");
    assert_eq!((error.outcome(), sent.requests().len()), (Outcome::NotSent, 0), "{error}");
    let text = error.to_string();
    text.strip_prefix("not sent: pay at fake: ").expect("the whole of it").to_owned()
}

#[tokio::test]
async fn a_call_is_what_it_was_put_together_from() {
    let (transport, sent) = transport();
    let call = get(&transport).path("id", "a/b").path("refund", 7);
    let call = call.query("limit", &10).query("status[]", &vec![true, false]);
    let url =
        "https://api.example.com/charges/a%2Fb/refunds/7?limit=10&status[]=true&status[]=false";
    assert_eq!(call.url().as_deref(), Some(url));
    assert_eq!(call.header("X-A", "1").header("x-a", "2").await.expect("an answer"), [7]);
    pay(&transport).json(&["A-1"]).await.expect("an answer");

    assert_eq!(sent.uris(), [url, "https://api.example.com/pay"]);
    let requests = sent.requests();
    assert_eq!([requests[0].method(), requests[1].method()], [Method::GET, Method::POST]);
    let twice: Vec<_> = requests[0].headers().get_all("x-a").iter().collect();
    assert_eq!(twice, ["1", "2"]);
    assert!(twice.iter().all(|value| value.is_sensitive()));
    assert_eq!((requests[0].body().len(), &requests[1].body()[..]), (0, &br#"["A-1"]"#[..]));
    assert_eq!(requests[1].headers()[header::CONTENT_TYPE], "application/json");
    assert!(!requests[0].headers().contains_key(header::CONTENT_TYPE));
}

#[test]
fn without_a_query_an_address_has_no_question_mark() {
    let (transport, _) = transport();
    let url = Call::<()>::new(&transport, &LIST).url();
    assert_eq!(url.as_deref(), Some("https://api.example.com/charges"));
}

#[tokio::test]
async fn a_path_that_would_lead_elsewhere_is_not_sent() {
    let (transport, sent) = transport();
    for (id, fault) in [
        (Some(""), "a path parameter is empty or dots"),
        (Some(".."), "a path parameter is empty or dots"),
        (None, "a path parameter is missing"),
    ] {
        let mut call = get(&transport).path("refund", 7);
        if let Some(id) = id {
            call = call.path("id", id);
        }
        assert_eq!(call.url(), None);
        let error = call.await.expect_err("no such path");
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert!(error.to_string().ends_with(fault), "{error}");
    }
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn an_amount_with_more_digits_than_its_currency_has_is_not_sent() {
    let fault = "an amount has more digits behind the point than its currency";
    let amount = |text: &str| text.parse::<Decimal>().expect("a decimal");
    for (text, currency) in [("10.5", "JPY"), ("1.234", "USD")] {
        let amount = amount(text);
        assert_eq!(wrong(|call| call.exact(Some(&amount), Some(currency))).await, fault);
    }
    let (transport, sent) = transport();
    let (whole, cents) = (amount("10.0"), amount("1.23"));
    let call = pay(&transport).exact(Some(&whole), Some("JPY")).exact(Some(&cents), Some("USD"));
    let call = call.exact(Some(&cents), None).exact(None, Some("JPY")).exact(None, None);
    call.await.expect("an answer");
    assert_eq!(sent.requests().len(), 1);
}

#[derive(Clone, Debug, PartialEq)]
struct Card {
    brand: Option<String>,
    unknown: Unknown,
}

crate::object!(Card, [(brand, "brand")], unknown);

#[derive(Clone, Debug, PartialEq)]
enum Means {
    Card(Box<Card>),
    Other(Json),
}

crate::choice!(Means, [(Card, Card, "card")]);

#[tokio::test]
async fn a_member_of_another_kind_than_is_told_is_not_sent() {
    let card = Means::from(Card { brand: None, unknown: Unknown::default() });
    let other = Means::Other(Json::null());
    for (told, choice) in [(Some("bank"), &card), (None, &card), (Some(""), &other), (None, &other)]
    {
        let fault = wrong(|call| call.agree(told, Some(choice))).await;
        assert_eq!(fault, "a member is not of the kind that the member beside it tells");
    }
    let (transport, sent) = transport();
    let call = pay(&transport).agree(Some("card"), Some(&card)).agree(Some("x"), Some(&other));
    call.agree(Some("card"), None::<&Means>).await.expect("an answer");
    assert_eq!(sent.requests().len(), 1);
}

#[tokio::test]
async fn what_is_written_by_the_client_is_not_for_callers_to_write() {
    let ours = "a header is one that the client writes itself";
    for name in OURS {
        assert_eq!(wrong(|call| call.header(name.as_str(), "mine")).await, ours, "{name}");
    }
    assert_eq!(wrong(|call| call.header("Idempotency-Key", "mine")).await, ours);
    let (transport, sent) = transport();
    let keyless = Call::<Vec<u32>>::new(&transport, &LIST);
    keyless.header("Idempotency-Key", "mine").await.expect("it has no key of its own");
    assert_eq!(sent.requests()[0].headers()["idempotency-key"], "mine");
}

#[tokio::test]
async fn a_header_that_http_has_no_room_for_is_not_sent() {
    let fault = "a header's name or value is not allowed in HTTP";
    for (name, value) in [("x a", "1"), ("", "1"), ("x-a", "1\r\nx-b: 2"), ("x\n", "\n")] {
        assert_eq!(wrong(|call| call.header(name, value)).await, fault, "{name:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_as_json_is_not_sent() {
    let odd = std::collections::BTreeMap::from([(vec![1], 2)]);
    assert_eq!(wrong(|call| call.json(&odd)).await, "the body cannot be written as JSON");
}

#[tokio::test]
async fn the_first_fault_is_the_one_that_is_told() {
    let both = wrong(|call| call.header("host", "a").header("x a", "1")).await;
    assert_eq!(both, "a header is one that the client writes itself");
}

#[tokio::test]
async fn an_answer_comes_with_all_that_is_around_it() {
    let (transport, _) = transport();
    let response = pay(&transport).idempotency_key("A-1").send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), response.attempts()), (200, 1));
    assert_eq!((response.body().as_ref(), response.len()), (&b"[7]"[..], 1));
    assert_eq!(response.idempotency_key(), Some("A-1"));
    assert_eq!((response.request_id(), response.replayed()), (None, false));
    assert_eq!(response.into_inner(), [7]);
}

#[test]
fn a_call_prints_its_operation_and_nothing_that_is_sent() {
    let (transport, _) = transport();
    let call = pay(&transport).header("x-a", "kanarievogel").json(&["kanarievogel"]);
    assert_eq!(format!("{call:?}"), "Call(\"pay\")");
    assert_eq!(format!("{:?}", call.send()), "Pending(..)");
}

#[tokio::test]
async fn only_what_reads_is_asked_again_and_again() {
    let (transport, sent) = transport();
    let error = pay(&transport).that_reads(Duration::MAX).await.expect_err("it pays");
    let fault = "not sent: pay at fake: only an operation that reads can be asked again and again";
    assert_eq!((error.to_string().as_str(), sent.requests().len()), (fault, 0));

    let (builder, sent) = fake::builder(|_| fake::failure(crate::Phase::Connecting));
    let builder = builder.retry(Retry::default()).clock(crate::FakeClock::new());
    let transport = builder.build(NoKey).expect("a transport");
    Call::<()>::new(&transport, &LIST).that_reads(Duration::MAX).await.expect_err("no connection");
    assert_eq!(sent.requests().len(), 1, "who asks again anyway needs no repeats");
}
