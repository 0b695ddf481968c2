//! Lists of tokens.

use super::{Kind, Token};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::univapay::page::{Count, page, without};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::stores::{MERCHANT_NAME, STORE_NAME};

/// Filters that the sandbox does not know.
const UNKNOWN: &[&str] = &[
    "search",
    "customer_id",
    "from",
    "to",
    "id",
    "short_id",
    "cardholder",
    "card_exp",
    "card_last_four",
    "phone_number",
    "brand",
    "metadata",
    "previous_transaction_token_id",
];

pub(in crate::univapay) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    without(call, UNKNOWN)?;
    let query = |name| call.query.text(name);
    let same = |name, word: &str| query(name).is_none_or(|asked| asked == word);
    let email = query("email");
    let tokens = state.tokens.iter().filter(|token| {
        token.kind != Kind::OneTime
            && same("type", token.kind.word())
            && same("mode", "test")
            && same("payment_type", "card")
            && (email.is_none() || email == token.email.as_deref())
            && match query("active") {
                Some("all") => true,
                Some("inactive") => !token.active,
                _ => token.active,
            }
    });
    page(call, tokens, Count::Told, |token| item(state, token))
}

fn item(state: &State, token: &Token) -> Object {
    let user = Object::new()
        .put_some("cardholder_name", token.card.cardholder.as_deref())
        .put_some("email", token.email.as_deref());
    Object::new()
        .put("id", &*token.id)
        .put("store_id", &*state.store_id)
        .put("merchant_name", MERCHANT_NAME)
        .put("store_name", STORE_NAME)
        .put_some("email", token.email.as_deref())
        .put("payment_type", "card")
        .put("active", token.active)
        .put("mode", "test")
        .put("type", token.kind.word())
        .put("created_on", iso(token.created))
        .put("updated_on", iso(token.updated))
        .object("user_data", &user)
}
