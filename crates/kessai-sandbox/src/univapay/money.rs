//! Amounts, which are counted in the smallest units of their currencies.

use super::refusal::{Refusal, invalid};
use crate::document::Members;
use crate::object::Object;

/// Currencies without a smaller unit.
const WHOLE: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];

/// Currencies whose smaller unit is a thousandth.
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// The currency of a request.
pub(super) fn currency(body: &Members) -> Result<String, Refusal> {
    let currency = body.text("currency").unwrap_or_default();
    if currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(currency.to_owned())
    } else {
        Err(invalid("currency", "INVALID_FORMAT_CURRENCY"))
    }
}

/// An amount of a request, which is more than nothing.
pub(super) fn amount(body: &Members, name: &str) -> Result<Option<i64>, Refusal> {
    match body.integer(name) {
        Some(amount) if amount < 1 => Err(invalid(name, "INVALID_AMOUNT")),
        amount => Ok(amount),
    }
}

/// How many of the smallest units the main unit has.
pub(super) fn units(currency: &str) -> u16 {
    match currency {
        whole if WHOLE.contains(&whole) => 1,
        small if THOUSANDTHS.contains(&small) => 1000,
        _ => 100,
    }
}

/// An amount in the main unit, as a JSON number with all digits.
pub(super) fn formatted(amount: i64, currency: &str) -> String {
    let (unit, digits) = match units(currency) {
        1 => return amount.to_string(),
        1000 => (1000, 3),
        _ => (100, 2),
    };
    let (sign, size) = (if amount < 0 { "-" } else { "" }, amount.unsigned_abs());
    let (main, rest) = (size / unit, size % unit);
    if rest == 0 {
        return format!("{sign}{main}");
    }
    let text = format!("{sign}{main}.{rest:0digits$}");
    text.trim_end_matches('0').to_owned()
}

/// An amount as `name` and `name_formatted`.
pub(super) fn put(object: Object, name: &str, amount: i64, currency: &str) -> Object {
    let object = object.put(name, amount);
    object.literal(&format!("{name}_formatted"), &formatted(amount, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_keeps_all_its_digits() {
        let texts = [
            (1000, "JPY", "1000"),
            (1250, "USD", "12.5"),
            (1205, "EUR", "12.05"),
            (-5, "USD", "-0.05"),
            (1250, "KWD", "1.25"),
            (i64::MAX, "USD", "92233720368547758.07"),
            (i64::MIN, "JPY", "-9223372036854775808"),
        ];
        for (amount, currency, text) in texts {
            assert_eq!(formatted(amount, currency), text);
        }
    }
}
