//! The faults of the grid.
//!
//! Left out: a name that is not found, which is between the machine and its resolver; the two faults
//! of HTTP/2, which the engine does not speak; and gzip that grows without end, which is like any
//! other to a client that unpacks none. That the runtime of a call itself is shut down drops the
//! call: see `tests/repeats/cancelled.rs`. Here, it is the runtime of its connection.

use super::fault::Fault;
use super::row::Row;
use crate::script::{Act, message};
use crate::secrecy::CANARY;

mod bodies;
mod line;
mod local;
mod statuses;

/// All of them.
pub fn all() -> Vec<Fault> {
    [line::faults(), bodies::faults(), statuses::faults(), local::faults()].concat()
}

/// Reads a request and says this, word by word, before it closes.
fn says(bytes: impl Into<Vec<u8>>) -> Vec<Act> {
    vec![Act::Read, Act::Write(bytes.into())]
}

/// An answer with a header that is nobody's business.
fn answered(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Act> {
    let headers = [headers, &[("x-note", CANARY), ("connection", "close")]].concat();
    says(message(status, &headers, body))
}

/// A good answer as bytes, after which the connection may go on.
pub fn good(row: &Row) -> Vec<u8> {
    message(row.good.0, &[("content-type", "application/json")], &row.good.1)
}

/// The same, with the word that it is the last on its connection.
pub fn last(row: &Row) -> Vec<u8> {
    message(row.good.0, &[("connection", "close")], &row.good.1)
}

/// Reads a request, answers it well and closes.
pub fn good_and_closed(row: &Row) -> Vec<Act> {
    says(last(row))
}
