//! What an error says of the money, for every way in which an exchange can go wrong.
//!
//! Each row is played to a call that moves money and to one that reads. What must always hold is
//! checked in [`Row::check`]: one request at most, within bounds, the outcome first in the message,
//! and a client that still works. Where a call may be sent again, it is played once more, to see
//! that it is, and that it is not anywhere else.

use std::time::{Duration, Instant};

use kessai_core::Decode;
use kessai_elepay::charges::{CaptureCharge, Charge};
use kessai_elepay::{Call, Client, Error, Id, Limits, Outcome, Response, Retry, SecretKey};

use crate::clock::Sleepless;
use crate::script::{Act, Script, answer};

mod connections;
mod engine;
mod no_answer;
mod not_sent;
mod readable;
mod statuses;
mod unreadable;

/// An answer that reads.
pub const CHARGE: &str = r#"{"id":"ch_1","amount":1200,"status":"captured"}"#;

/// Longer than any call of these tests should take, even on a machine that is busy with others.
pub const LONG: Duration = Duration::from_secs(4);

/// How long a row that is about time gives its call.
pub const SHORT: Duration = Duration::from_millis(150);

pub fn limits() -> Limits {
    Limits { connect: LONG, attempt: LONG, silence: LONG, body: 4096, headers: 16 * 1024 }
}

pub fn client_with(base_url: &str, limits: Limits) -> Client {
    let key = SecretKey::new("sk_test_1").expect("a secret key");
    let builder = Client::builder(key).base_url(base_url).limits(limits);
    builder.clock(Sleepless).build().expect("a client")
}

pub fn client(base_url: &str) -> Client {
    client_with(base_url, limits())
}

pub fn charge_id() -> Id<Charge> {
    "ch_1".into()
}

pub fn capture(client: &Client) -> Call<'_, Charge> {
    let body = CaptureCharge { amount: Some(1200), ..CaptureCharge::default() };
    client.charges().capture(&charge_id(), &body)
}

pub fn get(client: &Client) -> Call<'_, Charge> {
    client.charges().get(&charge_id())
}

/// The names of the predicates that hold.
pub fn predicates(error: &Error) -> Vec<&'static str> {
    [
        (error.is_timeout(), "timeout"),
        (error.is_connect(), "connect"),
        (error.is_refused(), "refused"),
        (error.is_throttled(), "throttled"),
        (error.is_unreadable(), "unreadable"),
    ]
    .into_iter()
    .filter_map(|(holds, name)| holds.then_some(name))
    .collect()
}

/// What an error must say first, in words that alarms and log searches may rely on.
pub fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSent => "not sent: ",
        Outcome::Refused => "refused: ",
        Outcome::Unknown => "outcome unknown: ",
    }
}

/// One way to go wrong, and what the error must say.
#[derive(Clone, Debug)]
pub struct Row {
    name: &'static str,
    acts: Vec<Act>,
    limits: Limits,
    outcome: Outcome,
    status: Option<u16>,
    predicates: &'static [&'static str],
    /// Whether the line breaks within an answer that says no.
    is_cut: bool,
    /// How many whole requests the server has read.
    requests: usize,
}

/// A row whose outcome is unknown and in which the server reads one request; refine it from there.
pub fn row(name: &'static str, acts: Vec<Act>) -> Row {
    let (outcome, status, predicates) = (Outcome::Unknown, None, &[][..]);
    Row { name, acts, limits: limits(), outcome, status, predicates, is_cut: false, requests: 1 }
}

/// Whether the provider asks for a longer wait than anybody has.
fn is_beyond_hope(error: &Error) -> bool {
    error.retry_after() > Some(Duration::from_secs(30))
}

impl Row {
    pub fn refused(self) -> Self {
        Self { outcome: Outcome::Refused, predicates: &["refused"], ..self }
    }

