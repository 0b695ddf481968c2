//! Virtual accounts, each made for one bill of the merchant's.

mod calls;
mod life;
mod list;

pub(super) use calls::{close_ebill, create_ebill, get_ebill};
pub(super) use life::{lines, receive};
pub(super) use list::{list_ebill_transactions, list_transactions_of_ebill};

use crate::appotapay::refusal::{Code, absent};
use crate::object::Object;
use crate::shelf::Thing;

const NO_BILL: Code = absent(151, "There is no such bill.");

/// A bill, and the one account that it is paid on.
pub(in crate::appotapay) struct Ebill {
    /// The merchant's own.
    code: String,
    amount: i64,
    condition: Condition,
    /// In seconds since 1970.
    expiry: i64,
    bank_code: String,
    account_no: String,
    account_name: String,
    notify_url: String,
    extra_data: String,
    is_closed: bool,
    payments: Vec<Payment>,
}

/// Money that arrived.
struct Payment {
    id: String,
    amount: i64,
    time: i64,
}

impl Thing for Ebill {
    fn id(&self) -> &str {
        &self.code
    }
}

/// Which amounts an account takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Condition {
    Equal,
    AtMost,
    AtLeast,
    Any,
}

impl Condition {
    fn read(word: &str) -> Self {
        match word {
            "EQ" => Self::Equal,
            "LTE" => Self::AtMost,
            "GTE" => Self::AtLeast,
            _ => Self::Any,
        }
    }

    /// Whether the account of a bill takes this much.
    fn takes(self, amount: i64, billed: i64) -> bool {
        match self {
            Self::Equal => amount == billed,
            Self::AtMost => (1..=billed).contains(&amount),
            Self::AtLeast => amount >= billed,
            Self::Any => amount >= 10_000,
        }
    }
}

impl Ebill {
    fn paid(&self) -> i64 {
        self.payments.iter().map(|payment| payment.amount).fold(0, i64::saturating_add)
    }

    /// Where the account stands at a time in milliseconds since 1970.
    fn status(&self, now: i64) -> &'static str {
        if self.is_closed {
            "closed"
        } else if self.expiry.saturating_mul(1000) <= now {
            "inactive"
        } else {
            "active"
        }
    }

    /// The account, as the answer of the call that makes it has it.
    fn account(&self) -> Object {
        Object::new()
            .put("bankCode", &*self.bank_code)
            .put("bankName", &*self.bank_code)
            .put("accountNo", &*self.account_no)
            .put("accountName", &*self.account_name)
            .put("bankBranch", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_takes_what_its_condition_says() {
        let taken = |condition: Condition| {
            [0, 1, 9_999, 50_000, 50_001].map(|amount| condition.takes(amount, 50_000))
        };
        assert_eq!(taken(Condition::Equal), [false, false, false, true, false]);
        assert_eq!(taken(Condition::AtMost), [false, true, true, true, false]);
        assert_eq!(taken(Condition::AtLeast), [false, false, false, true, true]);
        assert_eq!(taken(Condition::Any), [false, false, false, true, true]);
    }
}
