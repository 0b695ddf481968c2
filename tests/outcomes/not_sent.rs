//! The request never left.

use std::future::IntoFuture as _;
use std::time::{Duration, Instant};

use kessai_elepay::charges::CaptureCharge;
use kessai_elepay::{Client, Error, Id, Limits, Outcome, SecretKey};

use super::{CHARGE, LONG, SHORT, capture, client, client_with, get, limits, predicates, words};
use crate::script::{Act, Script, answer, message, nobody};

fn assert_not_sent(name: &str, error: &Error, predicates_that_hold: &[&str]) {
    assert_eq!(error.outcome(), Outcome::NotSent, "{name}: {error}");
    assert_eq!(predicates(error), predicates_that_hold, "{name}: {error}");
    assert_eq!((error.status(), error.body(), error.refusal()), (None, None, None), "{name}");
    assert_eq!(error.attempts(), 0, "{name}");
    let start = format!("{}{} at elepay", words(Outcome::NotSent), error.operation());
    assert!(error.to_string().starts_with(&start), "{name}: {error}");
    assert!(error.elapsed() < LONG, "{name}: {:?}", error.elapsed());
}

#[tokio::test]
async fn a_refused_connection_means_that_nothing_was_sent() {
    let (_socket, base_url) = nobody();
    let client = client(&base_url);
    for call in [capture(&client), get(&client)] {
        let error = call.await.expect_err("nobody listens");
        assert_not_sent("refused", &error, &["connect"]);
        assert!(error.to_string().ends_with(" could not connect"), "{error}");
    }
}

#[tokio::test]
async fn a_failed_handshake_means_that_nothing_was_sent() {
    for (name, acts, said) in [
        ("closed", vec![], &["connect"][..]),
        ("reset", vec![Act::Reset], &["connect"]),
        ("cut", vec![Act::ReadBytes(50)], &["connect"]),
        ("plain http", vec![Act::Write(message(200, &[], CHARGE))], &["connect"]),
        ("silence", vec![Act::Listen], &["timeout", "connect"]),
    ] {
        // What cannot have been sent is tried again.
        let script = Script::start([acts.clone(), acts.clone(), acts]).await;
        let limits = Limits { connect: 2 * SHORT, ..limits() };
        let client = client_with(&script.https_url(), limits);
        let error = capture(&client).await.expect_err("there is no TLS here");
        assert_not_sent(name, &error, said);
        assert_eq!(script.connections(), 3, "{name}");
        let heard = String::from_utf8_lossy(&script.heard()).into_owned();
        assert!(!heard.contains("sk_test_1") && !heard.contains("POST"), "{name}");
    }
}

/// A queue of one, and it is taken: Linux then leaves whoever knocks without an answer.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_nobody_takes_up_times_out_with_nothing_sent() {
    let (socket, base_url) = nobody();
    let listener = socket.listen(0).expect("a queue");
    let address = listener.local_addr().expect("its address");
    let mut queue = Vec::new();
    while let Ok(knock) = tokio::time::timeout(SHORT, tokio::net::TcpStream::connect(address)).await
    {
        queue.push(knock.expect("a place in the queue"));
        assert!(queue.len() < 64, "the queue never fills");
    }

    let limits = Limits { connect: 2 * SHORT, ..limits() };
    let client = client_with(&base_url, limits);
    let error = capture(&client).await.expect_err("nobody takes it up");
    assert_not_sent("full", &error, &["timeout", "connect"]);
    assert!(error.to_string().contains(" could not connect within "), "{error}");
    assert!(error.elapsed() >= 6 * SHORT, "three times: {:?}", error.elapsed());
}

