//! Calls over an engine that does what it is told, by a clock that goes when it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kessai_core::http::{HeaderMap, Request, StatusCode};
use kessai_core::{
    Answer, BoxFuture, Bytes, Call, Clock, Cut, Decode as _, Engine, Failure, FakeClock,
    KeyPromise, Limits, Operation, Phase, Provider, Refusal, Retry, Sign, SignError, Transport,
    Unsigned,
};

/// How long one attempt may take.
pub const ATTEMPT: Duration = Duration::from_secs(5);

static SMALL: Provider = Provider::new("small", "kessai-small/1", read_refusal)
    .with_key_promise(|operation| match operation.name() {
        "create_charge" => KeyPromise::Guaranteed,
        "create_refund" => KeyPromise::BestEffort,
        _ => KeyPromise::Nothing,
    })
    .with_replay_header("x-replay", "yes")
    .with_key_unkept_header("x-kept", &["no"])
    .with_bare_throttling();

pub static GET: Operation = Operation::get("get_charge", "/charges");
pub static CREATE: Operation =
    Operation::post("create_charge", "/charges").idempotent("Idempotency-Key");
pub static REFUND: Operation =
    Operation::post("create_refund", "/refunds").idempotent("Idempotency-Key");
pub static CAPTURE: Operation = Operation::post("capture_charge", "/capture");
pub static SEARCH: Operation = Operation::post("search_charges", "/search").reads();

fn read_refusal(_: &Operation, body: &[u8]) -> Option<Refusal> {
    let [code] = <Vec<String>>::decode(body).ok()?.try_into().ok()?;
    let (in_use, throttled) = (code == "key_in_use", code == "slow_down");
    let doubt = code == "key_conflict";
    let refusal = Refusal::new(code).with_doubt(doubt).with_throttling(throttled);
    Some(refusal.with_key_in_use(in_use))
}

/// What happens to one attempt.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Act {
    /// An answer with `[]`.
    Success,
    NoConnection,
    NoConnectionInTime,
    BrokenOff,
    Silence,
    /// A good status, and half a body.
    CutOff,
    Unreadable,
    /// A status, and a code of the provider's; `-` for none.
    Says(u16, &'static str),
    /// The same, with `Retry-After`.
    Asks(u16, &'static str),
    /// A status and a code, given again for the same key.
    SaysAgain(u16, &'static str),
}

/// What an attempt was given: its key, its body, its signature and its time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Given {
    pub key: Option<String>,
    pub body: Bytes,
    pub signature: String,
    pub time: Duration,
}

/// Plays acts one after the other, and successes after them.
#[derive(Clone)]
pub struct Play {
    pub clock: FakeClock,
    acts: Arc<Mutex<VecDeque<Act>>>,
    given: Arc<Mutex<Vec<Given>>>,
}

impl Play {
    pub fn new(acts: &[Act]) -> Self {
        let acts = Arc::new(Mutex::new(acts.iter().copied().collect()));
        Self { clock: FakeClock::new(), acts, given: Arc::default() }
    }

    pub fn transport(&self, retry: Retry) -> Transport {
        self.transport_by(self.clock.clone(), retry)
    }

    /// By another clock than that of the play.
    pub fn transport_by(&self, clock: impl Clock + 'static, retry: Retry) -> Transport {
        let limits = Limits { attempt: ATTEMPT, ..Limits::default() };
        Transport::builder(&SMALL, "https://api.example.com")
            .engine(self.clone())
            .clock(clock)
            .limits(limits)
            .retry(retry)
            .build(Signatures::default())
            .expect("a transport")
    }

    /// Plays these next.
    pub fn then(&self, acts: &[Act]) {
        self.acts.lock().expect("nobody panicked").extend(acts);
    }

    /// What each attempt was given.
    pub fn given(&self) -> Vec<Given> {
        self.given.lock().expect("nobody panicked").clone()
    }
}

/// A call of `operation`, with a body.
pub fn call<'a>(transport: &'a Transport, operation: &'static Operation) -> Call<'a, Vec<String>> {
    Call::new(transport, operation).json(&["A-1"])
}

impl Engine for Play {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        let text = |name: &str| {
            request.headers().get(name).map(|value| value.to_str().expect("text").to_owned())
        };
        self.given.lock().expect("nobody panicked").push(Given {
            key: text("idempotency-key"),
            body: request.body().clone(),
            signature: text("x-signature").expect("it is signed"),
            time: limits.attempt,
        });
        let act = self.acts.lock().expect("nobody panicked").pop_front();
        let result = self.perform(act.unwrap_or(Act::Success), limits);
        Box::pin(async move {
            // On its way, and back.
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            result
        })
    }
}

impl Play {
    fn perform(&self, act: Act, limits: &Limits) -> Result<Answer, Failure> {
        let fails = |phase, timed_out| {
            let mut failure = Failure::new(phase, "as told");
            failure.timed_out = timed_out;
            Err(failure)
        };
        let answers = |status: u16, header: Option<(&'static str, &str)>, body: &str| {
            let status = StatusCode::from_u16(status).expect("a status");
            let mut headers = HeaderMap::new();
            if let Some((name, value)) = header {
                headers.insert(name, value.parse().expect("a header's value"));
            }
            Answer::new(status, headers, Bytes::copy_from_slice(body.as_bytes()))
        };
        match act {
            Act::Success => Ok(answers(200, None, "[]")),
            Act::NoConnection => fails(Phase::Connecting, false),
            Act::NoConnectionInTime => fails(Phase::Connecting, true),
            Act::BrokenOff => fails(Phase::Exchanging, false),
            Act::Silence => {
                self.clock.advance(limits.attempt);
                fails(Phase::Exchanging, true)
            }
            Act::CutOff => {
                let mut answer = answers(200, None, "[");
                answer.cut = Some(Cut::Broken);
                Ok(answer)
            }
            Act::Unreadable => Ok(answers(200, None, "{}")),
            Act::Says(status, code) => Ok(answers(status, None, &format!("[{code:?}]"))),
            Act::Asks(status, hint) => Ok(answers(status, Some(("retry-after", hint)), "")),
            Act::SaysAgain(status, code) => {
                Ok(answers(status, Some(("x-replay", "yes")), &format!("[{code:?}]")))
            }
        }
    }
}

/// Signs with a number that is another each time.
#[derive(Default)]
struct Signatures(Mutex<u32>);

impl Sign for Signatures {
    fn sign(&self, _: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError> {
        let mut count = self.0.lock().expect("nobody panicked");
        *count += 1;
        headers.insert("x-signature", (*count).into());
        Ok(())
    }
}
