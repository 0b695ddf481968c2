//! Asking a customer for a payment.

use serde_json::Value;

use super::{Ask, add, agree, show};
use crate::document::{Call, Members};
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::State;
use crate::elepay::{checks, customers, echo, orders, readers, sources};

/// Others cannot hold money without taking it.
const CAN_AUTHORIZE: [&str; 3] = ["creditcard", "applepay", "googlepay"];

const ECHO: [&str; 5] = ["resource", "description", "extra", "metadata", "clientIp"];

pub(in crate::elepay) fn create_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let body = &call.body;
    let amount = checks::amount(body)?;
    let order_no = checks::text(body, "orderNo")?;
    let currency = checks::currency(body)?;
    let payment_method = payment_method(body)?;
    let authorize_only = body.flag("capture") == Some(false);
    checks::notes(body)?;
    needed_extra(state, body)?;
    if authorize_only && !CAN_AUTHORIZE.contains(&payment_method) {
        return Err(refusal::NO_AUTHORIZATION.at("capture"));
    }
    let mut echo = echo::echo(body, &ECHO);
    let stored = stored_source(state, body, payment_method, &mut echo)?;
    orders::check_free(state, order_no)?;

    let resource = body.text("resource");
    let ask = Ask {
        order_no: order_no.to_owned(),
        amount,
        currency: currency.to_owned(),
        payment_method: payment_method.to_owned(),
        authorize_only,
        location_id: body.text("locationId").map(str::to_owned),
        echo,
    };
    let id = add(state, ask);
    if stored || resource == Some("cpm") || (authorize_only && resource != Some("reader")) {
        agree(state, &id);
    } else {
        let credential = state.ids.next("cred_");
        state.charges.get_mut(&id)?.credential = Some(credential);
    }
    if resource == Some("mpm") {
        let shown = format!("https://elepay.invalid/{id}");
        state.charges.get_mut(&id)?.echo.insert("codeContent".to_owned(), shown.into());
    }
    Ok(show(state, state.charges.get(&id)?))
}

/// `auto` is for shown codes only, and has to turn out to be something.
fn payment_method(body: &Members) -> Result<&str, Refusal> {
    match checks::text(body, "paymentMethod")? {
        "auto" if body.text("resource") == Some("cpm") => Ok("paypay"),
        "auto" => Err(refusal::WRONG_METHOD.at("paymentMethod")),
        method => Ok(method),
    }
}

fn needed_extra(state: &State, body: &Members) -> Result<(), Refusal> {
    let needed = match body.text("resource") {
        Some("cpm") => "token",
        Some("reader") => "readerId",
        _ => return Ok(()),
    };
    let at = format!("extra.{needed}");
    let named = body.object("extra").and_then(|extra| extra.get(needed)?.as_str());
    let named = named.ok_or_else(|| refusal::MISSING.at(&at))?;
    if needed == "readerId" && !readers::is_active(state, named) {
        return Err(refusal::WRONG_READER.at(&at));
    }
    Ok(())
}

/// Whether a stored source pays; refuses one that cannot, and a customer who is not there.
fn stored_source(
    state: &State,
    body: &Members,
    payment_method: &str,
    echo: &mut echo::Shown,
) -> Result<bool, Refusal> {
    let customer = body.text("customerId");
    if let Some(customer) = customer {
        customers::named(state, customer)?;
    }
    let Some(id) = body.text("sourceId") else { return Ok(false) };
    let source = sources::chargeable(state, id)
        .filter(|source| customer.is_none_or(|customer| customer == source.customer_id))
        .ok_or_else(|| refusal::NOT_FOUND.at("sourceId"))?;
    if source.payment_method != payment_method {
        return Err(refusal::WRONG_METHOD.at("paymentMethod"));
    }
    echo::put_some(echo, "cardInfo", source.card());
    Ok(true)
}
