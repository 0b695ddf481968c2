//! What a new charge is looked at for, beside its token's age.

use super::Charge;
use crate::document::Members;
use crate::univapay::means::Means;
use crate::univapay::refusal::{self, Refusal, invalid};
use crate::univapay::state::State;
use crate::univapay::time::instant;
use crate::univapay::tokens::{Kind, Token};

/// 30 seconds, in milliseconds.
const QUICK_MS: i64 = 30 * 1000;

/// Refuses to charge the same card the same amount soon after.
pub(super) fn not_too_quick(
    state: &State,
    token: &Token,
    amount: i64,
    currency: &str,
) -> Result<(), Refusal> {
    let print = token.means.card().map(|card| &card.print);
    let is_same = |charge: &Charge| match charge.means.card() {
        Some(card) => Some(&card.print) == print,
        None => token.kind == Kind::Recurring && charge.token_id == token.id,
    };
    let recent = state.charges.iter().rev();
    let mut recent = recent.take_while(|charge| state.now - charge.created < QUICK_MS);
    let again = recent.any(|charge| {
        charge.subscription.is_none()
            && (charge.amount, &*charge.currency) == (amount, currency)
            && is_same(charge)
    });
    if again { Err(refusal::TOO_QUICK.into()) } else { Ok(()) }
}

/// When the money is to be taken by itself, or until when it can be brought.
pub(super) fn capture_at(
    body: &Members,
    means: &Means,
    capture: bool,
    now: i64,
) -> Result<Option<i64>, Refusal> {
    let refused = |reason| Err(invalid("capture_at", reason));
    let Some(text) = body.text("capture_at") else { return Ok(None) };
    let Some(time) = instant(text) else { return refused("INVALID_FORMAT") };
    let takes_it = match means {
        Means::Card(_) | Means::ApplePay(_) => !capture,
        Means::Konbini(_) | Means::BankTransfer(_) => true,
        _ => false,
    };
    match time {
        _ if !takes_it => refused("FORBIDDEN_PARAMETER"),
        time if time <= now => refused("MUST_BE_FUTURE_TIME"),
        time => Ok(Some(time)),
    }
}
