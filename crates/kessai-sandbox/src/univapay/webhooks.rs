//! Webhooks: where UnivaPay tells the merchant what has happened.

use serde_json::Value;

use super::events::Event;
use super::page::{Count, page};
use super::refusal::{self, Refusal, invalid};
use super::said::Said;
use super::state::State;
use crate::calendar::iso;
use crate::document::{Call, Members};
use crate::object::Object;
use crate::shelf::things;

/// No store has more.
const MOST: usize = 50;

pub(super) struct Webhook {
    pub(super) id: String,
    pub(super) triggers: Vec<String>,
    pub(super) url: String,
    pub(super) auth_token: Option<String>,
    pub(super) active: bool,
    pub(super) created: i64,
    pub(super) updated: i64,
}

things!(Webhook);

/// The events that are asked for, which have to be those of a store.
fn triggers(body: &Members) -> Result<Option<Vec<String>>, Refusal> {
    if body.get("triggers").is_none() {
        return Ok(None);
    }
    let triggers = body.texts("triggers");
    if triggers.is_empty() {
        return Err(invalid("triggers", "MUST_HAVE_ONE_ELEMENT"));
    }
    if triggers.iter().any(|trigger| trigger.starts_with("transfer_")) {
        return Err(invalid("triggers", "INVALID_EVENT_FOR_STORE"));
    }
    Ok(Some(triggers.into_iter().map(str::to_owned).collect()))
}

/// The address that is asked for, which no other webhook has.
fn url(state: &State, body: &Members, own: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(url) = body.text("url") else { return Ok(None) };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(str::is_empty) {
        return Err(invalid("url", "INVALID_FORMAT_URL"));
    }
    let mut others = state.webhooks.iter().filter(|webhook| Some(&*webhook.id) != own);
    if others.any(|webhook| webhook.url == url) {
        return Err(refusal::WEBHOOK_EXISTS.into());
    }
    Ok(Some(url.to_owned()))
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (body, now) = (&call.body, state.now);
    let triggers = triggers(body)?.ok_or_else(|| invalid("triggers", "REQUIRED_VALUE"))?;
    let url = url(state, body, None)?.ok_or_else(|| invalid("url", "REQUIRED_VALUE"))?;
    if state.webhooks.iter().count() >= MOST {
        return Err(refusal::LIMIT_REACHED.into());
    }
    let auth_token = body.text("auth_token").map(str::to_owned);
    let id = state.ids.next_uuid();
    let webhook =
        Webhook { id, triggers, url, auth_token, active: true, created: now, updated: now };
    let said = Said::created(&show(state, &webhook));
    state.webhooks.put(webhook);
    Ok(said)
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, state.webhooks.get(call.path("id"))?).into())
}

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let active = call.query.flag("active");
    let webhooks = state.webhooks.iter();
    let webhooks = webhooks.filter(|webhook| active.is_none_or(|active| webhook.active == active));
    page(call, webhooks, Count::Untold, |webhook| show(state, webhook))
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (id, body, now) = (call.path("id"), &call.body, state.now);
    state.webhooks.get(id)?;
    let triggers = triggers(body)?;
    let url = url(state, body, Some(id))?;
    let webhook = state.webhooks.get_mut(id)?;
    webhook.triggers = triggers.unwrap_or_else(|| std::mem::take(&mut webhook.triggers));
    webhook.url = url.unwrap_or_else(|| std::mem::take(&mut webhook.url));
    webhook.active = body.flag("active").unwrap_or(webhook.active);
    // What is null is taken away.
    if let Some(token) = body.get("auth_token") {
        webhook.auth_token = token.as_str().map(str::to_owned);
    }
    webhook.updated = now;
    Ok(show(state, state.webhooks.get(id)?).into())
}

pub(super) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    state.webhooks.remove(call.path("id"))?;
    Ok(Said::nothing())
}

pub(super) fn list_events(state: &State, call: &Call) -> Result<Said, Refusal> {
    let webhook = state.webhooks.get(call.path("id"))?;
    let told = state.events.iter().filter(|event| event.webhook_id() == webhook.id);
    page(call, told, Count::Untold, delivery)
}

fn delivery(event: &Event) -> Object {
    Object::new()
        .put("id", event.id())
        .put("webhook_id", event.webhook_id())
        .put("event", event.kind())
        .put("successful", true)
        .put("fired_on", iso(event.fired))
        .put("created_on", iso(event.fired))
}

/// What does not apply is left out.
fn show(state: &State, webhook: &Webhook) -> Object {
    let triggers: Vec<Value> = webhook.triggers.iter().map(|word| Value::from(&**word)).collect();
    Object::new()
        .put("id", &*webhook.id)
        .put("store_id", &*state.store_id)
        .put("merchant_id", &*state.merchant_id)
        .put("triggers", triggers)
        .put("url", &*webhook.url)
        .put_some("auth_token", webhook.auth_token.as_deref())
        .put("active", webhook.active)
        .put("is_integration", false)
        .put("created_on", iso(webhook.created))
        .put("updated_on", iso(webhook.updated))
}
