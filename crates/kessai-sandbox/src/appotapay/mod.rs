//! The fake of AppotaPay.
//!
//! What may be sent is what the `OpenAPI` document says, and what happens then is what AppotaPay
//! documents. Where it documents nothing, the sandbox has made these choices.
//!
//! # Calls
//!
//! - One address serves what AppotaPay has three hosts for. The account is the one that AppotaPay
//!   publishes for its own sandbox.
//! - A token must be good by the clock of the sandbox and end within 24 hours. It may be sent with
//!   `Bearer ` before it, everywhere. Everything that is wrong about it is 401, with the code 401
//!   (for prepaid cards `11`).
//! - Any UUID names a sub-account, and any other text none: 119 for credit cards, 90 elsewhere. To
//!   the services that have no sub-accounts the header says nothing.
//! - What the document does not allow is 400 with the code 1 (for prepaid cards `10`, for wallets
//!   that are linked 400). Then a wrong signature is 400 with the code 2 (for prepaid cards `19`).
//!   A path that the document does not have is 404 with the code 404 (for prepaid cards `22`).
//! - Other codes come with 404 where something is not there and with 400 else; services and prepaid
//!   cards tell them within 200.
//! - Other headers than those of tokens, sub-accounts and signatures are not looked at.
//! - Answers that carry an error instead of what would be signed are not signed.
//! - Messages are in English, whatever language is asked for. Currencies other than `VND` are
//!   refused.
//!
//! # Credit cards
//!
//! - Which card numbers are declined, and which want 3-D Secure, is in [`cards`]. All are `CREDIT`
//!   of the country `VN`. Numbers have 16 digits and the right check digit (61), and are of Visa,
//!   Mastercard or JCB (62). A card is over (63) when its month is, by UTC.
//! - A charge and a check are of 1,000 (96) to 500,000,000 dong (97).
//! - A reference is used once for tokens (84), checks (100) and charges (4), and for reversals and
//!   refunds (6). What is refused uses up neither the reference nor the token.
//! - A check of a card as such makes a token for one payment, which the charge may name. A check
//!   does not use up a token for one payment, a charge does.
//! - Cards that customers have to authenticate are refused without (102 before they are checked,
//!   103 after); nothing else needs an `authenticationId`. One that is another card's is 94, one
//!   that failed 90, and one that waits 103. Cards that do not take part have the ECI of an
//!   attempt.
//! - Only two words are published for the status of a charge: one that is reversed or let go still
//!   says `AUTHORIZED`, and one that is given back `CAPTURED`. The [ledger](Appotapay::ledger) says
//!   `REVERSED`. `chargeType` is there only for tokens that pay again and again.
//! - Money is held for seven days to the millisecond and then let go: capturing is 117 from then
//!   on, and reversing 114. A charge is captured once; the rest is let go. Refunds end six months
//!   after the capture, by the calendar.
//! - Deleting a token takes any `merchantRefId`, which comes back.
//!
//! # Payments
//!
//! - An order does not expire. Who fails to pay, or gives up, leaves it with the code 33; nobody is
//!   told but the browser, whose data have the form of the callback.
//! - There are no fees and no discounts. Only payments by `VA` have a QR code.
//! - Banks are those of the documents, each for its method (141). At the merchant's own checkout
//!   the method is `ATM` (140), and every card and account pays once the customer has typed in the
//!   one-time password, for which [`pay_order`](Appotapay::pay_order) stands.
//! - `PAY_WITH_RETURN_TOKEN` gives a token to who pays by `ATM` or `CC`. A token that is not there
//!   is refused with the code 1, and deleting it with 404 and 36.
//! - An order is used once (30), by payments from wallets too, which are found and listed with the
//!   others.
//! - Refunds need a payment that is `success`, and follow AppotaPay's table of providers: `ATM` for
//!   a year, `CC` for six months, `SHOPEEPAY` for 60 days and `ZALOPAY` for 180, all of them in
//!   parts; other wallets as a whole; anything else not at all. What does not fit is 135, and more
//!   than is left 32. They are `success` at once, but for `CC`: those are `processing` for 24
//!   hours.
//! - Refunds need not wait for one another (129).
//!
//! # Wallets
//!
//! - Each [link](Appotapay::link_wallet) is of a new owner, whose balance is in [`wallet`]. Scopes
//!   are not looked at. The login form itself is an empty page.
//! - The code of a login is good once and for 10 minutes, an access token for 30 days, a refresh
//!   token for 365. Refreshing ends both old tokens.
//! - A wrong key and a token that is over are 401 with the code 401; a wrong code or refresh token
//!   is 400 with 400.
//! - Payments of [`OTP_FROM`](wallet::OTP_FROM) and more wait for the one-time password, which is
//!   good for five minutes (22); the third wrong one ends the payment (39), others are 21. Who has
//!   too little is told within 200 (75).
//! - Confirming and cancelling what has failed is refused with the code of the failure, 33 if it
//!   was cancelled.
//!
//! # Subscriptions
//!
//! - The data of a customer are refused (3027) where a telephone number is not E.164, an address
//!   has no `@`, or a date is none. A customer that comes with a payment method has no reference.
//! - A card with `skipThreeDSecure` `NO` waits for
//!   [the customer](Appotapay::finish_payment_method), as every wallet does; with `YES` it is
//!   `ACTIVE` at once, unless its customer has to authenticate (3013). A number that no card has,
//!   or a card that is over, is 3012. Numbers of [`cards`] that are declined are saved, and do not
//!   pay.
//! - A payment method is not told of in callbacks: the names of those events are not published.
//! - A plan without payment methods waits for [the customer](Appotapay::finish_plan), to `PAY` if
//!   it takes a payment at once, and for `AUTH` else. Payment methods are tried in the order of
//!   their ranks within one attempt, and have to be of the plan's customer (3004).
//! - Cycles are at the `anchorDate` and whole intervals after it, by the days of Vietnam, and only
//!   to come: a plan charges nothing when it is made, unless `immediateActionType` says so. That
//!   makes a cycle of its own, tried once; if it fails the plan is `INACTIVE`. Of plans by the
//!   month alone, the 29th to 31st become the first.
//! - A plan that is active has one cycle that is `SCHEDULED`, which keeps its amount when the plan
//!   is changed; the next is made when that one is due, paid or cancelled. A plan that had all
//!   its cycles, whatever came of them, is `INACTIVE`.
//! - A failed cycle is tried again as often as `totalRetry` says, not at all without, and a day
//!   later each time where no `retryIntervalCount` is. Ending a plan cancels what is `SCHEDULED` or
//!   `RETRYING`.
//! - The amount of a cycle has the bounds of that of a plan. `currencyExchange` is only shown.
//! - A cycle is forced three times at most (3011). A forced attempt that fails leaves the cycle as
//!   it was. While one [runs](Appotapay::hold_forced_attempts) the cycle is neither charged nor
//!   cancelled (3049).
//! - Refunds are `success` at once. An attempt that took nothing is refused with 110, one that is
//!   not there with 36.
//! - Only AppotaPay's ids name what is changed, and only the merchant's references what is looked
//!   at, but for cycles.
//!
//! # Services
//!
//! - Transfers, bills, top-ups and cards to sell are paid from [one balance](Appotapay::balance),
//!   which is [`BALANCE`] at first (12 when it is too low). What is pending is paid for, and comes
//!   back if it fails. There are no fees, and both amounts of an answer are the same. What
//!   customers pay does not add to the balance.
//! - What becomes of each is decided by numbers in [`transfers`], [`bills`], [`topups`],
//!   [`shop_cards`] and [`card_chargings`]. Some are done and answered with 99, as what nobody
//!   knows: looking the reference up tells.
//! - A reference is used once for each service (31). What is refused does not use it up; what has
//!   failed (33) does.
//! - A bank is any word of capitals, digits and `_` (190). Only transfers tell of their end.
//! - The account number of a lookup is a JSON number, as it was seen, without zeros in front.
//! - A bill is found under every code, and paid with the reference that it was looked up with (36);
//!   then nothing is owed. The amounts of `billDetail` have to be what is owed; nothing else in it
//!   is looked at.
//! - Products of top-ups are a network and thousands, such as `viettel_50` and `mobifone_data_20`.
//!   Nothing is told of networks and products where AppotaPay's answer is not known.
//! - A virtual account is at `WOORIBANK` or `VIETCAPITALBANK` (149), takes money again and again
//!   until its bill is over or it is closed, and is good for 30 days if the bill names no end. The
//!   name of a customer has letters, digits and blanks (206).
//! - A prepaid card that was submitted five times is locked (`35`). The vendor is `appota`.
//!
//! # Terminals
//!
//! - Every terminal is there and on. A payment does not expire, and is settled at midnight in
//!   Vietnam; until then it can be [voided](Appotapay::void_at_terminal). A repeated reference is
//!   30. `total` of a list counts payments.
//!
//! # Callbacks
//!
//! - They are [kept](Appotapay::events), not delivered. The `time` of a body is a number.
//! - Addresses to send the customer to are at hosts of `.invalid`: nobody answers there, and a test
//!   does what the customer would.

