//! What an operation is, as data.

use http::Method;

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
        Self { name, verb, path, server: None, idempotency_header: None }
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

    /// The header by which the provider recognises a repeat of it, if it does.
    #[must_use]
    pub const fn idempotency_header(&self) -> Option<&'static str> {
        self.idempotency_header
    }
}
