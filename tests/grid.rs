//! The fault grid: each fault that a client on loopback can meet, played to every operation of every
//! provider.
//!
//! Of each cell it must hold that
//!
//! 1. the server acted once at most, and not at all if the error says "not sent" or "refused";
//! 2. there were as many attempts as the rules allow: three at most, one where repeats are unsafe;
//! 3. every attempt had the same body and the same key, and there was no key where none is due;
//! 4. the call was over by its deadline;
//! 5. the error has the right outcome, status and request id;
//! 6. nothing secret was printed, or told by tracing;
//! 7. nothing panicked, and nothing is left behind;
//! 8. the next call of the same client succeeds.
//!
//! An operation with an idempotency key is played twice: as every client has it, and with the client
//! told to count on the key.
//!
//! A part of it is always tested: each fault, to one operation of each kind. All of it, as a table:
//!
//! ```sh
//! cargo test -p kessai-tests -- --ignored grid::whole --nocapture
//! ```

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, io};

use kessai_core::Error;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use tracing::Dispatch;

use self::fault::{Fault, Scene};
use self::row::Row;
use self::table::Table;
use crate::provider::PROVIDERS;

mod caller;
mod cell;
mod clock;
mod fault;
mod faults;
mod judge;
mod row;
mod shapes;
mod table;
mod tls;
mod told;

/// How many cells are played at once.
const AT_ONCE: usize = 32;

/// What is not over by then never is.
const NEVER: Duration = Duration::from_secs(60);

/// Plays all faults to these rows, on a runtime of their own.
fn play(rows: Vec<Row>) -> Table {
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let mut table = runtime.block_on(play_on(rows.into_iter().map(Arc::new).collect()));
    // Connections are closed by tasks of their own, which may take a moment.
    let is_empty = || runtime.metrics().num_alive_tasks() == 0;
    let has_ended = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        is_empty()
    });
    if !has_ended {
        let left = runtime.metrics().num_alive_tasks();
        table.fail("all cells", vec![format!("7: {left} tasks are left")]);
    }
    table.took = began.elapsed();
    table
}

/// Those first that are about time, alone: it should be theirs.
async fn play_on(rows: Vec<Arc<Row>>) -> Table {
    let scribe = told::scribe();
    let mut table = Table::default();
    let (hasty, others) = faults::all().into_iter().partition(|fault| fault.hasty.is_some());
    play_at_once(&rows, hasty, &scribe, &mut table).await;
    play_at_once(&rows, others, &scribe, &mut table).await;
    table
}

async fn play_at_once(rows: &[Arc<Row>], faults: Vec<Fault>, scribe: &Dispatch, table: &mut Table) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut cells = JoinSet::new();
    for fault in faults.into_iter().map(Arc::new) {
        if let Scene::Tls(_) = fault.scene {
            cells.spawn(play_in_turn(rows.to_vec(), fault, scribe.clone()));
            continue;
        }
        for row in rows {
            let (row, fault) = (row.clone(), fault.clone());
            let (scribe, places) = (scribe.clone(), places.clone());
            cells.spawn(async move {
                let _place = places.acquire().await.expect("it is never closed");
                vec![Cell::play(&row, &fault, scribe).await]
            });
        }
    }
    while let Some(played) = cells.join_next().await {
        match played {
            Ok(cells) => cells.iter().for_each(|cell| table.add(cell)),
            // Of those that are played in turn, the rest is lost with it.
            Err(error) => table.fail("cells over TLS", vec![format!("7: {error}")]),
        }
    }
}

/// Plays a cell, with more time for everything if there was so little that the next call ran out of
/// it too.
async fn play_in_time(row: &Row, fault: &Fault, scribe: &Dispatch) -> Option<cell::Seen> {
    let mut seen = cell::play(row, fault, scribe).await?;
    for times in [8, 64] {
        if fault.hasty.is_some() && seen.next.as_ref().is_err_and(Error::is_timeout) {
            seen = cell::play(row, &fault.slower(times), scribe).await?;
        }
    }
    Some(seen)
}

