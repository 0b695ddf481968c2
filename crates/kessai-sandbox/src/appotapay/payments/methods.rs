//! Ways to pay, and what can be given back of each.

use super::{NO_BANK, Payment};
use crate::appotapay::refusal::Code;
use crate::calendar::Interval;

/// The banks, card networks and wallets of each method.
const BANKS: [(&str, &[&str]); 6] = [
    (
        "ATM",
        &[
            "VCB",
            "TPBANK",
            "VIETINBANK",
            "VIB",
            "HDBANK",
            "MB",
            "VIETABANK",
            "MARITIMEBANK",
            "SHB",
            "VPBANK",
            "ABBANK",
            "SACOMBANK",
            "NAMA",
            "OCEANBANK",
            "BIDV",
            "BACA",
            "NCB",
            "AGRIBANK",
            "SAIGONBANK",
            "PVBANK",
            "BVBANK",
            "OCB",
            "KIENLONGBANK",
            "PBVN",
            "PGBANK",
            "GPBANK",
            "SCB",
            "WOORIBANK",
            "VIETCAPITALBANK",
            "TECHCOMBANK",
            "VIETBANK",
            "EXIMBANK",
            "SEABANK",
            "ACB",
            "LPB",
            "VRB",
            "UOB",
            "IVB",
            "SHINHANBANK",
        ],
    ),
    ("CC", &["VISA", "MASTERCARD", "JCB"]),
    ("EWALLET", &["APPOTA", "SHOPEEPAY", "VNPTWALLET", "ZALOPAY"]),
    ("VA", &["WOORIBANK", "VIETCAPITALBANK"]),
    ("MM", &["VINAPHONE"]),
    ("ISTM", &["BAOKIM"]),
];

/// The banks of a method; none if there is no such method.
pub(super) fn banks(method: &str) -> &'static [&'static str] {
    let own = BANKS.iter().find(|(own, _)| *own == method);
    own.map_or(&[], |(_, banks)| banks)
}

/// Refuses a bank that the method does not have; any will do where the method is still open.
pub(super) fn check_bank(method: &str, bank: &str) -> Result<(), Code> {
    let open = || BANKS.iter().any(|(_, banks)| banks.contains(&bank));
    let known = if method == "ALL" { open() } else { banks(method).contains(&bank) };
    if known { Ok(()) } else { Err(NO_BANK) }
}

/// How a payment may be given back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Terms {
    /// For how long; nothing if without end.
    within: Option<(Interval, i64)>,
    /// Whether in parts, and again and again.
    pub(super) in_parts: bool,
    /// Whether it takes a day.
    pub(super) late: bool,
}

impl Terms {
    /// The terms of a payment; nothing if it cannot be given back.
    pub(super) fn of(payment: &Payment) -> Option<Self> {
        let terms = |within, in_parts| Some(Self { within, in_parts, late: false });
        match (payment.method.as_str(), payment.bank.as_deref()) {
            ("ATM", _) => terms(Some((Interval::Year, 1)), true),
            ("CC", _) => {
                Some(Self { within: Some((Interval::Month, 6)), in_parts: true, late: true })
            }
            ("EWALLET", Some("SHOPEEPAY")) => terms(Some((Interval::Day, 60)), true),
            ("EWALLET", Some("ZALOPAY")) => terms(Some((Interval::Day, 180)), true),
            ("EWALLET", _) => terms(None, false),
            _ => None,
        }
    }

    /// Whether it may still be given back at this time.
    pub(super) fn hold(self, paid: i64, now: i64) -> bool {
        let end = self.within.and_then(|(interval, count)| interval.after(paid, count));
        end.is_none_or(|end| now <= end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_has_its_own_banks_and_an_open_one_all() {
        assert!(check_bank("ATM", "VCB").is_ok() && check_bank("ALL", "VISA").is_ok());
        assert!(check_bank("CC", "VCB").is_err() && check_bank("ALL", "NOBANK").is_err());
        assert!(banks("ALL").is_empty());
    }

    #[test]
    fn the_last_day_for_a_refund_counts() {
        let days =
            |count| Terms { within: Some((Interval::Day, count)), in_parts: true, late: false };
        let end = 60 * 24 * 60 * 60 * 1000;
        assert!(days(60).hold(0, end) && !days(60).hold(0, end + 1));
        assert!(Terms { within: None, in_parts: false, late: false }.hold(0, i64::MAX));
    }
}
