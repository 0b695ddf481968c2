//! Asking a customer for a payment.

use serde_json::{Value, json};

use super::checks;
use crate::document::{Call, Members};
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::{Charge, State, Status};

/// Others cannot hold money without taking it.
const CAN_AUTHORIZE: [&str; 3] = ["creditcard", "applepay", "googlepay"];

const ECHO: [&str; 5] = ["resource", "description", "extra", "metadata", "clientIp"];

pub(super) fn create_charge(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let body = &call.body;
    let amount = checks::amount(body)?;
    let order_no = checks::text(body, "orderNo")?;
    let currency = currency(body)?;
    let payment_method = payment_method(body)?;
    let authorize_only = body.flag("capture") == Some(false);
    checks::notes(body)?;
    needed_extra(body)?;
    if authorize_only && !CAN_AUTHORIZE.contains(&payment_method) {
        return Err(refusal::NO_AUTHORIZATION.at("capture"));
    }
    if state.charges.iter().any(|other| other.order_no == order_no && other.keeps_its_order()) {
        return Err(refusal::ORDER_TAKEN.at("orderNo"));
    }

    let mut charge = Charge {
        id: state.ids.next("ch_"),
        order_no: order_no.to_owned(),
        status: Status::Pending,
        authorize_only,
        amount,
        currency: currency.to_owned(),
        authorized: 0,
        captured: 0,
        refunds: Vec::new(),
        payment_method: payment_method.to_owned(),
        create_time: call.now_ms,
        paid_time: None,
        credential: None,
        echo: checks::echo(body, &ECHO),
    };
    let at_once = body.text("sourceId").is_some() || body.text("resource") == Some("cpm");
    if authorize_only || at_once {
        charge.agree(call.now_ms);
    } else {
        charge.credential = Some(state.ids.next("cred_"));
    }
    if body.text("resource") == Some("mpm") {
        let shown = format!("https://elepay.invalid/{}", charge.id);
        charge.echo.insert("codeContent".to_owned(), shown.into());
    }
    if let Some(id) = body.text("locationId") {
        charge.echo.insert("location".to_owned(), json!({ "id": id }));
    }
    let shown = state.show(&charge);
    state.charges.push(charge);
    Ok(shown)
}

impl Charge {
    fn keeps_its_order(&self) -> bool {
        self.status != Status::Revoked
    }
}

/// Any currency that is written as ISO 4217 writes it.
fn currency(body: &Members) -> Result<&str, Refusal> {
    let currency = checks::text(body, "currency")?;
    let capitals = currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if capitals { Ok(currency) } else { Err(refusal::WRONG_CURRENCY.at("currency")) }
}

/// `auto` is for shown codes only, and has to turn out to be something.
fn payment_method(body: &Members) -> Result<&str, Refusal> {
    match checks::text(body, "paymentMethod")? {
        "auto" if body.text("resource") == Some("cpm") => Ok("paypay"),
        "auto" => Err(refusal::WRONG_METHOD.at("paymentMethod")),
        method => Ok(method),
    }
}

fn needed_extra(body: &Members) -> Result<(), Refusal> {
    let needed = match body.text("resource") {
        Some("cpm") => "token",
        Some("reader") => "readerId",
        _ => return Ok(()),
    };
    let there = body.object("extra").is_some_and(|extra| extra.contains_key(needed));
    if there { Ok(()) } else { Err(refusal::MISSING.at(&format!("extra.{needed}"))) }
}
