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
        Self { name, verb: Verb::Get, path }
    }

    /// An operation that creates or does something.
    #[must_use]
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self { name, verb: Verb::Post, path }
    }

    /// An operation that replaces something.
    #[must_use]
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self { name, verb: Verb::Put, path }
    }

    /// An operation that changes part of something.
    #[must_use]
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self { name, verb: Verb::Patch, path }
    }

    /// An operation that takes something away.
    #[must_use]
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self { name, verb: Verb::Delete, path }
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
}
