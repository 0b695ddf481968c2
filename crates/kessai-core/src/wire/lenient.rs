//! The second reading of an answer, which keeps what it cannot read.
//!
//! A capture that succeeded must not look like a failure because a card's month came as text. So
//! when an answer does not read, it is read once more: a member that may be left out and is of
//! another shape than documented is then kept in the `unknown` of its own object, unless it is a
//! number that came as text, or the other way round: that is read. The first reading does not pay
//! for this.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// How deep objects may lie in each other in a second reading, which uses the stack for each.
const DEEPEST: u8 = 32;

thread_local! {
    /// How deep the second reading is; zero while there is none. Reading never waits, so it begins
    /// and ends on one thread.
    static DEPTH: Cell<u8> = const { Cell::new(0) };
}

/// Whether this is a second reading.
pub(super) fn is_on() -> bool {
    DEPTH.get() > 0
}

/// Reads `text` leniently.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let _back = Deeper::enter();
    serde_json::from_str(text)
}

/// Reads one member leniently, null as nothing.
pub(super) fn read_member<T: DeserializeOwned>(
    member: &RawValue,
) -> Result<Option<T>, serde_json::Error> {
    read_in_any_form(member.get())
}

/// Reads `text`, and if it is a number where a text should be, or a text where a number should be,
/// as the other.
pub(super) fn read_in_any_form<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    if DEPTH.get() >= DEEPEST {
        return Err(serde::de::Error::custom("too deep"));
    }
    read(text).or_else(|error| {
        let mut others = other_forms(text).into_iter().flatten();
        others.find_map(|other| read(&other).ok()).ok_or(error)
    })
}

/// A whole number without its empty fraction; a text that holds a number or a flag as that, and a
/// number as a text. All digits are kept.
fn other_forms(text: &str) -> [Option<String>; 2] {
    let text = text.trim();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    if let Some(flag @ ("true" | "false")) = inner {
        return [None, Some(flag.to_owned())];
    }
    let number = inner.unwrap_or(text);
    if !is_number(number) {
        return [None, None];
    }
    let whole =
        number.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|it| it == b'0'));
    let whole = whole.map(|(whole, _)| whole.to_owned());
    let other = if inner.is_some() { number.to_owned() } else { format!("\"{number}\"") };
    [whole, Some(other)]
}

fn is_number(text: &str) -> bool {
    let signed = text.strip_prefix('-').unwrap_or(text);
    signed.starts_with(|first: char| first.is_ascii_digit())
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Goes back up when it is dropped, by a panic too.
struct Deeper(u8);

impl Deeper {
    fn enter() -> Self {
        let before = DEPTH.get();
        DEPTH.set(before + 1);
        Self(before)
    }
}

impl Drop for Deeper {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Decode, Unknown};

    #[derive(Debug, PartialEq)]
    struct Paid {
        amount: i64,
        fee: Option<i64>,
        account: Option<String>,
        unknown: Unknown,
    }

    crate::object!(
        Paid,
        [(amount, "amount", required), (fee, "fee"), (account, "account")],
        unknown
    );

    fn read(text: &str) -> Option<(i64, Option<i64>, Option<String>)> {
        let paid = Paid::decode(text.as_bytes()).ok()?;
        Some((paid.amount, paid.fee, paid.account))
    }

    #[test]
    fn a_number_that_came_as_text_is_read_to_the_last_digit_and_the_other_way_round() {
        let text = r#"{"amount":"9007199254740993","fee":"-12","account":1321001324000001321001}"#;
        let account = "1321001324000001321001".to_owned();
        assert_eq!(read(text), Some((9_007_199_254_740_993, Some(-12), Some(account))));
    }

    #[test]
    fn a_fraction_of_nothing_is_none() {
        assert_eq!(read(r#"{"amount":1000.0,"fee":"50.00"}"#), Some((1000, Some(50), None)));
        assert_eq!(read(r#"{"amount":1000.5}"#), None);
    }

    #[test]
    fn however_many_were_read_the_next_one_reads() {
        for _ in 0..100 {
            assert_eq!(read(r#"{"amount":"1","fee":2}"#), Some((1, Some(2), None)));
        }
    }

    #[test]
    fn a_flag_may_come_as_text() {
        #[derive(Debug, PartialEq)]
        struct Gone {
            gone: Option<bool>,
            unknown: Unknown,
        }
        crate::object!(Gone, [(gone, "gone")], unknown);
        let gone = |text: &str| Gone::decode(text.as_bytes()).expect("an object").gone;
        assert_eq!(gone(r#"{"gone":"true"}"#), Some(true));
        assert_eq!(gone(r#"{"gone":"false"}"#), Some(false));
        assert_eq!([gone(r#"{"gone":"True"}"#), gone(r#"{"gone":1}"#)], [None, None]);
    }

    #[test]
    fn what_holds_no_number_is_not_made_one() {
        for amount in [r#""""#, r#"" 1""#, r#""1,000""#, r#""0x10""#, r#""1 VND""#, "true", "[1]"] {
            assert_eq!(read(&format!(r#"{{"amount":{amount}}}"#)), None, "{amount}");
        }
        let paid = Paid::decode(br#"{"amount":1,"fee":"1,000"}"#).expect("it is kept");
        assert_eq!((paid.fee, paid.unknown.get("fee")), (None, Some(r#""1,000""#)));
    }
}
