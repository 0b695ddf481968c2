//! A good status, and an answer that does not read.

use std::time::Duration;

use kessai_elepay::charges::ListCharges;
use kessai_elepay::{Error, Limits, Outcome};

use super::{CHARGE, Row, SHORT, client, limits, row};
use crate::script::{Act, Script, answer, head, message};

/// A value that no error may repeat.
const VALUE: &str = "kanarievogel";

fn unreadable(name: &'static str, acts: Vec<Act>) -> Row {
    row(name, acts).status(200).is(&["unreadable"])
}

/// Writes `parts` as one answer and closes.
fn says(parts: &[&[u8]]) -> Vec<Act> {
    vec![Act::Read, Act::Write(parts.concat())]
}

#[tokio::test]
async fn a_body_that_is_cut_leaves_the_outcome_unknown() {
    let longer = head(200, &[("content-length", "100")]);
    let chunked = head(200, &[("transfer-encoding", "chunked")]);
    let close = head(200, &[("connection", "close")]);
    for row in [
        unreadable("shorter than its length", says(&[&longer, CHARGE.as_bytes()])),
        unreadable("only headers", says(&[&longer])),
        unreadable("reset", {
            let wait = Duration::from_millis(50);
            let part = [longer.as_slice(), CHARGE.as_bytes()].concat();
            vec![Act::Read, Act::Write(part), Act::Wait(wait), Act::Reset]
        }),
        unreadable("cut between chunks", says(&[&chunked, b"8\r\n{\"id\":\"1\r\n"])),
        unreadable("cut inside a chunk", says(&[&chunked, b"2f\r\n{\"id\":"])),
        unreadable("without its last chunk", {
            says(&[&chunked, format!("2f\r\n{CHARGE}\r\n").as_bytes()])
        }),
        unreadable("a chunk size that is no number", says(&[&chunked, b"many\r\n{}\r\n"])),
    ] {
        for error in row.check().await {
            assert!(error.to_string().ends_with(" got only part of its answer"), "{error}");
        }
    }
    unreadable("cut where only the JSON tells", says(&[&close, &CHARGE.as_bytes()[..20]]))
        .check()
        .await;
    unreadable(
        "longer than its length",
        says(&[&head(200, &[("content-length", "9")]), b"{\"id\":\"ch_1\"}"]),
    )
    .check()
    .await;
}

