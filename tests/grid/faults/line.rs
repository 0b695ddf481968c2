//! The line: before sending, while sending, after it, and while the answer comes in.

use std::time::Duration;

use super::{good, says};
use crate::grid::cell::BODY;
use crate::grid::fault::{End, Fault, Haste, Scene, Wrong, fault};
use crate::script::{Act, head};
use crate::secrecy::CANARY;

pub fn faults() -> Vec<Fault> {
    [before(), sending(), after(), reading()].concat()
}

fn before() -> Vec<Fault> {
    let scene =
        |name, scene| fault(name, |_| Some(vec![])).at(scene).ends(End::NotSent).nothing_done();
    vec![
        scene("connection refused", Scene::Nobody),
        scene("connection never taken up", Scene::Full).hasty(Haste::Connecting),
        scene("certificate of an unknown authority", Scene::Tls(Wrong::Stranger)),
        scene("certificate of another name", Scene::Tls(Wrong::AnotherName)),
        scene("certificate that is over", Scene::Tls(Wrong::Expired)),
        scene("handshake cut", Scene::Tls(Wrong::Cut)),
        scene("proxy refuses", Scene::Tls(Wrong::Proxy)),
        fault("kept connection closed before the request", |_| Some(vec![]))
            .at(Scene::Left)
            .ends(End::Sound)
            .nothing_done(),
    ]
}

fn sending() -> Vec<Fault> {
    vec![
        fault("reset inside the headers", |_| Some(vec![Act::ReadBytes(20), Act::Reset]))
            .nothing_done(),
        fault("reset inside the body", |row| {
            row.has_body.then(|| vec![Act::ReadHead(1), Act::Reset])
        })
        .nothing_done(),
        fault("request no longer read", |_| Some(vec![Act::ReadBytes(20), Act::Hold]))
            .nothing_done()
            .hasty(Haste::Attempts),
    ]
}

fn after() -> Vec<Fault> {
    let reset = || Some(vec![Act::Read, Act::Reset]);
    let silence = || Some(vec![Act::Read, Act::Listen]);
    vec![
        fault("reset, done", move |_| reset()),
        fault("reset, not done", move |_| reset()).nothing_done(),
        fault("closed without an answer", |_| Some(vec![Act::Read])),
        fault("silence, done", move |_| silence()).hasty(Haste::Attempts),
        fault("silence, not done", move |_| silence()).nothing_done().hasty(Haste::Attempts),
    ]
}

fn reading() -> Vec<Fault> {
    let chunked = |status: u16| head(status, &[("transfer-encoding", "chunked")]);
    vec![
        fault("status line cut", |_| Some(says(*b"HTTP/1.1 20"))),
        fault("headers cut", |_| Some(says(format!("HTTP/1.1 200 OK\r\nx-note: {CANARY}\r\nx")))),
        fault("headers too large", |row| {
            let long = "n".repeat(9_000);
            let headers = [("x-a", long.as_str()), ("x-b", long.as_str()), ("x-note", CANARY)];
            let end = [("content-length", "2"), ("connection", "close")];
            let headers = [&headers[..], &end].concat();
            Some(says([head(row.status(), &headers).as_slice(), b"{}"].concat()))
        })
        .ends(End::Odd)
        .good_status(),
        fault("content-length too long", |row| {
            let length = (row.good.1.len() + 10).to_string();
            let head = head(row.status(), &[("content-length", &length)]);
            Some(says([head.as_slice(), row.good.1.as_bytes()].concat()))
        })
        .good_status(),
        fault("chunk cut", move |row| {
            Some(says([chunked(row.status()).as_slice(), b"ffff\r\n{\"newer"].concat()))
        })
        .good_status(),
        fault("body stalls", |row| {
            let head = head(row.status(), &[("content-length", "100")]);
            let begun = [head.as_slice(), b"{\"newer"].concat();
            Some(vec![Act::Read, Act::Write(begun), Act::Listen])
        })
        .good_status()
        .hasty(Haste::Silence),
        fault("one byte at a time", |row| {
            Some(vec![Act::Read, Act::Trickle(good(row), Duration::from_millis(100))])
        })
        .hasty(Haste::Attempts),
        fault("body too large", |row| {
            let body = format!("{}{}", row.good.1, " ".repeat(BODY + 1));
            Some(super::answered(row.status(), &[], body))
        })
        .ends(End::Odd)
        .good_status(),
    ]
}
