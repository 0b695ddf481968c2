//! Letting go of what is held.

use super::card::Behaviour;
use super::charges::Status;
use super::{VND, codes, find};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::time::rfc3339;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

pub(super) struct Reversal {
    id: String,
    authorization: String,
    reference: String,
    amount: i64,
    failed: bool,
    created: i64,
}

things!(Reversal);

impl Reversal {
    fn show(&self) -> Said {
        let time = rfc3339(self.created);
        let body = Object::new()
            .put("reversalId", &*self.id)
            .put("authorizationId", &*self.authorization)
            .put("merchantRefId", &*self.reference)
            .put("amount", self.amount)
            .put("currency", VND)
            .put("status", if self.failed { "error" } else { "success" });
        let body = if self.failed {
            body.object("errorInformation", &codes::information(codes::REVERSAL_FAILED))
        } else {
            body
        };
        body.put("createdAt", &*time)
            .put("updatedAt", &*time)
            .put_some("reversedAt", (!self.failed).then_some(&*time))
            .into()
    }
}

pub(super) fn create_card_reversal(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let reference = call.body.text("merchantRefId").unwrap_or_default();
    if state.cards.reversals.iter().any(|reversal| reversal.reference == reference) {
        return Err(codes::REQUEST_USED.into());
    }
    let authorization = call.body.text("authorizationId").unwrap_or_default();
    let charge = state.cards.charges.find_mut(authorization).ok_or(codes::NO_CHARGE)?;
    match charge.status {
        Status::Authorized => {}
        Status::Captured => return Err(codes::NOT_REVERSIBLE.into()),
        Status::Reversed => return Err(codes::REVERSED.into()),
        Status::LetGo => return Err(codes::TOO_LATE_TO_REVERSE.into()),
    }
    let failed = charge.card.behaviour == Behaviour::KeepsMoney;
    if !failed {
        charge.status = Status::Reversed;
        charge.updated = state.now;
    }
    let reversal = Reversal {
        id: state.ids.next_ulid(),
        authorization: authorization.to_owned(),
        reference: reference.to_owned(),
        amount: charge.authorized,
        failed,
        created: state.now,
    };
    let said = reversal.show();
    state.cards.reversals.put(reversal);
    Ok(said)
}

pub(super) fn get_card_reversal(state: &State, call: &Call) -> Result<Said, Refusal> {
    let reversals = &state.cards.reversals;
    let reversal = find(reversals, call, "creditCardReversalId", |reversal| &reversal.reference);
    Ok(reversal.ok_or(codes::NO_REVERSAL)?.show())
}
