//! Amounts, which ZAFA PAY writes in main units and the sandbox counts in the smallest ones.

use super::refusal::{self, Refusal};
use crate::document::Members;

/// A currency: its letters, and how many digits of it stand behind the point.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Currency {
    pub(super) code: &'static str,
    digits: usize,
}

/// Those that the dashboard offers for products; no other list is published.
const CURRENCIES: [Currency; 8] = [
    Currency { code: "usd", digits: 2 },
    Currency { code: "jpy", digits: 0 },
    Currency { code: "eur", digits: 2 },
    Currency { code: "sgd", digits: 2 },
    Currency { code: "php", digits: 2 },
    Currency { code: "gbp", digits: 2 },
    Currency { code: "aud", digits: 2 },
    Currency { code: "cad", digits: 2 },
];

impl Currency {
    pub(super) fn named(code: &str) -> Result<Self, Refusal> {
        let known = CURRENCIES.iter().find(|currency| currency.code == code);
        known.copied().ok_or_else(|| refusal::WRONG_CURRENCY.at("currency"))
    }

    /// The member `amount`, if it is there: more than nothing, and nothing is rounded.
    pub(super) fn amount(self, body: &Members) -> Result<Option<i64>, Refusal> {
        let read = |number| self.read(number).map_err(|code| code.at("amount"));
        body.literal("amount").map(read).transpose()
    }

    /// Reads a JSON number, by its text: a float would not keep all digits.
    fn read(self, number: &str) -> Result<i64, refusal::Code> {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let fraction = fraction.trim_end_matches('0');
        let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !plain || fraction.len() > self.digits {
            return Err(refusal::WRONG_AMOUNT);
        }
        match format!("{whole}{fraction:0<width$}", width = self.digits).parse() {
            Ok(0) => Err(refusal::WRONG_AMOUNT),
            Ok(minor) => Ok(minor),
            Err(_) => Err(refusal::TOO_LARGE),
        }
    }

    /// As ZAFA PAY writes texts: with every digit of the currency, and nothing at all as `0`.
    pub(super) fn text(self, minor: i64) -> String {
        let text = format!("{minor:0width$}", width = self.digits + 1);
        let (whole, fraction) = text.split_at(text.len() - self.digits);
        match (minor, fraction) {
            (0, _) => "0".to_owned(),
            (_, "") => whole.to_owned(),
            _ => format!("{whole}.{fraction}"),
        }
    }

    /// As ZAFA PAY writes numbers: without zeros at the end.
    pub(super) fn number(self, minor: i64) -> String {
        let text = self.text(minor);
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(currency: &str, number: &str) -> Result<i64, &'static str> {
        Currency::named(currency).unwrap().read(number).map_err(refusal::Code::word)
    }

    #[test]
    fn amounts_are_read_exactly() {
        for (number, minor) in [("17.62", 1762), ("17.5", 1750), ("1000", 100_000), ("0.01", 1)] {
            assert_eq!(read("usd", number), Ok(minor), "{number}");
        }
        assert_eq!(read("usd", "17.620000"), Ok(1762), "the same value");
        // As a float, this is 90071992547409.91.
        assert_eq!(read("usd", "90071992547409.905"), Err("invalid_amount"));
        assert_eq!(read("usd", "90071992547409.93"), Ok(9_007_199_254_740_993));
        assert_eq!((read("jpy", "1000"), read("jpy", "1000.0")), (Ok(1000), Ok(1000)));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for number in ["0", "0.00", "-1", "0.001", "17.625", "1e2", "17.62000000000000001"] {
            assert_eq!(read("usd", number), Err("invalid_amount"), "{number}");
        }
        assert_eq!(read("jpy", "10.5"), Err("invalid_amount"));
        assert_eq!(read("usd", "92233720368547758.08"), Err("amount_above_maximum"));
        assert!(Currency::named("USD").is_err() && Currency::named("vnd").is_err());
    }

    #[test]
    fn amounts_are_written_as_texts_and_as_numbers() {
        let usd = Currency::named("usd").unwrap();
        let written = [0, 5, 50, 1750, 1762, 100_000].map(|it| [usd.text(it), usd.number(it)]);
        let expected = [
            ["0", "0"],
            ["0.05", "0.05"],
            ["0.50", "0.5"],
            ["17.50", "17.5"],
            ["17.62", "17.62"],
            ["1000.00", "1000"],
        ];
        assert_eq!(written, expected);
        let jpy = Currency::named("jpy").unwrap();
        assert_eq!([jpy.text(1000), jpy.number(1000), jpy.text(0)], ["1000", "1000", "0"]);
    }
}
