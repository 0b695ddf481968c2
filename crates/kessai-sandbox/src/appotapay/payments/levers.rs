//! What a test does in place of customers at a checkout, their banks and AppotaPay.

use super::{life, notices, refunds};
use crate::appotapay::Appotapay;
use crate::lever::LeverError;

/// What customers do at a checkout. Payments are named by their `transactionId`.
impl Appotapay {
    /// Lets the customer pay as the order asks, or with the one-time password of their bank.
    ///
    /// Where the order leaves the method open it is `ATM`; where it leaves the bank open, the first
    /// of the method. The merchant is told.
    ///
    /// # Errors
    ///
    /// If there is no such payment, it is not `pending`, or it is one from a wallet.
    pub fn pay_order(&self, id: &str) -> Result<(), LeverError> {
        life::pay(&mut self.service.state(), id, None)
    }

    /// Lets the customer pay with this method, such as `CC`, and bank, such as `VISA`.
    ///
    /// # Errors
    ///
    /// As [`pay_order`](Self::pay_order), and if the order asks for another method or bank, or the
    /// method does not have the bank.
    pub fn pay_order_with(
        &self,
        id: &str,
        payment_method: &str,
        bank_code: &str,
    ) -> Result<(), LeverError> {
        life::pay(&mut self.service.state(), id, Some((payment_method, bank_code)))
    }

    /// Lets the customer fail to pay, or give up. The merchant is not told.
    ///
    /// # Errors
    ///
    /// As [`pay_order`](Self::pay_order).
    pub fn fail_order(&self, id: &str) -> Result<(), LeverError> {
        life::fail(&mut self.service.state(), id)
    }

    /// Where the browser comes back to from the checkout at this moment: the `redirectUrl`, with
    /// signed data in its query.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is one from a wallet.
    pub fn payment_return(&self, id: &str) -> Result<String, LeverError> {
        notices::address(&self.service.state(), id)
    }

    /// Lets the bank turn what was paid into monthly payments, or refuse to. The merchant is told
    /// at the `installmentNotifyUrl`.
    ///
    /// # Errors
    ///
    /// If there is no such payment, it is not paid by `ISTM`, or it named no such address.
    pub fn settle_installment(&self, id: &str, converted: bool) -> Result<(), LeverError> {
        notices::settle_installment(&mut self.service.state(), id, converted)
    }

    /// Lets a refund of a payment succeed or fail before its time.
    ///
    /// # Errors
    ///
    /// If there is no refund of this `refundId`, or it is not `processing`.
    pub fn settle_payment_refund(&self, id: &str, succeeds: bool) -> Result<(), LeverError> {
        refunds::settle(&mut self.service.state(), id, succeeds)
    }
}
