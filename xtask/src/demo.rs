//! The main job, to watch: clients made anew from the specifications, then real payments through
//! them.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// The example programs that `demo` runs, each a life of a payment at one provider, and the features
/// that they take.
const LIVES: [(&str, &str); 4] = [
    ("appotapay", "appotapay,raw-card-data"),
    ("elepay", "elepay"),
    ("univapay", "univapay,raw-card-data"),
    ("zafapay", "zafapay"),
];

/// Runs the example programs, one process each.
///
/// # Errors
///
/// If cargo cannot be run.
pub fn run(root: &Path) -> io::Result<Vec<ExitStatus>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = |(life, features): &(&str, &str)| {
        Command::new(&cargo)
            .current_dir(root)
            .args(["run", "--quiet", "--package", "kessai", "--features", features])
            .args(["--example", life])
            .status()
    };
    LIVES.iter().map(run).collect()
}
