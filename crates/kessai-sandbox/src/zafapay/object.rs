//! Answers, and the objects that they are made of.

use hyper::StatusCode;

pub(super) use crate::object::Object;

/// An answer.
pub(super) struct Said {
    pub(super) status: StatusCode,
    pub(super) body: Object,
}

impl From<Object> for Said {
    fn from(body: Object) -> Self {
        Self { status: StatusCode::OK, body }
    }
}
