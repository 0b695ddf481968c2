//! The fake of ZAFA PAY.
//!
//! What may be sent is what the `OpenAPI` document says, and what happens then is what ZAFA PAY
//! documents. Where it documents nothing, the sandbox has made these choices.
//!
//! # Calls
//!
//! - The access token and the publishable key are each refused with 403 `forbidden` where the
//!   other is meant. ZAFA PAY knows that code for a merchant who is not active, which none is here.
//! - A path or a method that the document does not have is 404 `not_found`, and so is everything
//!   that a path or a parameter names and that is not there.
//! - A parameter that is refused with `validation_error` is named in `param`, and once more in
//!   `details` as `field` with an `issue`. Other codes have `param` where one is at fault.
//! - Creating a token or a payment is answered with 201 (202 when the customer has to do something
//!   first), everything else with 200.
//! - Idempotency is not modelled: the header that carries a key is not published. Nor are limits on
//!   calls, amounts per month, and flows: any `flow_id` is taken, and `flow_default` used without.
//! - Ids start as those of the documents, merchants with `merchant_`, refunds at the gateway with
//!   `re_` and access tokens with `access_`. Times are written with milliseconds.
//! - Addresses to send the customer to are at hosts of `.invalid`: nobody answers there, and a test
//!   does what the customer would.
//!
//! # Money
//!
//! - The currencies are those of the dashboard, in small letters: `usd`, `jpy`, `eur`, `sgd`,
//!   `php`, `gbp`, `aud`, `cad`. Any other, or capitals, is `unsupported_currency`.
//! - An amount that is not more than zero, has more digits behind the point than its currency, or
//!   is written with an exponent is `invalid_amount`, and so is one above what was held or is left.
//!   One that 64 bits cannot count is `amount_above_maximum`; there is no other limit.
//! - Texts have all digits of the currency (`5.50`, and `0` for nothing), numbers no more than they
//!   need (`5.5`).
//! - Nothing is converted. A refund may name the currency of its payment, and no other
//!   (`unsupported_currency`).
//!
//! # Payments
//!
//! - Without `capture_method` the money is taken at once.
//! - A payment has an id, and can be looked at, once the customer has paid, failed or given up at
//!   the hosted checkout, or its card was charged. Until then there is only the request, and
//!   looking for it is `not_found`. Only looking takes the id of the request.
//! - The answer to a request does not tell the id of the payment: the webhook does, and looking.
//! - A hosted checkout does not expire, and is over when the customer has failed.
//! - A card that is declined at once is refused with the decline code itself, the category
//!   `soft_decline` and the action `use_different_card`, the one word that is half known. The
//!   payment is there, `failed`, and its webhook is sent.
//! - Which numbers are declined is in [`cards`]. Any card is `expired_card` once its month is over
//!   by UTC, and failing 3-D Secure is `card_declined`.
//! - `created_at` of a payment is when it began, not when it was asked for. Where the card has no
//!   name on it, `cardholder_name` is the `name` of the request.
//! - `payment_method` may be `card` or `depot`, which is paid at the hosted checkout without a
//!   card, at once (`not_supported` with `manual`), and cannot be saved
//!   (`recurring_not_supported`). Any other, and any object, is `not_supported`.
//! - A `token` and a `payment_method_id` in one request are refused with `validation_error`.
//! - All cards are `credit` of the country `JP`. What is not a Visa, Mastercard, Amex or JCB by its
//!   number has the brand `unknown`.
//! - An `external_id` may be used again, and is left out where none was given.
//!
//! # Capturing, voiding, refunding
//!
//! - Money is held without end. Of a partial capture the rest is let go, and the `amount` of the
//!   payment is from then on what was captured.
//! - Voiding needs a payment that is `authorized`, as capturing does (`invalid_status` otherwise).
//! - A refund is `succeeded` at once and costs 50 of the smallest unit, which the
//!   [ledger](Zafapay::ledger) does not count.
//! - A [chargeback](Zafapay::chargeback) happens once, to a payment of which something is left, and
//!   leaves the status and the ledger as they are. From then on the payment cannot be refunded
//!   (`invalid_state`).
//!
//! # Tokens and saved cards
//!
//! - A card number must have 12 to 19 digits and the right check digit, a security code three or
//!   four, and the date must not be over: `validation_error` otherwise.
//! - A token is used up by the first payment that charges its card, even if that is declined or
//!   needs 3-D Secure; a request that is refused before leaves it good. After 30 minutes, to the
//!   millisecond, it is expired.
//! - A card is saved when the bank agrees, also to a payment that only holds the money. Saved
//!   twice, it is there twice. `save_card` of a card that is saved already changes nothing.
//! - The oldest card of a customer is the default. A customer without any has an empty list.
//! - A blocked card is refused with `invalid_status`, one that is detached or somebody else's with
//!   `not_found`. Blocking what is blocked, and unblocking what is not, is `invalid_status`.
//! - Detaching works on every saved card and answers with the status `detached`.
//! - A card that wants 3-D Secure pays without when it is saved.
//!
//! # Webhooks
//!
//! - Events are [kept](Zafapay::events), not delivered. There is one endpoint, without a choice of
//!   events; `payout.completed` is never sent.
//! - What does not apply is left out, not null. The `error` of a failed payment is an object.
//! - The signature is in lower-case hexadecimal digits, and the whole secret with its `whsec_` is
//!   the key.

mod auth;
pub mod cards;
mod decline;
mod events;
mod levers;
mod money;
mod payment_methods;
mod payments;
mod refunds;
mod refusal;
mod rules;
mod service;
mod state;
mod tokens;

use crate::ledger::{Ledger, Line, Totals};
pub use crate::lever::LeverError;
use crate::running::handle;
pub use decline::Decline;
pub use events::{Event, SIGNATURE_HEADER};
use service::Service;

handle! {
    /// A running fake of ZAFA PAY.
    pub struct Zafapay(Service);
}

impl Zafapay {
    /// The one access token that it accepts, for everything but making tokens of cards.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.service.provider().keys.access_token
    }

    /// The key for browsers, with which only tokens of cards can be made.
    #[must_use]
    pub fn publishable_key(&self) -> &str {
        &self.service.provider().keys.publishable
    }

    /// Where the money is now, in the smallest units, by the ids of payments (`tx_`).
    ///
    /// The reference is the `external_id`, empty if none was given.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let state = self.service.state();
        let line = |payment: &payments::Payment| Line {
            charge: payment.id.clone(),
            reference: payment.asked.external_id.clone().unwrap_or_default(),
            currency: payment.currency.code.to_owned(),
            status: payment.status.word().to_owned(),
            totals: Totals::new(payment.authorized, payment.captured, payment.refunded()),
        };
        Ledger::new(state.payments.iter().filter(|payment| payment.exists()).map(line).collect())
    }
}
