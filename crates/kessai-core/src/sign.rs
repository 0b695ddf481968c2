//! How a request proves who sends it.

use std::fmt;
use std::time::SystemTime;

use http::HeaderMap;

use crate::operation::Operation;

/// Puts a provider's proof of identity on a request.
///
/// It runs once per attempt, so what it writes may depend on the clock.
pub trait Sign: Send + Sync {
    /// Puts into the query or the body what has to stand there: a key, or a signature that is made
    /// of the other members. `body` is empty where there is none.
    ///
    /// For an operation that is repeated by an idempotency key, it must write the same each time.
    ///
    /// # Errors
    ///
    /// If it cannot be done; the request is then not sent.
    fn complete(
        &self,
        operation: &Operation,
        query: &mut String,
        body: &mut Vec<u8>,
    ) -> Result<(), SignError> {
        let _ = (operation, query, body);
        Ok(())
    }

    /// Whether an answer with a good status is the provider's own, where the provider signs
    /// answers. `denied` is whether it says that the call failed.
    ///
    /// # Errors
    ///
    /// If its signature is missing or wrong. What the call did is then unknown.
    fn verify(&self, operation: &Operation, answer: &[u8], denied: bool) -> Result<(), SignError> {
        let _ = (operation, answer, denied);
        Ok(())
    }

    /// Adds the headers that `request` needs.
    ///
    /// Mark what must not be logged with [`set_sensitive`](http::HeaderValue::set_sensitive).
    ///
    /// # Errors
    ///
    /// If the request cannot be signed; it is then not sent.
    fn sign(&self, request: &Unsigned<'_>, headers: &mut HeaderMap) -> Result<(), SignError>;

    /// Whether it can sign at all; asked once, when the client is built.
    ///
    /// # Errors
    ///
    /// If no request can be signed; there is then no client.
    fn check(&self) -> Result<(), SignError> {
        Ok(())
    }
}

/// A request that is about to be signed.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Unsigned<'a> {
    /// What is asked for.
    pub operation: &'a Operation,
    /// The path, its parameters filled in and encoded.
    pub path: &'a str,
    /// The query, encoded, without its question mark.
    pub query: &'a str,
    /// The body, byte for byte; empty where there is none.
    pub body: &'a [u8],
    /// The time, by the client's clock.
    pub now: SystemTime,
}

impl fmt::Debug for Unsigned<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned")
            .field("operation", &self.operation.name())
            .finish_non_exhaustive()
    }
}

/// Why a request could not be signed, in words that are safe to log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignError(pub &'static str);
