//! What an operation is, as data.

use http::Method;

use crate::success::{Success, Successes};

/// One operation of a provider: a name, a method, a path.
///
/// The generated modules hold one constant per operation; everything that behaves is in
/// [`Call`](crate::Call).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Operation {
    name: &'static str,
    verb: Verb,
    path: &'static str,
    server: Option<&'static str>,
    idempotency_header: Option<&'static str>,
    keys: Option<&'static [&'static str]>,
    headers: &'static [&'static str],
    signed: &'static [&'static str],
    answers_signed: &'static [&'static str],
    success: Successes,
    reads: bool,
}

/// [`Method`] as a constant can hold it: without a destructor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Operation {
    /// An operation that only reads.
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Verb::Get, path)
    }

    /// An operation that creates or does something.
    #[must_use]
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Verb::Post, path)
    }

    /// An operation that replaces something.
    #[must_use]
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Verb::Put, path)
    }

    /// An operation that changes part of something.
    #[must_use]
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Verb::Patch, path)
    }

    /// An operation that takes something away.
    #[must_use]
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Verb::Delete, path)
    }

    const fn new(name: &'static str, verb: Verb, path: &'static str) -> Self {
        let reads = matches!(verb, Verb::Get);
        Self {
            name,
            verb,
            path,
            server: None,
            idempotency_header: None,
            keys: None,
            headers: &[],
            signed: &[],
            answers_signed: &[],
            success: Successes::NONE,
            reads,
        }
    }

    /// Says that the provider has it at `server`, in https, and not where its other operations are.
    #[must_use]
    pub const fn at(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// Says that the provider recognises a repeat of it by the key in `header`.
    #[must_use]
    pub const fn idempotent(mut self, header: &'static str) -> Self {
        self.idempotency_header = Some(header);
        self
    }

    /// Says that it takes `keys`, by their names in the specification, and not those that the others
    /// take; none, if it is open to everybody.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Names the headers that the client fills in.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        self
    }

    /// Names the members, or parameters, that the signature of the request is made of.
    #[must_use]
    pub const fn signed(mut self, members: &'static [&'static str]) -> Self {
        self.signed = members;
        self
    }

    /// Names the members that the signature of the answer is made of.
    #[must_use]
    pub const fn answers_signed(mut self, members: &'static [&'static str]) -> Self {
        self.answers_signed = members;
        self
    }

    /// Says when an answer with a good status is a good answer: if `member`, by its path, is missing
    /// or holds one of `values`. An operation has four such rules at most; all of them hold.
    #[must_use]
    pub const fn succeeds(mut self, member: &'static str, values: &'static [&'static str]) -> Self {
        self.success = self.success.and(Success::new(member, values));
        self
    }

    /// Says that it only reads, whatever its method: sending it twice does nothing more than once.
    #[must_use]
    pub const fn reads(mut self) -> Self {
        self.reads = true;
        self
    }

    /// Says when an answer with a good status is none: if `member`, by its path, holds one of
    /// `values`. It counts as one of the four rules.
    #[must_use]
    pub const fn fails(mut self, member: &'static str, values: &'static [&'static str]) -> Self {
        self.success = self.success.and(Success::unless(member, values));
        self
    }

    /// Its name in the specification, such as `capture_charge`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its HTTP method.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
            Verb::Patch => Method::PATCH,
            Verb::Delete => Method::DELETE,
        }
    }

    /// Its path, with `{name}` where a parameter goes.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Where the provider has it, if not where its other operations are.
    #[must_use]
    pub const fn server(&self) -> Option<&'static str> {
        self.server
    }

    /// Whether it only reads.
    #[must_use]
    pub const fn is_read(&self) -> bool {
        self.reads
    }

    /// The header by which the provider recognises a repeat of it, if it does.
    #[must_use]
    pub const fn idempotency_header(&self) -> Option<&'static str> {
        self.idempotency_header
    }

    /// The keys that it takes, if not those that the others take.
    #[must_use]
    pub const fn own_keys(&self) -> Option<&'static [&'static str]> {
        self.keys
    }

    /// The headers that the client fills in.
    #[must_use]
    pub const fn own_headers(&self) -> &'static [&'static str] {
        self.headers
    }

    /// What the signature of the request is made of; empty if there is none.
    #[must_use]
    pub const fn signed_members(&self) -> &'static [&'static str] {
        self.signed
    }

    /// What the signature of the answer is made of; empty if there is none.
    #[must_use]
    pub const fn signed_answer_members(&self) -> &'static [&'static str] {
        self.answers_signed
    }

    /// When an answer with a good status is a good answer.
    pub(crate) const fn success(&self) -> &Successes {
        &self.success
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static REFUND: Operation = Operation::post("refund", "/charges/{id}/refunds")
        .at("https://refunds.example.com")
        .idempotent("X-Key")
        .keys(&["secret"])
        .headers(&["X-Request-Id"])
        .signed(&["amount", "currency"])
        .answers_signed(&["status"])
        .succeeds("code", &["0"])
        .fails("status", &["error"]);

    #[test]
    fn an_operation_is_what_the_specification_says_of_it() {
        assert_eq!((REFUND.name(), REFUND.path()), ("refund", "/charges/{id}/refunds"));
        assert_eq!(REFUND.server(), Some("https://refunds.example.com"));
        assert_eq!(
            (REFUND.idempotency_header(), REFUND.own_keys()),
            (Some("X-Key"), Some(&["secret"][..]))
        );
        assert_eq!(
            (REFUND.own_headers(), REFUND.signed_members()),
            (&["X-Request-Id"][..], &["amount", "currency"][..])
        );
        assert_eq!(REFUND.signed_answer_members(), ["status"]);
        assert!(!REFUND.is_read());
        assert!(!REFUND.success().are_denied_by(br#"{"code":0,"status":"paid"}"#));
        for bad in [r#"{"code":1}"#, r#"{"code":0,"status":"error"}"#] {
            assert!(REFUND.success().are_denied_by(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn what_is_not_said_of_an_operation_does_not_hold() {
        let bare = Operation::post("pay", "/pay");
        assert_eq!((bare.server(), bare.idempotency_header(), bare.own_keys()), (None, None, None));
        let lists = [bare.own_headers(), bare.signed_members(), bare.signed_answer_members()];
        assert_eq!(lists, [&[""; 0]; 3]);
        assert!(!bare.success().are_denied_by(br#"{"code":1,"status":"error"}"#));
    }

    #[test]
    fn only_get_reads_unless_it_is_said_of_another() {
        for (operation, method, reads) in [
            (Operation::get("a", "/"), Method::GET, true),
            (Operation::post("a", "/"), Method::POST, false),
            (Operation::put("a", "/"), Method::PUT, false),
            (Operation::patch("a", "/"), Method::PATCH, false),
            (Operation::delete("a", "/"), Method::DELETE, false),
        ] {
            assert_eq!((operation.method(), operation.is_read()), (method, reads));
            assert!(operation.reads().is_read());
        }
    }
}
