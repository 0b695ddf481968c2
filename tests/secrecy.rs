//! Nothing secret and nothing personal is printed.
//!
//! Everything secret in these tests holds a canary, and so does everything that may quote what was
//! sent. Then everything that can be printed is printed, and searched for the canary in each form
//! it could have taken.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::IntoFuture as _;
use std::time::Duration;

use kessai_elepay::charges::{CaptureCharge, Charge, CreateCharge};
use kessai_elepay::refunds::CreateRefund;
use kessai_elepay::shared::PaymentMethod;
use kessai_elepay::{Client, Error, Id, Language, Limits, Outcome, Secret, SecretKey};

use crate::clock::Sleepless;
use crate::script::{Act, Script, answer, head, nobody};

/// What must never be printed, as a word and as a number.
pub const CANARY: &str = "kanarievogel";
pub const NUMBER: &str = "31415926";

const KEY: &str = "sk_test_kanarievogel/31415926+==";

/// Fails if `text` holds a canary in any form.
#[track_caller]
fn assert_silent(what: &str, text: &str) {
    let found = found(text);
    assert!(found.is_empty(), "{what} prints {found:?}: {text}");
}

/// The forms of the canaries that occur in `text`, whatever the case and the blanks between.
fn found(text: &str) -> Vec<String> {
    let plain = |text: &str| text.to_lowercase().replace(char::is_whitespace, "");
    let text = plain(text);
    let forms = [CANARY, NUMBER].into_iter().flat_map(forms);
    forms.filter(|form| text.contains(&plain(form))).collect()
}

/// How `secret` could turn up: as it is, percent-encoded, in hex, as a list of numbers, in base64.
pub fn forms(secret: &str) -> Vec<String> {
    let each = |format: fn(&u8) -> String| secret.as_bytes().iter().map(format).collect::<Vec<_>>();
    let mut forms = vec![
        secret.to_owned(),
        each(|byte| format!("%{byte:02x}")).concat(),
        each(|byte| format!("{byte:02x}")).concat(),
        each(u8::to_string).join(","),
    ];
    // Which letters stand for it depends on where it begins, counted in threes.
    forms.extend((0..3).map(|skipped| base64(&secret.as_bytes()[skipped..])));
    forms
}

/// `bytes` in base64, without the last one or two of them if they do not make three.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let three = bytes.chunks_exact(3).map(|three| [0, three[0], three[1], three[2]]);
    three
        .map(u32::from_be_bytes)
        .flat_map(|bits| [18, 12, 6, 0].map(|shift| (bits >> shift) & 63))
        .map(|six| char::from(LETTERS[six as usize]))
        .collect()
}

