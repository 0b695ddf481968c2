//! What a shop does with the money of a payment that it has.

use kessai_core::{Call, Decode, Error, Looks, Outcome, Settled, Sight};
use kessai_sandbox::Line;

use super::book::Book;

/// What is done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// What is held is taken, all of it or a part.
    Capture,
    /// What is held is let go.
    Cancel,
    /// What was taken is given back, all of it or a part.
    Refund,
}

/// What the shop has written down before it asks for it.
#[derive(Clone, Debug)]
pub struct Step {
    pub kind: Kind,
    /// The shop's own name for it, which nothing else has.
    pub reference: String,
    /// The provider's id of the payment.
    pub payment: String,
    /// What is to be taken or given back, or let go.
    pub amount: i64,
    /// What had been given back before.
    pub before: i64,
    /// What there was to take or to give back. More can only be refused.
    pub left: i64,
    /// That of the order.
    pub lot: u64,
}

impl Step {
    /// What requests for it have in them, whoever the provider is, and no others.
    pub fn marks(&self) -> Vec<String> {
        let at = |words: &[&str]| words.iter().map(|it| format!("{}/{it}", self.payment)).collect();
        let mut marks: Vec<String> = match self.kind {
            Kind::Capture => at(&["capture "]),
            Kind::Cancel => at(&["revoke ", "cancels ", "void "]),
            Kind::Refund => Vec::new(),
        };
        marks.push(format!("\"{}\"", self.reference));
        marks
    }

    /// Whether it is done, as the ledger has it.
    pub fn is_in(&self, line: &Line) -> bool {
        match self.kind {
            Kind::Capture => line.totals.captured > 0,
            Kind::Cancel => is_let_go(line),
            Kind::Refund => line.totals.refunded > self.before,
        }
    }

    /// What a look has seen that tells the sum of all refunds alone.
    pub fn by_sum(&self, refunded: i64) -> Sight<i64> {
        if refunded == self.before { Sight::Absent } else { Sight::Found(refunded - self.before) }
    }
}

/// Whether what was held is let go, in the words of any provider.
pub fn is_let_go(line: &Line) -> bool {
    ["revoked", "canceled", "REVERSED"].contains(&&*line.status)
}

/// How the shop knows what it has asked for before.
#[derive(Clone, Copy)]
pub enum Memory<'a> {
    /// It may have asked for it, or has not.
    Again(bool),
    /// It is written in a journal.
    Journal(&'a Book),
}

impl Memory<'_> {
    /// Asks for a step. A no is looked into as well: an earlier call may have done it.
    pub async fn settle<'c, T: Decode, F, L>(
        self,
        step: &Step,
        call: impl Fn() -> Call<'c, T>,
        look: impl Fn() -> L,
        looks: &Looks,
    ) -> Result<Settled<T, F>, Error>
    where
        L: Future<Output = Result<Sight<F>, Error>>,
    {
        let settled = match self {
            Self::Again(again) => settle(call(), &look, again, looks).await,
            Self::Journal(book) => {
                let operation = format!("{:?}", step.kind);
                book.carry(&operation, &step.reference, call, &look, looks).await
            }
        };
        match settled {
            Err(error) if error.outcome() == Outcome::Refused => match look().await {
                Ok(Sight::Found(found)) => Ok(Settled::Found(found)),
                Ok(Sight::Absent) => Err(error),
                Ok(Sight::Unclear) => Ok(Settled::Unknown { call: Some(error), look: None }),
                Err(look) => Ok(Settled::Unknown { call: Some(error), look: Some(look) }),
            },
            settled => settled,
        }
    }
}

/// Sends a call, and looks, first if it may have been sent before.
pub async fn settle<T: Decode, F, L>(
    call: Call<'_, T>,
    look: impl Fn() -> L,
    again: bool,
    looks: &Looks,
) -> Result<Settled<T, F>, Error>
where
    L: Future<Output = Result<Sight<F>, Error>>,
{
    if again {
        Ok(call.unless_found_by_reference(look, looks).await)
    } else {
        call.or_find_by_reference(look, looks).await
    }
}
