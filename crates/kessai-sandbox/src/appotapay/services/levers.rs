//! What a test does in place of banks, suppliers and networks, and of who fills up the balance.

use super::{bills, card_chargings, ebills, shop_cards, topups, transfers};
use crate::appotapay::Appotapay;
use crate::lever::LeverError;

/// What happens to services.
impl Appotapay {
    /// What is on the merchant's account, in VND; [`BALANCE`](super::BALANCE) at first.
    #[must_use]
    pub fn balance(&self) -> i64 {
        self.service.state().services.balance
    }

    /// Lets this much be on the merchant's account, in VND.
    pub fn set_balance(&self, balance: i64) {
        self.service.state().services.balance = balance;
    }

    /// Lets a transfer that is on its way arrive, or fail, and AppotaPay tell of it.
    ///
    /// `partner_ref_id` is the merchant's own reference, here and below. What was paid for
    /// something that fails comes back to the balance.
    ///
    /// # Errors
    ///
    /// If there is no such transfer or it is not on its way.
    pub fn settle_transfer(&self, partner_ref_id: &str, arrives: bool) -> Result<(), LeverError> {
        transfers::settle(&mut self.service.state(), partner_ref_id, arrives)
    }

    /// Lets it be decided whether a bill is paid.
    ///
    /// # Errors
    ///
    /// If there is no such payment or it is decided already.
    pub fn settle_bill_payment(&self, partner_ref_id: &str, paid: bool) -> Result<(), LeverError> {
        bills::settle(&mut self.service.state(), partner_ref_id, paid)
    }

    /// Lets it be decided whether a telephone gets what was bought for it.
    ///
    /// # Errors
    ///
    /// If there is no such top-up or it is decided already.
    pub fn settle_topup(&self, partner_ref_id: &str, done: bool) -> Result<(), LeverError> {
        topups::settle(&mut self.service.state(), partner_ref_id, done)
    }

    /// Lets it be decided whether cards are bought.
    ///
    /// # Errors
    ///
    /// If there is no such purchase or it is decided already.
    pub fn settle_shop_cards(&self, partner_ref_id: &str, bought: bool) -> Result<(), LeverError> {
        shop_cards::settle(&mut self.service.state(), partner_ref_id, bought)
    }

    /// Lets it be decided whether a prepaid card is taken; if not, it was used before.
    ///
    /// # Errors
    ///
    /// If there is no such transaction or it is decided already.
    pub fn settle_card_charging(
        &self,
        transaction_id: &str,
        taken: bool,
    ) -> Result<(), LeverError> {
        card_chargings::settle(&mut self.service.state(), transaction_id, taken)
    }

    /// Lets somebody send money, in VND, to the virtual account of a bill, and AppotaPay tell of
    /// it.
    ///
    /// Answers with the id of the payment. An account may be paid more than once.
    ///
    /// # Errors
    ///
    /// If there is no such bill, it is over or its account is closed, or the account does not take
    /// this amount.
    pub fn pay_ebill(&self, bill_code: &str, amount: i64) -> Result<String, LeverError> {
        ebills::receive(&mut self.service.state(), bill_code, amount)
    }
}
