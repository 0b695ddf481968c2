//! Lists of charges.

use super::show;
use crate::document::Call;
use crate::univapay::page::{Count, page, without};
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;

/// Filters that the sandbox does not know.
const UNKNOWN: &[&str] =
    &["last_four", "name", "exp_month", "exp_year", "from", "to", "email", "phone", "metadata"];

pub(in crate::univapay) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    without(call, UNKNOWN)?;
    let same = |name, word: &str| call.query.text(name).is_none_or(|asked| asked == word);
    let least = call.query.integer("amount_from").unwrap_or(i64::MIN);
    let most = call.query.integer("amount_to").unwrap_or(i64::MAX);
    let charges = state.charges.iter().filter(|charge| {
        same("currency", &charge.currency)
            && same("transaction_token_id", &charge.token_id)
            && same("mode", "test")
            && (least..=most).contains(&charge.amount)
    });
    page(call, charges, Count::Told, |charge| show(state, charge))
}
