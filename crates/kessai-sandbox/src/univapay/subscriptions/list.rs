//! Lists of subscriptions.

use super::Subscription;
use super::show::show;
use super::terms::date;
use crate::document::Call;
use crate::object::Object;
use crate::univapay::page::{Count, page, without};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::stores::{MERCHANT_NAME, STORE_NAME};

pub(in crate::univapay) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    without(call, &["search"])?;
    let same = |name, word: &str| call.query.text(name).is_none_or(|asked| asked == word);
    let statuses = call.query.texts("statuses[]");
    let subscriptions = state.subscriptions.iter().filter(|subscription| {
        let status = subscription.status.word();
        same("status", status)
            && same("mode", "test")
            && (statuses.is_empty() || statuses.contains(&status))
    });
    page(call, subscriptions, Count::Told, |subscription| item(state, subscription))
}

fn item(state: &State, subscription: &Subscription) -> Object {
    let next = subscription.next().map(|next| date(next.day));
    show(state, subscription)
        .put("merchant_name", MERCHANT_NAME)
        .put("store_name", STORE_NAME)
        .put("payment_type", "card")
        .put_some("next_payment_date", next)
}
