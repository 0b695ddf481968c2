//! What a test does in place of customers, shops, banks and elepay's dashboard.

use super::charges::{self, ChargeProgress, PayError, pay};
use super::events::Event;
use super::{Elepay, codes, disputes, events, invoices, readers, refunds, sources, subscriptions};
use crate::lever::LeverError;

/// What customers and others do; every lever first lets happen what was due by the clock.
impl Elepay {
    /// Lets the customer pay a charge that is `pending`, `waiting` or `notified`.
    ///
    /// It is `captured` afterwards, or `uncaptured` if that is all that was asked.
    ///
    /// # Errors
    ///
    /// If there is no such charge or it is not waiting to be paid.
    pub fn pay(&self, charge_id: &str) -> Result<(), PayError> {
        pay(&mut self.service.state(), charge_id)
    }

    /// Lets a payment that is not paid yet come this far, or fail.
    ///
    /// # Errors
    ///
    /// If there is no such charge, it has come further already, or its payment method does not
    /// know this.
    pub fn set_charge_status(
        &self,
        charge_id: &str,
        progress: ChargeProgress,
    ) -> Result<(), LeverError> {
        charges::set_progress(&mut self.service.state(), charge_id, progress)
    }

    /// Lets the customer agree to a `pending` source, which is `active` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such source or it is not pending.
    pub fn approve_source(&self, source_id: &str) -> Result<(), LeverError> {
        sources::approve(&mut self.service.state(), source_id)
    }

    /// Lets a `pending` source fail: the customer did not agree.
    ///
    /// # Errors
    ///
    /// If there is no such source or it is not pending.
    pub fn fail_source(&self, source_id: &str) -> Result<(), LeverError> {
        sources::fail(&mut self.service.state(), source_id)
    }

    /// Lets the customer end an `active` source in the wallet; it is `inactive` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such source or it is not active.
    pub fn cancel_source(&self, source_id: &str) -> Result<(), LeverError> {
        sources::cancel(&mut self.service.state(), source_id)
    }

    /// Lets the customer choose a payment method on a code's page and not pay yet.
    ///
    /// Answers with the id of the charge, which can be [paid](Self::pay) until the code is closed
    /// or expires.
    ///
    /// # Errors
    ///
    /// If there is no such code or payment method, or the code is not pending or only registers a
    /// payment method.
    pub fn begin_code(&self, code_id: &str, payment_method: &str) -> Result<String, LeverError> {
        self.check_method(payment_method)?;
        codes::begin(&mut self.service.state(), code_id, payment_method)
    }

    /// Lets the customer pay on a code's page, which is `captured` afterwards.
    ///
    /// Answers with the id of the charge.
    ///
    /// # Errors
    ///
    /// As [`begin_code`](Self::begin_code).
    pub fn pay_code(&self, code_id: &str, payment_method: &str) -> Result<String, LeverError> {
        self.check_method(payment_method)?;
        codes::pay(&mut self.service.state(), code_id, payment_method)
    }

    /// Lets the customer register a payment method on a code's page, which is `completed`
    /// afterwards.
    ///
    /// Answers with the id of the source: of the code's `defaultPaymentMethod` if that can be
    /// kept, or else a credit card.
    ///
    /// # Errors
    ///
    /// If there is no such code, its customer is deleted, or it is not pending or is there to be
    /// paid.
    pub fn complete_code(&self, code_id: &str) -> Result<String, LeverError> {
        codes::complete(&mut self.service.state(), code_id)
    }

    /// Lets the customer pay an invoice that is `sent`; answers with the id of the charge.
    ///
    /// # Errors
    ///
    /// If there is no such invoice or payment method, or the invoice is not waiting to be paid.
    pub fn pay_invoice(
        &self,
        invoice_id: &str,
        payment_method: &str,
    ) -> Result<String, LeverError> {
        self.check_method(payment_method)?;
        invoices::pay(&mut self.service.state(), invoice_id, payment_method)
    }

    /// Lets refunds be `pending` from now on, until [`complete_refund`](Self::complete_refund), or
    /// be done at once again.
    pub fn hold_refunds(&self, hold: bool) {
        self.service.state().holds_refunds = hold;
    }

    /// Lets the money of a `pending` refund be given back.
    ///
    /// # Errors
    ///
    /// If there is no such refund or it is done already.
    pub fn complete_refund(&self, refund_id: &str) -> Result<(), LeverError> {
        let completed = refunds::complete(&mut self.service.state(), refund_id);
        completed.map(drop).ok_or(LeverError::NotFound)
    }

    /// Lets somebody pair a device to a `pending` reader, which is `active` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such reader or it is paired already.
    pub fn pair_reader(&self, reader_id: &str) -> Result<(), LeverError> {
        readers::pair(&mut self.service.state(), reader_id)
    }

    /// Lets the customer dispute what was not refunded of a paid charge.
    ///
    /// Answers with the id of the dispute. Of a longer reason, 255 characters are kept.
    ///
    /// # Errors
    ///
    /// If there is no such charge, it is not paid, or it is disputed already.
    pub fn dispute(&self, charge_id: &str, reason: &str) -> Result<String, LeverError> {
        disputes::open(&mut self.service.state(), charge_id, reason)
    }

    /// Lets a dispute be decided for the merchant (`won`) or against.
    ///
    /// # Errors
    ///
    /// If there is no such dispute or it is decided already.
    pub fn resolve_dispute(&self, dispute_id: &str, won: bool) -> Result<(), LeverError> {
        disputes::resolve(&mut self.service.state(), dispute_id, won)
    }

    /// Lets an `active` subscription be in the middle of a charge, or not any more.
    ///
    /// Meanwhile nothing is billed and it cannot be cancelled.
    ///
    /// # Errors
    ///
    /// If there is no such subscription or it is not active.
    pub fn set_charging(&self, subscription_id: &str, charging: bool) -> Result<(), LeverError> {
        subscriptions::set_charging(&mut self.service.state(), subscription_id, charging)
    }

    /// Everything that elepay would have told the merchant's server so far, oldest first.
    ///
    /// Nothing is delivered: hand the [body](Event::body) and its
    /// [signature](Self::signature) to the code under test.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.service.state().events.clone()
    }

    /// The secret that webhooks are signed with; the newest, after a rotation.
    #[must_use]
    pub fn webhook_secret(&self) -> String {
        self.service.state().webhook_secrets.last().cloned().unwrap_or_default()
    }

    /// Makes a new secret and answers with it; from now on the one before and it both sign.
    #[expect(clippy::must_use_candidate, reason = "a test may want the rotation alone")]
    pub fn rotate_webhook_secret(&self) -> String {
        let mut state = self.service.state();
        let secret = state.ids.next("whsec_");
        state.webhook_secrets.push(secret.clone());
        secret
    }

    /// The value of the header [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER) for a webhook with
    /// this body, sent at this time in seconds since 1970.
    #[must_use]
    pub fn signature(&self, body: &[u8], unix_seconds: i64) -> String {
        let state = self.service.state();
        let first = state.webhook_secrets.len().saturating_sub(2);
        events::header(&state.webhook_secrets[first..], body, unix_seconds)
    }

    /// Refuses what nobody pays by: `auto` only stands for a method that is not known yet.
    fn check_method(&self, word: &str) -> Result<(), LeverError> {
        let known = word != "auto" && self.service.document().has_word("PaymentMethod", word);
        if known { Ok(()) } else { Err(LeverError::WrongMethod) }
    }
}
