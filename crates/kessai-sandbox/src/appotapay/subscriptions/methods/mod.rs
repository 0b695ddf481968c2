//! What customers pay with: cards and wallets.

mod create;

pub(super) use create::{at_checkout, create_payment_method};

use super::{codes, list};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::appotapay::{events, time};
use crate::calendar::month_of;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;

/// A card or a wallet that a customer lets the merchant charge.
pub(super) struct PaymentMethod {
    pub(super) id: String,
    /// The merchant's own; one that the customer chose on AppotaPay's page has none.
    reference: Option<String>,
    pub(super) customer_id: String,
    country: String,
    kind: Kind,
    /// As it was sent.
    billing: Option<String>,
    status: Status,
    /// Where the browser comes back, by whether the customer has proved to be the owner.
    success_url: Option<String>,
    failure_url: Option<String>,
    created: i64,
    updated: i64,
}

enum Kind {
    Card(Card),
    /// The wallet as it is shown.
    Wallet(Object),
}

/// What is kept of a card: not its number.
struct Card {
    masked: String,
    month: String,
    year: String,
    holder: Option<String>,
    /// Whether the customer was left alone, and the addresses, as they are shown.
    properties: Object,
    is_declined: bool,
    never_passes: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    RequiresAction,
    Active,
    Inactive,
    Failed,
}

impl PaymentMethod {
    fn status(&self, now: i64) -> &'static str {
        match self.status {
            Status::RequiresAction => "REQUIRES_ACTION",
            Status::Active if self.is_over(now) => "EXPIRED",
            Status::Active => "ACTIVE",
            Status::Inactive => "INACTIVE",
            Status::Failed => "FAILED",
        }
    }

    fn is_over(&self, now: i64) -> bool {
        match &self.kind {
            Kind::Card(card) => is_over(&card.year, &card.month, now),
            Kind::Wallet(_) => false,
        }
    }

    /// Whether plans may be made with it.
    pub(super) fn is_active(&self, now: i64) -> bool {
        self.status == Status::Active && !self.is_over(now)
    }

    /// Whether an attempt to charge it has success.
    pub(super) fn pays(&self, now: i64) -> bool {
        let is_declined = matches!(&self.kind, Kind::Card(card) if card.is_declined);
        self.is_active(now) && !is_declined
    }
}

/// Whether the month of a card is over, in Greenwich.
fn is_over(year: &str, month: &str, now: i64) -> bool {
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    (number(year), number(month)) < month_of(now)
}

pub(super) fn get_payment_method(state: &State, call: &Call) -> Result<Said, Refusal> {
    let method = find(state, call.path("paymentMethodRefId")).ok_or(codes::NO_METHOD)?;
    Ok(show(method, state.now).into())
}

/// The newest first.
pub(super) fn list_payment_methods(state: &State, call: &Call) -> Result<Said, Refusal> {
    let wanted = |name: &str, has: Option<&str>| {
        call.query.text(name).is_none_or(|wanted| Some(wanted) == has)
    };
    let methods = state.subscriptions.methods.iter().rev().filter(|method| {
        wanted("paymentMethodRefId", method.reference.as_deref())
            && wanted("customerId", Some(&method.customer_id))
            && wanted("paymentMethod", Some(method.kind.word()))
    });
    list(call, &methods.collect::<Vec<_>>(), |method| show(method, state.now))
}

fn find<'a>(state: &'a State, reference: &str) -> Option<&'a PaymentMethod> {
    let mut methods = state.subscriptions.methods.iter();
    methods.find(|method| method.reference.as_deref() == Some(reference))
}

impl Kind {
    fn word(&self) -> &'static str {
        match self {
            Self::Card(_) => "CC_SUBS",
            Self::Wallet(_) => "EWALLET_SUBS",
        }
    }
}

fn show(method: &PaymentMethod, now: i64) -> Object {
    let object = Object::new()
        .put_some("paymentMethodRefId", method.reference.as_deref())
        .put("paymentMethodId", &*method.id)
        .put("customerId", &*method.customer_id)
        .put("country", &*method.country)
        .put("currency", super::VND)
        .put("paymentMethod", method.kind.word())
        .put("reusability", "MULTIPLE_USE");
    let object = match &method.kind {
        Kind::Card(card) => object.object("card", &card.show()),
        Kind::Wallet(wallet) if method.status == Status::Active => {
            let account =
                Object::new().put("accountNumber", "0901234567").put("name", "NGUYEN VAN A");
            object.object("ewallet", &wallet.clone().object("account", &account))
        }
        Kind::Wallet(wallet) => object.object("ewallet", wallet),
    };
    let object = match &method.billing {
        Some(billing) => object.literal("billing", billing),
        None => object,
    };
    let object = object.put("status", method.status(now));
    // What the customer had to do stays there after it was done.
    let object = match method.success_url {
        Some(_) => {
            let url = format!("https://payment.appotapay.invalid/subscription?id={}", method.id);
            let action = Object::new().put("url", url).put("action", "AUTH").put("method", "GET");
            object.array("actions", [action].into_iter())
        }
        None => object,
    };
    object
        .put("createdAt", time::rfc3339(method.created))
        .put("updatedAt", time::rfc3339(method.updated))
}

impl Card {
    fn show(&self) -> Object {
        let info = Object::new()
            .put("cardNumber", &*self.masked)
            .put("cardMonth", &*self.month)
            .put("cardYear", &*self.year)
            .put_some("cardHolderName", self.holder.as_deref());
        Object::new().object("properties", &self.properties).object("cardInfo", &info)
    }
}

/// Lets the customer prove to be the owner, or not; answers with where the browser goes.
pub(super) fn finish(state: &mut State, id: &str, passed: bool) -> Result<String, LeverError> {
    let now = state.now;
    let method = state.subscriptions.methods.find_mut(id).ok_or(LeverError::NotFound)?;
    if method.status != Status::RequiresAction {
        return Err(LeverError::WrongStatus);
    }
    let passed = passed && !matches!(&method.kind, Kind::Card(card) if card.never_passes);
    method.status = if passed { Status::Active } else { Status::Failed };
    method.updated = now;
    let (url, status, error_code, message) = if passed {
        (&method.success_url, "VERIFIED", 0, "Success")
    } else {
        (&method.failure_url, "FAILED", 3012, codes::METHOD_INVALID.message)
    };
    let data = Object::new()
        .put("action", "AUTH")
        .put("paymentMethodId", id)
        .put("status", status)
        .put("errorCode", error_code)
        .put("errorMessage", message);
    Ok(events::sealed_return(url.as_deref().unwrap_or_default(), &data, now))
}

/// Lets the customer take the payment method back.
pub(super) fn withdraw(state: &mut State, id: &str) -> Result<(), LeverError> {
    let now = state.now;
    let method = state.subscriptions.methods.find_mut(id).ok_or(LeverError::NotFound)?;
    if !method.is_active(now) {
        return Err(LeverError::WrongStatus);
    }
    method.status = Status::Inactive;
    method.updated = now;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        let end = time::read("2027-01-01T00:00:00Z").unwrap();
        assert!(!is_over("2026", "12", end - 1) && is_over("2026", "12", end));
        assert!(!is_over("2027", "01", end));
    }
}
