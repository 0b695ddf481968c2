//! Cash at convenience stores, and how long there is for it.

use serde_json::Value;

use super::term::Term;
use super::{Data, Refusal, invalid, needed, phone, word};
use crate::object::Object;
use crate::univapay::time::{DAY_MS, ZONE_MS};

const STORES: &[&str] = &[
    "seven_eleven",
    "family_mart",
    "lawson",
    "mini_stop",
    "seico_mart",
    "pay_easy",
    "daily_yamazaki",
    "yamazaki_daily_store",
    "circle_k",
    "sunkus",
];

/// Those that look at the day alone.
const BY_DAY: &[&str] = &["seven_eleven", "seico_mart", "pay_easy", "circle_k", "sunkus"];

#[derive(Clone)]
pub(in crate::univapay) struct Konbini {
    pub(super) customer: String,
    pub(super) store: String,
    pub(super) phone: Value,
    term: Term,
}

impl Konbini {
    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        let customer = needed(data, "customer_name")?;
        let store = word(data, "convenience_store", STORES)?;
        let phone = phone(data)?.ok_or_else(|| invalid("phone_number", "REQUIRED_VALUE"))?;
        Ok(Self { customer, store, phone, term: Term::read(data)? })
    }

    pub(super) fn show(&self) -> Object {
        let object = Object::new()
            .put("customer_name", &*self.customer)
            .put("convenience_store", &*self.store);
        self.term.show(object).put("phone_number", self.phone.clone())
    }

    /// Until when the store takes the money.
    pub(super) fn deadline(&self, asked: Option<i64>, now: i64) -> i64 {
        let end = asked.unwrap_or_else(|| self.term.end(now));
        if BY_DAY.contains(&&*self.store) { end_of_day(end) } else { end }
    }
}

/// The last millisecond of a day in Japan.
fn end_of_day(time: i64) -> i64 {
    let day = time.saturating_add(ZONE_MS).div_euclid(DAY_MS);
    day.saturating_add(1).saturating_mul(DAY_MS).saturating_sub(ZONE_MS + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn of_a_day_all_of_it_is_there_in_japan() {
        assert_eq!(end_of_day(0), 15 * HOUR - 1);
        assert_eq!(end_of_day(15 * HOUR - 1), 15 * HOUR - 1);
        assert_eq!(end_of_day(15 * HOUR), 39 * HOUR - 1);
    }
}
