//! Making a token of a card.

use serde_json::{Map, Value};

use super::{Kind, Token, show};
use crate::document::Call;
use crate::univapay::cards::Card;
use crate::univapay::metadata;
use crate::univapay::refusal::{self, Refusal, invalid, not_here};
use crate::univapay::said::Said;
use crate::univapay::state::State;

pub(in crate::univapay) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    if body.text("payment_type") != Some("card") {
        return Err(not_here("payment_type"));
    }
    if body.flag("use_confirmation") == Some(true) {
        return Err(not_here("use_confirmation"));
    }
    let data = body.object("data").ok_or_else(|| invalid("data", "INVALID_FORMAT_OBJECT"))?;
    for checked in ["cvv_authorize", "three_ds"] {
        if is_on(data, checked) {
            return Err(not_here(checked));
        }
    }
    let kind = Kind::read(body.text("type"));
    let usage_limit = body.text("usage_limit");
    if usage_limit.is_some() && kind != Kind::Recurring {
        return Err(refusal::USAGE_LIMIT.into());
    }
    let card = Card::read(data, state.now)?;
    let metadata = metadata::new(body)?;
    let token = Token {
        id: state.ids.next_uuid(),
        kind,
        card,
        email: body.text("email").map(str::to_owned),
        usage_limit: usage_limit.map(str::to_owned),
        metadata,
        active: true,
        created: state.now,
        updated: state.now,
        used: None,
    };
    let said = Said::created(&show(state, &token));
    state.tokens.put(token);
    Ok(said)
}

fn is_on(data: &Map<String, Value>, check: &str) -> bool {
    data.get(check).is_some_and(|check| check["enabled"] == true)
}
