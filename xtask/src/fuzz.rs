//! The fuzz targets under libFuzzer, two at a time; what they find is kept for the tests.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use crate::file;

/// Where the targets' programs are.
const FOLDER: &str = "tests/fuzz";

/// How to come by cargo-fuzz.
const INSTALL: &str = "cargo install --locked cargo-fuzz@0.13.2";

/// How many inputs are kept for a target, and how many bytes they have together.
const MOST: (usize, usize) = (50, 50_000);

/// Larger inputs are not kept.
const LARGEST: usize = 4096;

/// What to run, and for how long.
#[derive(Debug)]
pub struct Settings {
    /// For each target.
    pub seconds: u32,
    /// This target alone.
    pub target: Option<String>,
    /// Whether to leave what is kept as it is.
    pub check: bool,
}

/// What became of a target.
struct Done {
    runs: u64,
    seconds: f64,
    kept: usize,
    /// What libFuzzer said, if it found something.
    crash: Option<String>,
}

/// Runs the targets; gives the table, and whether nothing was found.
///
/// # Errors
///
/// If cargo-fuzz is missing, a target does not build, or the disk cannot be read or written.
pub fn run(root: &Path, settings: &Settings) -> io::Result<(String, bool)> {
    let is_there = cargo(root).arg("--version").output()?.status.success();
    if !is_there {
        return Err(io::Error::other(format!("cargo-fuzz is missing: {INSTALL}")));
    }
    let targets = targets(root, settings)?;
    let mut build = with_options(root, "build");
    // By its name alone; by none, all are built.
    if !build.args(&settings.target).status()?.success() {
        return Err(io::Error::other("the targets do not build"));
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = one(root, target, settings);
            if let Ok(mut done) = done.lock() {
                done.push((target, result));
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(target, _)| *target);
    table(done)
}

/// Draws the table, and says whether nothing was found.
fn table(done: Vec<(&String, io::Result<Done>)>) -> io::Result<(String, bool)> {
    let head = ["target", "runs", "seconds", "corpus", "crashes"];
    let [target, runs, seconds, corpus, crashes] = head;
    let mut text = format!("{target:<12} {runs:>9} {seconds:>8} {corpus:>7} {crashes:>8}\n");
    let mut found = String::new();
    for (target, done) in done {
        let Done { runs, seconds, kept, crash } = done?;
        let crashes = usize::from(crash.is_some());
        let _ = writeln!(text, "{target:<12} {runs:>9} {seconds:>8.1} {kept:>7} {crashes:>8}");
        if let Some(crash) = crash {
            let _ = writeln!(found, "\n{target}:\n{crash}");
        }
    }
    let is_sound = found.is_empty();
    Ok((text + &found, is_sound))
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).arg("fuzz");
    command
}

/// `cargo fuzz` with what the targets take: stable Rust has no sanitizers, and safe code needs none.
fn with_options(root: &Path, verb: &str) -> Command {
    let mut command = cargo(root);
    // Built in half the time, and not much slower.
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    command.args([verb, "--fuzz-dir", FOLDER, "--sanitizer", "none", "--features", "libfuzzer"]);
    command.args(["--codegen-units", "16"]);
    command
}

fn targets(root: &Path, settings: &Settings) -> io::Result<Vec<String>> {
    let listed = cargo(root).args(["list", "--fuzz-dir", FOLDER]).output()?;
    let listed = String::from_utf8_lossy(&listed.stdout);
    let all: Vec<String> = listed.lines().map(ToOwned::to_owned).collect();
    match &settings.target {
        None => Ok(all),
        Some(target) if all.contains(target) => Ok(vec![target.clone()]),
        Some(target) => {
            let all = all.join(", ");
            Err(io::Error::other(format!("no target `{target}`; there are {all}")))
        }
    }
}

/// Where the inputs of a target are.
struct Folders {
    /// Those that it begins with, written by its program.
    seeds: PathBuf,
    /// Those that were found on this machine.
    found: PathBuf,
    /// Those that are kept for everybody.
    kept: PathBuf,
    /// All of them, to choose from.
    all: PathBuf,
}

