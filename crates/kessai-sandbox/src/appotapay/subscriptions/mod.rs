//! Payments again and again: customers, what they pay with, what they pay for, and each payment.

mod codes;
mod customers;
mod cycles;
mod levers;
mod methods;
mod plans;
mod refunds;
mod schedule;

use super::events;
use super::page::Page;
use super::refusal::{Refusal, invalid};
use super::rules::Row;
use super::rules::Rule::{Act, Look};
use super::state::State;
use crate::document::{Call, Members};
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{Shelf, things};

pub(super) const RULES: &[Row] = &[
    ("create_customer", Act(customers::create_customer)),
    ("get_customer", Look(customers::get_customer)),
    ("update_customer", Act(customers::update_customer)),
    ("create_payment_method", Act(methods::create_payment_method)),
    ("list_payment_methods", Look(methods::list_payment_methods)),
    ("get_payment_method", Look(methods::get_payment_method)),
    ("create_plan", Act(plans::create_plan)),
    ("get_plan", Look(plans::get_plan)),
    ("update_plan", Act(plans::update_plan)),
    ("deactivate_plan", Act(plans::deactivate_plan)),
    ("list_cycles", Look(cycles::list_cycles)),
    ("get_cycle", Look(cycles::get_cycle)),
    ("update_cycle", Act(cycles::update_cycle)),
    ("cancel_cycle", Act(cycles::cancel_cycle)),
    ("force_cycle_attempt", Act(cycles::force_cycle_attempt)),
    ("create_subscription_refund", Act(refunds::create_subscription_refund)),
    ("get_subscription_refund", Look(refunds::get_subscription_refund)),
];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[];

/// What is remembered.
#[derive(Default)]
pub(super) struct Subscriptions {
    customers: Shelf<customers::Customer>,
    methods: Shelf<methods::PaymentMethod>,
    plans: Shelf<plans::Plan>,
    cycles: Shelf<cycles::Cycle>,
    refunds: Shelf<refunds::Refund>,
    /// Whether attempts that are forced are not over at once.
    holds_forced: bool,
}

things!(customers::Customer, methods::PaymentMethod, plans::Plan, cycles::Cycle, refunds::Refund,);

pub(super) use cycles::{catch_up, lines};

const VND: &str = "VND";

/// Refuses other currencies than the one that there is; none at all is for the document to refuse.
fn check_currency(body: &Members) -> Result<(), Refusal> {
    match body.text("currency") {
        None | Some(VND) => Ok(()),
        Some(_) => Err(invalid("currency", "it is VND")),
    }
}

/// Reads a reference of the merchant's, which has letters and digits alone.
fn reference<'a>(body: &'a Members, name: &str) -> Result<&'a str, Refusal> {
    let reference = body.text(name).unwrap_or_default();
    let right = !reference.is_empty() && reference.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if right { Ok(reference) } else { Err(invalid(name, "it has letters and digits alone")) }
}

/// The page of a list that a call asks for.
fn list<T>(call: &Call, found: &[T], show: impl Fn(&T) -> Object) -> Result<Said, Refusal> {
    let page = Page::read(&call.query)?;
    let meta = Object::new()
        .put("page", page.number)
        .put("limit", page.limit)
        .put("total", found.len())
        .put("pages", page.pages(found.len()));
    let data = page.of(found).iter().map(show);
    Ok(Object::new().array("data", data).object("meta", &meta).into())
}

/// Tells the merchant of something that has happened.
fn tell(state: &mut State, event: &'static str, data: &Object) {
    let data = Object::new().put("event", event).object("data", data);
    let body = events::sealed(&data, state.now);
    events::tell(state, event, events::SET_UP, &body);
}
