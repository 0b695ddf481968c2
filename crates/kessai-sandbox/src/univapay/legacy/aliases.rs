//! Short-lived names of tokens.

use super::merchant::PLATFORM_ID;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::{NotFound, things};
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::time::instant;
use crate::univapay::{metadata, money};

/// 5 minutes, in milliseconds.
const GOOD_MS: i64 = 5 * 60 * 1000;

pub(super) struct Alias {
    id: String,
    token_id: String,
    valid_until: i64,
    price: Option<(i64, String)>,
    metadata: String,
    created: i64,
}

things!(Alias);

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let (body, now) = (&call.body, state.now);
    let valid_until = match body.text("valid_until").map(instant) {
        None => now.saturating_add(GOOD_MS),
        Some(None) => return Err(invalid("valid_until", "INVALID_FORMAT_DATE")),
        Some(Some(end)) if end <= now => {
            return Err(invalid("valid_until", "MUST_BE_FUTURE_TIME"));
        }
        Some(Some(end)) => end,
    };
    let price = match money::amount(body, "amount")? {
        Some(amount) => Some((amount, money::currency(body)?)),
        None => None,
    };
    let metadata = metadata::new(body)?;
    let token = state.tokens.get(body.text("transaction_token_id").unwrap_or_default())?;
    if !token.active {
        return Err(refusal::TOKEN_OFF.into());
    }
    let token_id = token.id.clone();
    let id = state.ids.next_uuid();
    let made = Object::new().put("key", &*id).put("valid_until", iso(valid_until));
    state.legacy.aliases.put(Alias { id, token_id, valid_until, price, metadata, created: now });
    Ok(Said::created(&made))
}

/// The alias that the path names, while it holds.
fn named<'a>(state: &'a State, call: &Call) -> Result<&'a Alias, NotFound> {
    let alias = state.legacy.aliases.get(call.path("id"))?;
    if state.now < alias.valid_until { Ok(alias) } else { Err(NotFound) }
}

/// What does not apply is left out.
pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    let alias = named(state, call)?;
    let token = state.tokens.get(&alias.token_id)?;
    let price = alias.price.as_ref();
    let shown = Object::new()
        .put("id", &*alias.id)
        .put("platform_id", PLATFORM_ID)
        .put("merchant_id", &*state.merchant_id)
        .put("store_id", &*state.store_id)
        .put_some("email", token.email.as_deref())
        .put("payment_type", token.means.word())
        .put("active", token.active)
        .put("mode", "test")
        .put("type", token.kind.word())
        .put("created_on", iso(alias.created))
        .put_some("last_used_on", token.used.map(iso))
        .put_some("amount", price.map(|(amount, _)| *amount))
        .put_some("currency", price.map(|(_, currency)| currency.as_str()))
        .literal("alias_metadata", &alias.metadata);
    Ok(shown.into())
}

pub(super) fn delete(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    named(state, call)?;
    state.legacy.aliases.remove(call.path("id"))?;
    Ok(Said::nothing())
}