#[tokio::test]
async fn a_request_that_cannot_be_put_together_is_not_sent() {
    let script = Script::start([answer(200, &[], CHARGE)]).await;
    let client = client(&script.base_url());
    let charges = client.charges();
    let long = Id::new("1".repeat(70_000));
    for (name, call) in [
        ("an empty id", charges.get(&"".into())),
        ("a dot", charges.get(&".".into())),
        ("two dots", charges.get(&"..".into())),
        ("two dots in a capture", charges.capture(&"..".into(), &CaptureCharge::default())),
        ("an id longer than any URL", charges.get(&long)),
        ("CR LF in a header", capture(&client).header("x-note", "a\r\nx-injected: 1")),
        ("LF in a header", capture(&client).header("x-note", "a\nb")),
        ("NUL in a header", capture(&client).header("x-note", "a\0b")),
        ("a blank in a header's name", capture(&client).header("x note", "a")),
        ("no name for a header", capture(&client).header("", "a")),
        ("one fault is enough", get(&client).path("id", "").header("x-note", "fine")),
    ] {
        let error = call.await.expect_err(name);
        assert_not_sent(name, &error, &[]);
    }
    assert_eq!(script.connections(), 0);

    assert!(capture(&client).await.is_ok(), "the client is none the worse");
    assert_eq!(script.requests().len(), 1);
}

/// A `content-length: 0` would turn the capture of a part into a capture of everything.
#[tokio::test]
async fn a_header_cannot_change_what_is_sent_nor_where_nor_by_whom() {
    let script = Script::start([]).await;
    let client = client(&script.base_url());
    for (name, value) in [
        ("content-length", "0"),
        ("Content-Length", "15"),
        ("transfer-encoding", "chunked"),
        ("host", "example.com"),
        ("authorization", "Bearer sk_test_2"),
        ("Authorization", ""),
        ("content-type", "text/plain"),
        ("connection", "upgrade"),
        ("upgrade", "h2c"),
        ("expect", "100-continue"),
    ] {
        let error = capture(&client).header(name, value).await.expect_err(name);
        assert_not_sent(name, &error, &[]);
    }
    assert_eq!(script.connections(), 0);
}

#[tokio::test]
async fn an_id_stays_one_segment_of_the_path() {
    for (id, path) in [
        ("a/../b", "/charges/a%2F..%2Fb"),
        ("a?b#c", "/charges/a%3Fb%23c"),
        ("%2e%2e", "/charges/%252e%252e"),
        ("...", "/charges/..."),
        ("\r\nx: 1", "/charges/%0D%0Ax%3A%201"),
        ("{id}", "/charges/%7Bid%7D"),
        ("注", "/charges/%E6%B3%A8"),
    ] {
        let script = Script::start([answer(200, &[], CHARGE)]).await;
        let client = client(&script.base_url());
        assert!(client.charges().get(&id.into()).await.is_ok(), "{id:?}");
        assert_eq!(script.seen(&format!("GET {path} HTTP/1.1\r\n")), 1, "{id:?}: {script:?}");
    }
}

#[test]
fn a_key_is_never_taken_to_an_address_that_is_not_safe() {
    for url in [
        "http://api.elepay.io",
        "http://192.168.0.1:8080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "http://me:password@127.0.0.1",
        "https://me:password@api.elepay.io",
        "https://api.elepay.io?key=1",
        "https://api.elepay.io#key",
        "ftp://127.0.0.1",
        "unix:/run/elepay",
        "http://127.0.0.1:99999",
        "127.0.0.1:80",
        "/charges",
        "https://",
        "",
        "https://api.elepay.io\r\nx: 1",
    ] {
        let key = SecretKey::new("sk_test_1").expect("a secret key");
        let error = Client::builder(key).base_url(url).build().err();
        let error = error.unwrap_or_else(|| panic!("{url:?} was taken"));
        assert_not_sent(url, &error, &[]);
        assert_eq!(error.operation(), "build", "{url:?}");
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_before_it_is_polled_sends_nothing() {
    let script = Script::start([answer(200, &[], CHARGE)]).await;
    let client = client(&script.base_url());
    drop(capture(&client));
    drop(capture(&client).send());
    drop(capture(&client).into_future());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(script.connections(), 0);
    assert!(capture(&client).await.is_ok());
    assert_eq!((script.connections(), script.requests().len()), (1, 1));
}

#[tokio::test]
async fn an_error_says_how_long_the_call_took() {
    let script = Script::start([vec![Act::Wait(SHORT)]]).await;
    let client = client(&script.base_url());
    let began = Instant::now();
    let error = get(&client).await.expect_err("it is closed unanswered");
    assert!(error.elapsed() >= SHORT && error.elapsed() <= began.elapsed());
}
