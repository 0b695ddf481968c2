//! When a plan charges.

use serde_json::{Map, Value};

use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::time;
use crate::calendar::Interval;
use crate::object::Object;

pub(super) struct Schedule {
    interval: Interval,
    /// How many intervals lie between two cycles.
    count: i64,
    /// How many cycles there are; none for no end.
    pub(super) total: Option<i64>,
    /// What the cycles are counted from.
    anchor: i64,
    retry_days: Option<i64>,
    pub(super) retries: Option<i64>,
}

impl Schedule {
    /// Reads a schedule that begins now; `link` is whether the customer may pay what has failed.
    pub(super) fn read(
        schedule: &Map<String, Value>,
        now: i64,
        link: bool,
    ) -> Result<Self, Refusal> {
        let number = |name: &str| schedule.get(name).and_then(Value::as_i64);
        let text = |name: &str| schedule.get(name).and_then(Value::as_str);
        let interval = match text("interval") {
            Some("DAY") => Interval::Day,
            Some("WEEK") => Interval::Week,
            _ => Interval::Month,
        };
        let anchor = match text("anchorDate") {
            Some(date) => {
                time::read(date).ok_or_else(|| invalid("schedule.anchorDate", "it is no time"))?
            }
            None => now,
        };
        if text("retryInterval").is_some_and(|interval| interval != "DAY") {
            return Err(invalid("schedule.retryInterval", "it is DAY"));
        }
        let needed = ["retryInterval", "retryIntervalCount", "totalRetry"];
        let missing = |name: &&&str| schedule.get(**name).is_none_or(Value::is_null);
        if let Some(name) = needed.iter().find(missing).filter(|_| link) {
            return Err(invalid(&format!("schedule.{name}"), "it is missing"));
        }
        let schedule = Self {
            interval,
            count: number("intervalCount").unwrap_or(1),
            total: number("totalRecurrence"),
            anchor: if interval == Interval::Month { early_in_month(anchor) } else { anchor },
            retry_days: number("retryIntervalCount"),
            retries: number("totalRetry"),
        };
        if schedule.first_after(now).is_none() {
            return Err(invalid("schedule.anchorDate", "it is too long ago"));
        }
        Ok(schedule)
    }

    /// The time of the cycle that is this many after the first.
    pub(super) fn time(&self, index: i64) -> Option<i64> {
        time::after(self.interval, self.anchor, index.checked_mul(self.count)?)
    }

    /// Which cycle is the first after a time.
    pub(super) fn first_after(&self, now: i64) -> Option<i64> {
        // Two hundred years of days, in case the anchor is that long ago.
        (0..75_000).find(|index| self.time(*index).is_some_and(|time| time > now))
    }

    /// When a cycle is tried again that has failed at a time.
    pub(super) fn retry(&self, failed: i64) -> Option<i64> {
        Interval::Day.after(failed, self.retry_days.unwrap_or(1))
    }

    pub(super) fn show(&self) -> Object {
        let interval = match self.interval {
            Interval::Day => "DAY",
            Interval::Week => "WEEK",
            Interval::Month | Interval::Year => "MONTH",
        };
        let retries = self.retries.is_some() || self.retry_days.is_some();
        Object::new()
            .put("interval", interval)
            .put("intervalCount", self.count)
            .put_some("totalRecurrence", self.total)
            .put("anchorDate", time::rfc3339(self.anchor))
            .put_some("retryInterval", retries.then_some("DAY"))
            .put_some("retryIntervalCount", self.retry_days)
            .put_some("totalRetry", self.retries)
    }
}

/// The 29th and later days of a month become the first of the next, at the same time of day.
fn early_in_month(anchor: i64) -> i64 {
    let day = |ms: i64| time::local(ms).get(8..10).and_then(|day| day.parse::<i64>().ok());
    match day(anchor) {
        Some(late) if late > 28 => {
            let days = (1..=3).filter_map(|days| Interval::Day.after(anchor, days));
            days.into_iter().find(|next| day(*next) == Some(1)).unwrap_or(anchor)
        }
        _ => anchor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(json: &str, now: &str) -> Result<Schedule, Refusal> {
        let schedule: Map<String, Value> = serde_json::from_str(json).unwrap();
        Schedule::read(&schedule, time::read(now).unwrap(), false)
    }

    fn anchor(schedule: &Schedule) -> String {
        time::rfc3339(schedule.anchor)
    }

    #[test]
    fn the_last_days_of_a_month_become_the_first_of_the_next() {
        let monthly = |now: &str| anchor(&schedule(r#"{"interval":"MONTH"}"#, now).unwrap());
        assert_eq!(monthly("2026-11-28T23:00:00+07:00"), "2026-11-28T23:00:00+07:00");
        assert_eq!(monthly("2026-11-29T23:00:00+07:00"), "2026-12-01T23:00:00+07:00");
        assert_eq!(monthly("2026-12-29T06:00:00+07:00"), "2027-01-01T06:00:00+07:00");
        assert_eq!(monthly("2028-02-29T06:00:00+07:00"), "2028-03-01T06:00:00+07:00");
        let daily = schedule(r#"{"interval":"DAY"}"#, "2026-11-29T23:00:00+07:00").unwrap();
        assert_eq!(anchor(&daily), "2026-11-29T23:00:00+07:00");
    }

    #[test]
    fn cycles_are_counted_on_from_an_anchor_that_is_past() {
        let json =
            r#"{"interval":"WEEK","intervalCount":2,"anchorDate":"2026-11-01T08:00:00+07:00"}"#;
        let now = "2026-11-15T08:00:00+07:00";
        let schedule = schedule(json, now).unwrap();
        let first = schedule.first_after(time::read(now).unwrap());
        assert_eq!(first, Some(2));
        let time = first.and_then(|first| schedule.time(first)).map(time::rfc3339);
        assert_eq!(time.as_deref(), Some("2026-11-29T08:00:00+07:00"));
    }

    #[test]
    fn an_anchor_must_be_a_time_that_can_be_reached() {
        for date in ["tomorrow", "2026-11-29", "0001-01-01T00:00:00Z"] {
            let json = format!(r#"{{"interval":"DAY","anchorDate":"{date}"}}"#);
            assert!(schedule(&json, "2026-11-15T08:00:00+07:00").is_err(), "{date}");
        }
    }
}
