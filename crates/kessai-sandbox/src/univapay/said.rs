//! Answers.

use hyper::StatusCode;

use crate::object::Object;

/// An answer; the body is JSON, or empty.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) status: StatusCode,
    pub(super) body: String,
}

impl Said {
    pub(super) fn created(object: &Object) -> Self {
        Self { status: StatusCode::CREATED, body: object.json() }
    }

    pub(super) fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: String::new() }
    }

    /// A bare array.
    pub(super) fn array(items: impl Iterator<Item = Object>) -> Self {
        let items: Vec<_> = items.map(|item| item.json()).collect();
        Self { status: StatusCode::OK, body: format!("[{}]", items.join(",")) }
    }
}

impl From<Object> for Said {
    fn from(object: Object) -> Self {
        Self { status: StatusCode::OK, body: object.json() }
    }
}
