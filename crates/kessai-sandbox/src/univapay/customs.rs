//! What the customs are told of charges.

use super::charges::{Charge, Status};
use super::events::{self, Kind as EventKind};
use super::failure::Failure;
use super::means::is_refused;
use super::refusal::{self, Refusal, invalid};
use super::said::Said;
use super::state::{Open, State};
use crate::calendar::iso;
use crate::document::{Call, Members};
use crate::object::Object;
use crate::shelf::{NotFound, things};

/// The brands whose payments the customs are told of, and what their gateways are called there.
const GATEWAYS: &[(&str, &str)] =
    &[("we_chat_online", "wechat_online"), ("we_chat_mpm", "wechat_mpm")];

pub(super) struct Declaration {
    id: String,
    charge_id: String,
    gateway: &'static str,
    customs: String,
    number: String,
    certificate_id: String,
    certificate_name: String,
    /// Nothing while it is pending.
    outcome: Option<Result<(), Failure>>,
    created: i64,
    updated: i64,
}

things!(Declaration);

impl Declaration {
    /// Takes over what a request declares.
    fn take(&mut self, body: &Members, now: i64) {
        let declared = [
            ("customs", &mut self.customs),
            ("merchant_customs_no", &mut self.number),
            ("certificate_id", &mut self.certificate_id),
            ("certificate_name", &mut self.certificate_name),
        ];
        for (name, own) in declared {
            if let Some(text) = body.text(name) {
                text.clone_into(own);
            }
        }
        self.outcome = None;
        self.updated = now;
    }
}

/// What a declaration that is pending cannot be changed with.
fn still_pending() -> Refusal {
    invalid("status", "NOT_ALLOWED_VALUE")
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let now = state.now;
    let charge = state.charges.get(call.path("chargeId"))?;
    let gateway = gateway(charge).ok_or(refusal::NOT_SUPPORTED)?;
    if charge.status != Status::Successful {
        return Err(invalid("chargeId", "INVALID_CHARGE_STATUS"));
    }
    let charge_id = charge.id.clone();
    let before = state.customs.iter_mut().find(|own| own.charge_id == charge_id);
    let (id, is_new) = match before {
        Some(before) if before.outcome.is_none() => return Err(still_pending()),
        Some(before) => {
            before.take(&call.body, now);
            (before.id.clone(), false)
        }
        None => {
            let mut declaration = Declaration {
                id: state.ids.next_uuid(),
                charge_id,
                gateway,
                customs: String::new(),
                number: String::new(),
                certificate_id: String::new(),
                certificate_name: String::new(),
                outcome: None,
                created: now,
                updated: now,
            };
            declaration.take(&call.body, now);
            let id = declaration.id.clone();
            state.customs.put(declaration);
            (id, true)
        }
    };
    state.open.push(Open::Customs(id.clone()));
    let shown = show(state, state.customs.get(&id)?);
    Ok(if is_new { Said::created(&shown) } else { shown.into() })
}

fn gateway(charge: &Charge) -> Option<&'static str> {
    let brand = charge.means.brand()?;
    GATEWAYS.iter().find_map(|(own, gateway)| (*own == brand).then_some(*gateway))
}

/// The customs get to a declaration.
pub(super) fn decide(state: &mut State, id: &str) {
    let now = state.now;
    let Some(declaration) = state.customs.find_mut(id) else { return };
    let fails = is_refused(&declaration.certificate_id);
    declaration.outcome = Some(if fails { Err(Failure::CustomsRefused) } else { Ok(()) });
    declaration.updated = now;
    if let Some(declaration) = state.customs.find(id) {
        let data = show(state, declaration);
        events::tell(state, EventKind::CustomsFinished, &data);
    }
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, named(state, call)?).into())
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let now = state.now;
    let declaration = named(state, call)?;
    if declaration.outcome.is_none() {
        return Err(still_pending());
    }
    let id = declaration.id.clone();
    state.customs.get_mut(&id)?.take(&call.body, now);
    state.open.push(Open::Customs(id.clone()));
    Ok(show(state, state.customs.get(&id)?).into())
}

fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Declaration, NotFound> {
    let declaration = state.customs.get(call.path("id"))?;
    if declaration.charge_id == call.path("chargeId") { Ok(declaration) } else { Err(NotFound) }
}

/// What does not apply is left out.
fn show(state: &State, declaration: &Declaration) -> Object {
    let declared = Object::new()
        .put("customs", &*declaration.customs)
        .put("merchant_customs_no", &*declaration.number)
        .put("certificate_id", &*declaration.certificate_id)
        .put("certificate_name", &*declaration.certificate_name);
    let mut object = Object::new()
        .put("id", &*declaration.id)
        .put("charge_id", &*declaration.charge_id)
        .put("merchant_id", &*state.merchant_id)
        .put("store_id", &*state.store_id)
        .put("mode", "test")
        .put("gateway", declaration.gateway)
        .object("declaration", &declared);
    let status = match declaration.outcome {
        None => "pending",
        Some(Ok(())) => {
            let said = Object::new()
                .put("approving_authority", &*declaration.customs)
                .put("trade_id", &*declaration.charge_id)
                .put("transaction_id", &*declaration.id)
                .put("charge_transaction_id", &*declaration.charge_id);
            object = object.object("declaration_result", &said);
            "successful"
        }
        Some(Err(_)) => "failed",
    };
    Failure::put(object.put("status", status), declaration.outcome.and_then(Result::err))
        .put("created_on", iso(declaration.created))
        .put("updated_on", iso(declaration.updated))
}
