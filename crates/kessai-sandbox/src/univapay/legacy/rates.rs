//! What amounts are worth in other currencies.
//!
//! The rates are the sandbox's own and never change.

use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::money::{self, units};
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::state::State;

/// How many thousandths of a yen a main unit of each currency is worth.
pub const YEN_THOUSANDTHS: &[(&str, i64)] = &[
    ("AUD", 100_000),
    ("CAD", 110_000),
    ("CNY", 20_000),
    ("EUR", 160_000),
    ("GBP", 200_000),
    ("HKD", 19_000),
    ("JPY", 1_000),
    ("KRW", 110),
    ("KWD", 500_000),
    ("SGD", 115_000),
    ("THB", 4_500),
    ("TWD", 4_700),
    ("USD", 150_000),
    ("VND", 6),
];

pub(super) fn convert(_: &State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let amount = money::amount(body, "amount")?.unwrap_or_default();
    let rate = |name| {
        let currency = body.text(name).unwrap_or_default();
        let known = YEN_THOUSANDTHS.iter().find(|(known, _)| *known == currency);
        let rate = known.map(|(_, rate)| i128::from(*rate));
        let rate = rate.ok_or_else(|| invalid(name, "INVALID_CURRENCY"))?;
        Ok::<_, Refusal>((currency, rate, i128::from(units(currency))))
    };
    let (_, worth, unit) = rate("currency")?;
    let (to, worth_to, unit_to) = rate("to")?;
    let (value, divisor) = (i128::from(amount) * worth * unit_to, unit * worth_to);
    let converted = i64::try_from((2 * value + divisor) / (2 * divisor));
    let converted = converted.map_err(|_| invalid("amount", "INVALID_AMOUNT"))?;
    Ok(Object::new().put("amount", converted).put("currency", to).into())
}
