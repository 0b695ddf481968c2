//! Listing charges.

use serde_json::Value;

use super::{Charge, show};
use crate::document::Call;
use crate::elepay::page;
use crate::elepay::refusal::Refusal;
use crate::elepay::state::State;

pub(in crate::elepay) fn list_charges(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let query = &call.query;
    let dated = time(query.text("dateField"));
    let found = state.charges.iter().filter(|charge| {
        page::is_one_of(query, "paymentMethod", &charge.payment_method)
            && page::is(query, "status", charge.status.word())
            && page::within(query, dated(charge))
    });
    // The unpaid come before the paid.
    let found = page::ordered(query, found, time(query.text("sort")));
    page::page(query, "charges", &found, |charge| show(state, charge))
}

/// Which time of a charge is meant.
fn time(field: Option<&str>) -> fn(&Charge) -> Option<i64> {
    match field {
        Some("paid_time") => |charge| charge.paid_time,
        _ => |charge| Some(charge.create_time),
    }
}
