//! The engine against a server on this machine that says what it is told to say.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use http::StatusCode;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// A server for one connection.
struct Server {
    address: SocketAddr,
    thread: JoinHandle<String>,
}

/// What a server does when it has answered.
#[derive(Clone, Copy)]
enum Then {
    HangsUp,
    /// It says nothing more, until the client hangs up.
    Waits,
}

impl Server {
    /// Reads a request and writes `answer`.
    fn start(answer: &'static str, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let thread = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let request = read_request(&mut stream);
            stream.write_all(answer.as_bytes()).expect("somebody listens");
            if let Then::Waits = then {
                let _ = stream.read(&mut [0]);
            }
            request
        });
        Self { address, thread }
    }

    /// Sends a request to it: the answer, and what the server was sent.
    async fn send(self, limits: &Limits) -> (Result<Answer, Failure>, String) {
        let result = send(self.address, limits).await;
        // Beside the runtime, which has to hang up first.
        let request = tokio::task::spawn_blocking(|| self.thread.join()).await;
        (result, request.expect("nobody panicked").expect("the server is well"))
    }
}

fn read_request(stream: &mut TcpStream) -> String {
    let (mut request, mut chunk) = (Vec::new(), [0; 1024]);
    while !request.ends_with(b"order") {
        let length = stream.read(&mut chunk).expect("a request");
        request.extend_from_slice(&chunk[..length]);
    }
    String::from_utf8(request).expect("text")
}

async fn send(address: SocketAddr, limits: &Limits) -> Result<Answer, Failure> {
    let plain = Speech { plain: true, encrypted: false };
    let engine = ReqwestEngine::new(limits, &Network::default(), plain).expect("an engine");
    let uri = format!("http://{address}/pay?a=1");
    let request = Request::post(uri).body(Bytes::from_static(b"order")).expect("a request");
    engine.send(request, limits).await
}

fn small() -> Limits {
    Limits { body: 5, ..Limits::default() }
}

/// The body and the cut of an answer that begins so.
async fn answered(answer: &'static str, limits: &Limits) -> (String, Option<Cut>) {
    let (result, _) = Server::start(answer, Then::HangsUp).send(limits).await;
    let answer = result.expect("an answer");
    (String::from_utf8(answer.body.to_vec()).expect("text"), answer.cut)
}

#[tokio::test]
async fn a_request_goes_over_the_wire_and_its_answer_comes_back() {
    let server =
        Server::start("HTTP/1.1 201 X\r\nx-a: 1\r\ncontent-length: 4\r\n\r\npaid", Then::HangsUp);
    let (answer, request) = server.send(&Limits::default()).await;
    let answer = answer.expect("an answer");
    assert_eq!((answer.status, answer.cut), (StatusCode::CREATED, None));
    assert_eq!((&answer.body[..], answer.headers["x-a"].as_bytes()), (&b"paid"[..], &b"1"[..]));
    assert!(request.starts_with("POST /pay?a=1 HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\norder"), "{request}");
}

#[tokio::test]
async fn a_request_that_is_sent_elsewhere_is_not_sent_again() {
    let elsewhere = "HTTP/1.1 307 X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let (answer, _) = Server::start(elsewhere, Then::HangsUp).send(&Limits::default()).await;
    assert_eq!(answer.expect("an answer").status, StatusCode::TEMPORARY_REDIRECT);
}

#[tokio::test]
async fn a_body_may_be_as_long_as_the_limit_and_no_longer() {
    let whole = "HTTP/1.1 200 X\r\ncontent-length: 5\r\n\r\n12345";
    assert_eq!(answered(whole, &small()).await, ("12345".into(), None));
    let longer = "HTTP/1.1 200 X\r\ncontent-length: 6\r\n\r\n123456";
    assert_eq!(answered(longer, &small()).await, ("12345".into(), Some(Cut::TooLarge)));
    // In pieces, too: what came before counts.
    let whole =
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n3\r\n123\r\n2\r\n45\r\n0\r\n\r\n";
    assert_eq!(answered(whole, &small()).await, ("12345".into(), None));
    let longer =
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n3\r\n123\r\n3\r\n456\r\n0\r\n\r\n";
    assert_eq!(answered(longer, &small()).await, ("12345".into(), Some(Cut::TooLarge)));
}

#[tokio::test]
async fn a_body_that_ends_early_is_broken() {
    let half = "HTTP/1.1 200 X\r\ncontent-length: 4\r\n\r\npa";
    assert_eq!(answered(half, &Limits::default()).await, ("pa".into(), Some(Cut::Broken)));
}

#[tokio::test]
async fn a_body_may_be_silent_for_so_long_and_take_so_long_in_all() {
    let half = "HTTP/1.1 200 X\r\ncontent-length: 4\r\n\r\npa";
    for limits in [
        Limits { silence: SECOND, ..Limits::default() },
        Limits { attempt: SECOND, ..Limits::default() },
    ] {
        let (answer, _) = Server::start(half, Then::Waits).send(&limits).await;
        let answer = answer.expect("the beginning of an answer");
        assert_eq!((&answer.body[..], answer.cut), (&b"pa"[..], Some(Cut::TimedOut)));
    }
}

#[tokio::test]
async fn only_what_found_no_connection_failed_while_connecting() {
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = nobody.local_addr().expect("an address");
    drop(nobody);
    let failure = send(address, &Limits::default()).await.expect_err("nobody is there");
    assert_eq!((failure.phase, failure.timed_out), (Phase::Connecting, false));
    assert!(!failure.source.to_string().contains("/pay"), "{}", failure.source);

    let (result, _) = Server::start("", Then::HangsUp).send(&Limits::default()).await;
    let failure = result.expect_err("it hangs up");
    assert_eq!((failure.phase, failure.timed_out), (Phase::Exchanging, false));

    let limits = Limits { attempt: SECOND, ..Limits::default() };
    let (result, _) = Server::start("", Then::Waits).send(&limits).await;
    let failure = result.expect_err("it says nothing");
    assert_eq!((failure.phase, failure.timed_out), (Phase::Exchanging, true));
    assert!(!failure.source.to_string().contains("/pay"), "{}", failure.source);
}
