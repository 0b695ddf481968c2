//! Which payments a subscription has: when, and how much.

use serde_json::{Map, Value};

use crate::calendar::{Interval, iso, midnight};
use crate::document::Members;
use crate::univapay::money;
use crate::univapay::refusal::{Refusal, invalid, not_here};

/// Japan is nine hours ahead.
const ZONE_MS: i64 = 9 * 60 * 60 * 1000;
/// Payments are made at seven.
const HOUR_MS: i64 = 7 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// No plan has more payments.
const MOST_CYCLES: i64 = 1000;

/// What decides the payments.
pub(super) struct Terms {
    pub(super) amount: i64,
    pub(super) initial: Option<i64>,
    pub(super) period: Period,
    pub(super) limit: Limit,
    /// The day of the first payment, as its midnight.
    first: i64,
    /// The day of the first payment that is not the initial one.
    regular: i64,
}

/// How often there is a payment.
pub(super) struct Period {
    /// `period` or `cyclical_period`.
    pub(super) name: &'static str,
    pub(super) word: String,
    interval: Interval,
    count: i64,
}

/// How it ends.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    /// Not by itself.
    Endless,
    /// After so many payments.
    Cycles(i64),
    /// When so much at a time has been enough.
    Steps(i64),
}

/// One payment.
pub(super) struct Due {
    /// The day, as its midnight.
    pub(super) day: i64,
    pub(super) amount: i64,
    pub(super) is_last: bool,
}

/// The day of a moment, as its midnight.
pub(super) fn day_of(now: i64) -> i64 {
    now.saturating_add(ZONE_MS).div_euclid(DAY_MS).saturating_mul(DAY_MS)
}

/// Whether the hour of payments has come on this day.
pub(super) fn has_come(day: i64, now: i64) -> bool {
    now.saturating_add(ZONE_MS) >= day.saturating_add(HOUR_MS)
}

/// A day as text.
pub(super) fn date(day: i64) -> String {
    iso(day).split('T').next().unwrap_or_default().to_owned()
}

impl Terms {
    /// The terms of a request.
    pub(super) fn read(body: &Members, now: i64) -> Result<Self, Refusal> {
        if body.get("installment_plan").is_some() {
            return Err(not_here("installment_plan"));
        }
        let amount = money::amount(body, "amount")?;
        let amount = amount.ok_or_else(|| invalid("amount", "REQUIRED_VALUE"))?;
        let initial = body.integer("initial_amount");
        if initial.is_some_and(|initial| initial < 0) {
            return Err(invalid("initial_amount", "INVALID_AMOUNT"));
        }
        let period = Period::read(body)?;
        let limit = Limit::read(body.object("subscription_plan"))?;
        let today = day_of(now);
        let start = body.object("schedule_settings").and_then(|settings| settings.get("start_on"));
        let start = start.and_then(Value::as_str).map(|start| {
            let day = midnight(start);
            day.ok_or_else(|| invalid("schedule_settings.start_on", "INVALID_FORMAT_DATE"))
        });
        let start = start.transpose()?;
        if start.is_some_and(|start| start < today) {
            return Err(invalid("schedule_settings.start_on", "MUST_BE_FUTURE_OR_TODAY"));
        }
        let first = if initial.is_some() { today } else { start.unwrap_or(today) };
        let regular = match (start, initial) {
            (Some(start), _) => start,
            (None, None) => today,
            (None, Some(_)) => period.after(today, 1).unwrap_or(today),
        };
        let terms = Self { amount, initial, period, limit, first, regular };
        terms.check()?;
        Ok(terms)
    }

    /// Whether each payment of a plan is of something.
    fn check(&self) -> Result<(), Refusal> {
        if matches!(self.limit, Limit::Endless) {
            return Ok(());
        }
        if self.initial.is_some_and(|initial| initial >= self.amount) {
            return Err(invalid("initial_amount", "MUST_BE_LOWER_THAN_FULL_AMOUNT"));
        }
        match self.cycles() {
            Some(cycles) if cycles < 2 => {
                Err(invalid("subscription_plan", "NEED_AT_LEAST_TWO_CYCLES"))
            }
            Some(cycles) if cycles > MOST_CYCLES => {
                Err(invalid("subscription_plan", "INSTALLMENT_INVALID_CYCLES_COUNT"))
            }
            _ if self.each() < 1 => Err(invalid("amount", "INVALID_AMOUNT")),
            _ => Ok(()),
        }
    }

    /// What a plan has beside the initial payment.
    fn rest(&self) -> i64 {
        self.amount - self.initial.unwrap_or(0)
    }

    /// How many payments there are, with the initial one; nothing if it does not end.
    pub(super) fn cycles(&self) -> Option<i64> {
        match self.limit {
            Limit::Endless => None,
            Limit::Cycles(cycles) => Some(cycles),
            Limit::Steps(step) => {
                let rest = self.rest();
                let regular = rest / step + i64::from(rest % step != 0);
                Some(regular + i64::from(self.initial.is_some()))
            }
        }
    }

    /// What every payment is but the initial one and the last.
    fn each(&self) -> i64 {
        match self.limit {
            Limit::Endless => self.amount,
            Limit::Cycles(cycles) => self.rest() / (cycles - i64::from(self.initial.is_some())),
            Limit::Steps(step) => step,
        }
    }

