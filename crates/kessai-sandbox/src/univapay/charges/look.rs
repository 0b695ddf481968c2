//! Looking at one charge.

use super::{Charge, Status};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::univapay::failure::Failure;
use crate::univapay::money;
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::stores::{self, MERCHANT_NAME};

pub(in crate::univapay) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, state.charges.get(call.path("id"))?).into())
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
    if let Some((fee, currency)) = &charge.fee {
        object = object.put("fee_amount", *fee).put("fee_currency", &**currency);
        object = object.literal("fee_amount_formatted", &money::formatted(*fee, currency));
    }
    object = object
        .put("only_direct_currency", false)
        .put_some("capture_at", charge.capture_at.map(iso))
        .put_some("descriptor", charge.descriptor.as_deref())
        .put("status", charge.status.word());
    object = Failure::put(object, charge.failure)
        .literal("metadata", &charge.metadata)
        .put("mode", "test")
        .put("created_on", iso(charge.created))
        .put("updated_on", iso(charge.updated))
        .put("merchant_name", MERCHANT_NAME)
        .put("store_name", stores::name(state));
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
