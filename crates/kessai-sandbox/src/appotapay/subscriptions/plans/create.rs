//! Making a plan.

use serde_json::Value;

use super::{Checkout, Plan, Ranked, Status, find, life, shown};
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::schedule::Schedule;
use crate::appotapay::subscriptions::{check_currency, codes, customers, reference};
use crate::document::{Call, Members};
use crate::said::Said;

pub(in crate::appotapay::subscriptions) fn create_plan(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let body = &call.body;
    let reference = reference(body, "planRefId")?;
    let customer_id = body.text("customerId").unwrap_or_default();
    check_currency(body)?;
    customers::check(state, customer_id)?;
    let methods = read_methods(state, body, customer_id)?;
    let checkout = if methods.is_empty() { Some(Checkout::read(body)?) } else { None };
    let links = body.text("paymentLinkForFailedAttempt") == Some("YES");
    let schedule = body.object("schedule").ok_or_else(|| invalid("schedule", "it is missing"))?;
    let schedule = Schedule::read(schedule, state.now, links)?;
    let currency_exchange = read_exchange(body)?;
    if find(state, reference).is_some() {
        return Err(codes::REFERENCE_USED.into());
    }
    let id = state.ids.next_ulid();
    let waits = checkout.is_some();
    state.subscriptions.plans.put(Plan {
        id: id.clone(),
        reference: reference.to_owned(),
        customer_id: customer_id.to_owned(),
        amount: body.integer("amount").unwrap_or_default(),
        methods,
        checkout,
        pays_at_once: body.text("immediateActionType").is_some(),
        stops: body.text("failedCycleAction") == Some("STOP"),
        links,
        status: if waits { Status::RequiresAction } else { Status::Pending },
        schedule,
        cycles: 0,
        next: 0,
        failing: 0,
        service_name: body.text("serviceName").map(str::to_owned),
        notification_config: body.literal("notificationConfig").map(str::to_owned),
        currency_exchange,
        created: state.now,
        updated: state.now,
    });
    if !waits {
        life::start(state, &id);
    }
    shown(state, &id)
}

impl Checkout {
    fn read(body: &Members) -> Result<Self, Refusal> {
        let text = |name: &str| match body.text(name) {
            Some(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err(invalid(name, "it is missing")),
        };
        Ok(Self { country: text("country")?, return_url: text("returnUrl")? })
    }
}

/// What a plan of this customer is to charge, in the order of the ranks.
pub(super) fn read_methods(
    state: &State,
    body: &Members,
    customer_id: &str,
) -> Result<Vec<Ranked>, Refusal> {
    let mut methods = Vec::new();
    for (index, method) in body.array("paymentMethods").iter().enumerate() {
        let id = method["paymentMethodId"].as_str().unwrap_or_default();
        let known = state.subscriptions.methods.find(id);
        let own = known.filter(|known| known.customer_id == customer_id);
        if !own.ok_or(codes::NO_METHOD)?.is_active(state.now) {
            return Err(codes::METHOD_INVALID.into());
        }
        let place = i64::try_from(index).unwrap_or(i64::MAX - 1) + 1;
        let rank = method["rank"].as_i64().unwrap_or(place);
        methods.push(Ranked { id: id.to_owned(), rank });
    }
    methods.sort_by_key(|method| method.rank);
    Ok(methods)
}

/// The amount in dollars, as it was sent: from 0.10 to 9999999999, with two decimals at most.
pub(super) fn read_exchange(body: &Members) -> Result<Option<String>, Refusal> {
    let Some(exchange) = body.object("currencyExchange") else { return Ok(None) };
    if exchange.get("currency").and_then(Value::as_str) != Some("USD") {
        return Err(invalid("currencyExchange.currency", "it is USD"));
    }
    let literal = body.literal("currencyExchange").unwrap_or_default();
    let members: std::collections::BTreeMap<String, &serde_json::value::RawValue> =
        serde_json::from_str(literal).unwrap_or_default();
    let cents = members.get("amount").and_then(|amount| cents(amount.get()));
    match cents {
        Some(10..=999_999_999_900) => Ok(Some(literal.to_owned())),
        _ => Err(invalid("currencyExchange.amount", "it is too small, too large or too exact")),
    }
}

fn cents(number: &str) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 2 || !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_read_exactly() {
        let read = ["5.75", "0.1", "7", "9999999999", "5.500"].map(cents);
        assert_eq!(read, [575, 10, 700, 999_999_999_900, 550].map(Some));
        assert_eq!(["5.755", "-1", "1e2"].map(cents), [None; 3]);
    }
}
