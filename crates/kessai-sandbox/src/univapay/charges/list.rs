//! Lists of charges.

use super::{Charge, show};
use crate::document::Call;
use crate::univapay::filters::{Span, is, within};
use crate::univapay::metadata;
use crate::univapay::page::{Count, page};
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;

/// Filters that go together.
const OF_CARD: &[&str] = &["last_four", "name", "exp_month", "exp_year"];

pub(in crate::univapay) fn list(state: &State, call: &Call) -> Result<Said, Refusal> {
    let is_there = |filter: &&&str| call.query.get(filter).is_some();
    if OF_CARD.iter().any(|filter| is_there(&filter))
        && let Some(missing) = OF_CARD.iter().find(|filter| !is_there(filter))
    {
        return Err(invalid(missing, "REQUIRED_VALUE"));
    }
    let made = Span::read(call, "from", "to")?;
    let charges = state.charges.iter().filter(|charge| {
        made.includes(charge.created) && charge.is_asked_for(call) && has_payer(state, charge, call)
    });
    page(call, charges, Count::Told, |charge| show(state, charge))
}

fn has_payer(state: &State, charge: &Charge, call: &Call) -> bool {
    let token = state.tokens.find(&charge.token_id);
    let email = token.and_then(|token| token.email.as_deref()).unwrap_or_default();
    is(call, "email", email) && is(call, "phone", charge.means.phone().unwrap_or_default())
}

impl Charge {
    fn is_asked_for(&self, call: &Call) -> bool {
        let integer = |filter| call.query.integer(filter);
        is(call, "currency", &self.currency)
            && is(call, "transaction_token_id", &self.token_id)
            && is(call, "mode", "test")
            && integer("amount_from").is_none_or(|least| self.amount >= least)
            && integer("amount_to").is_none_or(|bound| self.amount < bound)
            && within(call, "metadata", |text| metadata::have(&self.metadata, text))
            && self.is_of_card(call)
    }

    fn is_of_card(&self, call: &Call) -> bool {
        let asked = OF_CARD.iter().any(|filter| call.query.get(filter).is_some());
        let Some(card) = self.means.card() else { return !asked };
        let whole = |filter, own| call.query.integer(filter).is_none_or(|asked| asked == own);
        is(call, "last_four", &card.last_four)
            && is(call, "name", card.cardholder.as_deref().unwrap_or_default())
            && whole("exp_month", card.exp_month)
            && whole("exp_year", card.exp_year)
    }
}
