//! What became of the cells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use super::Cell;

/// The cells of one provider.
#[derive(Default)]
pub struct Table {
    /// How many were played.
    pub cells: usize,
    /// How many cannot be, such as one about a body for an operation that has none.
    pub left_out: usize,
    /// What does not hold, by cell.
    pub failed: BTreeMap<String, Vec<String>>,
    pub took: Duration,
}

impl Table {
    pub const HEAD: &str = "provider     cells  left out  failed  seconds";

    pub fn add(&mut self, cell: &Cell) {
        let Some(failures) = &cell.failures else {
            self.left_out += 1;
            return;
        };
        self.cells += 1;
        if !failures.is_empty() {
            self.fail(&format!("{}, {}", cell.name, cell.fault), failures.clone());
        }
    }

    pub fn fail(&mut self, name: &str, failures: Vec<String>) {
        self.failed.insert(name.to_owned(), failures);
    }

    /// The provider's line of the table.
    pub fn line(&self, provider: &str) -> String {
        let Self { cells, left_out, failed, took } = self;
        let (failed, seconds) = (failed.len(), took.as_secs_f64());
        format!("{provider:<10} {cells:>7} {left_out:>9} {failed:>7} {seconds:>8.1}")
    }

    /// The cells that failed, and how.
    pub fn failures(&self, provider: &str) -> String {
        let mut text = String::new();
        for (name, failures) in &self.failed {
            let _ = writeln!(text, "{provider}: {name}\n  {}", failures.join("\n  "));
        }
        text
    }
}
