//! Links to pages to pay on, those that last a while too.

use super::standing::{show_form, show_link, show_link_product};
use super::{FORM_ID, LINK_ID, LINK_SECRET};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{NotFound, things};
use crate::univapay::legacy::record::Record;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::time::instant;
use crate::univapay::{metadata, money};

/// What comes back as it was sent.
const MEMBERS: &[&str] = &[
    "merchant_id",
    "store_id",
    "form_id",
    "description",
    "enabled",
    "expiry",
    "jwt",
    "amount",
    "currency",
    "token_type",
    "token_only",
    "hide_cvv",
    "hide_prefilled_email",
    "metadata",
    "destination",
    "cvv_authorize",
    "charge_auth",
    "charge_capture_on",
    "charge_capture_in",
    "allow_card_installments",
    "subscription_start_on",
    "subscription_start_in",
    "subscription_start_in_months",
    "subscription_start_day_of_month",
    "subscription_preserve_end_of_month",
    "subscription_initial_amount",
    "subscription_cycles",
    "subscription_cyclical_period",
    "subscription_period",
    "subscription_retry_interval",
];

/// A link that was made by a call.
pub(in crate::univapay::legacy) struct Link {
    id: String,
    members: Record,
    secret: String,
    amount_formatted: String,
    enabled: bool,
    expires: Option<i64>,
    created: i64,
}

things!(Link);

impl Link {
    fn is_active(&self, now: i64) -> bool {
        self.enabled && self.expires.is_none_or(|expires| now < expires)
    }
}

pub(in crate::univapay::legacy) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let own = [
        ("merchant_id", &*state.merchant_id),
        ("store_id", &*state.store_id),
        ("form_id", FORM_ID),
    ];
    if own.iter().any(|(name, id)| body.text(name) != Some(id)) {
        return Err(NotFound.into());
    }
    let amount = money::amount(body, "amount")?.unwrap_or_default();
    let currency = money::currency(body)?;
    metadata::sent(body)?;
    if body.integer("subscription_cycles").is_some_and(|cycles| cycles < 2) {
        return Err(invalid("subscription_cycles", "INVALID_SUBSCRIPTION_CYCLES"));
    }
    let expires = match body.text("expiry").map(instant) {
        None => None,
        Some(None) => return Err(invalid("expiry", "INVALID_FORMAT_DATE")),
        Some(Some(expires)) if expires <= state.now => {
            return Err(invalid("expiry", "MUST_BE_FUTURE_TIME"));
        }
        Some(expires) => expires,
    };
    let link = Link {
        id: state.ids.next_uuid(),
        members: Record::read(body, MEMBERS, &Record::default()),
        secret: state.ids.next(""),
        amount_formatted: money::formatted(amount, &currency),
        enabled: body.flag("enabled") == Some(true),
        expires,
        created: state.now,
    };
    let said = Said::created(&show(state, &link));
    state.legacy.links.put(link);
    Ok(said)
}

pub(in crate::univapay::legacy) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    if id == LINK_ID {
        return Ok(show_link(state).into());
    }
    Ok(show(state, state.legacy.links.get(id)?).into())
}

/// The products of a link: what was made by a call sells none.
fn sold_by(state: &State, id: &str) -> impl Iterator<Item = Object> {
    (id == LINK_ID).then(|| show_link_product(state)).into_iter()
}

pub(in crate::univapay::legacy) fn products(state: &State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    if id != LINK_ID {
        state.legacy.links.get(id)?;
    }
    let page = Object::new().array("items", sold_by(state, id)).put("has_more", false);
    Ok(page.into())
}

pub(in crate::univapay::legacy) fn info(state: &State, call: &Call) -> Result<Said, Refusal> {
    let id = call.path("id");
    let (secret, link) = if id == LINK_ID {
        (LINK_SECRET, show_link(state))
    } else {
        let link = state.legacy.links.get(id)?;
        if !link.is_active(state.now) {
            return Err(NotFound.into());
        }
        (&*link.secret, show(state, link))
    };
    if call.query.text("secret") != Some(secret) {
        return Err(refusal::WRONG_SECRET.into());
    }
    let info = Object::new()
        .object("form", &show_form(state))
        .object("link", &link)
        .array("products", sold_by(state, id));
    Ok(info.into())
}

fn show(state: &State, link: &Link) -> Object {
    let object = link.members.put(Object::new().put("id", &*link.id));
    object
        .put("active", link.is_active(state.now))
        .put("secret", &*link.secret)
        .put("amount_formatted", &*link.amount_formatted)
        .put("created_on", iso(link.created))
        .put("updated_on", iso(link.created))
}
