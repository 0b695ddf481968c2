//! Card readers.

use serde_json::{Map, Value, json};

use super::refusal::{self, Refusal};
use super::state::State;
use super::{checks, echo, page, terminal_locations};
use crate::document::Call;
use crate::lever::LeverError;
use crate::shelf::things;

pub(super) struct Reader {
    id: String,
    location_id: String,
    /// What pairs the device, which is gone once that is done.
    registration_code: String,
    /// The device, once it is paired.
    serial_number: Option<String>,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

things!(Reader);

fn show(state: &State, reader: &Reader) -> Value {
    let mut shown = reader.echo.clone();
    let (status, name, text) = match &reader.serial_number {
        Some(number) => ("active", "serialNumber", number),
        None => ("pending", "registrationCode", &reader.registration_code),
    };
    echo::put(
        &mut shown,
        json!({
            "id": reader.id,
            "appId": state.app_id,
            "object": "terminal.reader",
            "liveMode": false,
            "locationId": reader.location_id,
            "status": status,
            name: text,
        }),
    );
    shown.into()
}

/// Whether there is a reader of this id, and a device is paired to it.
pub(super) fn is_active(state: &State, id: &str) -> bool {
    state.readers.find(id).is_some_and(|reader| reader.serial_number.is_some())
}

pub(super) fn list_readers(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let found = page::newest_first(state.readers.iter());
    page::page(&call.query, "readers", &found, |reader| show(state, reader))
}

pub(super) fn create_reader(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let location_id = checks::text(&call.body, "locationId")?;
    checks::notes(&call.body)?;
    if !terminal_locations::exists(location_id) {
        return Err(refusal::NOT_FOUND.at("locationId"));
    }
    let reader = Reader {
        id: state.ids.next("rdr_"),
        location_id: location_id.to_owned(),
        registration_code: state.ids.next("").chars().take(8).collect(),
        serial_number: None,
        echo: echo::echo(&call.body, &["metadata"]),
    };
    let shown = show(state, &reader);
    state.readers.put(reader);
    Ok(shown)
}

pub(super) fn get_reader(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state, state.readers.get(call.path("readerId"))?))
}

pub(super) fn delete_reader(state: &mut State, call: &Call) -> Result<(), Refusal> {
    Ok(state.readers.remove(call.path("readerId"))?)
}

/// Somebody pairs a device.
pub(super) fn pair(state: &mut State, id: &str) -> Result<(), LeverError> {
    if is_active(state, id) {
        return Err(LeverError::WrongStatus);
    }
    let reader = state.readers.find_mut(id).ok_or(LeverError::NotFound)?;
    reader.serial_number = Some(state.ids.next("SN"));
    let shown = show(state, state.readers.find(id).ok_or(LeverError::NotFound)?);
    state.tell("reader.activated", &shown);
    Ok(())
}
