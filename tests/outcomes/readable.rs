//! Answers that are odd and must still be taken: what was paid is not lost to a detail.

use std::time::Duration;

use kessai_elepay::charges::ChargeStatus;
use kessai_elepay::shared::PaymentMethod;

use super::{CHARGE, LONG, capture, charge_id, client, get};
use crate::script::{Act, Script, answer, head, message};

/// Every member of a charge that may be missing.
const OPTIONAL: [&str; 29] = [
    "appId",
    "object",
    "liveMode",
    "amount",
    "authorizeAmount",
    "currency",
    "authorize",
    "paymentMethod",
    "resource",
    "orderNo",
    "description",
    "location",
    "extra",
    "metadata",
    "cardInfo",
    "voucherNo",
    "clientIp",
    "paid",
    "refunded",
    "disputed",
    "refunds",
    "status",
    "codeContent",
    "credential",
    "paidTime",
    "refundTime",
    "expiryTime",
    "settleTime",
    "createTime",
];

async fn read(name: &str, acts: Vec<Act>) -> kessai_elepay::charges::Charge {
    let script = Script::start([acts]).await;
    let client = client(&script.base_url());
    let charge = capture(&client).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((script.connections(), script.seen("POST ")), (1, 1), "{name}");
    assert_eq!(charge.id, charge_id(), "{name}");
    charge
}

async fn read_body(name: &str, body: impl AsRef<[u8]>) -> kessai_elepay::charges::Charge {
    read(name, answer(200, &[], body)).await
}

