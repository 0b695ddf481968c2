//! What is wrong with a specification, said so that a newcomer can put it right.

use std::error::Error;
use std::fmt;

use crate::document::Place;

/// One thing in a specification that the house does not take.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refusal {
    /// Where it was written.
    pub place: Place,
    /// Where it stands in the document, such as `paths./charges.post`; empty if that is not known.
    pub path: String,
    /// What is wrong, as the rest of a sentence that begins with the path.
    pub problem: String,
    /// What to write instead.
    pub instead: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.path.is_empty() {
            write!(f, "`{}` ", self.path)?;
        }
        write!(f, "{}\n    write: {}", self.problem, self.instead)
    }
}

/// Everything that one stage found wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refusals(pub Vec<Refusal>);

impl Refusals {
    /// Fails if anything was found.
    ///
    /// # Errors
    ///
    /// What was found, in the order of files and lines, each thing once.
    pub fn of(mut found: Vec<Refusal>) -> Result<(), Self> {
        // A shared answer is looked at by every operation that refers to it.
        let mut seen: Vec<Refusal> = Vec::new();
        found.retain(|refusal| {
            let new = !seen.contains(refusal);
            if new {
                seen.push(refusal.clone());
            }
            new
        });
        if found.is_empty() {
            return Ok(());
        }
        found.sort_by(|a, b| order(a).cmp(&order(b)));
        Err(Self(found))
    }
}

fn order(refusal: &Refusal) -> (&str, usize) {
    (&refusal.place.file, refusal.place.line)
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sorted: Vec<&Refusal> = self.0.iter().collect();
        sorted.sort_by_key(|refusal| order(refusal));
        for refusal in &sorted {
            writeln!(f, "{refusal}")?;
        }
        match sorted.len() {
            1 => f.write_str("1 refusal"),
            count => write!(f, "{count} refusals"),
        }
    }
}

impl Error for Refusals {}
