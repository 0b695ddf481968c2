//! The one store and the one merchant that there are.

use super::page::{Count, page, without};
use super::refusal::{self, Refusal};
use super::said::Said;
use super::state::State;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::shelf::things;

pub(super) const MERCHANT_NAME: &str = "Kessai Sandbox";
pub(super) const STORE_NAME: &str = "Kessai Sandbox Store";

/// The store, for lists.
struct Store {
    id: String,
}

things!(Store);

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    without(call, &["search", "short_id"])?;
    let store = Store { id: state.store_id.clone() };
    page(call, [store].iter(), Count::Told, |store| {
        Object::new()
            .put("id", &*store.id)
            .put("name", STORE_NAME)
            .put("merchant_id", &*state.merchant_id)
            .put("merchant_name", MERCHANT_NAME)
            .put("created_on", iso(state.born))
    })
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    if call.path("id") != state.store_id {
        return Err(refusal::NOT_FOUND.into());
    }
    let store = Object::new()
        .put("id", &*state.store_id)
        .put("name", STORE_NAME)
        .put("created_on", iso(state.born))
        .object("configuration", &Object::new());
    Ok(store.into())
}

pub(super) fn merchant(state: &State) -> Said {
    Object::new()
        .put("id", &*state.merchant_id)
        .put("name", MERCHANT_NAME)
        .put("email", "sandbox@kessai.invalid")
        .put("verified", true)
        .object("configuration", &Object::new())
        .put("created_on", iso(state.born))
        .into()
}
