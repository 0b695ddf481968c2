//! Calls that are made once, however often they are sent.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

use super::said::Said;
use crate::message::Request;

/// 24 hours, in milliseconds.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

const STATUS: HeaderName = HeaderName::from_static("idempotency-status");

/// The answers that are kept, the oldest first.
#[derive(Default)]
pub(super) struct Kept(Vec<Once>);

struct Once {
    key: String,
    asked: Asked,
    said: Said,
    time: i64,
}

/// What makes two requests the same.
#[derive(Eq, PartialEq)]
struct Asked {
    method: hyper::Method,
    path: String,
    query: String,
    body: bytes::Bytes,
}

/// What is known of a key.
pub(super) enum Known {
    /// Nothing.
    New,
    /// The answer to the same request.
    Same(Said),
    /// It belongs to another request.
    Other,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            body: request.body.clone(),
        }
    }
}

impl Kept {
    pub(super) fn look(&mut self, key: &str, request: &Request, now: i64) -> Known {
        self.0.retain(|once| now.saturating_sub(once.time) < KEPT_MS);
        match self.0.iter().find(|once| once.key == key) {
            None => Known::New,
            Some(once) if once.asked == Asked::of(request) => Known::Same(once.said.clone()),
            Some(_) => Known::Other,
        }
    }

    pub(super) fn keep(&mut self, key: &str, request: &Request, said: &Said, now: i64) {
        let (key, asked) = (key.to_owned(), Asked::of(request));
        self.0.push(Once { key, asked, said: said.clone(), time: now });
    }
}

/// The key of a request; an empty one is none.
pub(super) fn key(request: &Request) -> Option<&str> {
    let key = request.headers.get("idempotency-key")?.to_str().ok()?;
    (!key.is_empty()).then_some(key)
}

/// The head of an answer to a call with a key.
pub(super) fn told(status: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(STATUS, HeaderValue::from_static(status))])
}
