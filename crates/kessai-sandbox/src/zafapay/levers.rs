//! What a test does in place of customers, banks and ZAFA PAY's dashboard.

use super::decline::Decline;
use super::events::Event;
use super::{Zafapay, payments};
use crate::lever::LeverError;
use crate::mac::hmac_hex;

/// What customers and others do.
///
/// At the hosted checkout they have the card [`PAYS`](super::cards::PAYS), good until December
/// 2099. The id of the request (`req_`) names the payment as well as its own (`tx_`).
impl Zafapay {
    /// Lets the customer pay at the hosted checkout; answers with the id of the payment.
    ///
    /// It is `completed` afterwards, or `authorized` if that is all that was asked.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is not `pending`.
    pub fn pay(&self, id: &str) -> Result<String, LeverError> {
        payments::pay(&mut self.service.state(), id)
    }

    /// Lets the customer try to pay at the hosted checkout and be declined; answers with the id of
    /// the payment, which is `failed` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is not `pending`.
    pub fn fail(&self, id: &str, decline: Decline) -> Result<String, LeverError> {
        payments::fail(&mut self.service.state(), id, decline)
    }

    /// Lets the customer give up at the hosted checkout; answers with the id of the payment, which
    /// is `canceled` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is not `pending`.
    pub fn cancel(&self, id: &str) -> Result<String, LeverError> {
        payments::cancel(&mut self.service.state(), id)
    }

    /// Lets the customer pass 3-D Secure, or fail there.
    ///
    /// Answers with where the browser goes then, if the payment named a `return_url`.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is not in `requires_action`.
    pub fn finish_three_ds(&self, id: &str, passed: bool) -> Result<Option<String>, LeverError> {
        payments::finish_three_ds(&mut self.service.state(), id, passed)
    }

    /// Lets the customer dispute a payment, by its own id.
    ///
    /// # Errors
    ///
    /// If there is no such payment, nothing of it is left to dispute, or it is disputed already.
    pub fn chargeback(&self, id: &str) -> Result<(), LeverError> {
        payments::chargeback(&mut self.service.state(), id)
    }

    /// Everything that ZAFA PAY would have told the merchant's server so far, oldest first.
    ///
    /// Nothing is delivered: hand the [body](Event::body) and its
    /// [signature](Self::signature) to the code under test.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.service.state().events.clone()
    }

    /// The secret of the one endpoint that webhooks go to.
    #[must_use]
    pub fn webhook_secret(&self) -> String {
        self.service.state().webhook_secret.clone()
    }

    /// The value of the header [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER) for a webhook with
    /// this body.
    #[must_use]
    pub fn signature(&self, body: &[u8]) -> String {
        hmac_hex(self.service.state().webhook_secret.as_bytes(), &[body])
    }
}
