//! Answers.

use hyper::StatusCode;
use serde_json::Value;

use crate::object::Object;

/// An answer; the body is JSON, or empty.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
}

impl Said {
    pub(crate) fn created(object: &Object) -> Self {
        Self { status: StatusCode::CREATED, body: object.json() }
    }

    pub(crate) fn nothing() -> Self {
        Self::empty(StatusCode::NO_CONTENT)
    }

    /// A status alone.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, body: String::new() }
    }

    /// A bare array.
    pub(crate) fn array(items: impl Iterator<Item = Object>) -> Self {
        let items: Vec<_> = items.map(|item| item.json()).collect();
        Self { status: StatusCode::OK, body: format!("[{}]", items.join(",")) }
    }
}

impl From<Object> for Said {
    fn from(object: Object) -> Self {
        Self { status: StatusCode::OK, body: object.json() }
    }
}

/// What a rule answers with.
pub(crate) trait Body {
    /// The answer; `success` is the status that the document names.
    fn said(self, success: StatusCode) -> Said;
}

/// A rule that names the status itself.
impl Body for Said {
    fn said(self, _success: StatusCode) -> Said {
        self
    }
}

impl Body for Value {
    fn said(self, success: StatusCode) -> Said {
        Said { status: success, body: self.to_string() }
    }
}
