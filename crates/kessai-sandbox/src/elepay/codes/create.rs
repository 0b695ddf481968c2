//! Opening a page for a customer.

use serde_json::Value;

use super::{Code, Status, show};
use crate::document::{Call, Members};
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::State;
use crate::elepay::{checks, customers, echo, orders};

const MINUTE_MS: i64 = 60 * 1000;

const ECHO: [&str; 5] = ["description", "extra", "metadata", "frontUrl", "items"];

pub(in crate::elepay) fn create_code(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let body = &call.body;
    let registers = body.flag("shouldCreateSource") == Some(true);
    if registers { check_registration(body) } else { check_payment(state, body) }?;
    let currency = checks::currency(body)?;
    checks::notes(body)?;
    checks::link(body.text("frontUrl"), "frontUrl")?;
    for (index, item) in body.array("items").iter().enumerate() {
        checks::link(item["image"].as_str(), &format!("items.{index}.image"))?;
    }
    let minutes = body.integer("expiryDuration").unwrap_or(10);
    if !(3..=30).contains(&minutes) {
        return Err(refusal::WRONG.at("expiryDuration"));
    }
    if let Some(customer) = body.text("customerId") {
        customers::named(state, customer)?;
    }

    let code = Code {
        id: state.ids.next("cod_"),
        order_no: body.text("orderNo").map(str::to_owned),
        status: Status::Pending,
        amount: body.integer("amount"),
        currency: currency.to_owned(),
        registers,
        customer_id: body.text("customerId").map(str::to_owned),
        location_id: body.text("locationId").map(str::to_owned),
        charge: None,
        source: None,
        create_time: state.now,
        expiry_time: state.now.saturating_add(minutes * MINUTE_MS),
        echo: echo::echo(body, &ECHO),
    };
    let shown = show(state, &code);
    state.codes.put(code);
    Ok(shown)
}

/// A code by which the customer pays.
fn check_payment(state: &State, body: &Members) -> Result<(), Refusal> {
    checks::amount(body)?;
    orders::check_free(state, checks::text(body, "orderNo")?)
}

/// A code by which the customer registers a payment method and pays nothing.
fn check_registration(body: &Members) -> Result<(), Refusal> {
    checks::text(body, "customerId")?;
    if body.integer("amount").is_some_and(|amount| amount != 0) {
        return Err(refusal::WRONG.at("amount"));
    }
    if body.get("orderNo").is_some() {
        return Err(refusal::WRONG.at("orderNo"));
    }
    Ok(())
}
