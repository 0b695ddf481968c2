//! Lists of subscriptions.

use super::Subscription;
use super::show::show;
use super::terms::date;
use crate::document::Call;
use crate::object::Object;
use crate::univapay::filters::{has, is, within};
use crate::univapay::metadata;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::stores::{self, MERCHANT_NAME};

pub(in crate::univapay) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let statuses = call.query.texts("statuses[]");
    let subscriptions = state.subscriptions.iter().filter(|subscription| {
        let status = subscription.status.word();
        is(call, "status", status)
            && is(call, "mode", "test")
            && within(call, "search", |text| is_found(state, subscription, text))
            && (statuses.is_empty() || statuses.contains(&status))
    });
    page(call, subscriptions, Count::Told, |subscription| item(state, subscription))
}

/// Whether a text is found in what can be searched.
fn is_found(state: &State, subscription: &Subscription, text: &str) -> bool {
    let payer = state.tokens.find(&subscription.token_id);
    let [name, email] = match payer {
        Some(token) => [token.means.name(), token.email.as_deref()],
        None => [None, None],
    };
    let words = [Some(&*subscription.id), name, email];
    words.into_iter().flatten().any(|word| has(word, text))
        || metadata::have(&subscription.metadata, text)
}

fn item(state: &State, subscription: &Subscription) -> Object {
    let next = subscription.next().map(|next| date(next.day));
    let token = state.tokens.find(&subscription.token_id);
    show(state, subscription)
        .put("merchant_name", MERCHANT_NAME)
        .put("store_name", stores::name(state))
        .put_some("payment_type", token.map(|token| token.means.word()))
        .put_some("next_payment_date", next)
}