fn debug(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

fn print(value: &(impl Debug + fmt::Display)) -> String {
    format!("{value}\n{value:#}\n{}", debug(value))
}

fn print_chain(error: &Error) -> String {
    let sources = std::iter::successors(error.source(), |&error| error.source());
    [print(error)].into_iter().chain(sources.map(|source| print(&source))).collect()
}

fn key() -> SecretKey {
    SecretKey::new(KEY).expect("a secret key")
}

fn client(base_url: &str) -> Client {
    let limits = Limits { attempt: Duration::from_millis(300), body: 4096, ..Limits::default() };
    let builder = Client::builder(key()).base_url(base_url).limits(limits);
    builder.clock(Sleepless).build().expect("a client")
}

fn canary(place: &str) -> Secret {
    Secret::new(format!("{place} {CANARY} {NUMBER}"))
}

fn canaries(place: &str) -> BTreeMap<String, Secret> {
    BTreeMap::from([("note".to_owned(), canary(place))])
}

fn charge_id() -> Id<Charge> {
    Id::new(format!("{CANARY}/{NUMBER}"))
}

fn capture_charge() -> CaptureCharge {
    CaptureCharge { amount: Some(1200), extra: canaries("extra") }
}

fn create_charge() -> CreateCharge {
    CreateCharge {
        extra: canaries("extra"),
        metadata: canaries("metadata"),
        client_ip: Some(canary("clientIp")),
        description: Some(canary("description")),
        ..CreateCharge::new(1200, PaymentMethod::Creditcard, "A-1")
    }
}

/// An answer with a canary in each place that is nobody's business.
fn charge() -> String {
    let text = format!("\"{CANARY} {NUMBER}\"");
    let members = |names: &[&str], value: &str| {
        names.iter().flat_map(|name| ["\"", name, "\":", value, ","]).collect::<String>()
    };
    let map = format!(r#"{{"note":{text}}}"#);
    let new = format!(r#""new":[{{"deep":{text}}},{NUMBER}]"#);
    let card_texts = [
        "brand",
        "last4",
        "name",
        "issuerCode",
        "issuerName",
        "wallet",
        "walletApp",
        "repaymentType",
        "approvalCode",
        "threeDSecureVersion",
        "threeDSecureDetail",
        "businessType",
        "konbiniType",
        "bankUserCode",
        "bankUserName",
        "bankName",
        "bankBranchName",
        "bankAccountNo",
        "billingNo",
    ];
    let card_numbers = ["expMonth", "expYear", "konbiniScanTime", "receivedAmount", "receivedTime"];
    format!(
        r#"{{"id":"ch_1","orderNo":"A-1",{texts}{maps}
            "cardInfo":{{{card_texts}{card_numbers}{new}}},"location":{{{new}}},
            "refunds":{{"data":[{{"id":"re_1","reason":{text},"metadata":{map},{new}}}],{new}}},{new}}}"#,
        texts = members(&["credential", "codeContent", "clientIp", "description"], &text),
        maps = members(&["extra", "metadata"], &map),
        card_texts = members(&card_texts, &text),
        card_numbers = members(&card_numbers, NUMBER),
    )
}

#[test]
fn the_search_finds_every_form() {
    for text in [
        "a Kanarievogel",
        "key=%6B%61%6e%61%72%69%65%76%6f%67%65%6c",
        "6b616e6172696576 6f67656c",
        "a2FuYXJpZXZvZ2Vs",     // the canary alone
        "eGthbmFyaWV2b2dlbA==", // after one letter
        "eHhrYW5hcmlldm9nZWw=", // after two
        "sum: 31415926.0",
        "MzE0MTU5MjY=",
    ] {
        assert!(!found(text).is_empty(), "{text}");
    }
    assert!(!found(&debug(&format!("x{CANARY}").as_bytes())).is_empty());
    assert!(found("a canary bird, 3.1415926").is_empty());
}

#[test]
fn a_client_and_what_it_is_made_of_do_not_print_the_key() {
    assert_silent("the key", &debug(&key()));
    let builder = Client::builder(key()).language(Language::English);
    assert_silent("the builder", &debug(&builder));
    let client = builder.build().expect("a client");
    assert_silent("the client", &debug(&client));
    assert_silent("a handle", &debug(&client.charges()));
    assert_silent("a handle", &debug(&client.refunds()));
}

#[test]
fn what_is_no_key_is_not_printed_either() {
    for text in ["pk_test_kanarievogel", "kanarievogel", "sk_test_kanarievogel\n31415926"] {
        let error = SecretKey::new(text).expect_err(text);
        assert_silent(text, &print(&error));
    }
}

#[test]
fn an_address_that_is_not_taken_is_not_printed() {
    for url in [
        "https://kanarievogel:31415926@api.elepay.io",
        "http://kanarievogel.example.com",
        "https://api.elepay.io?key=kanarievogel",
        "https://api.elepay.io#kanarievogel",
        "https://kanarie vogel",
        "kanarievogel",
    ] {
        let builder = Client::builder(key()).base_url(url);
        assert_silent("the builder", &debug(&builder));
        let error = builder.build().expect_err(url);
        assert_silent(url, &print_chain(&error));
    }
}

#[test]
fn a_request_does_not_print_what_is_secret_in_it() {
    let refund = CreateRefund {
        metadata: canaries("metadata"),
        reason: Some(canary("reason")),
        ..CreateRefund::new(500)
    };
    assert_silent("create_charge", &debug(&create_charge()));
    assert_silent("capture_charge", &debug(&capture_charge()));
    assert_silent("create_refund", &debug(&refund));
    assert!(debug(&create_charge()).contains("A-1"), "what is not secret is printed");
}

#[test]
fn a_call_prints_nothing_of_its_request() {
    let client = client("http://127.0.0.1:9");
    let call = || client.charges().capture(&charge_id(), &capture_charge()).header("x", CANARY);
    assert_silent("the call", &debug(&call()));
    assert_silent("the pending answer", &debug(&call().into_future()));
    assert_silent("the pending response", &debug(&call().send()));
    assert!(debug(&call()).contains("capture_charge"), "it says which operation it is");
}

#[tokio::test]
async fn the_secrets_do_reach_the_provider() {
    let script = Script::start([answer(200, &[], charge())]).await;
    let client = client(&script.base_url());
    client.charges().create(&create_charge()).header("x-note", CANARY).await.expect("an answer");
    let requests = script.requests();
    let text = String::from_utf8_lossy(&requests[0]);
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.contains(&format!("\r\nauthorization: Bearer {KEY}\r\n")), "{head}");
    assert!(head.contains(&format!("\r\nx-note: {CANARY}")), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
    for place in ["extra", "metadata"] {
        assert_eq!(body[place]["note"], canary(place).reveal());
    }
    for place in ["clientIp", "description"] {
        assert_eq!(body[place], canary(place).reveal());
    }
}

#[tokio::test]
async fn an_answer_prints_nothing_secret_and_still_holds_it() {
    let script = Script::start([answer(200, &[("set-cookie", CANARY)], charge())]).await;
    let client = client(&script.base_url());
    let response = client.charges().get(&charge_id()).send().await.expect("an answer");
    assert_silent("the response", &debug(&response));
    assert_eq!(response.body().as_ref(), charge().as_bytes());

    let charge = response.into_inner();
    assert_silent("the charge", &debug(&charge));
    assert!(debug(&charge).contains("A-1"), "what is not secret is printed");
    let text = format!("{CANARY} {NUMBER}");
    for secret in [
        &charge.credential,
        &charge.code_content,
        &charge.client_ip,
        &charge.extra.as_ref().and_then(|extra| extra.get("note").cloned()),
        &charge.metadata.as_ref().and_then(|metadata| metadata.get("note").cloned()),
        &charge.description,
    ] {
        assert_eq!(secret.as_ref().map(Secret::reveal), Some(text.as_str()));
    }
    assert!(charge.unknown.get("new").is_some_and(|new| new.contains(CANARY)));
    let card = charge.card_info.expect("a card");
    assert_silent("the card", &debug(&card));
    assert_eq!(card.bank_account_no, Some(text));
    assert_eq!(card.exp_month.map(|month| month.to_string()).as_deref(), Some(NUMBER));
}

#[tokio::test]
async fn a_member_that_was_set_aside_is_not_printed_either() {
    for member in [
        r#""amount":"kanarievogel""#,
        r#""amount":"kessai-path:kanarievogel""#,
        r#""status":["kanarievogel"]"#,
        r#""credential":31415926"#,
        r#""credential":{"kanarievogel":1}"#,
        r#""extra":{"kanarievogel":1}"#,
        r#""cardInfo":{"expMonth":"kanarievogel"}"#,
        r#""cardInfo":"kanarievogel""#,
        r#""location":{"latitude":"kanarievogel"}"#,
        r#""refunds":{"data":[{"id":"re_1","amount":"kanarievogel"}]}"#,
        r#""refunds":{"data":["kanarievogel"]}"#,
    ] {
        let script =
            Script::start([answer(200, &[], format!(r#"{{"id":"ch_1",{member}}}"#))]).await;
        let client = client(&script.base_url());
        let charge = client.charges().get(&charge_id()).await.expect(member);
        assert_silent(member, &debug(&charge));
        assert_silent(member, &debug(&charge.card_info));
    }
}

/// Plays `acts` to a call that is full of canaries itself.
async fn fail(name: &str, acts: Vec<Act>) -> Error {
    let script = Script::start([acts]).await;
    let client = client(&script.base_url());
    let call = client.charges().capture(&charge_id(), &capture_charge());
    let error = call.header("x-note", CANARY).await.expect_err(name);
    assert_silent(name, &print_chain(&error));
    error
}

#[tokio::test]
async fn a_refusal_prints_nothing_that_the_provider_wrote_and_gives_it_when_asked() {
    let body = format!(
        r#"{{"requestId":"req_{CANARY}","errorCode":"{CANARY}","code":"9_{CANARY}_{NUMBER}",
            "message":"no {CANARY}","parameterName":"{CANARY}[0]","new":"{CANARY}",
            "providerError":{{"code":"{NUMBER}","message":"{CANARY}"}}}}"#
    );
    for status in [400, 429, 500] {
        let error = fail("its own words", answer(status, &[("x-note", CANARY)], &body)).await;
        // A code of a scheme that nobody knows yet may mean anything.
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(error.body().map(AsRef::as_ref), Some(body.as_bytes()));
        assert_eq!(error.request_id(), Some("req_kanarievogel"));
        let refusal = error.refusal().expect("elepay's own words");
        assert_silent("the refusal", &debug(refusal));
        assert_eq!(refusal.code(), format!("9_{CANARY}_{NUMBER}"));
        assert_eq!(refusal.message(), Some("no kanarievogel"));
        assert_eq!(refusal.field(), Some("kanarievogel[0]"));
    }

    let known = format!(r#"{{"errorCode":"M002002","message":"{CANARY}"}}"#);
    let error = fail("a known code", answer(400, &[], known)).await;
    assert!(error.to_string().ends_with(" M002002"), "{error}");
    assert!(debug(&error).contains("M002002"), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_goes_wrong_prints_nothing_of_itself() {
    let says = |text: String| vec![Act::Read, Act::Write(text.into_bytes())];
    let whole = charge();
    let moved = format!("https://{CANARY}.example.com/{NUMBER}");
    let chunked = String::from_utf8(head(200, &[("transfer-encoding", "chunked")])).expect("text");
    for (name, acts) in [
        ("no JSON", answer(200, &[], CANARY)),
        ("HTML", answer(502, &[], format!("<html>{CANARY}</html>"))),
        ("cut JSON", answer(200, &[], &whole[..whole.len() / 2])),
        ("no id", answer(200, &[], format!(r#"{{"clientIp":"{CANARY}"}}"#))),
        ("a list for a word", answer(200, &[], format!(r#"{{"id":[{NUMBER}]}}"#))),
        ("too large", answer(200, &[], CANARY.repeat(500))),
        ("moved", answer(302, &[("location", &moved)], "")),
        ("cut", says(format!("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{CANARY}"))),
        ("no HTTP", says(format!("{CANARY}\r\n\r\n"))),
        ("a reason phrase", says(format!("HTTP/1.1 400 {CANARY}\r\n\r\n"))),
        ("a broken header", says(format!("HTTP/1.1 200 OK\r\n{CANARY}\r\n\r\n"))),
        ("a broken name", says(format!("HTTP/1.1 200 OK\r\n{CANARY}\u{1}: x\r\n\r\n"))),
        ("a broken length", says(format!("HTTP/1.1 200 OK\r\ncontent-length: {CANARY}\r\n\r\n"))),
        ("a broken version", says(format!("HTTP/{CANARY} 200 OK\r\n\r\n"))),
        ("a broken chunk", says(format!("{chunked}{CANARY}\r\n"))),
        ("silence", vec![Act::Read, Act::Listen]),
        ("closed", vec![Act::Read]),
        ("reset", vec![Act::Read, Act::Reset]),
    ] {
        fail(name, acts).await;
    }
    let error = fail("given when asked", answer(200, &[], CANARY)).await;
    assert_eq!(error.body().map(AsRef::as_ref), Some(CANARY.as_bytes()));
}

#[tokio::test]
async fn a_call_that_is_not_sent_prints_nothing_of_itself() {
    let acts = || vec![Act::Write(CANARY.into())];
    let script = Script::start([acts(), acts(), acts()]).await;
    let listening = client(&script.base_url());
    let no_tls = client(&script.https_url());
    let (_socket, base_url) = nobody();
    let alone = client(&base_url);
    let long = Id::new(CANARY.repeat(10_000));
    for (name, client, id, header) in [
        ("nobody listens", &alone, &charge_id(), CANARY),
        ("no TLS", &no_tls, &charge_id(), CANARY),
        ("CR LF", &listening, &charge_id(), "kanarievogel\r\nx: 1"),
        ("a long id", &listening, &long, CANARY),
    ] {
        let call = client.charges().capture(id, &capture_charge()).header("x-note", header);
        let error = call.await.expect_err(name);
        assert_eq!(error.outcome(), Outcome::NotSent, "{name}: {error}");
        assert_silent(name, &print_chain(&error));
    }
}
