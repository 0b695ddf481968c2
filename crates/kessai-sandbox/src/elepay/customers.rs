//! People who pay more than once.

use serde_json::{Map, Value, json};

use super::refusal::{self, Refusal};
use super::state::State;
use super::{checks, echo, page, sources};
use crate::document::Call;
use crate::shelf::things;

const ECHO: [&str; 6] = ["name", "description", "email", "phone", "remark", "metadata"];

pub(super) struct Customer {
    pub(super) id: String,
    pub(super) deleted: bool,
    pub(super) default_source: Option<String>,
    update_time: i64,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

things!(Customer);

impl Customer {
    fn text(&self, name: &str) -> Option<&str> {
        self.echo.get(name)?.as_str()
    }
}

pub(super) fn show(customer: &Customer) -> Value {
    let mut shown = customer.echo.clone();
    echo::put(
        &mut shown,
        json!({
            "id": customer.id,
            "object": "customer",
            "liveMode": false,
            "status": if customer.deleted { "deleted" } else { "active" },
            "updateTime": customer.update_time,
        }),
    );
    echo::put_some(&mut shown, "defaultSource", customer.default_source.as_deref());
    shown.into()
}

/// The customer of this id as another resource shows it, deleted or not.
pub(super) fn show_named(state: &State, id: &str) -> Option<Value> {
    state.customers.find(id).map(show)
}

/// The customer whom the member `customerId` names, who must not be deleted.
pub(super) fn named<'a>(state: &'a State, id: &str) -> Result<&'a Customer, Refusal> {
    in_use(state, id).ok_or_else(|| refusal::NOT_FOUND.at("customerId"))
}

pub(super) fn in_use<'a>(state: &'a State, id: &str) -> Option<&'a Customer> {
    state.customers.find(id).filter(|customer| !customer.deleted)
}

pub(super) fn list_customers(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let query = &call.query;
    let texts = ["name", "description", "email", "phone"];
    let found = state.customers.iter().filter(|customer| {
        !customer.deleted && page::mentions(query, texts.map(|name| customer.text(name)))
    });
    page::page(query, "customers", &page::newest_first(found), show)
}

pub(super) fn create_customer(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    checks::notes(&call.body)?;
    let customer = Customer {
        id: state.ids.next("cus_"),
        deleted: false,
        default_source: None,
        update_time: state.now,
        echo: echo::echo(&call.body, &ECHO),
    };
    let shown = show(&customer);
    state.customers.put(customer);
    Ok(shown)
}

pub(super) fn get_customer(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state.customers.get(call.path("customerId"))?))
}

pub(super) fn update_customer(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    checks::notes(&call.body)?;
    let id = call.path("customerId");
    in_use(state, id).ok_or(refusal::NOT_FOUND)?;
    let default = call.body.text("defaultSource");
    if let Some(source) = default {
        sources::chargeable(state, source)
            .filter(|source| source.customer_id == id)
            .ok_or_else(|| refusal::NOT_FOUND.at("defaultSource"))?;
    }
    let now = state.now;
    let customer = state.customers.get_mut(id)?;
    customer.echo.extend(echo::echo(&call.body, &ECHO));
    customer.update_time = now;
    if default.is_some() {
        customer.default_source = default.map(str::to_owned);
    }
    Ok(show(customer))
}

pub(super) fn delete_customer(state: &mut State, call: &Call) -> Result<(), Refusal> {
    let id = call.path("customerId");
    let now = state.now;
    let customer = state.customers.get_mut(id)?;
    if customer.deleted {
        return Err(refusal::DONE_ALREADY.into());
    }
    customer.deleted = true;
    customer.update_time = now;
    sources::delete_all(state, id);
    Ok(())
}
