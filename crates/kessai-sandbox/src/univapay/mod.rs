//! The fake of UnivaPay.
//!
//! What may be sent is what the `OpenAPI` document says, and what happens then is what UnivaPay
//! documents. Where it documents nothing, the sandbox has made these choices.
//!
//! The choices for direct debit are in [`direct_debit`], and those for what only older SDKs know in
//! [`legacy`].
//!
//! # What is missing
//!
//! Every operation is answered. Of the members of requests, these are missing: `mcp_token` of
//! charges; `installment_plan`, `first_charge_authorization_only` and most changes of a plan of
//! subscriptions. They are answered with 501 and a code that UnivaPay does not have,
//! `NOT_IMPLEMENTED_BY_SANDBOX`, and `errors` names the member.
//!
//! # Calls
//!
//! - There is one merchant with one store and its application token, in mode `test`. Its JWT alone,
//!   as browsers send it, makes tokens, reads issuer tokens and looks at the checkout; anything
//!   else is 403 `INVALID_PERMISSIONS`. A wrong secret before the right JWT is
//!   `INVALID_CREDENTIALS`, and everything else that is no key `INVALID_APP_TOKEN`. No `Origin` is
//!   refused.
//! - [A second application token](Univapay::merchant_credential) is the merchant's. It alone lists
//!   the ledgers of bank transfers, and makes no tokens, charges or subscriptions.
//! - Stores that are made are listed, and nothing can be done in them: the application token is
//!   that of the first, which cannot be deleted. No two have the same name. A group of settings
//!   that is sent takes the place of the old one, and settings change nothing else.
//! - A path that the document does not have, and everything that a path or a member names and that
//!   is not there, also a store of another id, is 404 with the code `NOT_FOUND`.
//! - `field` of an error has the names of the document, joined by dots; those of a card stand
//!   alone, as `card_number`.
//! - What does not apply is left out of answers. Nothing is null.
//! - Ids are UUIDs in the order of time, and digits for direct debit, which a cursor relies on: it need not name a thing of the
//!   list. A `limit` of less than 1 is refused.
//! - Metadata is changed as a whole, and comes back byte for byte.
//! - An idempotency key is kept for 24 hours to the millisecond if the call succeeds; a refused
//!   call is `not_stored`. Requests are the same if method, address and body are, byte for byte.
//!   Where an operation takes no key, or none is sent, there is no `Idempotency-Status`.
//! - There are no limits on calls until a test [sets them](Univapay::limit_calls). Then a minute is
//!   any 60 seconds, an address is the path without the query, and what was refused does not count.
//!   Calls that are not admitted, or that mean no operation, are neither counted nor limited.
//!
//! # Lists
//!
//! - No filter is ignored, but for `all` of the history, which leaves out nothing either way.
//! - Times may be milliseconds since 1970 everywhere.
//! - A text (`search`) is looked for in ids, names, e-mail addresses and notes, `metadata` in notes
//!   and `cardholder` in names, all in capitals or not; every other filter is compared as it is. A
//!   `short_id` is an end of the id, and of tokens and stores a beginning as well.
//! - `gateway_transaction_id` is the id itself. The provider of a wallet or code is told by its
//!   brand, and is `test` where that tells nothing.
//! - `total_hits` of the history is on the first page.
//!
//! # Pending
//!
//! - What is `pending` moves on when the next call of any kind comes. `polling` therefore never
//!   waits, and is answered at once even while a test [holds](Univapay::hold) everything.
//! - The [ledger](Univapay::ledger) is as things stand, and moves nothing on.
//!
//! # Tokens and charges
//!
//! - Which card numbers are declined is in [`cards`]; UnivaPay documents that refunds of
//!   [`NO_REFUNDS`](cards::NO_REFUNDS), the most famous of test cards, fail. Any card is declined
//!   once its month is over by UTC. All are `credit` of the country `JP`.
//! - A security code, a name and an e-mail address may be left out. Years of two digits are of this
//!   century.
//! - A token is used up by the first charge or subscription, whatever comes of it, and expires
//!   after 5 minutes to the millisecond. Recurring ones do neither, and their `usage_limit` limits
//!   nothing. A deleted token is there, not active, and `RECURRING_TOKEN_DISABLED`.
//! - 3-D Secure is asked for with `require` and `force`, never with `skip` and `provided`, and else
//!   by the card's number, unless the customer has passed it for the token. The issuer token works
//!   in all of them; without `awaiting` it is refused with `INVALID_CHARGE_STATUS`. Failing there
//!   is 358.
//! - Capturing what is not `authorized` is `ALREADY_CAPTURED` in every status. The money is taken by
//!   the time the capture is answered. Of a partial capture the rest is let go. `charged_amount` is
//!   there once the money is taken.
//! - `capture_at` of a card needs `capture` to be `false`, and takes all that is held, once the
//!   next call comes after that. `fee_amount` comes back and changes no amount.
//! - `CHARGE_TOO_QUICK` holds for 30 seconds to the millisecond, whatever came of the first charge:
//!   for a card by its number, for other recurring tokens by their id. Payments of subscriptions
//!   are neither refused nor counted.
//! - A cancel also works on a charge that is still `pending`, and on one that is `awaiting`, unless
//!   a deposit has come for it. A second one while the first is pending is `CANCEL_NOT_ALLOWED`.
//! - A refund that failed does not count against the sum.
//!
//! # Checks of cards
//!
//! - 3-D Secure of a token is for recurring tokens of cards, others are `INVALID_TOKEN_TYPE`. It is
//!   `awaiting` with the next call, until a test [ends it](Univapay::finish_token_three_ds).
//!   Turning it on again is `CANNOT_CHANGE_TOKEN`, unless it has failed. A token that is not
//!   secured can be charged.
//! - A security code is confirmed with the next call if the card pays. Until then the token is
//!   refused with `CVV_AUTHORIZATION_NOT_COMPLETED`. No charge is made for it.
//! - `RECURRING_USAGE_REQUIRES_CVV` comes when a test [says so](Univapay::ask_for_cvv).
//!
//! # Other ways to pay
//!
//! - What is scanned, Paidy and Apple Pay pay at once, and are refused if the code or the token
//!   ends in 1111, as a card number does: with 322, 340 and 306. A scanned code tells its brand in
//!   front of a colon, as `pay_pay:28`.
//! - A wallet, a code that the customer scans, a convenience store and a bank transfer are
//!   `awaiting` until a test pays: [in the wallet](Univapay::finish_in_wallet), [at the
//!   store](Univapay::pay_at_store), [into the account](Univapay::deposit). The first two wait
//!   without end; a wallet that refuses is 340.
//! - `qr_image_url` is there with the call after the token was made.
//! - There are 30 days to bring the money, for bank transfers as well, or `expiration_period`,
//!   moved on to the next `expiration_time_shift`; or there is time until `capture_at`. Where the
//!   day counts, it is that of Japan. What is not paid by then is `failed` with 313.
//! - Of deposits that are too much together, the rest stays in the account.
//! - Wallets and codes make `one_time` tokens alone, and convenience stores and bank transfers no
//!   `recurring` ones. Cards and Apple Pay alone can hold money. A brand may be any word but for
//!   bank transfers.
//! - The customs are told of `we_chat_online` and `we_chat_mpm`, others are
//!   `NOT_SUPPORTED_BY_PROCESSOR`. They answer with the next call, and refuse a certificate that
//!   ends in 1111 with 603.
//!
//! # Webhooks
//!
//! - Events are [kept](Univapay::events), not delivered; `list_webhook_events` says that each has
//!   arrived. A store has no more than 50 webhooks.
//! - `charge_updated` tells of `authorized` and `awaiting`, `charge_finished` of every end,
//!   `canceled` as well. The event of 3-D Secure is spelled as the webhook asks for it.
//!
//! # Subscriptions
//!
//! - With `subscription_plan` the amount is the whole sum. `fixed_cycles` counts the initial
//!   payment, and what does not divide evenly is added to the last payment; with
//!   `fixed_cycle_amount` the last payment is what is left. No plan has more than 1000 payments.
//! - A simulation without a plan tells the first 12 payments.
//! - The first payment is made when the subscription is, or on `start_on`; it is `unverified` until
//!   then. With an `initial_amount`, that is paid first and the others start on `start_on`, or one
//!   period later.
//! - Every `zone_id` comes back and is counted as `Asia/Tokyo`. Later payments are made at 07:00
//!   there, when the next call comes after that; months are counted from the first day, so that
//!   the end of a month is kept, whatever `preserve_end_of_month` says.
//! - `cyclical_period` is a duration of one unit: days, weeks, months or years.
//! - A payment that did not go well is tried again once the subscription is unsuspended or gets
//!   another token, and at 07:00 on the day that its `retry_interval`, or else that of the
//!   schedule, ends: as often as it fails, but not for the first payment. The interval is of weeks,
//!   days and hours. Until it is paid no other payment is planned.
//! - Suspending what is neither `current` nor `unpaid`, and unsuspending what is not `suspended`,
//!   is a `VALIDATION_ERROR` of `status`; what is over is `SUBSCRIPTION_ALREADY_ENDED`, also to a
//!   second cancel. Where the end waits for the next payment, that payment is not made, and the
//!   status is the old one until its day.
//! - 3-D Secure is asked for with the first payment alone.
//! - A new `amount` of an endless subscription holds from the payment after the next one.
//! - Of the payments only the next one can be changed, and not while a charge for it runs. One that
//!   is marked as paid is told of as `subscription_payment`.

