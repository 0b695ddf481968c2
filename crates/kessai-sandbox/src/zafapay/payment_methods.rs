//! Cards that customers let the merchant keep.

use super::cards::Card;
use super::refusal::{self, Refusal};
use super::state::State;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

pub(super) struct PaymentMethod {
    pub(super) id: String,
    customer_id: String,
    pub(super) card: Card,
    /// Why it is blocked, if it is.
    blocked: Option<String>,
    created: i64,
}

things!(PaymentMethod);

impl PaymentMethod {
    fn status(&self) -> &'static str {
        if self.blocked.is_some() { "blocked" } else { "active" }
    }
}

/// Keeps a card; answers with the id under which it is kept.
pub(super) fn keep(state: &mut State, customer_id: &str, card: Card) -> String {
    let id = state.ids.next("pmi_");
    state.payment_methods.put(PaymentMethod {
        id: id.clone(),
        customer_id: customer_id.to_owned(),
        card,
        blocked: None,
        created: state.now,
    });
    id
}

/// The saved card of this id and customer, if it can be charged.
pub(super) fn chargeable<'a>(
    state: &'a State,
    id: &str,
    customer_id: &str,
) -> Result<&'a PaymentMethod, Refusal> {
    let method = state.payment_methods.find(id);
    let own = method.filter(|method| method.customer_id == customer_id);
    let own = own.ok_or_else(|| refusal::NOT_FOUND.at("payment_method_id"))?;
    match own.blocked {
        Some(_) => Err(refusal::WRONG_STATUS.at("payment_method_id")),
        None => Ok(own),
    }
}

pub(super) fn list_payment_methods(state: &State, call: &Call) -> Said {
    let customer_id = call.path("customer_id");
    let own = state.payment_methods.iter().filter(|method| method.customer_id == customer_id);
    let show = |(index, method): (usize, &PaymentMethod)| {
        Object::new()
            .put("id", &*method.id)
            .put("type", "card")
            .put("connector_id", &*state.connector_id)
            .object("card", &method.card.of_payment_method())
            .put("is_default", index == 0)
            .put("status", method.status())
            .put("blocked_reason", method.blocked.as_deref())
            .put("created_at", iso(method.created))
    };
    Object::new()
        .put("customer_id", customer_id)
        .array("payment_methods", own.enumerate().map(show))
        .into()
}

pub(super) fn block_payment_method(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let reason = call.body.text("reason").unwrap_or_default().to_owned();
    change(state, call, Some(reason))
}

pub(super) fn unblock_payment_method(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    change(state, call, None)
}

/// Blocks the card that a path names, for a reason, or lets it be charged again.
fn change(state: &mut State, call: &Call, reason: Option<String>) -> Result<Said, Refusal> {
    let now = state.now;
    let method = state.payment_methods.get_mut(call.path("id"))?;
    if method.blocked.is_some() == reason.is_some() {
        return Err(refusal::WRONG_STATUS.into());
    }
    method.blocked = reason;
    let body = Object::new()
        .put("id", &*method.id)
        .put("status", method.status())
        .put_some("blocked_reason", method.blocked.as_deref())
        .put("updated_at", iso(now));
    Ok(body.into())
}

pub(super) fn detach_payment_method(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    state.payment_methods.remove(id)?;
    let body =
        Object::new().put("id", id).put("status", "detached").put("updated_at", iso(state.now));
    Ok(body.into())
}
