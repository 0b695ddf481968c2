//! What a status says of the money.

use kessai_elepay::errors::ErrorCode;

use super::{Row, client, get, row};
use crate::script::{Act, Script, answer, head};

const OWN: &str = "elepay's own body";
const HTML: &str = "<html><h1>busy</h1></html>";

fn elepays(code: &str) -> String {
    format!(
        r#"{{"requestId":"req_9","errorCode":"{code}","message":"no","parameterName":"amount"}}"#
    )
}

/// A row answered with elepay's own body.
fn own(status: u16, code: &str) -> Row {
    let body = elepays(code);
    row(OWN, answer(status, &[("content-type", "application/json")], body)).status(status)
}

/// A row answered with a page, by whoever stands before elepay.
fn page(status: u16) -> Row {
    row("a page", answer(status, &[("content-type", "text/html")], HTML)).status(status)
}

async fn check(row: Row, status: u16, code: Option<&str>) {
    for error in row.check().await {
        let refusal = error.refusal();
        assert_eq!(refusal.map(kessai_elepay::Refusal::code), code, "{status}");
        assert_eq!(ErrorCode::of(&error), code.map(ErrorCode::from), "{status}");
        assert_eq!(refusal.and_then(|it| it.field()), code.map(|_| "amount"), "{status}");
        assert_eq!(refusal.and_then(|it| it.message()), code.map(|_| "no"), "{status}");
        assert_eq!(error.request_id(), code.map(|_| "req_9"), "{status}");
        let end = match code {
            Some(code) => format!(" was answered {status} {code}"),
            None => format!(" was answered {status}"),
        };
        assert!(error.to_string().ends_with(&end), "{error}");
        let body = code.map_or(HTML.to_owned(), elepays);
        assert_eq!(error.body().map(AsRef::as_ref), Some(body.as_bytes()), "{status}");
    }
}

#[tokio::test]
async fn a_no_in_the_providers_own_words_is_a_refusal() {
    for (status, code) in [
        (400, "M002002"),
        (401, "M004001"),
        (402, "U001000"),
        (403, "M004003"),
        (404, "M002003"),
        (405, "M003000"),
        (409, "M006001"),
        (410, "M006004"),
        (413, "M002002"),
        (422, "M002002"),
        (451, "U004005"),
        (499, "U006000"),
    ] {
        check(own(status, code).refused(), status, Some(code)).await;
    }
}

#[tokio::test]
async fn a_failure_of_elepays_own_leaves_the_outcome_unknown_whatever_the_status() {
    for status in [400, 401, 403, 404, 409, 429] {
        let throttled: &[&str] = if status == 429 { &["throttled"] } else { &[] };
        check(own(status, "S001001").is(throttled), status, Some("S001001")).await;
    }
}

#[tokio::test]
async fn a_page_is_a_refusal_where_it_can_only_have_come_before_the_act() {
    for status in [401, 404, 405, 413, 414, 415, 431] {
        check(page(status).refused(), status, None).await;
    }
}

#[tokio::test]
async fn a_page_with_any_other_status_leaves_the_outcome_unknown() {
    for status in [400, 402, 403, 406, 409, 410, 418, 421, 422, 425, 451, 499] {
        check(page(status), status, None).await;
    }
}

#[tokio::test]
async fn too_many_requests_is_a_refusal_and_says_so() {
    let throttled = &["refused", "throttled"];
    check(own(429, "M005000").refused().is(throttled), 429, Some("M005000")).await;
    check(own(429, "M002002").refused().is(throttled), 429, Some("M002002")).await;
    check(own(400, "M005000").refused().is(throttled), 400, Some("M005000")).await;
}

#[tokio::test]
async fn too_many_requests_in_nobodys_words_leaves_the_outcome_unknown() {
    // elepay documents no such answer: a gateway in between may have tried twice.
    let throttled = &["throttled"];
    check(page(429).is(throttled), 429, None).await;
    for hint in ["1", "86400", "-1", "soon", "Wed, 21 Oct 2099 07:28:00 GMT"] {
        let row = row("with a hint", answer(429, &[("retry-after", hint)], ""));
        for error in row.status(429).is(throttled).check().await {
            let headers = error.headers().expect("headers");
            assert_eq!(headers.get("retry-after").map(AsRef::as_ref), Some(hint.as_bytes()));
        }
    }
}

