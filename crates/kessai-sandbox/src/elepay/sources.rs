//! Payment methods that customers let the merchant keep.

use serde_json::{Map, Value, json};

use super::refusal::{self, Refusal};
use super::state::State;
use super::{checks, customers, echo, page};
use crate::document::Call;
use crate::lever::LeverError;
use crate::shelf::things;

/// Others cannot be kept. After the first two, elepay has to enable them for the merchant.
pub(super) const CAN_BE_KEPT: [&str; 13] = [
    "creditcard",
    "paidy",
    "paypay",
    "merpay",
    "aupay",
    "docomopay",
    "wechatpay",
    "alipayplus",
    "alipay",
    "alipayhk",
    "kakaopay",
    "gcash",
    "tng",
];

pub(super) struct Source {
    pub(super) id: String,
    pub(super) customer_id: String,
    pub(super) payment_method: String,
    status: Status,
    credential: String,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

things!(Source);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Pending,
    Active,
    Failed,
    Inactive,
    Deleted,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Failed => "failed",
            Self::Inactive => "inactive",
            Self::Deleted => "deleted",
        }
    }
}

impl Source {
    /// What is known of the card, if it is one: that of elepay's test mode.
    pub(super) fn card(&self) -> Option<Value> {
        let card = || json!({ "brand": "visa", "last4": "1111", "expMonth": 12, "expYear": 2035 });
        (self.payment_method == "creditcard").then(card)
    }

    /// Where the customer agreed to it.
    pub(super) fn resource(&self) -> Option<&Value> {
        self.echo.get("resource")
    }
}

pub(super) fn show(source: &Source) -> Value {
    let mut shown = source.echo.clone();
    echo::put(
        &mut shown,
        json!({
            "id": source.id,
            "object": "source",
            "customerId": source.customer_id,
            "liveMode": false,
            "paymentMethod": source.payment_method,
            "status": source.status.word(),
        }),
    );
    if source.status == Status::Pending {
        shown.insert("credential".to_owned(), source.credential.as_str().into());
    } else if matches!(source.status, Status::Active | Status::Inactive) {
        echo::put_some(&mut shown, "info", source.card());
        echo::put_some(&mut shown, "cardInfo", source.card());
    }
    shown.into()
}

/// The source of this id, if it can be charged.
pub(super) fn chargeable<'a>(state: &'a State, id: &str) -> Option<&'a Source> {
    state.sources.find(id).filter(|source| source.status == Status::Active)
}

/// The sources of a customer that can be charged, oldest first.
pub(super) fn show_active(state: &State, customer_id: &str) -> Value {
    let own = state.sources.iter().filter(|source| source.customer_id == customer_id);
    own.filter(|source| source.status == Status::Active).map(show).collect()
}

pub(super) fn list_sources(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let customer = state.customers.get(call.path("customerId"))?;
    let own = state.sources.iter().filter(|source| {
        source.customer_id == customer.id
            && source.status != Status::Deleted
            && page::is(&call.query, "paymentMethod", &source.payment_method)
    });
    let own: Vec<_> = own.map(show).collect();
    Ok(json!({ "total": own.len(), "sources": own }))
}

pub(super) fn create_source(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let body = &call.body;
    let payment_method = checks::text(body, "paymentMethod")?;
    checks::notes(body)?;
    let customer_id = call.path("customerId");
    customers::in_use(state, customer_id).ok_or(refusal::NOT_FOUND)?;
    if !CAN_BE_KEPT.contains(&payment_method) {
        return Err(refusal::WRONG_METHOD.at("paymentMethod"));
    }
    let echo = echo::echo(body, &["resource", "description", "extra", "metadata"]);
    let id = add(state, customer_id, payment_method, echo);
    Ok(show(state.sources.get(&id)?))
}

pub(super) fn get_source(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    named(state, call).map(show)
}

pub(super) fn get_source_status(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let source = state.sources.get(call.path("sourceId"))?;
    Ok(json!({
        "id": source.id,
        "appId": state.app_id,
        "liveMode": false,
        "status": source.status.word(),
    }))
}

pub(super) fn delete_source(state: &mut State, call: &Call) -> Result<(), Refusal> {
    let source = named(state, call)?;
    if source.status == Status::Deleted {
        return Err(refusal::DONE_ALREADY.into());
    }
    end(state, call.path("sourceId"), Status::Deleted);
    Ok(())
}

/// The source that a path names, which must be its customer's.
fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Source, Refusal> {
    let source = state.sources.get(call.path("sourceId"))?;
    let own = source.customer_id == call.path("customerId");
    if own { Ok(source) } else { Err(refusal::NOT_FOUND.into()) }
}

/// Makes a source, which is pending; answers with its id.
pub(super) fn add(
    state: &mut State,
    customer_id: &str,
    payment_method: &str,
    echo: Map<String, Value>,
) -> String {
    let id = state.ids.next("src_");
    state.sources.put(Source {
        id: id.clone(),
        customer_id: customer_id.to_owned(),
        payment_method: payment_method.to_owned(),
        status: Status::Pending,
        credential: state.ids.next("cred_"),
        echo,
    });
    id
}

/// The customer agrees, and pays with it from now on if nothing else was chosen.
pub(super) fn approve(state: &mut State, id: &str) -> Result<(), LeverError> {
    let source = of_status(state, id, Status::Pending)?;
    source.status = Status::Active;
    let (customer_id, shown) = (source.customer_id.clone(), show(source));
    if let Some(customer) = state.customers.find_mut(&customer_id) {
        customer.default_source.get_or_insert_with(|| id.to_owned());
    }
    state.tell("source.activated", &shown);
    Ok(())
}

/// The customer does not agree.
pub(super) fn fail(state: &mut State, id: &str) -> Result<(), LeverError> {
    of_status(state, id, Status::Pending)?.status = Status::Failed;
    Ok(())
}

/// The customer ends it in the wallet.
pub(super) fn cancel(state: &mut State, id: &str) -> Result<(), LeverError> {
    of_status(state, id, Status::Active)?;
    end(state, id, Status::Inactive);
    Ok(())
}

fn of_status<'a>(
    state: &'a mut State,
    id: &str,
    status: Status,
) -> Result<&'a mut Source, LeverError> {
    let source = state.sources.find_mut(id).ok_or(LeverError::NotFound)?;
    if source.status == status { Ok(source) } else { Err(LeverError::WrongStatus) }
}

/// The customer is gone, and every source with them.
pub(super) fn delete_all(state: &mut State, customer_id: &str) {
    let own = state
        .sources
        .iter()
        .filter(|source| source.customer_id == customer_id && source.status != Status::Deleted);
    for id in own.map(|source| source.id.clone()).collect::<Vec<_>>() {
        end(state, &id, Status::Deleted);
    }
}

/// A source cannot be charged any more. That is news only if it could.
fn end(state: &mut State, id: &str, status: Status) {
    let Some(source) = state.sources.find_mut(id) else { return };
    let was_active = source.status == Status::Active;
    source.status = status;
    let (customer_id, shown) = (source.customer_id.clone(), show(source));
    let customer = state.customers.find_mut(&customer_id);
    if let Some(customer) = customer.filter(|own| own.default_source.as_deref() == Some(id)) {
        customer.default_source = None;
    }
    if was_active {
        state.tell("source.inactivated", &shown);
    }
}
