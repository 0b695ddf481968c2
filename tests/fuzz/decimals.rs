//! Any text as an amount, against arithmetic on its digits, one by one.

use std::cmp::Ordering;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use kessai_core::Decimal;

use super::input::{Input, joined};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let digits = input.byte();
    let number = i64::from_be_bytes(std::array::from_fn(|_| input.byte()));
    let (one, two) = (input.text(), input.text());
    let (first, second) = (one.parse::<Decimal>(), two.parse::<Decimal>());
    for (text, parsed) in [(&one, &first), (&two, &second)] {
        assert_eq!(parsed.is_ok(), is_decimal(text), "{text:?}");
        json(text, parsed.as_ref().ok());
    }
    if let (Ok(first), Ok(second)) = (&first, &second) {
        compare(first, second);
    }
    for decimal in first.into_iter().chain(second).chain([Decimal::new(number, digits % 44)]) {
        let again: Decimal = decimal.to_string().parse().expect("it was written so");
        assert_eq!((again.as_str(), &again), (decimal.as_str(), &decimal));
        minor(&decimal, digits);
        compare(&decimal, &Decimal::new(number, digits % 44));
    }
    let made = Decimal::new(number, digits % 44);
    assert_eq!(made.to_minor(digits % 44), Some(number), "{made}");
}

fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let bytes = unsigned.as_bytes();
    let points = unsigned.matches('.').count();
    bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.'))
        && points <= 1
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes.last().is_some_and(u8::is_ascii_digit)
        && bytes.len() <= 64
}

/// The same in JSON: as a text, and as a number where JSON has it.
fn json(text: &str, parsed: Option<&Decimal>) {
    let quoted = serde_json::to_string(text).expect("JSON");
    let read: Option<Decimal> = serde_json::from_str(&quoted).ok();
    assert_eq!(read.as_ref().map(Decimal::as_str), parsed.map(Decimal::as_str), "{text:?}");
    let number: Option<Decimal> = serde_json::from_str(text.trim()).ok();
    let has_exponent = text.contains(['e', 'E']);
    if let (Some(number), false) = (&number, has_exponent || text.contains('"')) {
        assert_eq!(number.as_str(), text.trim(), "not a digit is changed");
    }
    if let (Some(number), true) = (&number, has_exponent && !text.contains('"')) {
        let (digits, exponent) = text.trim().split_once(['e', 'E']).expect("an exponent");
        let exponent: i64 = exponent.parse().expect("a small one");
        // Both as whole numbers of the smallest unit that either has.
        let unit = 200;
        assert_eq!(units(number.as_str(), unit), units(digits, unit + exponent), "{text}");
    }
    if let Some(number) = number {
        let again: Decimal = serde_json::from_str(&serde_json::to_string(&number).expect("JSON"))
            .expect("a decimal");
        assert_eq!(again.as_str(), number.as_str());
    }
}

/// A number as a sign and the digits of how many units of 10^-`unit` it is, without zeros in front.
fn units(text: &str, unit: i64) -> (bool, String) {
    let (sign, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let missing = unit - i64::try_from(fraction.len()).expect("a short text");
    let zeros = "0".repeat(usize::try_from(missing).expect("a small unit"));
    let digits = format!("{whole}{fraction}{zeros}").trim_start_matches('0').to_owned();
    (sign && !digits.is_empty(), digits)
}

fn compare(one: &Decimal, two: &Decimal) {
    let [(minus, first), (also, second)] = [one, two].map(|it| units(it.as_str(), 80));
    let by_size = first.len().cmp(&second.len()).then(first.cmp(&second));
    let expected = match (minus, also) {
        (false, false) => by_size,
        (true, true) => by_size.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    };
    assert_eq!(one.cmp(two), expected, "{one} {two}");
    assert_eq!(one == two, expected.is_eq(), "{one} {two}");
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    assert!(one != two || hasher.hash_one(one) == hasher.hash_one(two), "{one} {two}");
}

/// The number of minor units, or none where that would be rounded or does not fit.
fn minor(decimal: &Decimal, digits: u8) {
    let (is_negative, units) = units(decimal.as_str(), 80 + i64::from(digits));
    // What is beyond the last minor unit must be zeros.
    let (whole, beyond) = units.split_at(units.len().saturating_sub(80));
    let beyond = if units.len() < 80 { &units } else { beyond };
    let sign = if is_negative { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let expected =
        beyond.bytes().all(|it| it == b'0').then(|| format!("{sign}{whole}").parse().ok());
    assert_eq!(decimal.to_minor(digits), expected.flatten(), "{decimal} {digits}");
    let fits = decimal.fraction_digits() <= usize::from(digits);
    assert_eq!(fits, expected.is_some(), "{decimal} {digits}");
    assert_eq!(decimal.fits("JPY"), decimal.fraction_digits() == 0, "{decimal}");
}

pub fn seeds() -> Vec<Vec<u8>> {
    let start = [2, 0, 0, 0, 0, 0, 0, 6, 226];
    let pairs: [[&[u8]; 2]; 6] = [
        [b"17.62", b"17.620"],
        [b"-0.00", b"0"],
        [b"9223372036854775807", b"-9223372036854775808"],
        [b"1.5e-7", b"\"1.50\""],
        [b"123e-5", b"12.5E+2"],
        [b"00012.5", b"1234567890123456789012345678901234567890123456789012345678901234"],
    ];
    pairs.iter().map(|pair| joined(&start, pair)).collect()
}
