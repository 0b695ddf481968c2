//! Whole answers with a good status: bodies that do not read, and odd ones that must.

use super::answered;
use crate::grid::fault::{End, Fault, fault};
use crate::grid::row::{Kind, Row};
use crate::grid::shapes::Shapes;
use crate::script::{Act, head};
use crate::secrecy::CANARY;

/// `{}`, packed.
const PACKED: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0C\xbf\xa6\xa3\x02\0\0\0";

pub fn faults() -> Vec<Fault> {
    [unreadable(), shapes()].concat()
}

fn body(name: &'static str, body: impl Fn(&Row) -> Vec<u8> + Send + Sync + 'static) -> Fault {
    fault(name, move |row| Some(answered(row.status(), &[], body(row))))
        .ends(End::Odd)
        .good_status()
}

fn unreadable() -> Vec<Fault> {
    vec![
        fault("gzip that nobody asked for", |row| {
            Some(answered(row.status(), &[("content-encoding", "gzip")], PACKED))
        })
        .ends(End::Odd)
        .good_status(),
        body("HTML", |_| format!("<html>{CANARY}</html>").into()),
        body("empty body", |_| Vec::new()).in_what_is_read(),
        fault("broken JSON", |row| {
            let (_, start) = row.good.1.as_bytes().split_last()?;
            Some(answered(row.status(), &[], start))
        })
        .ends(End::Odd)
        .good_status(),
        fault("an object of somebody in between", |row| {
            let acts = row.kind != Kind::Read && row.shapes.is_some();
            let object = format!(r#"{{"maintenance":"{CANARY}"}}"#);
            acts.then(|| answered(row.status(), &[], object))
        })
        .ends(End::Odd)
        .good_status(),
        body("invalid UTF-8", |row| {
            [b"{\"newer\":\"\xff\",", row.good.1.as_bytes().get(1..).unwrap_or_default()].concat()
        }),
    ]
}

fn shape(
    name: &'static str,
    shape: impl Fn(&Shapes) -> Option<&String> + Send + Sync + 'static,
) -> Fault {
    fault(name, move |row| {
        let body = shape(row.shapes.as_ref()?)?;
        Some(answered(row.status(), &[], body))
    })
    .ends(End::Odd)
    .good_status()
}

fn shapes() -> Vec<Fault> {
    vec![
        shape("a member missing that must be there", |shapes| shapes.missing.as_ref()),
        shape("null for a member that must be there", |shapes| shapes.null.as_ref()),
        shape("nulls where members may be missing", |shapes| shapes.nulls.as_ref())
            .ends(End::Succeeds),
        shape("new words, new members, numbers as text", |shapes| Some(&shapes.newer))
            .ends(End::Succeeds),
        shape("a new member a hundred levels deep", |shapes| Some(&shapes.deep))
            .ends(End::Succeeds),
        shape("a member twice", |shapes| shapes.twice.as_ref()),
        fault("a header twice", |row| {
            let headers = [("x-note", CANARY), ("x-note", "2")];
            let body = if row.good.0 == 204 { "" } else { &row.good.1 };
            Some(answered(row.good.0, &headers, body))
        })
        .ends(End::Succeeds),
        fault("204 where a body must be", |_| {
            Some(vec![Act::Read, Act::Write(head(204, &[("connection", "close")]))])
        })
        .ends(End::Odd)
        .status(204)
        .in_what_is_read(),
    ]
}