#[tokio::test]
async fn what_came_in_before_the_cut_is_kept() {
    let longer = head(200, &[("content-length", "100")]);
    for error in unreadable("cut", says(&[&longer, CHARGE.as_bytes()])).check().await {
        assert_eq!(error.body().map(AsRef::as_ref), Some(CHARGE.as_bytes()));
    }
    let large = "x".repeat(5000);
    for error in unreadable("large", answer(200, &[], &large)).check().await {
        assert_eq!(error.body().map(AsRef::as_ref), Some(&large.as_bytes()[..4096]));
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_a_timeout_and_leaves_the_outcome_unknown() {
    let part = [head(200, &[("content-length", "100")]).as_slice(), b"{\"id\":"].concat();
    let stalls = vec![Act::Read, Act::Write(part.clone()), Act::Listen];
    let crawls = vec![Act::Read, Act::Write(part), Act::Trickle(vec![b' '; 90], SHORT / 5)];
    for row in [
        unreadable("silent", stalls.clone()).limits(Limits { silence: SHORT, ..limits() }),
        unreadable("out of time", stalls).limits(Limits { attempt: SHORT, ..limits() }),
        unreadable("never silent", crawls).limits(Limits { attempt: 2 * SHORT, ..limits() }),
    ] {
        for error in row.is(&["timeout", "unreadable"]).check().await {
            assert!(error.to_string().ends_with(" got only part of its answer"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_answer_beyond_the_limits_leaves_the_outcome_unknown() {
    let huge = format!(r#"{{"id":"ch_1","note":"{}"}}"#, "x".repeat(5000));
    let kibibytes = "x".repeat(1024);
    let many: Vec<_> = (0..20).map(|_| ("x-filler", kibibytes.as_str())).collect();
    let mut endless = head(200, &[("transfer-encoding", "chunked")]);
    for _ in 0..100 {
        endless.extend(format!("400\r\n{kibibytes}\r\n").as_bytes());
    }
    for row in [
        unreadable("a large body", answer(200, &[], huge)),
        unreadable("a large body in chunks", vec![Act::Read, Act::Write(endless), Act::Listen]),
        unreadable("a length beyond all bounds", {
            let head = head(200, &[("content-length", "999999999999999")]);
            vec![Act::Read, Act::Write([head, vec![b' '; 8192]].concat()), Act::Listen]
        }),
        unreadable("large headers", answer(200, &many, CHARGE)),
    ] {
        for error in row.check().await {
            assert!(error.to_string().ends_with(" got an answer beyond the limits"), "{error}");
        }
    }
}

/// What the HTTP library itself does not take has no status.
#[tokio::test]
async fn headers_beyond_all_reason_leave_the_outcome_unknown() {
    let kibibytes = "x".repeat(16 * 1024);
    let large: Vec<_> = (0..90).map(|_| ("x-filler", kibibytes.as_str())).collect();
    let many: Vec<_> = (0..1000).map(|_| ("x-filler", "x")).collect();
    row("1.4 MiB of headers", answer(200, &large, CHARGE)).check().await;
    row("a thousand headers", answer(200, &many, CHARGE)).check().await;
}

#[tokio::test]
async fn the_default_limits_hold_too() {
    let limits = Limits::default();
    let kibibytes = "x".repeat(8 * 1024);
    let headers: Vec<_> = (0..9).map(|_| ("x-filler", kibibytes.as_str())).collect();
    unreadable("72 KiB of headers", answer(200, &headers, CHARGE))
        .limits(limits.clone())
        .check()
        .await;
    let body = format!(r#"{{"id":"ch_1"{}}}"#, " ".repeat(8 * 1024 * 1024));
    unreadable("a body of 8 MiB and a few", answer(200, &[], body)).limits(limits).check().await;
}

#[tokio::test]
async fn a_body_that_is_no_charge_leaves_the_outcome_unknown() {
    for (name, body, path) in [
        ("empty", String::new(), None),
        ("blank", " \r\n".into(), None),
        ("HTML", format!("<html><body>{VALUE}</body></html>"), None),
        ("broken", r#"{"id":"ch_1","#.into(), None),
        ("broken inside", format!(r#"{{"id":"ch_1","cardInfo":{{"expMonth":{VALUE}}}}}"#), None),
        ("more than one value", format!("{CHARGE}{CHARGE}"), None),
        ("a list", format!("[{CHARGE}]"), None),
        ("null", "null".into(), None),
        ("a text", format!("{VALUE:?}"), None),
        ("2000 lists deep", format!("{}{}", "[".repeat(2000), "]".repeat(2000)), None),
        ("2000 lists, not one closed", "[".repeat(2000), None),
        ("500 objects, not one closed", r#"{"a":"#.repeat(500), None),
        ("500 ids, not one closed", r#"{"id":"#.repeat(500), None),
        ("no id", r#"{"amount":1}"#.into(), Some("id")),
        ("an error's body", r#"{"errorCode":"M002003"}"#.into(), Some("id")),
        ("null for the id", r#"{"id":null}"#.into(), Some("id")),
        ("a flag for the id", r#"{"id":true,"n":31415926}"#.into(), Some("id")),
        ("an object for the id", format!(r#"{{"id":{{"id":{VALUE:?}}}}}"#), Some("id")),
        ("our mark for the id", r#"{"id":{"kessai-path:kanarievogel":1}}"#.into(), Some("id")),
        ("no id, and more amiss", format!(r#"{{"amount":{VALUE:?}}}"#), Some("id")),
    ] {
        for error in unreadable(name, answer(200, &[], &body)).check().await {
            assert_unreadable(name, &error, path);
            assert_eq!(error.body().map(AsRef::as_ref), Some(body.as_bytes()), "{name}");
        }
    }
}

fn assert_unreadable(name: &str, error: &Error, path: Option<&str>) {
    let why = match path {
        Some(path) => format!("`{path}` does not read"),
        None => "not JSON of the expected shape".into(),
    };
    let end = format!(" got an answer that does not read: {why}");
    assert!(error.to_string().ends_with(&end), "{name}: {error}");
    let printed = format!("{error} {error:?} {error:#?}");
    assert!(!printed.contains(VALUE) && !printed.contains("31415926"), "{name}: {printed}");
}

#[tokio::test]
async fn what_does_not_read_deep_inside_is_named_by_its_path() {
    for (body, path) in [
        (r#"{"total":1,"charges":[{"id":"ch_1"},{"amount":31415926}]}"#, "charges.id"),
        (r#"{"total":1,"charges":[{"id":["kanarievogel"]}]}"#, "charges.id"),
        (r#"{"total":1,"charges":"kanarievogel"}"#, "charges"),
        (r#"{"total":1,"charges":null}"#, "charges"),
        (r#"{"total":1}"#, "charges"),
        (r#"{"total":1,"charges":[{"id":true,"amount":"kanarievogel"}]}"#, "charges.id"),
    ] {
        let script = Script::start([answer(200, &[], body)]).await;
        let client = client(&script.base_url());
        let error = client.charges().list(&ListCharges::default()).await.expect_err(body);
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}: {error}");
        assert_unreadable(body, &error, Some(path));
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_leave_the_outcome_unknown() {
    let packed: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV\xcaLQ\xb2R\x02";
    for row in [
        unreadable("invalid UTF-8", answer(200, &[], b"{\"id\":\"ch_\xff\"}")),
        unreadable("UTF-16", answer(200, &[], b"{\0\"\0i\0d\0\"\0")),
        unreadable("a byte order mark", answer(200, &[], format!("\u{feff}{CHARGE}"))),
        unreadable("gzip, unasked", answer(200, &[("content-encoding", "gzip")], packed)),
    ] {
        row.check().await;
    }
}

#[tokio::test]
async fn an_answer_without_a_body_where_one_must_be_leaves_the_outcome_unknown() {
    let nothing = |status| vec![Act::Read, Act::Write(head(status, &[("connection", "close")]))];
    row("204", nothing(204)).status(204).is(&["unreadable"]).check().await;
    row("205", nothing(205)).status(205).is(&["unreadable"]).check().await;
    row("200", vec![Act::Read, Act::Write(message(200, &[], ""))])
        .status(200)
        .is(&["unreadable"])
        .check()
        .await;
}
