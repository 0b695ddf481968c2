//! What the sandbox was asked, and what it answered.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hyper::Method;
use hyper::header::HeaderMap;

use crate::message::{Answer, Request};

/// One request that reached a provider, and its answer.
///
/// `Debug` shows neither bodies nor headers nor the query, so that a failing test may print it.
#[derive(Clone)]
pub struct Entry {
    operation: Option<String>,
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    request_body: Bytes,
    status: u16,
    answer_body: Bytes,
}

impl Entry {
    /// The operation's id in the `OpenAPI` document; `None` if no operation was meant.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The HTTP method, such as `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The path as it was sent, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query as it was sent, without its question mark; empty if there was none.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The HTTP status that was answered.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first request header of this name (in any case), if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body that was sent; empty if it was too large to read.
    #[must_use]
    pub fn request_body(&self) -> &[u8] {
        &self.request_body
    }

    /// The body that was answered.
    #[must_use]
    pub fn answer_body(&self) -> &[u8] {
        &self.answer_body
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// How many entries are kept: more than a test makes, and not without end in the program.
const MOST: usize = 100_000;

/// The entries of one provider, oldest first.
#[derive(Default)]
pub(crate) struct Journal {
    entries: Mutex<VecDeque<Entry>>,
}

impl Journal {
    /// Has a request answered and writes it down, so that the journal has the order of the effects.
    pub(crate) fn answer(
        &self,
        request: Request,
        answer: impl FnOnce(&Request) -> Answer,
    ) -> Answer {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = answer(&request);
        record(&mut entries, request, &answer);
        answer
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().cloned().collect()
    }
}

fn record(entries: &mut VecDeque<Entry>, request: Request, answer: &Answer) {
    if entries.len() == MOST {
        entries.pop_front();
    }
    let Request { method, path, query, headers, body: request_body } = request;
    entries.push_back(Entry {
        operation: answer.operation.clone(),
        method,
        path,
        query,
        headers,
        request_body,
        status: answer.status.as_u16(),
        answer_body: answer.body.clone(),
    });
}

#[cfg(test)]
mod tests {
    use hyper::StatusCode;
    use hyper::header::{AUTHORIZATION, HeaderValue};

    use super::*;

    #[test]
    fn debug_shows_neither_bodies_nor_headers_nor_the_query() {
        let journal = Journal::default();
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer hidden"));
        let request = Request {
            method: Method::POST,
            path: "/charges".into(),
            query: "note=hidden".into(),
            headers,
            body: Bytes::from_static(b"hidden"),
        };
        let answer = Answer {
            operation: Some("create_charge".into()),
            status: StatusCode::CREATED,
            headers: HeaderMap::new(),
            body: Bytes::from_static(b"hidden"),
        };
        journal.answer(request, |_| answer);

        let entry = &journal.entries()[0];
        let shown = format!("{entry:?}");
        assert!(shown.contains("create_charge") && shown.contains("201"));
        assert!(!shown.contains("hidden"), "{shown}");
        assert_eq!(entry.header("Authorization"), Some("Bearer hidden"));
        assert_eq!(entry.query(), "note=hidden");
    }
}
