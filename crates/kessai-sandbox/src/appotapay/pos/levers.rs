//! What a test does in place of customers and shops at terminals.

use super::life;
use crate::appotapay::Appotapay;
use crate::lever::LeverError;

/// What happens at terminals. Payments are named by the merchant's own references.
impl Appotapay {
    /// Lets the customer pay at a terminal.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is not `pending`.
    pub fn pay_at_terminal(&self, partner_ref_id: &str) -> Result<(), LeverError> {
        life::pay(&mut self.service.state(), partner_ref_id)
    }

    /// Lets the customer go away from a terminal without paying; code `38`.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is not `pending`.
    pub fn cancel_at_terminal(&self, partner_ref_id: &str) -> Result<(), LeverError> {
        life::cancel(&mut self.service.state(), partner_ref_id)
    }

    /// Lets the shop void a payment at the terminal; the customer gets the money back.
    ///
    /// # Errors
    ///
    /// If there is no such payment, it is not paid, or it is settled, which it is at the end of the
    /// day in Vietnam.
    pub fn void_at_terminal(&self, partner_ref_id: &str) -> Result<(), LeverError> {
        life::void(&mut self.service.state(), partner_ref_id)
    }
}
