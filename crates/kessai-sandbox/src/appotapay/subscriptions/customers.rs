//! Whose subscriptions they are.

use super::{codes, reference};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::calendar::midnight;
use crate::card_number::is_digits;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

pub(super) struct Customer {
    pub(super) id: String,
    /// The merchant's own; one that was made with a payment method has none.
    reference: Option<String>,
    details: Details,
    created: i64,
    updated: i64,
}

/// What is told of a customer, in AppotaPay's order.
const DETAILS: [&str; 8] = [
    "firstName",
    "lastName",
    "mobileNumber",
    "email",
    "gender",
    "dateOfBirth",
    "placeOfBirth",
    "nationality",
];

/// Who a customer is: what is known of each of [`DETAILS`].
pub(super) struct Details([Option<String>; 8]);

impl Details {
    pub(super) fn read<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Refusal> {
        let wrong = |name: &&&str| text(name).is_some_and(|text| !is_right(name, text));
        match DETAILS.iter().find(wrong) {
            Some(name) => Err(codes::WRONG_CUSTOMER.at(name, "it is not written as it should be")),
            None => Ok(Self(DETAILS.map(|name| text(name).map(str::to_owned)))),
        }
    }
}

fn is_right(name: &str, text: &str) -> bool {
    match name {
        "mobileNumber" => text.strip_prefix('+').is_some_and(|digits| is_digits(digits, 7..=15)),
        "email" => text.contains('@'),
        "dateOfBirth" => midnight(text).is_some(),
        "nationality" => text.bytes().all(|byte| byte.is_ascii_uppercase()),
        _ => true,
    }
}

/// Makes a customer; answers with the id.
pub(super) fn add(state: &mut State, reference: Option<&str>, details: Details) -> String {
    let id = state.ids.next_ulid();
    state.subscriptions.customers.put(Customer {
        id: id.clone(),
        reference: reference.map(str::to_owned),
        details,
        created: state.now,
        updated: state.now,
    });
    id
}

/// Refuses an id that no customer has.
pub(super) fn check(state: &State, id: &str) -> Result<(), Refusal> {
    state.subscriptions.customers.find(id).map(|_| ()).ok_or_else(|| codes::NO_CUSTOMER.into())
}

pub(super) fn create_customer(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let reference = reference(&call.body, "customerRefId")?;
    let customer = call.body.object("customer");
    let details = Details::read(|name| customer?.get(name)?.as_str())?;
    if find(state, reference).is_some() {
        return Err(codes::REFERENCE_USED.into());
    }
    let id = add(state, Some(reference), details);
    state.subscriptions.customers.find(&id).map(show).ok_or_else(|| codes::NO_CUSTOMER.into())
}

pub(super) fn get_customer(state: &State, call: &Call) -> Result<Said, Refusal> {
    find(state, call.path("customer")).map(show).ok_or_else(|| codes::NO_CUSTOMER.into())
}

pub(super) fn update_customer(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let Details(changed) = Details::read(|name| call.body.text(name))?;
    let now = state.now;
    let customer = state.subscriptions.customers.find_mut(call.path("customer"));
    let customer = customer.ok_or(codes::NO_CUSTOMER)?;
    for (known, changed) in customer.details.0.iter_mut().zip(changed) {
        if changed.is_some() {
            *known = changed;
        }
    }
    customer.updated = now;
    Ok(show(customer))
}

fn find<'a>(state: &'a State, reference: &str) -> Option<&'a Customer> {
    let mut customers = state.subscriptions.customers.iter();
    customers.find(|customer| customer.reference.as_deref() == Some(reference))
}

fn show(customer: &Customer) -> Said {
    let mut object = Object::new()
        .put_some("customerRefId", customer.reference.as_deref())
        .put("customerId", &*customer.id);
    for (name, known) in DETAILS.iter().zip(&customer.details.0) {
        object = object.put_some(name, known.as_deref());
    }
    object
        .put("createdAt", time::rfc3339(customer.created))
        .put("updatedAt", time::rfc3339(customer.updated))
        .into()
}