async fn play_in_turn(rows: Vec<Arc<Row>>, fault: Arc<Fault>, scribe: Dispatch) -> Vec<Cell> {
    let Scene::Tls(wrong) = fault.scene else { unreachable!("only those are played in turn") };
    let mut stage = tls::Stage::new(wrong).await;
    let mut cells = Vec::new();
    for row in rows {
        let seen = timeout(NEVER, stage.play(&row, &fault, &scribe)).await;
        cells.push(Cell::judged(&row, &fault, seen.map(Some)));
    }
    cells
}

/// A cell that was played.
pub struct Cell {
    name: String,
    fault: &'static str,
    /// What does not hold; nothing if it cannot be played.
    failures: Option<Vec<String>>,
}

impl Cell {
    async fn play(row: &Arc<Row>, fault: &Arc<Fault>, scribe: Dispatch) -> Self {
        let (for_row, for_fault) = (row.clone(), fault.clone());
        let cell = async move { timeout(NEVER, play_in_time(&for_row, &for_fault, &scribe)).await };
        match tokio::spawn(cell).await {
            Ok(seen) => Self::judged(row, fault, seen),
            Err(error) => Self::failed(row, fault, format!("7: {error}")),
        }
    }

    fn judged(row: &Row, fault: &Fault, seen: Result<Option<cell::Seen>, Elapsed>) -> Self {
        let Ok(seen) = seen else {
            return Self::failed(row, fault, format!("4: it is not over after {NEVER:?}"));
        };
        let failures = seen.map(|seen| judge::judge(row, fault, &seen));
        Self { name: row.name(), fault: fault.name, failures }
    }

    fn failed(row: &Row, fault: &Fault, how: String) -> Self {
        Self { name: row.name(), fault: fault.name, failures: Some(vec![how]) }
    }
}

/// One row of each likeness.
fn one_of_each(rows: Vec<Row>) -> Vec<Row> {
    let mut seen = BTreeSet::new();
    rows.into_iter().filter(|row| seen.insert(row.likeness.clone())).collect()
}

#[test]
fn what_must_not_be_seen_is_in_the_requests_and_what_is_newer_in_the_answers() {
    for provider in PROVIDERS {
        let rows = row::rows(provider.name);
        let hidden: usize = rows.iter().map(|row| row.hidden).sum();
        assert!(hidden >= 5, "{}: {hidden} canaries in bodies", provider.name);
        let shapes = rows.iter().filter_map(|row| row.shapes.as_ref());
        let newer = shapes.filter(|shapes| shapes.newer.contains("newer_than_this_crate")).count();
        assert!(newer >= 3, "{}: {newer} answers with new words", provider.name);
    }
}

/// How many sockets this program has open, where that can be counted.
fn sockets() -> Option<usize> {
    let open = fs::read_dir("/proc/self/fd").ok()?;
    let target = |entry: io::Result<fs::DirEntry>| fs::read_link(entry.ok()?.path()).ok();
    let is_socket = |target: &PathBuf| target.to_string_lossy().starts_with("socket:");
    Some(open.filter_map(target).filter(is_socket).count())
}

#[test]
fn a_part_of_the_grid() {
    run(one_of_each, false);
}

#[test]
#[ignore = "it takes minutes, and prints a table: see above"]
fn whole() {
    run(|rows| rows, true);
}

/// Plays those of each provider's rows that are chosen, and prints the table. Only a test that has
/// the program to itself can tell whose sockets are open.
fn run(choose: fn(Vec<Row>) -> Vec<Row>, is_alone: bool) {
    let mut failures = String::new();
    // The first runtime of a program opens sockets that stay, for signals.
    drop(tokio::runtime::Runtime::new());
    println!("{} faults\n{}", faults::all().len(), Table::HEAD);
    for provider in PROVIDERS.iter().map(|provider| provider.name) {
        let before = sockets();
        let mut table = play(choose(row::rows(provider)));
        let after = sockets();
        if is_alone && after > before {
            table.fail("all cells", vec![format!("7: of {before:?} sockets, {after:?} are left")]);
        }
        println!("{}", table.line(provider));
        assert!(table.cells > 100, "{provider}: {} cells", table.cells);
        failures += &table.failures(provider);
    }
    assert!(failures.is_empty(), "{failures}");
}
