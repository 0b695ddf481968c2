//! Stores that take payments.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::state::State;
use super::{echo, page};
use crate::document::Call;
use crate::shelf::things;

const ECHO: [&str; 8] =
    ["name", "tel", "zip", "address", "latitude", "longitude", "note", "status"];

pub(super) struct ChargeLocation {
    id: String,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

things!(ChargeLocation);

fn show(location: &ChargeLocation) -> Value {
    let mut shown = location.echo.clone();
    shown.entry("status").or_insert("active".into());
    shown.insert("id".to_owned(), location.id.as_str().into());
    shown.into()
}

/// The store that a charge names, with no more than its id if there is none such.
pub(super) fn show_named(state: &State, id: &str) -> Value {
    state.charge_locations.find(id).map_or_else(|| json!({ "id": id }), show)
}

pub(super) fn list_charge_locations(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let found = page::newest_first(state.charge_locations.iter());
    page::page(&call.query, "locations", &found, show)
}

pub(super) fn create_charge_location(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let id = state.ids.next("loc_");
    let location = ChargeLocation { id: id.clone(), echo: echo::echo(&call.body, &ECHO) };
    state.charge_locations.put(location);
    Ok(show(state.charge_locations.get(&id)?))
}

pub(super) fn get_charge_location(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state.charge_locations.get(call.path("locationId"))?))
}

pub(super) fn update_charge_location(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let location = state.charge_locations.get_mut(call.path("locationId"))?;
    location.echo.extend(echo::echo(&call.body, &ECHO));
    Ok(show(location))
}

pub(super) fn delete_charge_location(state: &mut State, call: &Call) -> Result<(), Refusal> {
    Ok(state.charge_locations.remove(call.path("locationId"))?)
}
