//! Making a token of a payment method.

use super::checks::Checks;
use super::{Kind, Token, show, tell};
use crate::document::Call;
use crate::univapay::events::Kind as EventKind;
use crate::univapay::means::Means;
use crate::univapay::metadata;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::{Open, State};

pub(in crate::univapay) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let email = body.text("email");
    let must_confirm = body.flag("use_confirmation") == Some(true);
    if must_confirm && email.is_none() {
        return Err(refusal::NO_EMAIL.into());
    }
    let data = body.object("data").ok_or_else(|| invalid("data", "INVALID_FORMAT_OBJECT"))?;
    let kind = Kind::read(body.text("type"));
    let usage_limit = body.text("usage_limit");
    if usage_limit.is_some() && kind != Kind::Recurring {
        return Err(refusal::USAGE_LIMIT.into());
    }
    let means = Means::read(body.text("payment_type").unwrap_or_default(), data, state.now)?;
    means.check_kind(kind)?;
    let checks = match means {
        Means::Card(_) => Checks::read(data, kind)?,
        _ => Checks::default(),
    };
    if let Means::Online(wallet) = &means
        && wallet.wants_ip()
        && body.text("ip_address").is_none()
    {
        return Err(invalid("ip_address", "REQUIRED_VALUE"));
    }
    let metadata = metadata::new(body)?;
    let id = state.ids.next_uuid();
    state.tokens.put(Token {
        id: id.clone(),
        kind,
        means,
        checks,
        email: email.map(str::to_owned),
        usage_limit: usage_limit.map(str::to_owned),
        metadata,
        active: true,
        code: must_confirm.then(|| state.ids.digits(6)),
        previous_id: None,
        created: state.now,
        updated: state.now,
        used: None,
    });
    state.open.push(Open::Token(id.clone()));
    tell(state, &id, EventKind::TokenCreated);
    Ok(Said::created(&show(state, state.tokens.get(&id)?)))
}
