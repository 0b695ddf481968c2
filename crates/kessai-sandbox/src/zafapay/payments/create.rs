//! Asking a customer for a payment, or charging a card.

use hyper::StatusCode;
use serde_json::Value;

use super::{Asked, Mode, Payment, Status, life};
use crate::calendar::iso;
use crate::document::{Call, Members};
use crate::object::Object;
use crate::said::Said;
use crate::zafapay::cards::Card;
use crate::zafapay::money::Currency;
use crate::zafapay::refusal::{self, Refusal};
use crate::zafapay::state::State;
use crate::zafapay::{payment_methods, tokens};

/// The flow of whoever names none.
const DEFAULT_FLOW: &str = "flow_default";

/// What the customer pays with.
enum Way {
    /// What they choose at the hosted checkout.
    Checkout,
    Saved(Card, String),
    Token(Card, String),
}

pub(in crate::zafapay) fn create_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let currency = Currency::named(body.text("currency").unwrap_or_default())?;
    let amount = currency.amount(body)?.ok_or(refusal::WRONG_AMOUNT)?;
    let keep = body.flag("save_card") == Some(true);
    if keep && customer_id(body).is_none() {
        return Err(refusal::invalid("customer_id", "needed with save_card"));
    }
    let way = way(state, body)?;
    let manual = body.text("capture_method") == Some("manual");
    let method = method(body, &way, manual, keep)?;

    let (mode, card, saved_card) = match &way {
        Way::Checkout if keep => (Mode::Initial, None, None),
        Way::Checkout => (Mode::Single, None, None),
        Way::Saved(card, id) => (Mode::Recurring, Some(card.clone()), Some(id.clone())),
        Way::Token(card, _) => (Mode::Token, Some(card.clone()), None),
    };
    let id = state.ids.next("tx_");
    state.payments.put(Payment {
        id: id.clone(),
        request_id: state.ids.next("req_"),
        status: Status::Pending,
        mode,
        manual,
        currency,
        amount,
        authorized: 0,
        captured: 0,
        refunds: Vec::new(),
        method: method.to_owned(),
        card,
        // A card that is saved already is not saved again.
        save_card: keep && mode != Mode::Recurring,
        saved_card,
        decline: None,
        charged_back: false,
        asked: asked(body),
        created: state.now,
        updated: state.now,
    });
    if let Way::Token(_, token) = &way {
        tokens::use_up(state, token);
    }
    if !matches!(way, Way::Checkout) {
        life::charge(state, &id);
    }
    said(state, &id)
}

fn way(state: &State, body: &Members) -> Result<Way, Refusal> {
    match (body.text("token"), body.text("payment_method_id")) {
        (None, None) => Ok(Way::Checkout),
        (Some(_), Some(_)) => Err(refusal::invalid("payment_method_id", "not beside token")),
        (Some(token), None) => {
            Ok(Way::Token(tokens::good(state, token)?.card.clone(), token.to_owned()))
        }
        (None, Some(id)) => {
            let customer = customer_id(body);
            let customer = customer
                .ok_or_else(|| refusal::invalid("customer_id", "needed with payment_method_id"))?;
            let saved = payment_methods::chargeable(state, id, customer)?;
            Ok(Way::Saved(saved.card.clone(), id.to_owned()))
        }
    }
}

fn customer_id(body: &Members) -> Option<&str> {
    body.text("customer_id").filter(|id| !id.is_empty())
}

fn method<'a>(
    body: &'a Members,
    way: &Way,
    manual: bool,
    save_card: bool,
) -> Result<&'a str, Refusal> {
    match body.get("payment_method").map(Value::as_str) {
        None => Ok("card"),
        Some(Some(card @ "card")) => Ok(card),
        Some(Some("depot")) if !matches!(way, Way::Checkout) => {
            Err(refusal::invalid("payment_method", "a card is to be charged"))
        }
        Some(Some("depot")) if manual => Err(refusal::UNSUPPORTED.at("capture_method")),
        Some(Some("depot")) if save_card => Err(refusal::NO_SAVED_CARDS.at("save_card")),
        Some(Some(depot @ "depot")) => Ok(depot),
        _ => Err(refusal::UNSUPPORTED.at("payment_method")),
    }
}

fn asked(body: &Members) -> Asked {
    let text = |name| body.text(name).map(str::to_owned);
    Asked {
        external_id: text("external_id"),
        flow_id: text("flow_id").unwrap_or_else(|| DEFAULT_FLOW.to_owned()),
        metadata: body.literal("metadata").unwrap_or("{}").to_owned(),
        name: text("name"),
        customer_id: text("customer_id"),
        email: text("email"),
        tel: text("tel"),
        return_url: text("return_url"),
        product_name: text("product_name"),
    }
}

/// The request for a payment, as it stands when it is made; what does not apply is left out.
fn said(state: &mut State, id: &str) -> Result<Said, Refusal> {
    let signature = state.ids.next("");
    let payment = state.payments.get(id)?;
    if let Some(decline) = payment.decline {
        return Err(decline.into());
    }
    let request_id = &payment.request_id;
    let at_checkout =
        || format!("https://pay.zafapay.invalid/checkout/{request_id}?token={signature}");
    let at_bank = || format!("https://3ds.zafapay.invalid/{request_id}");
    let waits = payment.status == Status::RequiresAction;
    let body = Object::new()
        .put("id", request_id.as_str())
        .put("status", payment.status.word())
        .literal("amount", &payment.currency.number(payment.amount))
        .put("currency", payment.currency.code)
        .put_some("external_id", payment.asked.external_id.as_deref())
        .literal("metadata", &payment.asked.metadata)
        .put("flow_id", payment.asked.flow_id.as_str())
        .put("payment_type", payment.mode.word())
        .put_some("payment_url", (!payment.exists()).then(at_checkout))
        .put_some("redirect_url", waits.then(at_bank))
        .put("created_at", iso(payment.created));
    let status = if waits { StatusCode::ACCEPTED } else { StatusCode::CREATED };
    Ok(Said { status, body: body.json() })
}