impl Folders {
    fn of(root: &Path, target: &str) -> Self {
        let work = root.join("target/fuzz").join(target);
        let kept = root.join(FOLDER).join("corpus").join(target);
        Self { seeds: work.join("seeds"), found: work.join("found"), kept, all: work.join("all") }
    }
}

fn one(root: &Path, target: &str, settings: &Settings) -> io::Result<Done> {
    let folders = Folders::of(root, target);
    for folder in [&folders.seeds, &folders.found, &folders.kept] {
        file::create(folder)?;
    }
    let began = Instant::now();
    let output = with_options(root, "run")
        .env("KESSAI_FUZZ_SEEDS", &folders.seeds)
        .arg(target)
        .args([&folders.found, &folders.seeds, &folders.kept])
        .args(["--", "-print_final_stats=1", "-timeout=20"])
        .arg(format!("-max_total_time={}", settings.seconds))
        .output()?;
    let seconds = began.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    if !settings.check {
        keep(root, target, &folders)?;
    }
    let kept = file::sizes(&folders.kept)?.len();
    Ok(Done { runs: runs(&said), seconds, kept, crash: crash(&output, &said) })
}

/// How many inputs were tried.
fn runs(said: &str) -> u64 {
    let mut lines = said.lines().rev();
    let runs = lines.find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    runs.and_then(|runs| runs.trim().parse().ok()).unwrap_or_default()
}

/// What libFuzzer said of why it stopped before its time: what panicked, or what else was wrong, and
/// where the input is. If it said neither, its last words.
fn crash(output: &Output, said: &str) -> Option<String> {
    if output.status.success() {
        return None;
    }
    let lines: Vec<&str> = said.lines().collect();
    let tells = |line: &&str| line.contains(" panicked at ") || line.contains("ERROR: libFuzzer");
    let begins = lines.iter().position(tells).unwrap_or(lines.len().saturating_sub(20));
    let input = lines.iter().filter(|line| line.trim_start().starts_with("tests/fuzz/artifacts/"));
    let told = lines[begins..].iter().take(5).chain(input);
    Some(told.copied().collect::<Vec<_>>().join("\n"))
}

/// Keeps a share of the inputs that together reach all that was reached; those with a name of their
/// own, such as what once crashed, stay.
fn keep(root: &Path, target: &str, folders: &Folders) -> io::Result<()> {
    file::remove(&folders.all)?;
    file::create(&folders.all)?;
    let mut seeds = BTreeSet::new();
    for folder in [&folders.seeds, &folders.kept, &folders.found] {
        for (name, _) in file::sizes(folder)? {
            let bytes = file::bytes(&folder.join(&name))?;
            file::put(&folders.all.join(&name), &bytes)?;
            if folder == &folders.seeds {
                seeds.insert(bytes);
            }
        }
    }
    let output = with_options(root, "cmin").arg(target).arg(&folders.all).output()?;
    if !output.status.success() {
        // Something crashes, and nobody knows what else is reached; that is for whoever mends it.
        return Ok(());
    }
    let mut left = MOST;
    for (name, size) in file::sizes(&folders.kept)? {
        if is_found(&name) {
            file::remove(&folders.kept.join(&name))?;
        } else {
            left = (left.0.saturating_sub(1), left.1.saturating_sub(size));
        }
    }
    for (name, size) in file::sizes(&folders.all)? {
        let bytes = file::bytes(&folders.all.join(&name))?;
        let fits = left.0 > 0 && size <= left.1.min(LARGEST);
        if fits && is_found(&name) && !seeds.contains(&bytes) {
            file::put(&folders.kept.join(&name), &bytes)?;
            left = (left.0 - 1, left.1 - size);
        }
    }
    Ok(())
}

/// Whether libFuzzer gave the name: a digest of the input.
fn is_found(name: &str) -> bool {
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_count_of_runs_counts() {
        let said = "#2\tINITED\nstat::number_of_executed_units: 12\nstat::peak_rss_mb: 40\n";
        assert_eq!([runs(said), runs("ERROR: no runs")], [12, 0]);
    }

    #[test]
    fn a_name_of_its_own_is_nobody_elses() {
        let digest = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
        assert!(is_found(digest) && !is_found("ambiguous-member") && !is_found(&digest[1..]));
    }
}
