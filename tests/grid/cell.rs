//! One cell: one fault, played to one operation.

use std::time::{Duration, Instant};

use kessai_core::{Error, Limits, Network, Retry, RetryBudget};
use serde_json::Value;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tracing::Dispatch;

use super::caller::{Caller, Setup};
use super::clock::GridClock;
use super::fault::{Fault, Haste, Scene};
use super::faults::{good, good_and_closed};
use super::row::Row;
use super::told::listened;
use crate::script::{Act, Script, nobody};

/// The largest body that is taken.
pub const BODY: usize = 64 * 1024;

/// The most that anything may take that is not about time.
const LONG: Duration = Duration::from_secs(8);

/// What was seen of a cell.
pub struct Seen {
    pub result: Result<Value, Error>,
    /// The whole requests that came in during the call.
    pub requests: Vec<Vec<u8>>,
    /// How many connections came in, where that is known.
    pub connections: Option<usize>,
    /// How long the call might take in all, and took.
    pub deadline: Duration,
    pub took: Duration,
    /// What tracing told, and the client printed.
    pub told: String,
    /// Whether the same client could be used after it.
    pub next: Result<Value, Error>,
}

/// What a client is set up with for `fault`.
pub fn setup(fault: &Fault, base_url: String) -> Setup {
    let short = |haste| if fault.hasty == Some(haste) { fault.time } else { LONG };
    Setup {
        base_url,
        limits: Limits {
            connect: short(Haste::Connecting),
            attempt: short(Haste::Attempts),
            silence: short(Haste::Silence),
            body: BODY,
            headers: 16 * 1024,
        },
        retry: Retry {
            first_wait: Duration::from_millis(10),
            longest_wait: Duration::from_millis(20),
            deadline: Some(fault.deadline),
            budget: RetryBudget {
                size: if fault.poor { 9 } else { 100_000 },
                ..RetryBudget::default()
            },
            ..Retry::default()
        },
        network: Network::default(),
        clock: if fault.jumps { GridClock::jumping() } else { GridClock::default() },
    }
}

/// Plays `fault` to `row`; nothing, if that cannot happen to it.
pub async fn play(row: &Row, fault: &Fault, scribe: &Dispatch) -> Option<Seen> {
    let (acts, deadline) = ((fault.acts)(row)?, fault.deadline);
    // Enough for the next call, which must be tried more than once where there is hardly any time.
    let goods = if fault.hasty.is_some() { 16 } else { 4 };
    let goods = || std::iter::repeat_n(good_and_closed(row), goods);
    Some(match fault.scene {
        Scene::Nobody | Scene::Full => {
            let (socket, url) = nobody();
            let ground = Ground::of(fault, socket).await;
            let caller = Caller::new(row, &setup(fault, url));
            let (result, took, told) = call(&caller, row, scribe).await;
            let script = ground.taken_up(goods());
            let next = call_again(&caller, row).await;
            let told = told + &caller.print();
            drop(script);
            Seen { result, requests: Vec::new(), connections: None, deadline, took, told, next }
        }
        _ => {
            let tries = fault.end_for(row).tries(row.kind);
            let kept = || vec![Act::Read, Act::Write(good(row))];
            let script = match fault.scene {
                Scene::Left => Script::start([kept()].into_iter().chain(goods())).await,
                Scene::Orphaned => {
                    let first = [kept(), vec![Act::Listen]].concat();
                    Script::start([first].into_iter().chain(goods())).await
                }
                _ => Script::start(std::iter::repeat_n(acts, tries).chain(goods())).await,
            };
            let caller = Caller::new(row, &setup(fault, script.base_url()));
            warm(fault.scene, &caller, row).await;
            let before = (script.requests().len(), script.connections());
            let (result, took, told) = call(&caller, row, scribe).await;
            let requests = script.requests().split_off(before.0);
            let connections = Some(script.connections() - before.1);
            let next = call_again(&caller, row).await;
            let told = told + &caller.print();
            Seen { result, requests, connections, deadline, took, told, next }
        }
    })
}

/// Calls, and says how long it took and what was told of it.
pub async fn call(
    caller: &Caller,
    row: &Row,
    scribe: &Dispatch,
) -> (Result<Value, Error>, Duration, String) {
    let began = Instant::now();
    let (result, told) = listened(scribe, caller.call(row)).await;
    (result, began.elapsed(), told)
}

/// Calls once more, and again if time runs out: limits of milliseconds are short for a machine that
/// is busy, and a client that is broken stays so.
pub async fn call_again(caller: &Caller, row: &Row) -> Result<Value, Error> {
    let mut result = caller.call(row).await;
    for _ in 0..3 {
        match &result {
            Err(error) if error.is_timeout() => result = caller.call(row).await,
            _ => break,
        }
    }
    result
}

/// Gives the client a connection that is kept, and then takes it away.
async fn warm(scene: Scene, caller: &Caller, row: &Row) {
    match scene {
        Scene::Left => {
            caller.call(row).await.expect("an answer");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Scene::Orphaned => std::thread::scope(|scope| {
            let warm = || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(caller.call(row)).expect("an answer");
            };
            tokio::task::block_in_place(|| scope.spawn(warm).join()).expect("an answer");
        }),
        _ => {}
    }
}

/// A port where nobody listens, or nobody takes up what comes in.
enum Ground {
    Nobody(TcpSocket),
    Full(tokio::net::TcpListener, Vec<TcpStream>),
}

impl Ground {
    async fn of(fault: &Fault, socket: TcpSocket) -> Self {
        if fault.scene == Scene::Nobody {
            return Self::Nobody(socket);
        }
        let listener = socket.listen(0).expect("a queue");
        let address = listener.local_addr().expect("its address");
        let mut queue = Vec::new();
        while let Ok(knock) = timeout(4 * fault.time, TcpStream::connect(address)).await {
            queue.push(knock.expect("a place in the queue"));
        }
        Self::Full(listener, queue)
    }

    /// Somebody is there after all.
    fn taken_up(self, goods: impl Iterator<Item = Vec<Act>>) -> Script {
        match self {
            Self::Nobody(socket) => Script::on(socket.listen(64).expect("a queue"), goods),
            Self::Full(listener, queue) => {
                let knocks = queue.iter().map(|_| Vec::new());
                Script::on(listener, knocks.chain(goods).collect::<Vec<_>>())
            }
        }
    }
}
