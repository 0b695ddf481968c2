//! Whether a card takes part in 3-D Secure, and what came of that.

use super::card::{Behaviour, Card};
use super::{VND, check_currency, codes, read_amount, tokens};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::{query, signature};
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::things;

/// Where browsers authenticate.
const PAGE: &str = "https://acpg.invalid/credit-card/authenticate";

pub(super) struct Enrollment {
    pub(super) id: String,
    reference: String,
    token: String,
    pub(super) card: Card,
    pub(super) amount: i64,
    return_url: String,
    pub(super) status: Status,
    pub(super) used: bool,
}

things!(Enrollment);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    NotEnrolled,
    /// The customer was not asked.
    VerifiedAlone,
    Verified,
    Failed,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::NotEnrolled => "CARD_NOT_ENROLLED",
            Self::VerifiedAlone | Self::Verified => "VERIFIED",
            Self::Failed => "FAILED",
        }
    }
}

impl Enrollment {
    /// What the network says, once it has.
    pub(super) fn eci(&self) -> Option<&'static str> {
        match self.status {
            Status::Pending => None,
            Status::NotEnrolled | Status::VerifiedAlone => Some(self.card.brand.attempted()),
            Status::Verified => Some(self.card.brand.authenticated()),
            Status::Failed => Some(self.card.brand.failed()),
        }
    }

    /// `id` is what the answer calls its id, and `page` where the customer is to go.
    fn show(&self, id: &str, page: &str) -> Said {
        Object::new()
            .put(id, &*self.id)
            .put("merchantRefId", &*self.reference)
            .put("tokenId", &*self.token)
            .put("status", self.status.word())
            .put("amount", self.amount)
            .put("currency", VND)
            .put("deviceDataCollectionUrl", page)
            .object("card", &self.card.show("country"))
            .put_some("eci", self.eci())
            .into()
    }

    fn page(&self) -> String {
        match self.status {
            Status::Pending => {
                let signature = signature::sign(self.id.as_bytes());
                query::append(PAGE, &[("id", &self.id), ("signature", &signature)])
            }
            _ => String::new(),
        }
    }
}

pub(super) fn create_card_enrollment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    check_currency(body)?;
    let amount = read_amount(body)?;
    let reference = body.text("merchantRefId").unwrap_or_default();
    if state.cards.enrollments.iter().any(|enrollment| enrollment.reference == reference) {
        return Err(codes::ENROLLMENT_REFERENCE_USED.into());
    }
    let (card, token) = tokens::paying(state, body)?;
    let token = token.map(|token| token.id.clone());
    let token = token.unwrap_or_else(|| tokens::put(state, card.clone(), None, false));
    let status = match card.behaviour {
        Behaviour::Challenges | Behaviour::NeverPasses => Status::Pending,
        Behaviour::PassesAlone => Status::VerifiedAlone,
        _ => Status::NotEnrolled,
    };
    let enrollment = Enrollment {
        id: state.ids.next_ulid(),
        reference: reference.to_owned(),
        token,
        card,
        amount,
        return_url: body.text("returnUrl").unwrap_or_default().to_owned(),
        status,
        used: false,
    };
    let said = enrollment.show("id", &enrollment.page());
    state.cards.enrollments.put(enrollment);
    Ok(said)
}

pub(super) fn validate_card_enrollment(state: &State, call: &Call) -> Result<Said, Refusal> {
    let enrollment = state.cards.enrollments.find(call.path("authenticationId"));
    let enrollment = enrollment.ok_or(codes::NO_AUTHENTICATION.absent())?;
    Ok(enrollment.show("authenticationId", ""))
}

/// Lets the customer authenticate; answers with where the browser goes then.
pub(super) fn finish(state: &mut State, id: &str, passed: bool) -> Result<String, LeverError> {
    let enrollment = state.cards.enrollments.find_mut(id).ok_or(LeverError::NotFound)?;
    if enrollment.status != Status::Pending {
        return Err(LeverError::WrongStatus);
    }
    let verified = passed && enrollment.card.behaviour != Behaviour::NeverPasses;
    enrollment.status = if verified { Status::Verified } else { Status::Failed };
    let members = [("authenticationId", id), ("status", enrollment.status.word())];
    Ok(query::append(&enrollment.return_url, &members))
}

/// What an authentication allows a charge of this card to say: its ECI.
pub(super) fn check(
    enrollment: &Enrollment,
    card: &Card,
    amount: i64,
) -> Result<Option<&'static str>, Refusal> {
    if enrollment.card != *card {
        return Err(codes::NO_AUTHENTICATION.at("authenticationId", "it is another card's"));
    }
    if enrollment.used {
        return Err(codes::AUTHENTICATION_USED.into());
    }
    match enrollment.status {
        Status::Pending => Err(codes::NOT_AUTHENTICATED.into()),
        Status::Failed => Err(codes::THREE_DS_FAILED.into()),
        _ if amount > enrollment.amount => Err(codes::ABOVE_AUTHENTICATED.into()),
        Status::NotEnrolled | Status::VerifiedAlone | Status::Verified => Ok(enrollment.eci()),
    }
}
