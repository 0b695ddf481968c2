//! What is AppotaPay's own about answering.

use hyper::header::HeaderMap;

use super::auth::{self, API_KEY};
use super::refusal::{self, Family, Refusal};
use super::rules::TABLES;
use super::state::State;
use super::{query, signature, wallet};
use crate::document::{Call, Operation};
use crate::message::Request;
use crate::provider::Provider;
use crate::rule::Row;
use crate::said::Said;

/// Nothing: the account is the published one.
pub(super) struct Service;

impl Provider for Service {
    const DOCUMENT: &'static str = include_str!("../../openapi/appotapay.json");
    const SEED: u64 = 4;
    const RULES: &'static [&'static [Row<Self>]] = TABLES;

    type State = State;
    type Body = Said;
    type Refusal = Refusal;

    fn new(now: i64) -> (Self, State) {
        (Self, State::new(Self::SEED, now))
    }

    fn catch_up(state: &mut State, now: i64) {
        state.catch_up(now);
    }

    fn admit(
        &self,
        state: &State,
        operation: Option<&Operation>,
        request: &Request,
    ) -> Result<(), Refusal> {
        let Some(operation) = operation else { return Ok(()) };
        let headers = &request.headers;
        let may = |scheme: &str, may: &dyn Fn() -> bool| !operation.admits(scheme) || may();
        let admitted = may("partner_token", &|| auth::is_partner(headers, state.now))
            && may("user_token", &|| {
                auth::user_token(headers).is_some_and(|token| wallet::is_linked(state, token))
            })
            && may("api_key", &|| {
                query::member(&request.query, "api_key").as_deref() == Some(API_KEY)
            });
        if !admitted {
            return Err(refusal::TOKEN);
        }
        let account = headers.get("x-account-ref-id");
        let known = account.is_none_or(|account| account.to_str().is_ok_and(is_uuid));
        if Family::of(&request.path).has_accounts() && !known {
            return Err(refusal::ACCOUNT);
        }
        Ok(())
    }

    fn prepare(state: &mut State, _call: &Call) -> Result<(), Refusal> {
        if state.forged { Err(refusal::SIGNATURE) } else { Ok(()) }
    }

    /// Verifies the signature of the request, which is refused once the document allows the rest,
    /// and signs the answer.
    fn make(
        state: &mut State,
        operation: &Operation,
        request: &Request,
        call: impl FnOnce(&mut State) -> Result<Said, Said>,
    ) -> (Said, HeaderMap) {
        state.forged = !signature::is_right(operation, request);
        state.user_token = auth::user_token(&request.headers).map(str::to_owned);
        let said = match call(state) {
            Ok(said) => signature::sign_answer(operation, said),
            Err(said) => said,
        };
        (said, HeaderMap::new())
    }

    fn refuse(refusal: Refusal, _state: &mut State, request: &Request) -> Said {
        refusal.said(&request.path)
    }
}

fn is_uuid(text: &str) -> bool {
    let group = |(place, group): (usize, &str)| {
        let wanted = [8, 4, 4, 4, 12].get(place);
        wanted == Some(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    text.split('-').count() == 5 && text.split('-').enumerate().all(group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_five_groups_of_hexadecimal_digits() {
        assert!(is_uuid("6f1d3c1e-8f0a-4b57-9a59-2f8f1c0d9e11"));
        assert!(is_uuid("6F1D3C1E-8F0A-4B57-9A59-2F8F1C0D9E11"));
        for text in ["", "6f1d3c1e8f0a4b579a592f8f1c0d9e11", "6f1d3c1e-8f0a-4b57-9a59-2f8f1c0d9eg1"]
        {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