#[tokio::test]
async fn a_failure_of_the_server_leaves_the_outcome_unknown() {
    for status in [500, 501, 502, 503, 504, 520, 599] {
        check(own(status, "S001000"), status, Some("S001000")).await;
        check(page(status), status, None).await;
    }
    check(own(500, "U001000"), 500, Some("U001000")).await;
}

#[tokio::test]
async fn a_server_that_gave_up_waiting_leaves_the_outcome_unknown() {
    check(own(408, "M002002"), 408, Some("M002002")).await;
    check(page(408), 408, None).await;
}

#[tokio::test]
async fn a_status_that_no_rule_names_leaves_the_outcome_unknown() {
    for status in [304, 600, 999] {
        row("odd", answer(status, &[], "")).status(status).check().await;
    }
    let switched = vec![Act::Read, Act::Write(head(101, &[("upgrade", "x")]))];
    for error in row("101", switched).status(101).check().await {
        assert!(error.to_string().ends_with(" was answered 101"), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_leaves_the_outcome_unknown() {
    for status in [300, 301, 302, 303, 307, 308] {
        let target = Script::start([]).await;
        let location = format!("{}/charges/ch_1/capture", target.base_url());
        let row = row("elsewhere", answer(status, &[("location", &location)], HTML));
        for error in row.status(status).check().await {
            let headers = error.headers().expect("headers");
            assert_eq!(headers.get("location").map(AsRef::as_ref), Some(location.as_bytes()));
            assert!(!error.to_string().contains("127.0.0.1"), "{error}");
        }
        assert_eq!(target.connections(), 0, "{status}");
    }
    for location in ["/charges/ch_1", "https://api.elepay.io/", ":", ""] {
        row("nearby", answer(302, &[("location", location)], HTML)).status(302).check().await;
    }
}

#[tokio::test]
async fn half_a_no_is_no_refusal_in_words() {
    let cut = [head(400, &[("content-length", "100")]).as_slice(), b"{\"errorCode\":"].concat();
    let (open, close) = ("[".repeat(2000), "]".repeat(2000));
    for (name, acts) in [
        ("empty", answer(400, &[], "")),
        ("cut", vec![Act::Read, Act::Write(cut)]),
        ("no code", answer(400, &[], r#"{"message":"no"}"#)),
        ("a number for the code", answer(400, &[], r#"{"errorCode":31415926}"#)),
        ("null", answer(400, &[], "null")),
        ("a list", answer(400, &[], format!("[{}]", elepays("M002002")))),
        ("deep", answer(400, &[], format!("{open}{close}"))),
        ("no text", answer(400, &[], b"\xff\xfe")),
    ] {
        let row = row(name, acts).status(400);
        let row = if name == "cut" { row.cut() } else { row };
        for error in row.check().await {
            assert_eq!((error.refusal(), error.request_id()), (None, None), "{name}");
            assert!(error.to_string().ends_with(" was answered 400"), "{name}: {error}");
        }
    }
    let cut = [head(404, &[("content-length", "100")]).as_slice(), b"{"].concat();
    row("cut", vec![Act::Read, Act::Write(cut)]).status(404).cut().check().await;
}

#[tokio::test]
async fn odd_members_do_not_hide_the_providers_words() {
    let (open, close) = ("[".repeat(1500), "]".repeat(1500));
    for (name, body) in [
        ("deep", format!(r#"{{"new":{open}{close},"errorCode":"M002002"}}"#)),
        ("a list of messages", r#"{"message":["a","b"],"errorCode":"M002002"}"#.into()),
        ("a number for the old code", r#"{"code":1,"errorCode":"M002002"}"#.into()),
        ("the end beyond the limit", format!("{}{}", elepays("M002002"), " ".repeat(5000))),
    ] {
        for error in row(name, answer(400, &[], body)).status(400).refused().check().await {
            assert_eq!(ErrorCode::of(&error), Some(ErrorCode::M002002), "{name}: {error}");
        }
    }
}

#[tokio::test]
async fn a_code_newer_than_the_crate_is_given_when_asked_but_not_printed() {
    let script = Script::start([answer(400, &[], elepays("M909090"))]).await;
    let error = get(&client(&script.base_url())).await.expect_err("refused");
    assert_eq!(error.refusal().map(kessai_elepay::Refusal::code), Some("M909090"));
    assert_eq!(error.to_string(), "refused: get_charge at elepay was answered 400");
    assert!(!format!("{error:?}").contains("909090"), "{error:?}");
}