    pub fn status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    pub fn is(self, predicates: &'static [&'static str]) -> Self {
        Self { predicates, ..self }
    }

    pub fn cut(self) -> Self {
        Self { is_cut: true, ..self }
    }

    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    pub fn requests(self, requests: usize) -> Self {
        Self { requests, ..self }
    }

    /// Plays the row to both calls and gives both errors, the one about money first.
    pub async fn check(self) -> [Error; 2] {
        let post = "POST /charges/ch_1/capture HTTP/1.1\r\n";
        let (post, get, again) = tokio::join!(
            self.play(post, "capture_charge", |client| {
                let call = capture(client);
                if self.is_asked_for_patience() { call.retry(Retry::never()) } else { call }
            }),
            self.play("GET /charges/ch_1 HTTP/1.1\r\n", "get_charge", |client| {
                get(client).retry(Retry::never())
            }),
            self.play_again(get),
        );
        self.check_again("get_charge", again, self.read_may_pass(&get));
        if self.is_asked_for_patience() {
            let again = self.play_again(capture).await;
            self.check_again("capture_charge", again, !is_beyond_hope(&post));
        }
        [post, get]
    }

    /// Whether the provider asks for fewer requests, and did nothing.
    fn is_asked_for_patience(&self) -> bool {
        self.outcome == Outcome::Refused && self.predicates.contains(&"throttled")
    }

    /// Whether asking once more may help, given how it ended.
    fn read_may_pass(&self, error: &Error) -> bool {
        let is_cut = self.is_cut || error.to_string().ends_with(" got only part of its answer");
        let passes = match self.status {
            None | Some(408 | 500..600) => true,
            Some(_) => is_cut || self.predicates.contains(&"throttled"),
        };
        passes && !is_beyond_hope(error)
    }

    /// Plays the row to a call that may be sent again.
    async fn play_again<T: Decode>(
        &self,
        call: impl for<'a> Fn(&'a Client) -> Call<'a, T>,
    ) -> (Result<Response<T>, Error>, usize) {
        let script = Script::start([self.acts.clone(), answer(200, &[], CHARGE)]).await;
        let client = client_with(&script.base_url(), self.limits.clone());
        let answer = call(&client).send().await;
        (answer, script.requests().len())
    }

    fn check_again<T>(
        &self,
        operation: &str,
        (answer, requests): (Result<Response<T>, Error>, usize),
        expected: bool,
    ) {
        let name = format!("{} ({operation})", self.name);
        let attempts = match &answer {
            Ok(answer) => answer.attempts(),
            Err(error) => error.attempts(),
        };
        assert_eq!(answer.is_ok(), expected, "{name}: {:?}", answer.err());
        assert_eq!(attempts, 1 + u32::from(expected), "{name}");
        assert_eq!(requests, self.requests + usize::from(expected), "{name}");
    }

    async fn play<T: Decode>(
        &self,
        first_line: &str,
        operation: &str,
        call: impl for<'a> Fn(&'a Client) -> Call<'a, T>,
    ) -> Error {
        let name = format!("{} ({operation})", self.name);
        // A repeat would be answered well, and so be noticed.
        let script = Script::start([self.acts.clone(), answer(200, &[], CHARGE)]).await;
        let client = client_with(&script.base_url(), self.limits.clone());

        let began = Instant::now();
        let error = call(&client).await.err().unwrap_or_else(|| panic!("{name}: it succeeded"));
        let took = began.elapsed();

        assert_eq!(error.outcome(), self.outcome, "{name}: {error}");
        assert_eq!(predicates(&error), self.predicates, "{name}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), self.status, "{name}: {error}");
        assert_eq!(error.body().is_some(), self.status.is_some(), "{name}");
        assert_eq!(error.headers().is_some(), self.status.is_some(), "{name}");
        assert_eq!(error.attempts(), 1, "{name}");
        assert_eq!((error.provider(), error.operation()), ("elepay", operation), "{name}");
        let message = error.to_string();
        let start = format!("{}{operation} at elepay ", words(self.outcome));
        assert!(message.starts_with(&start), "{name}: {message}");

        assert!(took < LONG, "{name}: {took:?}");
        assert!(error.elapsed() <= took, "{name}: {:?} of {took:?}", error.elapsed());
        if error.is_timeout() {
            assert!(error.elapsed() >= SHORT, "{name}: {:?} is too early", error.elapsed());
        }

        assert_eq!(script.connections(), 1, "{name}");
        assert_eq!(script.requests().len(), self.requests, "{name}");
        assert_eq!(script.seen(first_line), self.requests, "{name}");

        let next = get(&client).await;
        assert!(next.is_ok(), "{name}: the call after it failed: {next:?}");
        assert_eq!(script.requests().len(), self.requests + 1, "{name}: seen late");
        error
    }
}
