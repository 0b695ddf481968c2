//! What is told of calls by tracing, and what is not.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use kessai_core::Retry;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Metadata, Subscriber};

use crate::repeats::play::{Act, CAPTURE, CREATE, GET, Play, call};

type Fields = BTreeMap<&'static str, String>;

/// Everything that is told, in the order in which it began.
#[derive(Clone, Default)]
struct Book {
    lines: Arc<Mutex<Vec<Fields>>>,
    spans: Arc<AtomicU64>,
}

/// Writes fields down.
struct Pen<'a>(&'a mut Fields);

impl Visit for Pen<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Book {
    fn open() -> (Self, DefaultGuard) {
        let book = Self::default();
        let guard = set_default(book.clone());
        (book, guard)
    }

    /// What was told under these names, line by line.
    fn told(&self, names: &[&str]) -> Vec<String> {
        let lines = self.lines.lock().expect("nobody panicked");
        let told = |line: &Fields| {
            let values = names.iter().map(|name| line.get(name).map_or("-", String::as_str));
            values.collect::<Vec<_>>().join(" ")
        };
        lines.iter().map(told).collect()
    }
}

impl Subscriber for Book {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("kessai")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::from([("span", span.metadata().name().to_owned())]);
        span.record(&mut Pen(&mut fields));
        let mut lines = self.lines.lock().expect("nobody panicked");
        lines.push(fields);
        self.spans.fetch_add(1, Ordering::Relaxed);
        Id::from_u64(u64::try_from(lines.len()).expect("few"))
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut lines = self.lines.lock().expect("nobody panicked");
        let at = usize::try_from(span.into_u64()).expect("few") - 1;
        values.record(&mut Pen(&mut lines[at]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Pen(&mut fields));
        self.lines.lock().expect("nobody panicked").push(fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_is_an_event() {
    let (book, _guard) = Book::open();
    let play = Play::new(&[Act::Silence, Act::Says(503, "-")]);
    call(&play.transport(Retry::default()), &GET).await.expect("an answer");
    let names = [
        "span",
        "otel.kind",
        "kessai.provider",
        "kessai.operation",
        "http.request.method",
        "http.response.status_code",
        "http.request.resend_count",
        "kessai.outcome",
        "error.type",
    ];
    assert_eq!(book.told(&names)[0], "call client small get_charge GET 200 2 answered -");
    let names = [
        "message",
        "kessai.attempt",
        "kessai.duration_ms",
        "kessai.wait_ms",
        "http.response.status_code",
        "kessai.outcome",
        "error.type",
    ];
    let attempts = [
        "attempt 1 5000 500 - outcome unknown timeout",
        "attempt 2 0 1000 503 outcome unknown status",
        "attempt 3 0 - 200 answered -",
    ];
    assert_eq!(book.told(&names)[1..], attempts);
}

#[tokio::test]
async fn a_call_that_failed_says_how_it_ended() {
    for (operation, acts, end) in [
        (&CAPTURE, vec![Act::Says(400, "no")], "400 0 refused status"),
        (&CAPTURE, vec![Act::NoConnection; 3], "- 0 not sent connect"),
        (&CREATE, vec![Act::BrokenOff, Act::Says(400, "no")], "400 1 outcome unknown status"),
    ] {
        let (book, _guard) = Book::open();
        let play = Play::new(&acts);
        call(&play.transport(Retry::default()), operation).await.expect_err("as told");
        let names = [
            "http.response.status_code",
            "http.request.resend_count",
            "kessai.outcome",
            "error.type",
        ];
        assert_eq!(book.told(&names)[0], end);
        assert_eq!(book.spans.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn an_answer_that_does_not_read_is_told() {
    let (book, _guard) = Book::open();
    let play = Play::new(&[Act::Unreadable]);
    call(&play.transport(Retry::default()), &GET).await.expect_err("it does not read");
    let told = book.told(&["message", "kessai.operation", "kessai.outcome"]);
    assert_eq!(
        told.last().map(String::as_str),
        Some("an answer does not read get_charge outcome unknown")
    );
}

#[tokio::test]
async fn nothing_that_was_sent_or_answered_is_told() {
    let (book, _guard) = Book::open();
    let acts =
        [Act::Asks(503, "1"), Act::Says(500, "kanarievogel"), Act::Says(400, "kanarievogel")];
    let play = Play::new(&acts);
    let transport = play.transport(Retry::default());
    let call = call(&transport, &CREATE)
        .idempotency_key("kanarievogel")
        .header("x-note", "kanarievogel")
        .query("kanarie", "vogel")
        .json(&["kanarievogel"])
        .send();
    call.await.expect_err("refused");
    let lines = format!("{:?}", book.lines.lock().expect("nobody panicked"));
    for part in ["kanarie", "vogel", "http://", "https://", "example.com", "/charges"] {
        assert!(!lines.contains(part), "{lines}");
    }
    assert_eq!(play.given().len(), 3);
}
