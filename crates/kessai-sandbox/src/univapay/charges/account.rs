//! The account that stands for a charge by bank transfer.

use crate::calendar::iso;
use crate::ids::Ids;
use crate::object::Object;
use crate::univapay::time::date;

const HOLDER: &str = "KESSAI SANDBOX";
const BRANCH_CODE: &str = "001";
const BRANCH_NAME: &str = "Sandbox Branch";

pub(in crate::univapay) struct Account {
    id: String,
    number: String,
    /// Oldest first.
    entries: Vec<Entry>,
}

struct Entry {
    kind: &'static str,
    amount: i64,
    balance: i64,
    time: i64,
}

/// How the deposits compare with what was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::univapay) enum Paid {
    Not,
    TooLittle,
    Exactly,
    TooMuch,
}

impl Paid {
    pub(in crate::univapay) fn word(self) -> &'static str {
        match self {
            Self::Not => "unpaid",
            Self::TooLittle => "insufficient",
            Self::Exactly => "exact",
            Self::TooMuch => "exceeded",
        }
    }
}

impl Account {
    pub(super) fn open(ids: &mut Ids) -> Self {
        let id = ids.next("va_");
        let number = ids.digits(7);
        Self { id, number, entries: Vec::new() }
    }

    fn enter(&mut self, kind: &'static str, amount: i64, change: i64, time: i64) {
        let balance = self.balance().saturating_add(change);
        self.entries.push(Entry { kind, amount, balance, time });
    }

    pub(super) fn deposit(&mut self, amount: i64, now: i64) {
        self.enter("deposit", amount, amount, now);
    }

    /// Takes what the charge is for out of it.
    pub(super) fn pay(&mut self, amount: i64, now: i64) {
        self.enter("payment", amount, -amount, now);
    }

    pub(super) fn balance(&self) -> i64 {
        self.entries.last().map_or(0, |entry| entry.balance)
    }

    /// All that has come.
    pub(super) fn deposited(&self) -> i64 {
        let deposits = self.deposits().map(|entry| entry.amount);
        deposits.fold(0, i64::saturating_add)
    }

    fn deposits(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.kind == "deposit")
    }

    /// When the newest deposit came.
    pub(in crate::univapay) fn latest(&self) -> Option<i64> {
        self.deposits().next_back().map(|entry| entry.time)
    }

    pub(in crate::univapay) fn paid(&self, asked: i64) -> Paid {
        match self.deposited() {
            0 => Paid::Not,
            sum if sum < asked => Paid::TooLittle,
            sum if sum == asked => Paid::Exactly,
            _ => Paid::TooMuch,
        }
    }

    /// Where the customer has to send the money.
    pub(super) fn show(&self, object: Object) -> Object {
        object
            .put("account_id", &*self.id)
            .put("branch_code", BRANCH_CODE)
            .put("branch_name", BRANCH_NAME)
            .put("account_holder_name", HOLDER)
            .put("account_number", &*self.number)
    }

    /// The entries, newest first.
    pub(super) fn ledgers(&self) -> Vec<Object> {
        let show = |entry: &Entry| {
            let time = iso(entry.time);
            Object::new()
                .put("bank_ledger_type", entry.kind)
                .put("amount", entry.amount)
                .put("balance", entry.balance)
                .put("virtual_bank_account_holder_name", HOLDER)
                .put("virtual_bank_account_number", &*self.number)
                .put("virtual_account_id", &*self.id)
                .put("transaction_date", date(entry.time))
                .put("transaction_timestamp", &*time)
                .put("mode", "test")
                .put("created_on", &*time)
        };
        self.entries.iter().rev().map(show).collect()
    }
}
