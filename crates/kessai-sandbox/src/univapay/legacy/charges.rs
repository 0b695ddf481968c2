//! How a charge is to be paid: by which code, and until when.

use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::means::Means;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::state::State;

pub(super) fn qr(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    let token = state.tokens.find(&charge.token_id);
    let means = token.map_or(&charge.means, |token| &token.means);
    let Means::QrMerchant(code) = means else { return Err(invalid("id", "NOT_QR_CHARGE")) };
    let qr = Object::new()
        .put("ready", code.image.is_some())
        .put_some("qr_image_url", code.image.as_deref());
    Ok(qr.into())
}

pub(super) fn expiry(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    let deadline = charge.deadline.ok_or(refusal::NOT_FOUND)?;
    let expiry = Object::new()
        .put("id", &*charge.id)
        .put("charge_id", &*charge.id)
        .put("expiration_date", iso(deadline))
        .put("extension_count", 0)
        .put("created_on", iso(charge.created))
        .put("updated_on", iso(charge.created));
    Ok(expiry.into())
}
