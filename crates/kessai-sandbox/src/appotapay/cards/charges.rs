//! Charges: what is remembered of one.

use super::card::Card;
use super::{HOLD_MS, VND, codes, find};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::time::rfc3339;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

pub(super) struct Charge {
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) authentication: Option<String>,
    pub(super) eci: Option<&'static str>,
    pub(super) token: Option<String>,
    /// Whether the token pays again and again.
    pub(super) token_again: bool,
    pub(super) card: Card,
    pub(super) status: Status,
    pub(super) authorized: i64,
    pub(super) captured: i64,
    /// The numbers that the bank and AppotaPay know it by.
    pub(super) approval_code: String,
    pub(super) reconciliation_id: String,
    pub(super) bank_reconciliation_id: String,
    pub(super) created: i64,
    /// Since when the money is taken, if it is.
    pub(super) captured_at: i64,
    pub(super) updated: i64,
}

things!(Charge);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Authorized,
    Captured,
    /// Let go by the merchant.
    Reversed,
    /// Let go because nobody captured it in time.
    LetGo,
}

impl Status {
    /// What the ledger says.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Authorized => "AUTHORIZED",
            Self::Captured => "CAPTURED",
            Self::Reversed | Self::LetGo => "REVERSED",
        }
    }

    /// What answers say, which know no more than two words.
    fn told(self) -> &'static str {
        if self == Self::Captured { "CAPTURED" } else { "AUTHORIZED" }
    }
}

impl Charge {
    /// Until when it may be captured and reversed.
    pub(super) fn end_of_hold(&self) -> i64 {
        self.created.saturating_add(HOLD_MS)
    }

    pub(super) fn let_go_if_due(&mut self, now: i64) {
        if self.status == Status::Authorized && self.end_of_hold() <= now {
            self.status = Status::LetGo;
            self.updated = self.end_of_hold();
        }
    }

    pub(super) fn take(&mut self, amount: i64, now: i64) {
        self.status = Status::Captured;
        self.captured = amount;
        self.captured_at = now;
        self.updated = now;
    }

    pub(super) fn show(&self) -> Said {
        Object::new()
            .put("id", &*self.id)
            .put_some("authenticationId", self.authentication.as_deref())
            .put("merchantRefId", &*self.reference)
            .put("status", self.status.told())
            .put("authorizedAmount", self.authorized)
            .put("capturedAmount", self.captured)
            .put("currency", VND)
            .put("approvalCode", &*self.approval_code)
            .put_some("eci", self.eci)
            .put("reconciliationId", &*self.reconciliation_id)
            .put("bankReconciliationId", &*self.bank_reconciliation_id)
            .put_some("tokenId", self.token.as_deref())
            .object("card", &self.card.show("countryCode"))
            .put_some("chargeType", self.token_again.then_some("BY_MULTIPLE_TOKEN"))
            .put("createdAt", rfc3339(self.created))
            .put("updatedAt", rfc3339(self.updated))
            .into()
    }
}

pub(super) fn get_card_charge(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = find(&state.cards.charges, call, "creditCardRefId", |charge| &charge.reference);
    Ok(charge.ok_or(codes::NO_CHARGE)?.show())
}
