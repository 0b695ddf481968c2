//! The stores of the one merchant, and what customers are called there.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::filters::{has, within};
use super::legacy::EMAIL;
use super::page::{Count, page};
use super::refusal::{self, Refusal, invalid};
use super::said::Said;
use super::state::State;
use crate::calendar::iso;
use crate::document::{Call, Members};
use crate::mac::hmac_hex;
use crate::object::Object;
use crate::shelf::things;

pub(super) const MERCHANT_NAME: &str = "Kessai Sandbox";
/// What the store of the application token is called at first.
const STORE_NAME: &str = "Kessai Sandbox Store";

pub(super) struct Store {
    id: String,
    name: String,
    settings: Settings,
    created: i64,
}

things!(Store);

/// The settings of a store as they were sent, group by group.
type Settings = BTreeMap<String, Box<RawValue>>;

impl Store {
    /// The store of the application token.
    pub(super) fn first(id: &str, now: i64) -> Self {
        let (id, name) = (id.to_owned(), STORE_NAME.to_owned());
        Self { id, name, settings: Settings::new(), created: now }
    }
}

/// The name of the store of the application token.
pub(super) fn name(state: &State) -> &str {
    state.stores.find(&state.store_id).map_or(STORE_NAME, |store| &store.name)
}

/// The name that is asked for, which no other store has.
fn new_name(state: &State, body: &Members, own: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(name) = body.text("name") else { return Ok(None) };
    if name.is_empty() {
        return Err(invalid("name", "REQUIRED_VALUE"));
    }
    let mut others = state.stores.iter().filter(|store| Some(&*store.id) != own);
    if others.any(|store| store.name == name) {
        return Err(refusal::STORE_EXISTS.into());
    }
    Ok(Some(name.to_owned()))
}

fn settings(body: &Members) -> Settings {
    let sent = body.literal("configuration");
    sent.and_then(|sent| serde_json::from_str(sent).ok()).unwrap_or_default()
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let name = new_name(state, &call.body, None)?;
    let name = name.ok_or_else(|| invalid("name", "REQUIRED_VALUE"))?;
    let id = state.ids.next_uuid();
    let store = Store { id, name, settings: settings(&call.body), created: state.now };
    let said = Said::created(&whole(state, &store));
    state.stores.put(store);
    Ok(said)
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    let store = state.stores.get(call.path("id"))?;
    Ok(with_settings(named(Object::new(), store), store).into())
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    state.stores.get(id)?;
    let name = new_name(state, &call.body, Some(id))?;
    let store = state.stores.get_mut(id)?;
    store.name = name.unwrap_or_else(|| std::mem::take(&mut store.name));
    store.settings.extend(settings(&call.body));
    Ok(whole(state, state.stores.get(id)?).into())
}

pub(super) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    if id == state.store_id {
        return Err(refusal::NOT_ALLOWED.into());
    }
    state.stores.remove(id)?;
    Ok(Said::nothing())
}

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let stores = state.stores.iter().filter(|store| {
        within(call, "short_id", |id| store.id.starts_with(id) || store.id.ends_with(id))
            && within(call, "search", |text| has(&store.name, text) || has(&store.id, text))
    });
    page(call, stores, Count::Told, |store| {
        let object = Object::new().put("merchant_id", &*state.merchant_id);
        named(object, store).put("merchant_name", MERCHANT_NAME)
    })
}

fn named(object: Object, store: &Store) -> Object {
    object.put("id", &*store.id).put("name", &*store.name).put("created_on", iso(store.created))
}

fn with_settings(object: Object, store: &Store) -> Object {
    let settings = store.settings.iter();
    let settings =
        settings.fold(Object::new(), |settings, (name, group)| settings.literal(name, group.get()));
    object.object("configuration", &settings)
}

/// A store as it is shown once it was changed.
fn whole(state: &State, store: &Store) -> Object {
    let object = Object::new().put("merchant_id", &*state.merchant_id);
    with_settings(named(object, store), store)
}

pub(super) fn merchant(state: &State) -> Said {
    Object::new()
        .put("id", &*state.merchant_id)
        .put("name", MERCHANT_NAME)
        .put("email", EMAIL)
        .put("verified", true)
        .object("configuration", &Object::new())
        .put("created_on", iso(state.born))
        .into()
}

/// An id that is always the same for the same name in the same store.
#[expect(clippy::unnecessary_wraps, reason = "a rule may refuse, and this one need not")]
pub(super) fn customer_id(state: &State, call: &Call) -> Result<Said, Refusal> {
    let name = call.body.text("customer_id").unwrap_or_default();
    let tag = hmac_hex(state.store_id.as_bytes(), &[name.as_bytes()]);
    let id = [&tag[..8], &tag[8..12], &tag[12..16], &tag[16..20], &tag[20..32]].join("-");
    Ok(Object::new().put("customer_id", id).into())
}