    /// The payment of this number, from 0; nothing after the last.
    pub(super) fn payment(&self, number: i64) -> Option<Due> {
        let cycles = self.cycles();
        if cycles.is_some_and(|cycles| number >= cycles) {
            return None;
        }
        let is_last = cycles == Some(number + 1);
        if let (0, Some(amount)) = (number, self.initial) {
            return Some(Due { day: self.first, amount, is_last });
        }
        let regular = number - i64::from(self.initial.is_some());
        let day = self.period.after(self.regular, regular)?;
        let amount = if is_last { self.rest() - self.each() * regular } else { self.each() };
        Some(Due { day, amount, is_last })
    }
}

impl Period {
    fn read(body: &Members) -> Result<Self, Refusal> {
        let (name, word) = match (body.text("period"), body.text("cyclical_period")) {
            (Some(word), None) => ("period", word),
            (None, Some(word)) => ("cyclical_period", word),
            (None, None) => return Err(invalid("period", "REQUIRED_VALUE")),
            (Some(_), Some(_)) => return Err(invalid("cyclical_period", "FORBIDDEN_PARAMETER")),
        };
        let known = if name == "period" { named(word) } else { duration(word) };
        let (interval, count) = known.ok_or_else(|| invalid(name, "INVALID_TIME_PERIOD"))?;
        Ok(Self { name, word: word.to_owned(), interval, count })
    }

    fn after(&self, start: i64, times: i64) -> Option<i64> {
        self.interval.after(start, times.checked_mul(self.count)?)
    }
}

fn named(word: &str) -> Option<(Interval, i64)> {
    Some(match word {
        "daily" => (Interval::Day, 1),
        "weekly" => (Interval::Week, 1),
        "biweekly" => (Interval::Week, 2),
        "monthly" => (Interval::Month, 1),
        "bimonthly" => (Interval::Month, 2),
        "quarterly" => (Interval::Month, 3),
        "semiannually" => (Interval::Month, 6),
        "annually" => (Interval::Year, 1),
        _ => return None,
    })
}

/// A duration of one unit, at least a day.
fn duration(text: &str) -> Option<(Interval, i64)> {
    let text = text.strip_prefix('P')?;
    let interval = match text.chars().last()? {
        'D' => Interval::Day,
        'W' => Interval::Week,
        'M' => Interval::Month,
        'Y' => Interval::Year,
        _ => return None,
    };
    let count = text[..text.len() - 1].parse::<u16>().ok().filter(|count| *count > 0)?;
    Some((interval, i64::from(count)))
}

impl Limit {
    fn read(plan: Option<&Map<String, Value>>) -> Result<Self, Refusal> {
        let Some(plan) = plan else { return Ok(Self::Endless) };
        let whole = |name: &str| {
            let number = plan.get(name).and_then(Value::as_i64).filter(|number| *number > 0);
            number.ok_or_else(|| invalid(&format!("subscription_plan.{name}"), "REQUIRED_VALUE"))
        };
        match plan.get("plan_type").and_then(Value::as_str) {
            Some("fixed_cycles") => match whole("fixed_cycles")? {
                1 => Err(invalid("subscription_plan", "NEED_AT_LEAST_TWO_CYCLES")),
                cycles => Ok(Self::Cycles(cycles)),
            },
            Some("fixed_cycle_amount") => Ok(Self::Steps(whole("fixed_cycle_amount")?)),
            Some(_) => Err(not_here("subscription_plan.plan_type")),
            None => Err(invalid("subscription_plan.plan_type", "REQUIRED_VALUE")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(amount: i64, initial: Option<i64>, limit: Limit) -> Terms {
        let (interval, count) = named("monthly").unwrap();
        let period = Period { name: "period", word: "monthly".into(), interval, count };
        Terms { amount, initial, period, limit, first: 0, regular: 0 }
    }

    fn amounts(terms: &Terms) -> Vec<i64> {
        (0..9).map_while(|number| terms.payment(number)).map(|due| due.amount).collect()
    }

    #[test]
    fn a_plan_is_paid_to_the_last_unit() {
        let plans = [
            (terms(1000, None, Limit::Cycles(3)), vec![333, 333, 334]),
            (terms(1000, Some(100), Limit::Cycles(3)), vec![100, 450, 450]),
            (terms(1000, None, Limit::Steps(400)), vec![400, 400, 200]),
            (terms(1000, Some(200), Limit::Steps(400)), vec![200, 400, 400]),
            (terms(1000, Some(1), Limit::Endless), vec![1].into_iter().chain([1000; 8]).collect()),
        ];
        for (terms, expected) in plans {
            assert!(terms.check().is_ok());
            assert_eq!(amounts(&terms), expected);
        }
    }

    #[test]
    fn a_period_may_be_a_duration_of_one_unit() {
        assert_eq!(duration("P10D"), Some((Interval::Day, 10)));
        assert_eq!(duration("P2W"), Some((Interval::Week, 2)));
        for text in ["", "P", "P0D", "10D", "P1DT9H", "P-1D", "PT1H", "P日"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
