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
use crate::shelf::{NotFound, things};

/// No store has more, and no merchant.
const MOST: usize = 50;

/// Whose events a webhook hears of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Level {
    Store,
    /// Of all stores, and of payouts.
    Merchant,
}

pub(super) struct Webhook {
    pub(super) id: String,
    pub(super) level: Level,
    pub(super) triggers: Vec<String>,
    pub(super) url: String,
    pub(super) auth_token: Option<String>,
    pub(super) active: bool,
    pub(super) created: i64,
    pub(super) updated: i64,
}

things!(Webhook);

/// The events that are asked for, which have to be those of the level.
fn triggers(body: &Members, level: Level) -> Result<Option<Vec<String>>, Refusal> {
    if body.get("triggers").is_none() {
        return Ok(None);
    }
    let triggers = body.texts("triggers");
    if triggers.is_empty() {
        return Err(invalid("triggers", "MUST_HAVE_ONE_ELEMENT"));
    }
    let is_of_payouts = |trigger: &&str| trigger.starts_with("transfer_");
    if level == Level::Store && triggers.iter().any(is_of_payouts) {
        return Err(invalid("triggers", "INVALID_EVENT_FOR_STORE"));
    }
    Ok(Some(triggers.into_iter().map(str::to_owned).collect()))
}

/// The address that is asked for, which no other webhook of the level has.
fn url(
    state: &State,
    body: &Members,
    level: Level,
    own: Option<&str>,
) -> Result<Option<String>, Refusal> {
    let Some(url) = body.text("url") else { return Ok(None) };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(str::is_empty) {
        return Err(invalid("url", "INVALID_FORMAT_URL"));
    }
    let mut others = of(state, level).filter(|webhook| Some(&*webhook.id) != own);
    if others.any(|webhook| webhook.url == url) {
        return Err(refusal::WEBHOOK_EXISTS.into());
    }
    Ok(Some(url.to_owned()))
}

fn of(state: &State, level: Level) -> impl Iterator<Item = &Webhook> {
    state.webhooks.iter().filter(move |webhook| webhook.level == level)
}

/// The webhook that the path names, if it is of the level.
pub(super) fn named<'a>(
    state: &'a State,
    call: &Call,
    level: Level,
) -> Result<&'a Webhook, NotFound> {
    let webhook = state.webhooks.get(call.path("id"))?;
    if webhook.level == level { Ok(webhook) } else { Err(NotFound) }
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    make(state, call, Level::Store)
}

pub(super) fn make(state: &mut State, call: &Call, level: Level) -> Result<Said, Refusal> {
    let (body, now) = (&call.body, state.now);
    let triggers = triggers(body, level)?.ok_or_else(|| invalid("triggers", "REQUIRED_VALUE"))?;
    let url = url(state, body, level, None)?.ok_or_else(|| invalid("url", "REQUIRED_VALUE"))?;
    if of(state, level).count() >= MOST {
        return Err(refusal::LIMIT_REACHED.into());
    }
    let auth_token = body.text("auth_token").map(str::to_owned);
    let webhook = Webhook {
        id: state.ids.next_uuid(),
        level,
        triggers,
        url,
        auth_token,
        active: true,
        created: now,
        updated: now,
    };
    let said = Said::created(&show(state, &webhook));
    state.webhooks.put(webhook);
    Ok(said)
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    look(state, call, Level::Store)
}

pub(super) fn look(state: &State, call: &Call, level: Level) -> Result<Said, Refusal> {
    Ok(show(state, named(state, call, level)?).into())
}

pub(super) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let active = call.query.flag("active");
    list_those(state, call, Level::Store, |it| active.is_none_or(|active| it.active == active))
}

pub(super) fn list_those(
    state: &State,
    call: &Call,
    level: Level,
    fits: impl Fn(&Webhook) -> bool,
) -> Result<Said, Refusal> {
    let webhooks = of(state, level).filter(|webhook| fits(webhook));
    page(call, webhooks, Count::Untold, |webhook| show(state, webhook))
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    change(state, call, Level::Store)
}

pub(super) fn change(state: &mut State, call: &Call, level: Level) -> Result<Said, Refusal> {
    let (id, body, now) = (call.path("id"), &call.body, state.now);
    named(state, call, level)?;
    let triggers = triggers(body, level)?;
    let url = url(state, body, level, Some(id))?;
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
    remove(state, call, Level::Store)
}

pub(super) fn remove(state: &mut State, call: &Call, level: Level) -> Result<Said, Refusal> {
    named(state, call, level)?;
    state.webhooks.remove(call.path("id"))?;
    Ok(Said::nothing())
}

pub(super) fn list_events(state: &State, call: &Call) -> Result<Said, Refusal> {
    let webhook = named(state, call, Level::Store)?;
    let told = state.events.iter();
    let told = told.filter(|event| event.webhook_id() == webhook.id && !event.again);
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
        .put_some("store_id", (webhook.level == Level::Store).then_some(&*state.store_id))
        .put("merchant_id", &*state.merchant_id)
        .put("triggers", triggers)
        .put("url", &*webhook.url)
        .put_some("auth_token", webhook.auth_token.as_deref())
        .put("active", webhook.active)
        .put("is_integration", false)
        .put("created_on", iso(webhook.created))
        .put("updated_on", iso(webhook.updated))
}
