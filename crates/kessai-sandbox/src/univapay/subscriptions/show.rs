//! How a subscription is shown.

use super::payments;
use super::terms::Limit;
use super::{Subscription, charges};
use crate::calendar::iso;
use crate::object::Object;
use crate::univapay::money;
use crate::univapay::state::State;

/// What a subscription is by itself, and in lists with more; what does not apply is left out.
pub(super) fn show(state: &State, subscription: &Subscription) -> Object {
    let Subscription { terms, currency, status, .. } = subscription;
    let object = Object::new()
        .put("id", &*subscription.id)
        .put("store_id", &*state.store_id)
        .put("transaction_token_id", &*subscription.token_id);
    let mut object =
        money::put(object, "amount", terms.amount, currency).put("currency", &**currency);
    if let Some(initial) = terms.initial {
        object = money::put(object, "initial_amount", initial, currency);
    }
    object = object
        .object("schedule_settings", &schedule(subscription))
        .put("only_direct_currency", false)
        .put("first_charge_authorization_only", false)
        .put("status", status.word())
        .literal("metadata", &subscription.metadata)
        .put("mode", "test")
        .put("created_on", iso(subscription.created))
        .object("three_ds", &three_ds(subscription))
        .put(terms.period.name, &*terms.period.word)
        .put_some("descriptor", subscription.descriptor.as_deref());
    if let Some(next) = subscription.next() {
        object = object.object("next_payment", &payments::show(subscription, next));
    }
    object = with_plan(object, subscription);
    let charge = charges::latest(state, &subscription.id).map(|charge| charge.id.as_str());
    object.put_some("charge_id", charge)
}

/// The plan, and what is left of it.
fn with_plan(object: Object, subscription: &Subscription) -> Object {
    let terms = &subscription.terms;
    let Some(cycles) = terms.cycles() else { return object };
    let plan = match terms.limit {
        Limit::Endless => return object,
        Limit::Cycles(cycles) => {
            Object::new().put("plan_type", "fixed_cycles").put("fixed_cycles", cycles)
        }
        Limit::Steps(step) => {
            Object::new().put("plan_type", "fixed_cycle_amount").put("fixed_cycle_amount", step)
        }
    };
    let paid = || subscription.payments.iter().filter(|payment| payment.paid.is_some());
    let made = i64::try_from(paid().count()).unwrap_or(i64::MAX);
    let sum = paid().fold(0, |sum: i64, payment| sum.saturating_add(payment.amount));
    let object = object.object("subscription_plan", &plan).put("cycles_left", cycles - made);
    // Where a payment was made another amount, the sum may be more.
    money::put(
        object,
        "amount_left",
        terms.amount.saturating_sub(sum).max(0),
        &subscription.currency,
    )
}

fn schedule(subscription: &Subscription) -> Object {
    let schedule = &subscription.schedule;
    let mode = if schedule.ends_late { "on_next_payment" } else { "immediate" };
    Object::new()
        .put_some("start_on", schedule.start_on.as_deref())
        .put("zone_id", &*schedule.zone_id)
        .put_some("preserve_end_of_month", schedule.preserve_end_of_month)
        .put_some("retry_interval", schedule.retry_interval.as_deref())
        .put("termination_mode", mode)
}

fn three_ds(subscription: &Subscription) -> Object {
    let three_ds = &subscription.three_ds;
    Object::new()
        .put("mode", three_ds.mode.as_deref().unwrap_or("normal"))
        .put_some("redirect_endpoint", three_ds.redirect_endpoint.as_deref())
}
