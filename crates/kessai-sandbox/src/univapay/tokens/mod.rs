//! Transaction tokens: what is remembered of one, and the rules.

mod checks;
mod create;
mod life;
mod list;
mod update;

pub(super) use create::create;
pub(super) use life::{
    ask_for_cvv, decide, disable_three_ds, enable_three_ds, finish_three_ds, issuer_token,
};
pub(super) use list::list;
pub(super) use update::{delete, update};

pub(super) use self::checks::Checks;
use super::events::{self, Kind as EventKind};
use super::means::Means;
use super::refusal::{self, Refusal};
use super::said::Said;
use super::state::State;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::shelf::things;

/// 5 minutes, in milliseconds.
const GOOD_MS: i64 = 5 * 60 * 1000;

pub(super) struct Token {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) means: Means,
    pub(super) checks: Checks,
    pub(super) email: Option<String>,
    pub(super) usage_limit: Option<String>,
    pub(super) metadata: String,
    pub(super) active: bool,
    /// The code that was mailed to the customer, who has not confirmed the token with it yet.
    pub(super) code: Option<String>,
    /// The token in whose place it is.
    pub(super) previous_id: Option<String>,
    pub(super) created: i64,
    pub(super) updated: i64,
    pub(super) used: Option<i64>,
}

things!(Token);

/// How often a token pays.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    OneTime,
    Subscription,
    Recurring,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OneTime => "one_time",
            Self::Subscription => "subscription",
            Self::Recurring => "recurring",
        }
    }

    fn read(word: Option<&str>) -> Self {
        match word {
            Some("subscription") => Self::Subscription,
            Some("recurring") => Self::Recurring,
            _ => Self::OneTime,
        }
    }
}

/// The token of a request, if it can still pay; `wrong` says that it is of no use for that.
pub(super) fn good<'a>(
    state: &'a State,
    call: &Call,
    wrong: (Kind, refusal::Code),
) -> Result<&'a Token, Refusal> {
    let id = call.body.text("transaction_token_id").unwrap_or_default();
    let token = state.tokens.get(id)?;
    if token.kind == wrong.0 {
        return Err(wrong.1.into());
    }
    if !token.active {
        return Err(refusal::TOKEN_OFF.into());
    }
    if token.code.is_some() {
        return Err(refusal::UNCONFIRMED.into());
    }
    if token.kind != Kind::Recurring {
        if token.used.is_some() {
            return Err(refusal::TOKEN_USED.into());
        }
        if state.now - token.created >= GOOD_MS {
            return Err(refusal::TOKEN_EXPIRED.into());
        }
    }
    Ok(token)
}

/// The token is charged, whatever comes of it.
pub(super) fn use_up(state: &mut State, id: &str) {
    let now = state.now;
    if let Some(token) = state.tokens.find_mut(id) {
        token.used = Some(now);
    }
}

pub(super) fn get(state: &State, call: &Call) -> Result<Said, Refusal> {
    Ok(show(state, state.tokens.get(call.path("id"))?).into())
}

/// What does not apply is left out.
pub(super) fn show(state: &State, token: &Token) -> Object {
    Object::new()
        .put("id", &*token.id)
        .put("store_id", &*state.store_id)
        .put_some("email", token.email.as_deref())
        .put("active", token.active)
        .put("mode", "test")
        .put("type", token.kind.word())
        .put_some("usage_limit", token.usage_limit.as_deref())
        .put("confirmed", token.code.is_none())
        .literal("metadata", &token.metadata)
        .put("created_on", iso(token.created))
        .put("updated_on", iso(token.updated))
        .put_some("last_used_on", token.used.map(iso))
        .put_some("previous_id", token.previous_id.as_deref())
        .put("payment_type", token.means.word())
        .object("data", &token.checks.show(token.means.show()))
}

/// Tells webhooks what has happened to a token.
pub(super) fn tell(state: &mut State, id: &str, kind: EventKind) {
    if let Some(token) = state.tokens.find(id) {
        let data = show(state, token);
        events::tell(state, kind, &data);
    }
}
