//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::Patch;

/// More digits than any amount or rate has; beyond them a number is taken for an attack.
const MOST_DIGITS: usize = 64;

/// An exact decimal number: an amount in a currency's main unit, or a rate.
///
/// It keeps its digits as they were written (`5.50` stays `5.50`) and is compared by value (`5.50`
/// equals `5.5`). It is read from a JSON number or text alike, never through a float. There is no
/// arithmetic on it: take the [minor units](Decimal::to_minor), or give its text to a crate that
/// calculates.
///
/// ```
/// use kessai_core::Decimal;
///
/// let price: Decimal = "17.62".parse()?;
/// assert_eq!(price, Decimal::new(1762, 2));
/// assert_eq!(price.to_minor(2), Some(1762));
/// assert_eq!(price.to_minor(1), None, "two digits do not fit into one");
/// assert_eq!(Decimal::from(1000).to_string(), "1000");
/// # Ok::<(), kessai_core::NotDecimal>(())
/// ```
#[derive(Clone)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// `number`, of which the last `digits` digits stand behind the point.
    ///
    /// # Panics
    ///
    /// If `digits` is more than 43: no amount and no rate has as many.
    #[must_use]
    pub fn new(number: i64, digits: u8) -> Self {
        let digits = usize::from(digits);
        assert!(digits < MOST_DIGITS - 20, "a decimal has at most {MOST_DIGITS} digits");
        let sign = if number < 0 { "-" } else { "" };
        let text = format!("{:0width$}", number.unsigned_abs(), width = digits + 1);
        let (whole, fraction) = text.split_at(text.len() - digits);
        let point = if digits > 0 { "." } else { "" };
        Self(format!("{sign}{whole}{point}{fraction}").into())
    }

    /// Its digits, as they were written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many digits stand behind the point, zeros at the end not counted.
    #[must_use]
    pub fn fraction_digits(&self) -> usize {
        self.parts().fraction.len()
    }

    /// The number of units of which `10^digits` make one: cents if `digits` is 2.
    ///
    /// Nothing is rounded: `None` if a fraction would be left, or if it does not fit.
    #[must_use]
    pub fn to_minor(&self, digits: u8) -> Option<i64> {
        let Parts { negative, whole, fraction } = self.parts();
        let missing = usize::from(digits).checked_sub(fraction.len())?;
        let minor: i128 = format!("0{whole}{fraction}{}", "0".repeat(missing)).parse().ok()?;
        i64::try_from(if negative { -minor } else { minor }).ok()
    }

    /// Whether it has no more digits behind the point than `currency` has, by ISO 4217.
    ///
    /// `currency` may be in capitals or not. Of a currency that ISO 4217 does not have, nothing is
    /// known, so any number fits.
    #[must_use]
    pub fn fits(&self, currency: &str) -> bool {
        minor_digits(currency).is_none_or(|digits| self.fraction_digits() <= usize::from(digits))
    }

    fn parts(&self) -> Parts<'_> {
        let (negative, text) = match self.0.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, &*self.0),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let negative = negative && !(whole.is_empty() && fraction.is_empty());
        Parts { negative, whole, fraction }
    }

    /// A JSON number of the same digits.
    fn json_number(&self) -> String {
        let text = self.0.strip_prefix('-').unwrap_or(&self.0);
        let whole = text.split('.').next().unwrap_or_default();
        let zeros = (whole.len() - whole.trim_start_matches('0').len()).min(whole.len() - 1);
        let sign = &self.0[..self.0.len() - text.len()];
        format!("{sign}{}", &text[zeros..])
    }
}

/// A number without what does not change its value.
#[derive(Eq, Hash, PartialEq)]
struct Parts<'d> {
    negative: bool,
    whole: &'d str,
    fraction: &'d str,
}

/// How many digits of a currency stand behind the point: ISO 4217's "minor unit". `None` for what
/// is not in it, or has none there, such as metals.
fn minor_digits(currency: &str) -> Option<u8> {
    const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    const TWO: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL \
                       BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP \
                       DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR \
                       ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD \
                       MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN \
                       PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
                       STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES \
                       WST XCD XCG YER ZAR ZMW ZWG";
    const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
    const FOUR: &str = "CLF UYW";

    let currency = currency.to_ascii_uppercase();
    [(NONE, 0), (TWO, 2), (THREE, 3), (FOUR, 4)]
        .into_iter()
        .find(|(codes, _)| codes.split_whitespace().any(|code| code == currency))
        .map(|(_, digits)| digits)
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Digits, a point with digits behind it if there is a fraction, and a minus before them if
    /// need be.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        if all(whole) && all(fraction) && digits.len() <= MOST_DIGITS {
            Ok(Self(text.into()))
        } else {
            Err(NotDecimal)
        }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self::new(number, 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (self.parts(), other.parts());
        let by_size = (one.whole.len(), one.whole, one.fraction).cmp(&(
            two.whole.len(),
            two.whole,
            two.fraction,
        ));
        match (one.negative, two.negative) {
            (false, false) => by_size,
            (true, true) => by_size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// Writes text; a place that wants a number says so in its [`object!`](crate::object).
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        read(value.get()).ok_or_else(|| D::Error::custom("not a decimal"))
    }
}

/// Reads a JSON number or text.
fn read(json: &str) -> Option<Decimal> {
    if json.starts_with('"') {
        return serde_json::from_str::<String>(json).ok()?.parse().ok();
    }
    match json.split_once(['e', 'E']) {
        None => json.parse().ok(),
        Some((digits, exponent)) => shifted(digits, exponent.parse().ok()?),
    }
}

/// `digits` with the point moved: JSON may write a small rate as `1.5e-7`.
fn shifted(digits: &str, exponent: i32) -> Option<Decimal> {
    let most = i32::try_from(MOST_DIGITS).ok()?;
    if !(-most..=most).contains(&exponent) {
        return None;
    }
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = "0".repeat(usize::try_from(exponent.abs()).ok()?);
    let (whole, fraction) = if exponent < 0 {
        let whole = format!("{zeros}{whole}");
        let (before, behind) = whole.split_at(whole.len() - zeros.len());
        (before.to_owned(), format!("{behind}{fraction}"))
    } else {
        let behind = fraction.get(zeros.len()..).unwrap_or_default();
        let before = &format!("{fraction}{zeros}")[..zeros.len()];
        (format!("{whole}{before}"), behind.to_owned())
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}").parse().ok()
}

/// A decimal in a place that wants a JSON number.
pub struct AsNumber<'a, T>(pub &'a T);

impl Serialize for AsNumber<'_, Decimal> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;

        let number = RawValue::from_string(self.0.json_number()).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl Serialize for AsNumber<'_, Option<Decimal>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(number) => AsNumber(number).serialize(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl Serialize for AsNumber<'_, Patch<Decimal>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value().map(AsNumber).serialize(serializer)
    }
}

/// A text that is not a decimal number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotDecimal;

impl fmt::Display for NotDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number")
    }
}

impl std::error::Error for NotDecimal {}

#[cfg(test)]
mod tests;
