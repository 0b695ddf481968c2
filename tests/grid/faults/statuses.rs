//! Statuses that say no, or nothing.

use super::answered;
use crate::grid::fault::{End, Fault, fault};
use crate::secrecy::CANARY;

pub fn faults() -> Vec<Fault> {
    [answers(), throttled()].concat()
}

/// A page of somebody who stands before the provider.
fn page(name: &'static str, status: u16) -> Fault {
    let page = format!("<html>{CANARY}</html>");
    fault(name, move |_| Some(answered(status, &[("content-type", "text/html")], &page)))
        .status(status)
}

fn answers() -> Vec<Fault> {
    vec![
        fault("302 to another host", |_| {
            let elsewhere = format!("https://{CANARY}.example.com/31415926");
            Some(answered(302, &[("location", &elsewhere)], ""))
        })
        .ends(End::Odd)
        .status(302),
        fault("400 in the provider's words", |row| {
            Some(answered(row.refusal.0, &[], &row.refusal.1))
        })
        .ends(End::Refused)
        .status(400),
        fault("a good status that says no", |row| {
            Some(answered(row.status(), &[], row.denial.as_ref()?))
        })
        .ends(End::Refused)
        .good_status(),
        page("400 in nobody's words", 400).ends(End::Odd),
        page("401", 401).ends(End::Refused),
        page("403 of a guard that lets no answer out", 403).ends(End::Odd),
        page("404", 404).ends(End::Refused),
        page("408", 408),
        fault("409, the key stands for another call", |row| {
            let body = match row.provider {
                "univapay" => r#"{"status":"error","code":"IDEMPOTENCY_KEY_CONFLICT"}"#,
                "zafapay" => r#"{"error":{"code":"idempotency_key_mismatch"}}"#,
                _ => "",
            };
            Some(answered(409, &[], body))
        })
        .ends(End::Odd)
        .status(409),
        page("500, done", 500),
        page("500, not done", 500).nothing_done(),
        page("502", 502),
        page("503", 503).nothing_done(),
        page("504", 504),
    ]
}

fn throttled() -> Vec<Fault> {
    let hint = |name, hint: &'static str| {
        fault(name, move |_| Some(answered(429, &[("retry-after", hint)], "")))
            .ends(End::Throttled)
            .status(429)
    };
    let date = [
        ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("retry-after", "Thu, 01 Jan 2026 00:00:01 GMT"),
    ];
    vec![
        fault("429", |_| Some(answered(429, &[], ""))).ends(End::Throttled).status(429),
        hint("429 with seconds", "1"),
        fault("429 with a date", move |_| Some(answered(429, &date, "")))
            .ends(End::Throttled)
            .status(429),
        hint("429 with a time before now", "-1"),
        hint("429 with rubbish", "kanarievogel"),
        hint("429 with a day", "86400").ends(End::Refused),
    ]
}
