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
    /// 313
    Expired,
    /// 322
    CodeInvalid,
    /// 329
    RefundFailed,
    /// 340
    WalletRefused,
    /// 358
    ThreeDsNotCompleted,
    /// 603
    CustomsRefused,
}

impl Failure {
    pub(super) fn show(self) -> Object {
        let (code, message) = match self {
            Self::CardExpired => (304, "The card has expired"),
            Self::CardRejected => (306, "The card was declined"),
            Self::CancelUnavailable => (312, "The charge cannot be canceled"),
            Self::Expired => (313, "The time to pay is over"),
            Self::CodeInvalid => (322, "The code is not valid"),
            Self::RefundFailed => (329, "The refund failed"),
            Self::WalletRefused => (340, "The wallet refused the payment"),
            Self::ThreeDsNotCompleted => (358, "3-D Secure was not completed"),
            Self::CustomsRefused => (603, "The customs do not know the person"),
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
