//! What was billed.

use serde_json::{Value, json};

use crate::document::Call;
use crate::elepay::refusal::Refusal;
use crate::elepay::state::State;
use crate::elepay::{charges, echo, page};

/// A period that was paid for.
pub(super) struct Period {
    pub(super) id: String,
    pub(super) start_time: i64,
    /// Absent if it lies beyond what the calendar can count.
    pub(super) end_time: Option<i64>,
    pub(super) charge: String,
}

fn show(state: &State, period: &Period) -> Value {
    let mut shown = echo::Shown::new();
    echo::put(
        &mut shown,
        json!({
            "id": period.id,
            "object": "subscription_period",
            "startTime": period.start_time,
        }),
    );
    echo::put_some(&mut shown, "endTime", period.end_time);
    let charge = state.charges.find(&period.charge).map(|charge| charges::show(state, charge));
    echo::put_some(&mut shown, "charge", charge);
    shown.into()
}

pub(in crate::elepay) fn list_subscription_periods(
    state: &mut State,
    call: &Call,
) -> Result<Value, Refusal> {
    let subscription = state.subscriptions.get(call.path("subscriptionId"))?;
    let found = page::newest_first(subscription.periods.iter());
    page::page(&call.query, "periods", &found, |period| show(state, period))
}
