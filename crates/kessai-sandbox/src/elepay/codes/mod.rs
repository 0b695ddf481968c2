//! Pages where customers pay or register a payment method: `EasyQR` and `EasyCheckout`.

mod create;
mod customer;

use serde_json::{Map, Value, json};

pub(super) use create::create_code;
pub(super) use customer::{begin, charge_is_paid, charge_is_waiting, complete, pay};

use super::refusal::{self, Refusal};
use super::state::State;
use super::{charges, customers, echo, sources};
use crate::document::Call;
use crate::shelf::things;

pub(super) struct Code {
    id: String,
    pub(super) order_no: Option<String>,
    pub(super) status: Status,
    /// Absent if only a payment method is registered.
    amount: Option<i64>,
    currency: String,
    /// Whether a payment method is registered and nothing paid.
    registers: bool,
    customer_id: Option<String>,
    location_id: Option<String>,
    /// The last charge, once the customer has chosen how to pay.
    charge: Option<String>,
    /// What was registered.
    source: Option<String>,
    create_time: i64,
    expiry_time: i64,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

things!(Code);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    Completed,
    Captured,
    Closed,
    /// Closed because nobody paid in time.
    Expired,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Completed => "completed",
            Self::Captured => "captured",
            Self::Closed | Self::Expired => "closed",
        }
    }

    /// Whether no other code and no charge may have its order number.
    pub(super) fn keeps_order(self) -> bool {
        matches!(self, Self::Pending | Self::Completed | Self::Captured)
    }
}

fn show(state: &State, code: &Code) -> Value {
    let mut shown = code.echo.clone();
    let of_customer = code.customer_id.as_deref();
    let charge = code.charge.as_deref().and_then(|id| state.charges.find(id));
    let source = code.source.as_deref().and_then(|id| state.sources.find(id));
    echo::put(
        &mut shown,
        json!({
            "id": code.id,
            "object": "code",
            "liveMode": false,
            "codeUrl": format!("https://elepay.invalid/codes/{}", code.id),
            "currency": code.currency,
            "status": code.status.word(),
            "expired": code.status == Status::Expired,
            "expiryTime": code.expiry_time,
            "expiryPeriod": (code.expiry_time - state.now).max(0),
            "createTime": code.create_time,
            "shouldCreateSource": code.registers,
        }),
    );
    echo::put_some(&mut shown, "amount", code.amount);
    echo::put_some(&mut shown, "orderNo", code.order_no.as_deref());
    echo::put_some(&mut shown, "locationId", code.location_id.as_deref());
    echo::put_some(&mut shown, "charge", charge.map(|charge| charges::show(state, charge)));
    echo::put_some(&mut shown, "source", source.map(sources::show));
    let customer = of_customer.and_then(|id| customers::show_named(state, id));
    echo::put_some(&mut shown, "customer", customer);
    let sources = of_customer.map(|id| sources::show_active(state, id));
    echo::put_some(&mut shown, "activeSources", sources);
    shown.into()
}

pub(super) fn get_code(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state, state.codes.get(call.path("codeId"))?))
}

pub(super) fn close_code(state: &mut State, call: &Call) -> Result<(), Refusal> {
    let id = call.path("codeId");
    match state.codes.get(id)?.status {
        Status::Pending => close(state, id, Status::Closed),
        Status::Captured | Status::Closed => return Err(refusal::CODE_DONE.into()),
        Status::Expired => return Err(refusal::CODE_EXPIRED.into()),
        Status::Completed => return Err(refusal::WRONG_STATUS.into()),
    }
    Ok(())
}

pub(super) fn next_due(state: &State) -> Option<(i64, String)> {
    let open = state.codes.iter().filter(|code| code.status == Status::Pending);
    open.map(|code| (code.expiry_time, code.id.clone())).min()
}

pub(super) fn expire(state: &mut State, id: &str) {
    close(state, id, Status::Expired);
}

/// Nobody can pay with the code any more, and the charge that waits for that is let go.
fn close(state: &mut State, id: &str, status: Status) {
    let Some(code) = state.codes.find_mut(id) else { return };
    code.status = status;
    let charge = code.charge.clone().and_then(|id| state.charges.find(&id));
    let unpaid = charge.filter(|charge| charge.status == charges::Status::Pending);
    if let Some(id) = unpaid.map(|charge| charge.id.clone()) {
        charges::give_up(state, &id);
    }
}
