//! Looking at one charge.

use super::{Charge, Status};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::univapay::failure::Failure;
use crate::univapay::money;
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::stores::{MERCHANT_NAME, STORE_NAME};

pub(in crate::univapay) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, state.charges.get(call.path("id"))?).into())
}

pub(in crate::univapay) fn issuer_token(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    if charge.status != Status::Awaiting {
        return Err(invalid("id", "INVALID_CHARGE_STATUS"));
    }
    let payload = Object::new().put("resource_id", &*charge.id).put("resource_type", "charge");
    let token = Object::new()
        .put("payment_type", "card")
        .put("issuer_token", "https://3ds.univapay.invalid/issuer_token")
        .put("call_method", "http_post")
        .object("payload", &payload)
        .put("content_type", "application/x-www-form-urlencoded; charset=UTF-8");
    Ok(token.into())
}

/// What does not apply is left out.
pub(in crate::univapay) fn show(state: &State, charge: &Charge) -> Object {
    let currency = &*charge.currency;
    let subscription = charge.subscription.as_ref().map(|(id, _)| id.as_str());
    let mut object = Object::new()
        .put("id", &*charge.id)
        .put("store_id", &*state.store_id)
        .put("transaction_token_id", &*charge.token_id)
        .put("transaction_token_type", charge.token_kind.word())
        .put_some("subscription_id", subscription)
        .put_some("merchant_transaction_id", charge.merchant_transaction_id.as_deref());
    object = money::put(object, "requested_amount", charge.amount, currency)
        .put("requested_currency", currency);
    if charge.status == Status::Successful {
        object = money::put(object, "charged_amount", charge.captured, currency)
            .put("charged_currency", currency);
    }
    object = object
        .put("only_direct_currency", false)
        .put_some("descriptor", charge.descriptor.as_deref())
        .put("status", charge.status.word());
    object = Failure::put(object, charge.failure)
        .literal("metadata", &charge.metadata)
        .put("mode", "test")
        .put("created_on", iso(charge.created))
        .put("updated_on", iso(charge.updated))
        .put("merchant_name", MERCHANT_NAME)
        .put("store_name", STORE_NAME);
    if let Some(endpoint) = charge.redirect.as_deref() {
        object = object.object("redirect", &Object::new().put("endpoint", endpoint));
    }
    let three_ds = &charge.three_ds;
    let three_ds = Object::new()
        .put_some("redirect_endpoint", three_ds.redirect_endpoint.as_deref())
        .put_some("redirect_id", three_ds.redirect_id.as_deref())
        .put("mode", three_ds.mode.as_deref().unwrap_or("normal"));
    object.object("three_ds", &three_ds)
}