mod auth;
pub mod cards;
mod events;
mod page;
mod payments;
mod pos;
mod query;
mod refusal;
mod rules;
mod service;
mod services;
mod signature;
mod state;
mod subscriptions;
mod time;
pub mod wallet;

use crate::ledger::Ledger;
pub use crate::lever::LeverError;
use crate::running::handle;
pub use events::Event;
use service::Service;
pub use services::{BALANCE, bills, card_chargings, shop_cards, topups, transfers};

handle! {
    /// A running fake of AppotaPay.
    pub struct Appotapay(Service);
}

impl Appotapay {
    /// The code of the one partner that there is.
    #[must_use]
    pub fn partner_code(&self) -> &str {
        auth::PARTNER_CODE
    }

    /// The API key of the partner, which is no secret.
    #[must_use]
    pub fn api_key(&self) -> &str {
        auth::API_KEY
    }

    /// The key that tokens, requests, answers and callbacks are signed with.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        auth::SECRET_KEY
    }

    /// Where the money is now, in VND, by AppotaPay's ids.
    ///
    /// The reference is the merchant's own. Money that goes out, such as a transfer to a bank, is a
    /// line too: its `authorized` is what was asked, and its `captured` what was paid.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let state = self.service.state();
        let products = [
            cards::lines(&state),
            payments::lines(&state),
            subscriptions::lines(&state),
            services::lines(&state),
            pos::lines(&state),
        ];
        Ledger::new(products.concat())
    }

    /// Everything that AppotaPay would have told the merchant's server so far, oldest first.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.service.state().events.clone()
    }
}
