//! A request on its way to being sent.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use crate::operation::Operation;
use crate::retry::Retry;

/// A request before it is signed: each attempt signs a copy.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) operation: &'static Operation,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// By what the provider recognises a repeat, where it does.
    pub(crate) key: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    /// The first thing that was wrong with it; it is then not sent.
    pub(crate) fault: Option<&'static str>,
}
