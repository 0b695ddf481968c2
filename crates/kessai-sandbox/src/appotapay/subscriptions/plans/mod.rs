//! What customers subscribe to.

mod change;
mod create;
mod life;

pub(super) use change::{deactivate_plan, update_plan};
pub(super) use create::create_plan;
pub(super) use life::{end, fail_next, finish, go_on};

use super::codes;
use super::schedule::Schedule;
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

pub(super) struct Plan {
    pub(super) id: String,
    /// The merchant's own.
    pub(super) reference: String,
    pub(super) customer_id: String,
    pub(super) amount: i64,
    /// What is charged, the first of them first.
    pub(super) methods: Vec<Ranked>,
    /// Where the customer chooses what to pay with, if that is on AppotaPay's page.
    checkout: Option<Checkout>,
    pays_at_once: bool,
    /// Whether it ends when a cycle has failed.
    pub(super) stops: bool,
    /// Whether the customer may pay by a link what has failed.
    pub(super) links: bool,
    pub(super) status: Status,
    pub(super) schedule: Schedule,
    /// How many cycles there were so far.
    pub(super) cycles: i64,
    /// Which cycle of the schedule comes next.
    next: i64,
    /// So many attempts fail, whatever is charged.
    pub(super) failing: u32,
    service_name: Option<String>,
    /// As it was sent.
    notification_config: Option<String>,
    currency_exchange: Option<String>,
    created: i64,
    updated: i64,
}

/// A payment method of a plan, and its place among them.
pub(super) struct Ranked {
    pub(super) id: String,
    rank: i64,
}

struct Checkout {
    country: String,
    return_url: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    /// Is being made, which nobody sees.
    Pending,
    RequiresAction,
    Active,
    Inactive,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::RequiresAction => "REQUIRES_ACTION",
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
        }
    }
}

pub(super) fn get_plan(state: &State, call: &Call) -> Result<Said, Refusal> {
    let plan = find(state, call.path("plan")).ok_or(codes::NO_PLAN)?;
    Ok(show(plan).into())
}

/// The plan of a merchant's reference.
fn find<'a>(state: &'a State, reference: &str) -> Option<&'a Plan> {
    state.subscriptions.plans.iter().find(|plan| plan.reference == reference)
}

/// The answer with the plan of an id.
fn shown(state: &State, id: &str) -> Result<Said, Refusal> {
    Ok(show(state.subscriptions.plans.find(id).ok_or(codes::NO_PLAN)?).into())
}

/// A plan as AppotaPay shows it, which leaves out what is not used.
pub(super) fn show(plan: &Plan) -> Object {
    let methods = plan
        .methods
        .iter()
        .map(|method| Object::new().put("paymentMethodId", &*method.id).put("rank", method.rank));
    let object = Object::new()
        .put("planRefId", &*plan.reference)
        .put("planId", &*plan.id)
        .put("customerId", &*plan.customer_id)
        .put("currency", super::VND)
        .put("amount", plan.amount)
        .array("paymentMethods", methods)
        .put_some("immediateActionType", plan.pays_at_once.then_some("FULL_AMOUNT"))
        .put("failedCycleAction", if plan.stops { "STOP" } else { "RESUME" })
        .put_some("serviceName", plan.service_name.as_deref())
        .put("status", plan.status.word());
    let object = match plan.checkout {
        Some(_) => {
            let url = format!("https://payment.appotapay.invalid/plan?id={}", plan.id);
            let kind = if plan.pays_at_once { "PAY" } else { "AUTH" };
            let action = Object::new().put("url", url).put("action", kind).put("method", "GET");
            object.array("actions", [action].into_iter())
        }
        None => object,
    };
    let object = object.object("schedule", &plan.schedule.show());
    let object = put_literal(object, "notificationConfig", plan.notification_config.as_deref());
    put_literal(object, "currencyExchange", plan.currency_exchange.as_deref())
        .put("createdAt", time::rfc3339(plan.created))
        .put("updatedAt", time::rfc3339(plan.updated))
}

fn put_literal(object: Object, name: &str, json: Option<&str>) -> Object {
    match json {
        Some(json) => object.literal(name, json),
        None => object,
    }
}