mod auth;
mod cancels;
pub mod cards;
mod charges;
mod checkout;
mod customers;
mod customs;
pub mod direct_debit;
mod events;
mod failure;
mod filters;
mod history;
mod idempotency;
pub mod legacy;
mod levers;
mod limits;
mod means;
mod metadata;
mod money;
mod page;
mod refunds;
mod refusal;
mod rules;
mod service;
mod state;
mod stores;
mod subscriptions;
mod three_ds;
mod time;
mod tokens;
mod webhooks;

use crate::ledger::{Ledger, Line, Totals};
use crate::running::handle;
use crate::said;
pub use events::Event;
pub use levers::LeverError;
use service::Service;

handle! {
    /// A running fake of UnivaPay.
    pub struct Univapay(Service);
}

impl Univapay {
    /// The secret of the store's application token.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.service.provider().keys.secret
    }

    /// The JWT of the store's application token. Its signature means nothing.
    #[must_use]
    pub fn jwt(&self) -> &str {
        &self.service.provider().keys.jwt
    }

    /// The secret and the JWT as servers send them, with a dot between.
    #[must_use]
    pub fn credential(&self) -> String {
        self.service.provider().keys.credential()
    }

    /// The id of the one store.
    #[must_use]
    pub fn store_id(&self) -> &str {
        &self.service.provider().store_id
    }

    /// The id of the one merchant.
    #[must_use]
    pub fn merchant_id(&self) -> &str {
        &self.service.provider().merchant_id
    }

    /// Where the money is now, in the smallest units.
    ///
    /// The reference is the `merchant_transaction_id`, empty if none was given, as for every
    /// [direct debit](direct_debit); a charge with a note in `metadata` is found
    /// [by that](Ledger::by_note). Refunds that are pending have given nothing back.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let state = self.service.state();
        let line = |charge: &charges::Charge| {
            let refunds = state.refunds.iter();
            let done = refunds.filter(|refund| refund.charge_id == charge.id && refund.is_done());
            let refunded = done.map(|refund| refund.amount).sum();
            Line {
                charge: charge.id.clone(),
                reference: charge.merchant_transaction_id.clone().unwrap_or_default(),
                currency: charge.currency.clone(),
                status: charge.status.word().to_owned(),
                totals: Totals::new(charge.authorized, charge.captured, refunded),
            }
        };
        let charges = state.charges.iter();
        let lines = charges.clone().map(line).chain(direct_debit::lines(&state)).collect();
        let notes = charges.map(|charge| (charge.id.clone(), metadata::read(&charge.metadata)));
        Ledger::new(lines).with_notes(notes.collect())
    }
}
