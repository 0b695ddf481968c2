//! The fuzz targets as a library, for the programs in `tests/fuzz`.

use std::path::PathBuf;
use std::{env, fs};

pub mod document;
#[path = "example/reading.rs"]
pub mod example;
pub mod fuzz;
#[rustfmt::skip]
pub mod generated;
pub mod provider;

/// Before a program begins: writes its seeds where `KESSAI_FUZZ_SEEDS` says, so that libFuzzer finds
/// them there.
pub fn begin(name: &str) {
    let Some(folder) = env::var_os("KESSAI_FUZZ_SEEDS").map(PathBuf::from) else { return };
    let target = fuzz::TARGETS.iter().find(|target| target.name == name).expect("a target");
    fs::create_dir_all(&folder).expect("a folder for the seeds");
    for (at, seed) in (target.seeds)().iter().enumerate() {
        fs::write(folder.join(format!("seed-{at:04}")), seed).expect("a seed is written");
    }
}
