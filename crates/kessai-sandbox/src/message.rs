//! What goes in, and what comes out.

use bytes::Bytes;
use hyper::header::HeaderMap;
use hyper::{Method, StatusCode};

/// A request, read to its end.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// What goes back.
pub(crate) struct Answer {
    /// The operation that was meant, for the journal.
    pub(crate) operation: Option<String>,
    pub(crate) status: StatusCode,
    /// What stands in the head beside the type of the body.
    pub(crate) headers: HeaderMap,
    /// JSON, or nothing.
    pub(crate) body: Bytes,
}
