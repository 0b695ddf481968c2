//! Listing charges.

use serde_json::{Value, json};

use crate::document::{Call, Members};
use crate::elepay::refusal::{self, Refusal};
use crate::elepay::state::{Charge, State};

pub(super) fn list_charges(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let query = &call.query;
    let offset = count(query, "offset")?;
    let limit = count(query, "limit")?;
    let sort = time(query.text("sort"));
    let mut charges: Vec<_> = state.charges.iter().filter(|charge| wanted(charge, query)).collect();
    // Charges of one millisecond keep the order in which they were made, or its reverse for
    // `desc`; the unpaid come before the paid.
    charges.sort_by_key(|charge| sort(charge));
    if query.text("order") != Some("asc") {
        charges.reverse();
    }
    let page = charges.iter().skip(offset).take(limit).map(|charge| state.show(charge));
    Ok(json!({ "total": charges.len(), "charges": page.collect::<Vec<_>>() }))
}

fn wanted(charge: &Charge, query: &Members) -> bool {
    let methods = query.texts("paymentMethod");
    let dated = time(query.text("dateField"))(charge);
    let from = query.integer("from");
    let to = query.integer("to");
    (methods.is_empty() || methods.contains(&charge.payment_method.as_str()))
        && query.text("status").is_none_or(|status| status == charge.status.word())
        && from.is_none_or(|from| dated.is_some_and(|time| from <= time))
        && to.is_none_or(|to| dated.is_some_and(|time| time <= to))
}

/// Which time of a charge is meant.
fn time(field: Option<&str>) -> fn(&Charge) -> Option<i64> {
    match field {
        Some("paid_time") => |charge| charge.paid_time,
        _ => |charge| Some(charge.create_time),
    }
}

/// A number that the document gives a default and that is not negative.
fn count(query: &Members, name: &str) -> Result<usize, Refusal> {
    let count = query.integer(name).ok_or_else(|| refusal::MISSING.at(name))?;
    usize::try_from(count).map_err(|_| refusal::WRONG.at(name))
}
