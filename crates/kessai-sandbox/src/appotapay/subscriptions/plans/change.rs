//! Changing and ending a plan.

use super::{Plan, Status, create, life, shown};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::{check_currency, codes, customers};
use crate::document::Call;
use crate::said::Said;

/// Changes what the cycles charge that are made from now on; the one that is scheduled keeps its
/// amount.
pub(in crate::appotapay::subscriptions) fn update_plan(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let (body, id) = (&call.body, call.path("plan"));
    check_currency(body)?;
    let plan = active(state, id)?;
    let customer_id = body.text("customerId").unwrap_or(&plan.customer_id).to_owned();
    customers::check(state, &customer_id)?;
    let named = body.get("paymentMethods").is_some();
    let methods = create::read_methods(state, body, &customer_id)?;
    let moves = customer_id != plan.customer_id;
    if (named || moves) && methods.is_empty() {
        return Err(codes::NO_METHOD.into());
    }
    let exchange = create::read_exchange(body)?;

    let now = state.now;
    let plan = state.subscriptions.plans.find_mut(id).ok_or(codes::NO_PLAN)?;
    plan.customer_id = customer_id;
    if named {
        plan.methods = methods;
    }
    plan.amount = body.integer("amount").unwrap_or(plan.amount);
    plan.currency_exchange = exchange.or(plan.currency_exchange.take());
    plan.updated = now;
    shown(state, id)
}

pub(in crate::appotapay::subscriptions) fn deactivate_plan(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let id = call.path("planId");
    active(state, id)?;
    life::end(state, id);
    shown(state, id)
}

/// The plan of an id, if it is active.
fn active<'a>(state: &'a State, id: &str) -> Result<&'a Plan, Refusal> {
    let plan = state.subscriptions.plans.find(id).ok_or(codes::NO_PLAN)?;
    match plan.status {
        Status::Active => Ok(plan),
        Status::Inactive => Err(codes::PLAN_INACTIVE.into()),
        Status::Pending | Status::RequiresAction => Err(codes::PLAN_PENDING.into()),
    }
}
