//! Webhooks: what they say.

use std::fmt;

use bytes::Bytes;

use super::decline::Decline;
use super::payments::{Mode, Payment};
use super::state::State;
use crate::calendar::iso;
use crate::object::Object;

/// The name of the header that a webhook of the sandbox environment carries its signature in.
pub const SIGNATURE_HEADER: &str = "X-Zafapay-Signature-Sandbox";

const MERCHANT_NAME: &str = "Kessai Sandbox";

/// Something that happened, as ZAFA PAY would tell it to the merchant's server.
///
/// `Debug` does not show the body, so that a failing test may print it.
#[derive(Clone)]
pub struct Event {
    kind: Kind,
    body: Bytes,
}

impl Event {
    /// What happened, such as `payment.succeeded`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind.word()
    }

    /// The body of the webhook, byte for byte.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Succeeded,
    Failed,
    Canceled,
    Refunded,
    Chargeback,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Succeeded => "payment.succeeded",
            Self::Failed => "payment.failed",
            Self::Canceled => "payment.canceled",
            Self::Refunded => "payment.refunded",
            Self::Chargeback => "payment.chargeback",
        }
    }

    /// The payment's status in the words of webhooks, which calls do not use.
    fn status(self) -> &'static str {
        let word = self.word();
        word.strip_prefix("payment.").unwrap_or(word)
    }
}

/// Sends a webhook: here, puts it where the test finds it.
pub(super) fn tell(state: &mut State, kind: Kind, id: &str) {
    let Some(payment) = state.payments.find(id) else { return };
    let body = body(state, kind, payment).json().into();
    state.events.push(Event { kind, body });
}

/// What does not apply is left out.
fn body(state: &State, kind: Kind, payment: &Payment) -> Object {
    let Payment { asked, currency, .. } = payment;
    let card = payment.card.as_ref();
    let saved = payment.save_card && payment.saved_card.is_some();
    let refunded = (kind == Kind::Refunded).then(|| currency.text(payment.refunded()));
    let mut body = Object::new()
        .put("event", kind.word())
        .put("transaction_id", &*payment.id)
        .put("merchant_id", &*state.merchant_id)
        .put("merchant_name", MERCHANT_NAME)
        .put("status", kind.status())
        .put("amount", currency.text(payment.amount))
        .put("currency", currency.code)
        .put("payment_method", &*payment.method)
        .put_some("payment_method_id", payment.saved_card.as_deref())
        .put("is_recurring", payment.mode == Mode::Recurring)
        .put_some("save_card", saved.then_some(true))
        .put_some("external_id", asked.external_id.as_deref())
        .put_some("product_name", asked.product_name.as_deref())
        .put_some("customer_id", asked.customer_id.as_deref())
        .put_some("email", asked.email.as_deref())
        .put_some("tel", asked.tel.as_deref())
        .put_some("amount_refunded", refunded);
    if let Some(decline) = payment.decline {
        let error = Object::new().put("code", decline.code()).put("message", decline.message());
        body = body.object("error", &Decline::advise(error));
    }
    body.put_some("card_brand", card.map(|card| card.brand))
        .put_some("card_last4", card.map(|card| &*card.last4))
        .put_some("cardholder_name", payment.cardholder_name())
        .put_some("card_exp_month", card.map(|card| card.exp_month))
        .put_some("card_exp_year", card.map(|card| card.exp_year))
        .literal("metadata", &asked.metadata)
        .put("created_at", iso(payment.created))
        .put("timestamp", iso(state.now))
}
