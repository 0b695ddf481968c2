//! What was there before the first call.

use super::{EMAIL_ID, FORM_ID, LINK_ID, LINK_SECRET, PRODUCT_CODE, PRODUCT_ID};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{NotFound, Thing};
use crate::univapay::legacy::merchant::PLATFORM_ID;
use crate::univapay::refusal::Refusal;
use crate::univapay::state::State;

/// The product as the link sells it.
const LINK_PRODUCT_ID: &str = "11f00000-0000-4000-8000-000000000014";

const PRICE: i64 = 3000;

/// Whose everything is.
fn owned(state: &State, id: &str) -> Object {
    Object::new()
        .put("id", id)
        .put("merchant_id", &*state.merchant_id)
        .put("store_id", &*state.store_id)
}

/// Refuses what is not the one thing that there is.
fn only(named: &str, id: &str) -> Result<(), NotFound> {
    if named == id { Ok(()) } else { Err(NotFound) }
}

pub(in crate::univapay::legacy) fn form(state: &State, call: &Call) -> Result<Said, Refusal> {
    only(call.path("id"), FORM_ID)?;
    Ok(show_form(state).into())
}

pub(super) fn show_form(state: &State) -> Object {
    owned(state, FORM_ID)
        .put("name", "Sandbox form")
        .put("created_on", iso(state.born))
        .put("mode", "test")
        .put_some("app_id", state.legacy.app_jwts.iter().next().map(Thing::id))
        .put("checkout", "payment")
        .put("token_type", "one_time")
        .put("capture", true)
        .put("supported_payment_methods", vec!["card"])
        .put("title", "Kessai Sandbox")
        .put("confirmation_required", false)
        .put("dark", false)
        .put("show_cvv", true)
        .put("display_store_name", true)
        .put("display_store_logo", false)
        .put("cvv_authorize", false)
}

/// The link that was made in the console.
pub(super) fn show_link(state: &State) -> Object {
    let jwt = state.legacy.app_jwts.iter().next().map(|token| &*token.jwt);
    owned(state, LINK_ID)
        .put("form_id", FORM_ID)
        .put("enabled", true)
        .put("active", true)
        .put_some("jwt", jwt)
        .put("secret", LINK_SECRET)
        .put("amount", PRICE)
        .put("amount_formatted", PRICE.to_string())
        .put("currency", "JPY")
        .put("token_type", "one_time")
        .put("token_only", false)
        .put("created_on", iso(state.born))
        .put("updated_on", iso(state.born))
}

pub(in crate::univapay::legacy) fn product(state: &State, call: &Call) -> Result<Said, Refusal> {
    only(call.path("id"), PRODUCT_ID)?;
    Ok(show_product(state).into())
}

pub(in crate::univapay::legacy) fn product_by_code(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    only(call.path("code"), PRODUCT_CODE)?;
    Ok(show_product(state).into())
}

fn show_product(state: &State) -> Object {
    sold(state, PRODUCT_ID).put("platform_id", PLATFORM_ID).put("active", true)
}

/// The product as the link sells it.
pub(super) fn show_link_product(state: &State) -> Object {
    sold(state, LINK_PRODUCT_ID).put("quantity", 1)
}

fn sold(state: &State, id: &str) -> Object {
    owned(state, id)
        .put("code", PRODUCT_CODE)
        .put("name", "Sandbox product")
        .put("created_on", iso(state.born))
        .put("updated_on", iso(state.born))
        .put("amount", PRICE)
        .put("currency", "JPY")
        .put("token_type", "one_time")
}

pub(in crate::univapay::legacy) fn email(state: &State, call: &Call) -> Result<Said, Refusal> {
    only(call.path("id"), EMAIL_ID)?;
    let email = owned(state, EMAIL_ID)
        .put("form_id", FORM_ID)
        .put("link_id", LINK_ID)
        .put("email", "customer@kessai.invalid")
        .put("lang", "ja_jp")
        .put("created_on", iso(state.born))
        .put("status", "awaiting");
    Ok(email.into())
}
