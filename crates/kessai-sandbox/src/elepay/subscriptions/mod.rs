//! Payments that come back every period.

mod billing;
mod calls;
mod periods;

use serde_json::{Map, Value, json};

pub(super) use billing::{come_due, next_due, set_charging};
pub(super) use calls::{
    cancel_subscription, create_subscription, get_subscription, list_subscriptions,
    resume_subscription, start_subscription, update_subscription,
};
pub(super) use periods::list_subscription_periods;

use super::state::State;
use super::{customers, echo};
use crate::calendar::Interval;
use crate::shelf::things;
use periods::Period;

pub(super) struct Subscription {
    id: String,
    customer_id: String,
    status: Status,
    terms: Terms,
    /// Whether what is owed before the first period is still owed.
    owes_initial: bool,
    /// When the periods began to be counted, and how many of them were billed since.
    counted_from: i64,
    counted: i64,
    /// When a period is billed next, or would be if the customer could pay.
    next_charge_time: Option<i64>,
    /// Whether it ends when the next period would begin.
    ending: bool,
    is_charging: bool,
    periods: Vec<Period>,
    create_time: i64,
    update_time: i64,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

/// What is billed and when; elepay shows none of it.
struct Terms {
    name: Option<String>,
    amount: Option<i64>,
    currency: String,
    interval: Option<Interval>,
    /// How many intervals are one period.
    span: i64,
    initial_amount: Option<i64>,
    first_charge_time: Option<i64>,
}

things!(Subscription);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    New,
    Active,
    PastDue,
    Canceled,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Canceled => "canceled",
        }
    }
}

impl Subscription {
    /// When a charge will be tried, if nothing comes between.
    fn shown_charge_time(&self) -> Option<i64> {
        self.next_charge_time.filter(|_| self.status == Status::Active && !self.ending)
    }
}

fn show(state: &State, subscription: &Subscription) -> Value {
    let mut shown = subscription.echo.clone();
    echo::put(
        &mut shown,
        json!({
            "id": subscription.id,
            "appId": state.app_id,
            "object": "subscription",
            "liveMode": false,
            "customerId": subscription.customer_id,
            "isCharging": subscription.is_charging,
            "chargedPeriods": subscription.periods.len(),
            "status": subscription.status.word(),
            "createTime": subscription.create_time,
            "updateTime": subscription.update_time,
        }),
    );
    let customer = customers::show_named(state, &subscription.customer_id);
    echo::put_some(&mut shown, "customer", customer);
    echo::put_some(&mut shown, "nextChargeTime", subscription.shown_charge_time());
    shown.into()
}
