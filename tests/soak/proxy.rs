//! A network that loses, cuts and delays what passes between a client and the sandbox. It works on
//! whole requests, so that what the provider has seen is never in doubt.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinSet};

use super::chance::Chance;
use super::fault::{Fault, MIX};
use crate::script::{end_of_message, message};

/// How many requests out of a hundred something happens to.
const FAULTS: u64 = 30;

/// By when a late request has come: well within the time that [`Looks`](kessai_core::Looks) of the
/// shop wait, in milliseconds.
const LATEST: u64 = 55_000;

/// The path of a request that is for the proxy itself.
const BARRIER: &str = "GET /barrier HTTP/1.1\r\n\r\n";

/// When the shop's program ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// A whole request has left it, and was not passed on yet.
    Sent,
    /// The provider has answered, and the answer has not come back yet.
    Answered,
}

/// A proxy in front of one provider. It stops when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    shared: Arc<Shared>,
    address: SocketAddr,
    accepting: AbortHandle,
}

#[derive(Debug)]
struct Shared {
    provider: String,
    chance: Chance,
    /// The time as the sandbox has it.
    clock: kessai_sandbox::Clock,
    state: Mutex<State>,
    /// Something in the state has changed.
    changed: Notify,
    crash: Notify,
    resume: Notify,
    /// Time passes for one after the other.
    passing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    /// Whether anything happens to requests.
    stormy: bool,
    /// Whole requests that have come in and are not dealt with.
    busy: usize,
    /// Requests that arrive when it is time.
    late: Vec<(i64, Vec<u8>)>,
    /// The stage, and how many requests before, at which the program ends.
    crash: Option<(Stage, u64)>,
    requests: u64,
    faults: BTreeMap<Fault, u64>,
}

impl State {
    /// Whether the program ends now that a request is at this stage.
    fn is_crash(&mut self, stage: Stage) -> bool {
        match &mut self.crash {
            Some((at, 0)) if *at == stage => {
                self.crash = None;
                true
            }
            Some((at, before)) if *at == stage => {
                *before -= 1;
                false
            }
            _ => false,
        }
    }
}

/// A request that is dealt with.
struct Busy<'a>(&'a Shared);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.state().busy -= 1;
        self.0.changed.notify_waiters();
    }
}

