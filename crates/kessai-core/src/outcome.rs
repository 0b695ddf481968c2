//! What became of the money.

use std::fmt;

/// What became of a call that failed: the first thing an error says.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// The request never left this machine: this call did nothing. Sending it again is safe.
    NotSent,
    /// The provider answered no: this call did nothing. An earlier one may have, for "already
    /// captured" and "order number in use" are refusals too.
    Refused,
    /// Nobody here knows: the money may have moved. Look it up before you send anything again, and
    /// do not trust an absence seen right after a timeout: the provider may still be at work.
    Unknown,
}

impl Outcome {
    /// As it is said in messages.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not sent",
            Self::Refused => "refused",
            Self::Unknown => "outcome unknown",
        }
    }

    /// The one of two that promises less.
    pub(crate) fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Refused, _) | (_, Self::Refused) => Self::Refused,
            (Self::NotSent, Self::NotSent) => Self::NotSent,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{NotSent, Refused, Unknown};

    #[test]
    fn two_outcomes_together_promise_no_more_than_either_does() {
        for (one, other, both) in [
            (NotSent, NotSent, NotSent),
            (NotSent, Refused, Refused),
            (Refused, Refused, Refused),
            (NotSent, Unknown, Unknown),
            (Refused, Unknown, Unknown),
            (Unknown, Unknown, Unknown),
        ] {
            assert_eq!([one.worse(other), other.worse(one)], [both, both], "{one} and {other}");
        }
    }

    #[test]
    fn each_is_said_in_words_of_its_own() {
        let words = [NotSent, Refused, Unknown].map(|outcome| outcome.to_string());
        assert_eq!(words, ["not sent", "refused", "outcome unknown"]);
    }
}
