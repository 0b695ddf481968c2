//! Lists of tokens.

use super::{Kind, Token};
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::univapay::filters::{Span, has, is, of_card, within};
use crate::univapay::metadata::{self, CUSTOMER};
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::stores::{self, MERCHANT_NAME};

pub(in crate::univapay) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let asked = Asked { call, made: Span::read(call, "from", "to")? };
    let tokens = state.tokens.iter().filter(|token| asked.includes(token));
    page(call, tokens, Count::Told, |token| item(state, token))
}

/// The filters of a call.
struct Asked<'a> {
    call: &'a Call,
    made: Span,
}

impl Asked<'_> {
    fn includes(&self, token: &Token) -> bool {
        let call = self.call;
        let means = &token.means;
        let brand = means.brand().unwrap_or_default();
        token.kind != Kind::OneTime
            && is(call, "type", token.kind.word())
            && is(call, "mode", "test")
            && is(call, "payment_type", means.word())
            && is(call, "id", &token.id)
            && is(call, "brand", brand)
            && is(call, "email", token.email.as_deref().unwrap_or_default())
            && is(call, "phone_number", means.phone().unwrap_or_default())
            && of_card(call, means.card())
            && within(call, "short_id", |short| {
                token.id.starts_with(short) || token.id.ends_with(short)
            })
            && within(call, "metadata", |text| metadata::have(&token.metadata, text))
            && within(call, "customer_id", |id| metadata::is(&token.metadata, CUSTOMER, id))
            && within(call, "search", |text| token.is_found(text))
            && within(call, "previous_transaction_token_id", |id| {
                token.previous_id.as_deref() == Some(id)
            })
            && self.made.includes_to_the_end(token.created)
            && match call.query.text("active") {
                Some("all") => true,
                Some("inactive") => !token.active,
                _ => token.active,
            }
    }
}

impl Token {
    /// Whether a text is found in what can be searched.
    fn is_found(&self, text: &str) -> bool {
        let words = [Some(&*self.id), self.means.name(), self.email.as_deref()];
        words.into_iter().flatten().any(|word| has(word, text))
            || metadata::have(&self.metadata, text)
    }
}

fn item(state: &State, token: &Token) -> Object {
    let user = Object::new()
        .put_some("cardholder_name", token.means.name())
        .put_some("email", token.email.as_deref())
        .put_some("brand", token.means.brand());
    Object::new()
        .put("id", &*token.id)
        .put("store_id", &*state.store_id)
        .put("merchant_name", MERCHANT_NAME)
        .put("store_name", stores::name(state))
        .put_some("email", token.email.as_deref())
        .put("payment_type", token.means.word())
        .put("active", token.active)
        .put("mode", "test")
        .put("type", token.kind.word())
        .put("created_on", iso(token.created))
        .put("updated_on", iso(token.updated))
        .object("user_data", &user)
}
