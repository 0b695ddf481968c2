//! Why a card does not pay.

use crate::object::Object;

/// Why a payment fails: those of ZAFA PAY's unified decline codes that are known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Decline {
    /// `card_declined`
    CardDeclined,
    /// `insufficient_funds`
    InsufficientFunds,
    /// `expired_card`
    ExpiredCard,
}

impl Decline {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::CardDeclined => "card_declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::ExpiredCard => "expired_card",
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::CardDeclined => "The card was declined.",
            Self::InsufficientFunds => "There is not enough money behind the card.",
            Self::ExpiredCard => "The card has expired.",
        }
    }

    /// What stands beside the code wherever a decline is told: the one category that is known, and
    /// the one action, of which half a word is.
    pub(super) fn advise(object: Object) -> Object {
        object.put("category", "soft_decline").put("recommended_action", "use_different_card")
    }
}
