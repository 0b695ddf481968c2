//! Money that is paid from the merchant's balance: what all services do with it.

use super::{Services, codes};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::ledger::{Line, Totals};
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{Shelf, Thing};

/// What was paid, or is about to be; `Of` is what for.
pub(super) struct Payout<Of> {
    /// AppotaPay's own.
    pub(super) transaction_id: String,
    /// The merchant's own; no two of one service have the same.
    pub(super) reference: String,
    pub(super) amount: i64,
    pub(super) standing: Standing,
    pub(super) time: i64,
    pub(super) of: Of,
}

impl<Of> Thing for Payout<Of> {
    fn id(&self) -> &str {
        &self.reference
    }
}

/// Where the payouts of one service are kept.
pub(super) type Book<Of> = fn(&mut Services) -> &mut Shelf<Payout<Of>>;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    Pending,
    Done,
    Failed,
}

impl Standing {
    fn code(self) -> u16 {
        match self {
            Self::Pending => 35,
            Self::Done => 0,
            Self::Failed => 33,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Pending => "It is being processed.",
            Self::Done => "Success",
            Self::Failed => "It has failed.",
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done => "success",
            Self::Failed => "error",
        }
    }

    /// How every answer about it begins.
    pub(super) fn head(self) -> Object {
        Object::new().put("errorCode", self.code()).put("message", self.message())
    }
}

/// What becomes of a payout when it is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fate {
    Done,
    Pending,
    Failed,
    /// It is done, and the answer says that nobody knows.
    Unanswered,
}

impl Fate {
    /// The fate of a word among these, in this order: pending, failed, unanswered.
    pub(super) fn of(word: &str, [pending, failed, unanswered]: [&str; 3]) -> Self {
        match word {
            word if word == pending => Self::Pending,
            word if word == failed => Self::Failed,
            word if word == unanswered => Self::Unanswered,
            _ => Self::Done,
        }
    }

    pub(super) fn standing(self) -> Standing {
        match self {
            Self::Done | Self::Unanswered => Standing::Done,
            Self::Pending => Standing::Pending,
            Self::Failed => Standing::Failed,
        }
    }
}

/// Refuses a reference that was used before, and more than there is.
pub(super) fn check<Of>(
    state: &mut State,
    book: Book<Of>,
    reference: &str,
    amount: i64,
) -> Result<(), Refusal> {
    if book(&mut state.services).find(reference).is_some() {
        Err(codes::REFERENCE_USED.into())
    } else if amount > state.services.balance {
        Err(codes::BALANCE.into())
    } else {
        Ok(())
    }
}

/// Pays what was [checked](check), and answers with `show`.
pub(super) fn pay<Of>(
    state: &mut State,
    book: Book<Of>,
    (reference, amount, fate): (&str, i64, Fate),
    of: Of,
    show: fn(&Payout<Of>) -> Object,
) -> Said {
    let payout = Payout {
        transaction_id: state.next_transaction_id(),
        reference: reference.to_owned(),
        amount,
        standing: fate.standing(),
        time: state.now,
        of,
    };
    if payout.standing != Standing::Failed {
        state.services.balance -= amount;
    }
    let answer = match fate {
        Fate::Unanswered => unanswered(),
        _ => show(&payout).object("account", &account(state.services.balance)),
    };
    book(&mut state.services).put(payout);
    answer.into()
}

/// What may have been done, as far as the answer says.
fn unanswered() -> Object {
    Object::new().put("errorCode", 99).put("message", "Undefined. Check it later.")
}

/// The merchant's account at AppotaPay.
pub(super) fn account(balance: i64) -> Object {
    Object::new().put("balance", balance)
}

/// Ends what is pending; what was paid for something that has failed comes back.
pub(super) fn settle<Of>(
    state: &mut State,
    book: Book<Of>,
    reference: &str,
    done: bool,
) -> Result<(), LeverError> {
    let payout = book(&mut state.services).find_mut(reference).ok_or(LeverError::NotFound)?;
    if payout.standing != Standing::Pending {
        return Err(LeverError::WrongStatus);
    }
    let amount = payout.amount;
    payout.standing = if done { Standing::Done } else { Standing::Failed };
    if !done {
        state.services.balance += amount;
    }
    Ok(())
}

/// The money of the payouts of one service.
pub(super) fn lines<Of>(shelf: &Shelf<Payout<Of>>) -> impl Iterator<Item = Line> {
    shelf.iter().map(|payout| {
        let paid = if payout.standing == Standing::Done { payout.amount } else { 0 };
        Line {
            charge: payout.transaction_id.clone(),
            reference: payout.reference.clone(),
            currency: "VND".to_owned(),
            status: payout.standing.word().to_owned(),
            totals: Totals::new(payout.amount, paid, 0),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(services: &mut Services) -> &mut Shelf<Payout<super::super::transfers::Transfer>> {
        &mut services.transfers
    }

    fn make(state: &mut State, reference: &str, amount: i64, fate: Fate) -> Result<(), Refusal> {
        check(state, book, reference, amount)?;
        let of = super::super::transfers::Transfer::default();
        pay(state, book, (reference, amount, fate), of, |payout| payout.standing.head());
        Ok(())
    }

    #[test]
    fn a_balance_pays_for_what_is_done_or_pending_and_gets_back_what_fails() {
        let mut state = State::new(4, 0);
        state.services.balance = 100;
        make(&mut state, "a", 30, Fate::Done).unwrap();
        make(&mut state, "b", 30, Fate::Failed).unwrap();
        make(&mut state, "c", 30, Fate::Pending).unwrap();
        make(&mut state, "d", 30, Fate::Unanswered).unwrap();
        assert_eq!(state.services.balance, 10);
        assert!(make(&mut state, "e", 11, Fate::Done).is_err());
        assert!(make(&mut state, "a", 1, Fate::Done).is_err());

        assert_eq!(settle(&mut state, book, "a", false), Err(LeverError::WrongStatus));
        assert_eq!(settle(&mut state, book, "e", false), Err(LeverError::NotFound));
        assert_eq!(settle(&mut state, book, "c", false), Ok(()));
        assert_eq!(settle(&mut state, book, "c", true), Err(LeverError::WrongStatus));
        assert_eq!(state.services.balance, 40);
        let taken: Vec<_> =
            lines(&state.services.transfers).map(|line| line.totals.captured).collect();
        assert_eq!(taken, [30, 0, 0, 30]);
    }
}
