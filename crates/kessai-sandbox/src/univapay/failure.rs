//! Why a payment, a refund or a cancel did not go well.

use crate::object::Object;

/// A payment error, which stands in a thing that exists.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Failure {
    /// 304
    CardExpired,
    /// 306
    CardRejected,
    /// 312
    CancelUnavailable,
    /// 329
    RefundFailed,
    /// 358
    ThreeDsNotCompleted,
}

impl Failure {
    pub(super) fn show(self) -> Object {
        let (code, message) = match self {
            Self::CardExpired => (304, "The card has expired"),
            Self::CardRejected => (306, "The card was declined"),
            Self::CancelUnavailable => (312, "The charge cannot be canceled"),
            Self::RefundFailed => (329, "The refund failed"),
            Self::ThreeDsNotCompleted => (358, "3-D Secure was not completed"),
        };
        Object::new().put("code", code).put("message", message)
    }

    /// The error of a thing, if it has one.
    pub(super) fn put(object: Object, failure: Option<Self>) -> Object {
        match failure {
            Some(failure) => object.object("error", &failure.show()),
            None => object,
        }
    }
}
