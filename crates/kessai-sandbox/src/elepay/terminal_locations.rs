//! The places that card readers belong to: two, which cannot be changed.

use serde_json::{Value, json};

/// Their ids and names.
const LOCATIONS: [(&str, &str); 2] = [("tloc_ginza", "Ginza"), ("tloc_umeda", "Umeda")];

pub(super) fn exists(id: &str) -> bool {
    LOCATIONS.iter().any(|(own, _)| *own == id)
}

pub(super) fn list_terminal_locations() -> Value {
    let locations = LOCATIONS.map(|(id, name)| {
        json!({
            "id": id,
            "name": name,
            "country": "JP",
            "description": format!("The counter in {name}"),
            "logoUrl": "https://elepay.invalid/logo.png",
        })
    });
    json!({ "locations": locations })
}