impl Proxy {
    /// Listens on loopback for what is for the provider at `base_url`.
    pub async fn start(base_url: &str, clock: kessai_sandbox::Clock, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared {
            provider: base_url.strip_prefix("http://").expect("plain http").to_owned(),
            chance: Chance::new(seed),
            clock,
            state: Mutex::default(),
            changed: Notify::new(),
            crash: Notify::new(),
            resume: Notify::new(),
            passing: tokio::sync::Mutex::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared))).abort_handle();
        Self { shared, address, accepting }
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says whether anything happens to requests from now on.
    pub fn storm(&self, stormy: bool) {
        self.shared.state().stormy = stormy;
    }

    /// How many requests there were, and how often what happened to them.
    pub fn played(&self) -> (u64, BTreeMap<Fault, u64>) {
        let state = self.shared.state();
        (state.requests, state.faults.clone())
    }

    /// Lets a program end at this stage of the request after `before` others.
    pub fn plan_crash(&self, stage: Stage, before: u64) {
        self.shared.state().crash = Some((stage, before));
    }

    /// Comes back when the program is to end; then `resume` has to be called.
    pub async fn crash(&self) {
        self.shared.crash.notified().await;
    }

    pub fn resume(&self) {
        self.shared.resume.notify_one();
    }

    /// Whether a request that is late has this text in it, and does more than look.
    pub fn has_late(&self, text: &str) -> bool {
        let has = |request: &[u8]| request.windows(text.len()).any(|part| part == text.as_bytes());
        let state = self.shared.state();
        state.late.iter().any(|(_, request)| !request.starts_with(b"GET ") && has(request))
    }

    pub fn no_crash(&self) {
        self.shared.state().crash = None;
    }

    /// Lets everything that clients have written be dealt with, but for what is late.
    pub async fn settle(&self) {
        // What was connected and written before this is accepted and read before it.
        for _ in 0..2 {
            let mut stream = TcpStream::connect(self.address).await.expect("it listens");
            stream.write_all(BARRIER.as_bytes()).await.expect("it reads");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.expect("it answers");
        }
        loop {
            let changed = self.shared.changed.notified();
            if self.shared.state().busy == 0 {
                return;
            }
            changed.await;
        }
    }

    /// Lets so much time pass, and everything arrive that is due by then.
    pub async fn pass(&self, time: Duration) {
        let _turn = self.shared.passing.lock().await;
        self.settle().await;
        let until = self.shared.clock.now_ms() + i64::try_from(time.as_millis()).expect("a time");
        loop {
            let next = {
                let mut state = self.shared.state();
                let due = state.late.iter().enumerate().filter(|(_, (due, _))| *due <= until);
                let first = due.min_by_key(|(_, (due, _))| *due).map(|(index, _)| index);
                first.map(|index| state.late.remove(index).1)
            };
            let Some(request) = next else { break };
            let _ = self.shared.forward(&request).await;
        }
        // After what is due, so that nobody sees the time without what came by then.
        self.shared.clock.advance(time);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            // That a client hangs up is no failure of the proxy.
            let _ = shared.converse(stream).await;
        });
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panicked with it")
    }

    async fn converse(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut rest = Vec::new();
        loop {
            let request = read(&mut stream, &mut rest).await?;
            if request == BARRIER.as_bytes() {
                return stream.write_all(b"done").await;
            }
            let fault = {
                let mut state = self.state();
                state.busy += 1;
                state.requests += 1;
                let fault = state.stormy && self.chance.percent(FAULTS);
                let fault = fault.then(|| self.chance.one_of(&MIX));
                if let Some(fault) = fault {
                    *state.faults.entry(fault).or_default() += 1;
                }
                fault
            };
            let busy = Busy(self);
            self.crash_at(Stage::Sent).await;
            let arrives = match fault {
                None | Some(Fault::AnswerLost | Fault::AnswerCut) => true,
                Some(Fault::Lost) => false,
                Some(Fault::Late) => {
                    let after = 1000 + self.chance.below(LATEST - 1000);
                    let due = self.clock.now_ms() + i64::try_from(after).expect("a time");
                    self.state().late.push((due, request.clone()));
                    false
                }
                Some(Fault::BadGateway | Fault::Silence) => self.chance.percent(50),
            };
            let mut answer = Vec::new();
            if arrives {
                answer = self.forward(&request).await?;
                self.crash_at(Stage::Answered).await;
            } else if self.chance.percent(50) {
                // Closing with it resets the connection.
                stream.set_zero_linger()?;
            }
            drop(busy);
            match fault {
                None => stream.write_all(&answer).await?,
                Some(Fault::Lost | Fault::Late | Fault::AnswerLost) => return Ok(()),
                Some(Fault::AnswerCut) => {
                    let some = self.chance.below(answer.len() as u64);
                    let some = usize::try_from(some).expect("a length");
                    return stream.write_all(&answer[..some]).await;
                }
                Some(Fault::BadGateway) => {
                    let page = "<html><body>502 Bad Gateway</body></html>";
                    stream.write_all(&message(502, &[("content-type", "text/html")], page)).await?;
                }
                Some(Fault::Silence) => {
                    read(&mut stream, &mut rest).await?;
                }
            }
        }
    }

    /// Lets the program end, if this is when.
    async fn crash_at(&self, stage: Stage) {
        if self.state().is_crash(stage) {
            self.crash.notify_one();
            self.resume.notified().await;
        }
    }

    /// Passes a request on, and gives the answer.
    async fn forward(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut provider = TcpStream::connect(&self.provider).await?;
        provider.write_all(request).await?;
        read(&mut provider, &mut Vec::new()).await
    }
}

/// The next whole message.
async fn read(stream: &mut TcpStream, rest: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    loop {
        if let Some(end) = end_of_message(rest) {
            return Ok(rest.drain(..end).collect());
        }
        if stream.read_buf(rest).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}
