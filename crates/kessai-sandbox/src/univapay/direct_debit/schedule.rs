//! The days of a month of debits, and the settings.

use super::LEGACY_ID;
use crate::calendar::{Interval, midnight};
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::time::{DAY_MS, ZONE_MS, date};

/// The day of the month on which money is taken, in UnivaPay's word.
pub(super) const DEBIT_DATE: &str = "twenty_seven";

/// The days of one month of debits, each as the time when it begins in Japan.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Cycle {
    /// The last day on which mandates may arrive.
    mandates: i64,
    /// The last day on which debits can be changed.
    last_change: i64,
    pub(super) taken: i64,
    pub(super) results: i64,
    paid_out: i64,
}

impl Cycle {
    /// The month that a debit of this moment goes into; nothing if there is none in reach.
    pub(super) fn at(now: i64) -> Option<Self> {
        let month = midnight(&format!("{}-01", date(now).get(..7)?))?;
        let cycle = Self::of(month)?;
        if cycle.can_change(now) {
            return Some(cycle);
        }
        Self::of(Interval::Month.after(month, 1)?)
    }

    /// The month that begins on this day.
    fn of(month: i64) -> Option<Self> {
        let taken = business_day(month + 26 * DAY_MS);
        let paid_out = Interval::Month.after(month, 1)? + 14 * DAY_MS;
        let cycle = Self {
            mandates: month + 2 * DAY_MS - ZONE_MS,
            last_change: month + 9 * DAY_MS - ZONE_MS,
            taken: taken - ZONE_MS,
            results: business_day(taken + 4 * DAY_MS) - ZONE_MS,
            paid_out: business_day(paid_out) - ZONE_MS,
        };
        // The text of a year after 9999 is none that a day is read from.
        midnight(&date(cycle.paid_out)).and(Some(cycle))
    }

    /// Whether its debits can still be changed.
    pub(super) fn can_change(&self, now: i64) -> bool {
        now < self.last_change + DAY_MS
    }
}

/// The day itself, or the Monday after it.
fn business_day(day: i64) -> i64 {
    // 1970 began on a Thursday, so that this counts from Monday.
    match (day.div_euclid(DAY_MS) + 3).rem_euclid(7) {
        5 => day + 2 * DAY_MS,
        6 => day + DAY_MS,
        _ => day,
    }
}

/// Refuses what would come after the last day that there is.
pub(super) fn beyond_time() -> Refusal {
    invalid("debit_date", "NOT_ALLOWED_VALUE")
}

pub(super) fn current(state: &State, _: &Call) -> Result<Said, Refusal> {
    let cycle = Cycle::at(state.now).ok_or_else(beyond_time)?;
    let schedule = Object::new()
        .put("merchant_bank_account_transfer_date", date(cycle.taken))
        .put("merchant_bank_account_registration_deadline", date(cycle.mandates))
        .put("merchant_bank_transfer_upload_deadline", date(cycle.last_change))
        .put("platform_result_registration_date", date(cycle.results))
        .put("platform_scheduled_payout", date(cycle.paid_out));
    Ok(schedule.into())
}

pub(super) fn configuration(_: &State) -> Said {
    Object::new()
        .put("legacy_id", LEGACY_ID)
        .put("enabled", true)
        .put("debit_date", DEBIT_DATE)
        .put("consignor_code", "129000")
        .put("classifier", "11")
        .put("signature", "ｹﾂｻｲ")
        .into()
}

pub(super) fn notifications(_: &State) -> Said {
    Object::new()
        .put("notify_deadline_mailing", true)
        .put("notify_deadline_debit", true)
        .put("notify_debit_update", true)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::univapay::time::instant;

    fn days(now: &str) -> [String; 5] {
        let now = instant(now).unwrap();
        let cycle = Cycle::at(now).unwrap();
        [cycle.mandates, cycle.last_change, cycle.taken, cycle.results, cycle.paid_out].map(date)
    }

    #[test]
    fn a_month_of_debits_keeps_off_weekends() {
        let april = ["2026-04-03", "2026-04-10", "2026-04-27", "2026-05-01", "2026-05-15"];
        assert_eq!(days("2026-03-31T15:00:00Z"), april);
        assert_eq!(days("2026-04-10T23:59:59+09:00"), april);
        // The 27th is a Saturday, and the 15th of the month after a Saturday too.
        let june = ["2026-06-03", "2026-06-10", "2026-06-29", "2026-07-03", "2026-07-15"];
        assert_eq!(days("2026-06-10T12:00:00Z"), june);
        let november = ["2027-11-03", "2027-11-10", "2027-11-29", "2027-12-03", "2027-12-15"];
        assert_eq!(days("2027-10-10T15:00:00Z"), november);
    }

    #[test]
    fn there_is_no_month_after_the_last() {
        assert_eq!(Cycle::at(i64::MAX), None);
    }
}
