//! An answer with everything around it.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// What a provider answered, with everything around it.
///
/// It can be used as the `T` it holds. `Debug` prints that `T`, which hides its own secrets, and
/// never a header or the raw body.
pub struct Response<T> {
    pub(crate) value: T,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) replay: bool,
    pub(crate) elapsed: Duration,
}

impl<T> Response<T> {
    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with a value that is made of this one.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: make(self.value),
            status: self.status,
            headers: self.headers,
            body: self.body,
            request_id: self.request_id,
            idempotency_key: self.idempotency_key,
            attempts: self.attempts,
            replay: self.replay,
            elapsed: self.elapsed,
        }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The identifier that the provider's support asks for, where it is sent with good answers too.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The idempotency key that was sent, where the operation has one.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// How many times the request was sent. An attempt that got no connection does not count.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the provider says that this is its answer to an earlier sending with the same
    /// idempotency key: this one then did nothing. Providers that do not say it leave it `false`.
    #[must_use]
    pub fn replayed(&self) -> bool {
        self.replay
    }

    /// How long the call took, with all attempts and the waits between them.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The body, byte for byte. It holds whatever the provider wrote, secrets included.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("attempts", &self.attempts)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn response() -> Response<Secret> {
        let headers = [(http::header::ETAG, "kanarievogel".parse().expect("a header's value"))];
        Response {
            value: Secret::new("kanarievogel"),
            status: StatusCode::CREATED,
            headers: headers.into_iter().collect(),
            body: Bytes::from_static(b"kanarievogel"),
            request_id: Some("req_1".into()),
            idempotency_key: Some("A-1".into()),
            attempts: 2,
            replay: true,
            elapsed: Duration::from_secs(3),
        }
    }

    #[test]
    fn it_holds_what_was_answered_and_what_it_took() {
        let response = response();
        assert_eq!(response.reveal(), "kanarievogel", "it can be used as what it holds");
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(response.headers()[http::header::ETAG], "kanarievogel");
        assert_eq!(response.body().as_ref(), b"kanarievogel");
        assert_eq!(
            (response.request_id(), response.idempotency_key()),
            (Some("req_1"), Some("A-1"))
        );
        assert_eq!((response.attempts(), response.replayed()), (2, true));
        assert_eq!(response.elapsed(), Duration::from_secs(3));
        assert_eq!(response.into_inner().reveal(), "kanarievogel");
        let bare =
            Response { request_id: None, idempotency_key: None, replay: false, ..self::response() };
        assert_eq!((bare.request_id(), bare.idempotency_key()), (None, None));
        assert!(!bare.replayed());
    }

    #[test]
    fn neither_headers_nor_body_are_printed() {
        let printed = format!("{:?}", response());
        assert_eq!(printed, "Response { status: 201, attempts: 2, value: Secret(..), .. }");
    }
}