#[tokio::test]
async fn null_reads_as_missing() {
    let bare = read_body("only an id", r#"{"id":"ch_1"}"#).await;
    let nulls: Vec<_> = OPTIONAL.iter().map(|name| format!(r#""{name}":null"#)).collect();
    let all = read_body("all null", format!(r#"{{"id":"ch_1",{}}}"#, nulls.join(","))).await;
    assert_eq!(all, bare);
    assert!(all.unknown.is_empty(), "a name in the list is no member: {:?}", all.unknown);
}

#[tokio::test]
async fn empty_objects_read() {
    let body = r#"{"id":"ch_1","cardInfo":{},"location":{},"refunds":{},"extra":{},"metadata":{}}"#;
    let charge = read_body("empty", body).await;
    let refunds = charge.refunds.expect("there, if empty");
    assert!(charge.card_info.is_some());
    assert_eq!(charge.location, None, "a store without its id is none");
    assert_eq!(charge.unknown.get("location"), Some("{}"));
    assert_eq!((refunds.amount, refunds.data), (None, None));
}

#[tokio::test]
async fn words_and_members_that_do_not_exist_yet_are_kept() {
    let body = r#"{
        "mood": {"deep": [1, 2.50]}, "id": "ch_1", "status": "dreamt_of", "paymentMethod": "barter",
        "cardInfo": {"brand": "sesame", "smell": "good"}
    }"#;
    let charge = read_body("new words", body).await;
    assert_eq!(charge.status, Some(ChargeStatus::Other("dreamt_of".into())));
    assert_eq!(charge.payment_method, Some(PaymentMethod::Other("barter".into())));
    assert_eq!(charge.unknown.get("mood"), Some(r#"{"deep": [1, 2.50]}"#));
    let card = charge.card_info.expect("a card");
    assert_eq!(card.brand.map(|brand| brand.to_string()).as_deref(), Some("sesame"));
    assert_eq!(card.unknown.get("smell"), Some("\"good\""));
}

#[tokio::test]
async fn an_unknown_member_may_be_as_deep_as_it_likes() {
    for depth in [100, 200, 2000] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let charge = read_body("deep", format!(r#"{{"id":"ch_1","new":{deep}}}"#)).await;
        assert_eq!(charge.unknown.get("new"), Some(deep.as_str()), "{depth}");
        drop(charge.clone());
    }
}

#[tokio::test]
async fn a_member_that_may_be_missing_may_be_of_another_shape_too() {
    for (member, body) in [
        ("amount", r#""amount":"1,200""#),
        ("amount", r#""amount":1200.5"#),
        ("amount", r#""amount":12000000000000000000"#),
        ("paid", r#""paid":"yes""#),
        ("cardInfo", r#""cardInfo":["4242"]"#),
        ("metadata", r#""metadata":{"a":1}"#),
        ("metadata", r#""metadata":{"a":null,"b":"2"}"#),
        ("status", r#""status":{"code":3}"#),
    ] {
        let charge = read_body(body, format!(r#"{{"id":"ch_1","orderNo":"A-1",{body}}}"#)).await;
        let (_, value) = body.split_once(':').expect("a member");
        assert_eq!(charge.unknown.get(member), Some(value), "{body}");
        assert_eq!(charge.order_no.as_deref(), Some("A-1"), "{body}: what is fine is kept");
    }
}

#[tokio::test]
async fn a_number_may_come_as_text_and_a_text_as_number() {
    let body =
        r#"{"id":"ch_1","orderNo":20260001,"amount":"1200","fee":"x","refunds":{"amount":"5"}}"#;
    let charge = read_body("dressed otherwise", body).await;
    assert_eq!(charge.amount, Some(1200));
    assert_eq!(charge.order_no.as_deref(), Some("20260001"));
    assert_eq!(charge.refunds.and_then(|refunds| refunds.amount), Some(5));
    assert_eq!(charge.unknown.get("fee"), Some("\"x\""), "what holds no number is set aside");
}

#[tokio::test]
async fn a_shape_that_differs_deep_inside_is_set_aside_there() {
    let body = r#"{"id":"ch_1","cardInfo":{"expMonth":"XII","expYear":2030},
        "refunds":{"amount":5,"data":[{"amount":5}]}}"#;
    let charge = read_body("deep", body).await;
    let card = charge.card_info.expect("a card");
    assert_eq!((card.exp_month, card.exp_year), (None, Some(2030)));
    assert_eq!(card.unknown.get("expMonth"), Some("\"XII\""));
    let refunds = charge.refunds.expect("refunds");
    assert_eq!((refunds.amount, refunds.data), (Some(5), None));
    assert_eq!(refunds.unknown.get("data"), Some(r#"[{"amount":5}]"#), "they have no id");
}

#[tokio::test]
async fn odd_http_reads() {
    let whole = message(200, &[("connection", "close")], CHARGE);
    let until_close = [head(200, &[]).as_slice(), CHARGE.as_bytes()].concat();
    let chunked = head(200, &[("Transfer-Encoding", "chunked"), ("connection", "close")]);
    let chunks = [&chunked[..], b"2f\r\n", CHARGE.as_bytes(), b"\r\n0\r\n\r\n"].concat();
    let old = [b"HTTP/1.0 200 OK\r\n\r\n", CHARGE.as_bytes()].concat();
    let early = [b"HTTP/1.1 100 Continue\r\n\r\n", whole.as_slice()].concat();
    let html = answer(200, &[("content-type", "text/html")], CHARGE);
    for (name, acts) in [
        ("one byte at a time", {
            vec![Act::Read, Act::Trickle(whole.clone(), Duration::from_micros(100))]
        }),
        ("a pause in the middle", {
            let (first, second) = until_close.split_at(30);
            let wait = Act::Wait(Duration::from_millis(50));
            vec![Act::Read, Act::Write(first.into()), wait, Act::Write(second.into())]
        }),
        ("no length, to the end of the connection", vec![Act::Read, Act::Write(until_close)]),
        ("chunks", vec![Act::Read, Act::Write(chunks)]),
        ("HTTP/1.0", vec![Act::Read, Act::Write(old)]),
        ("100 before 200", vec![Act::Read, Act::Write(early)]),
        ("another content type", html),
        ("201", answer(201, &[], CHARGE)),
        ("202", answer(202, &[], CHARGE)),
        ("the same header twice", answer(200, &[("x-a", "1"), ("x-a", "2")], CHARGE)),
        ("a header that is no text", {
            vec![
                Act::Read,
                Act::Write(
                    [&b"HTTP/1.1 200 \xff\r\nx: \xff\r\n\r\n"[..], CHARGE.as_bytes()].concat(),
                ),
            ]
        }),
    ] {
        assert_eq!(read(name, acts).await.amount, Some(1200), "{name}");
    }
}

#[tokio::test]
async fn an_answer_of_exactly_the_allowed_size_reads() {
    let body = format!("{CHARGE:4096}");
    assert_eq!(body.len(), super::limits().body);
    assert_eq!(read_body("just fits", body).await.amount, Some(1200));
}

#[tokio::test]
async fn a_response_has_status_headers_and_the_body_byte_for_byte() {
    let body = format!(" {CHARGE}\n");
    let headers = [("x-answer", "1"), ("x-answer", "2"), ("content-type", "application/json")];
    let script = Script::start([answer(201, &headers, &body)]).await;
    let client = client(&script.base_url());
    let response = get(&client).timeout(LONG).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), response.attempts()), (201, 1));
    let said: Vec<_> = response.headers().get_all("x-answer").iter().collect();
    assert_eq!(said, ["1", "2"]);
    assert_eq!(response.body().as_ref(), body.as_bytes());
    assert_eq!(response.request_id(), None, "elepay sends it with errors only");
    assert_eq!(response.amount, Some(1200), "it can be used as what it holds");
    assert_eq!(response.into_inner().id, charge_id());
}
