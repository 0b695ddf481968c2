//! How a request proves who sends it.

use http::HeaderMap;

use crate::operation::Operation;

/// Puts a provider's proof of identity on a request.
///
/// It runs once per attempt, so what it writes may depend on the clock.
pub trait Sign: Send + Sync {
    /// Adds the headers that `operation` with this `body` needs.
    ///
    /// Mark what must not be logged with [`set_sensitive`](http::HeaderValue::set_sensitive).
    ///
    /// # Errors
    ///
    /// If the request cannot be signed; it is then not sent.
    fn sign(
        &self,
        operation: &Operation,
        body: &[u8],
        headers: &mut HeaderMap,
    ) -> Result<(), SignError>;
}

/// Why a request could not be signed, in words that are safe to log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignError(pub &'static str);
