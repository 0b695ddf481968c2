//! Text, decimals and minor units, one into the other and back.

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// Numbers that come again with the same seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 16) % most
    }
}

#[test]
fn text_decimal_and_minor_units_are_the_same_number() {
    // More than 100,000 cases in all, small amounts and the largest alike.
    for (digits, currency) in [(0, "jpy"), (2, "USD"), (3, "kwd")] {
        let mut draw = Draw(u64::from(digits) + 1);
        for _ in 0..34_000 {
            let size = 10_u64.pow(1 + u32::try_from(draw.below(18)).unwrap());
            let minor = i64::try_from(draw.below(size)).unwrap();
            let minor = if draw.below(4) == 0 { -minor } else { minor };
            let number = Decimal::new(minor, digits);
            assert_eq!(number.to_minor(digits), Some(minor), "{number}");
            assert_eq!(decimal(number.as_str()), number);
            assert!(number.fits(currency), "{number} {currency}");

            // One digit more, and it neither fits nor converts.
            let finer = Decimal::new(minor * 10 % 1_000_000_007 * 10 + 1, digits + 1);
            assert_eq!(finer.to_minor(digits), None, "{finer}");
            assert!(!finer.fits(currency), "{finer} {currency}");

            // Zeros at the end change the text, not the value.
            let padded = if digits == 0 { format!("{number}.0") } else { format!("{number}00") };
            let padded = decimal(&padded);
            assert_eq!((padded.to_minor(digits), padded == number), (Some(minor), true));
            assert!(padded.fits(currency));
            for json in [number.to_string(), format!("\"{number}\"")] {
                let read: Decimal = serde_json::from_str(&json).unwrap();
                assert_eq!(read.as_str(), number.as_str(), "every digit is kept");
            }
            assert_eq!(serde_json::to_string(&AsNumber(&number)).unwrap(), number.as_str());
        }
    }
}

#[test]
fn what_is_below_nothing_stays_below_nothing() {
    for (text, minor) in [("-0.50", -50), ("-5", -500), ("-5.05", -505), ("-0.00", 0), ("0", 0)] {
        assert_eq!(decimal(text).to_minor(2), Some(minor), "{text}");
        assert_eq!(decimal(text), Decimal::new(minor, 2), "{text}");
    }
}

#[test]
fn equal_values_are_one_value_however_they_are_written() {
    use std::hash::{BuildHasher as _, RandomState};

    let state = RandomState::new();
    let hash = |text| state.hash_one(decimal(text));
    for (one, other) in [("5.50", "5.5"), ("-0", "0.00"), ("007", "7")] {
        assert_eq!((decimal(one), hash(one)), (decimal(other), hash(other)));
    }
    for (less, more) in [("5.50", "5.51"), ("-5.5", "5.5"), ("-5.51", "-5.5"), ("9", "10")] {
        let (one, other) = (decimal(less), decimal(more));
        assert_ne!(one, other);
        let orders = [one.partial_cmp(&other), other.partial_cmp(&one)];
        assert_eq!(orders, [Some(Ordering::Less), Some(Ordering::Greater)], "{less} {more}");
        assert_ne!(hash(less), hash(more));
    }
}

#[test]
fn it_is_printed_as_it_was_written() {
    let number = decimal("-05.50");
    assert_eq!(format!("{number} {number:?}"), "-05.50 Decimal(-05.50)");
    assert_eq!(NotDecimal.to_string(), "not a decimal number");
}

#[test]
fn the_order_is_that_of_the_values() {
    let mut draw = Draw(9);
    for _ in 0..50_000 {
        let mut one = || i64::try_from(draw.below(4000)).unwrap() - 2000;
        let (a, b) = (one(), one());
        let finer = |number: i64| Decimal::new(number * 100, 4);
        assert_eq!(Decimal::new(a, 2).cmp(&finer(b)), a.cmp(&b), "{a} {b}");
    }
    assert_eq!(decimal("-0.00"), decimal("0"));
    assert_eq!(decimal("007.10"), decimal("7.1"));
}

#[test]
fn only_plain_digits_are_decimals() {
    for text in ["", "-", ".5", "5.", "+5", "1,5", "1e3", " 1", "1 ", "0x1", "١", "1.2.3", "--1"] {
        assert_eq!(text.parse::<Decimal>(), Err(NotDecimal), "{text}");
    }
    assert!("1".repeat(65).parse::<Decimal>().is_err());
    assert!("1".repeat(64).parse::<Decimal>().is_ok());
}

#[test]
fn a_number_in_json_may_have_an_exponent() {
    for (json, expected) in [
        ("1e2", "100"),
        ("1.5e-7", "0.00000015"),
        ("-12.345E+1", "-123.45"),
        ("1.50e1", "15.0"),
        ("1.5e1", "15"),
        ("0e9", "0"),
        ("12e-2", "0.12"),
        ("12345e-2", "123.45"),
        ("-12345.6e-1", "-1234.56"),
        ("17.620e0", "17.620"),
        ("17.62", "17.62"),
    ] {
        let number: Decimal = serde_json::from_str(json).unwrap();
        assert_eq!(number.as_str(), expected, "{json}");
    }
    for json in ["1e65", "1e-999999999999", "true", "null", "[]", "\"1e2\"", "\"\""] {
        assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
    }
}

#[test]
fn a_text_with_zeros_in_front_is_still_a_json_number() {
    for (text, json) in [("007.10", "7.10"), ("00", "0"), ("-00.5", "-0.5"), ("0", "0")] {
        assert_eq!(serde_json::to_string(&AsNumber(&decimal(text))).unwrap(), json);
    }
}

#[test]
fn what_does_not_fit_is_none() {
    assert_eq!(decimal("92233720368547758.07").to_minor(2), Some(i64::MAX));
    assert_eq!(decimal("92233720368547758.08").to_minor(2), None);
    assert_eq!(decimal("-92233720368547758.08").to_minor(2), Some(i64::MIN));
    assert_eq!(decimal(&"9".repeat(64)).to_minor(2), None);
    assert_eq!(decimal("1").to_minor(200), None);
}

#[test]
fn of_a_currency_that_is_none_nothing_is_known() {
    assert!(decimal("1.23456").fits("points"));
    for currency in ["XAU", "BTC", "", "us", "USDT", "AED AFN"] {
        assert!(decimal("1.23456").fits(currency), "{currency}");
    }
    assert!(!decimal("1.234").fits("XCD"));
    assert!(!decimal("1.234").fits("sgd"));
    assert!(!decimal("0.5").fits("VND"));
}
