//! What a test does in place of customers and their banks.

use super::{cycles, methods, plans};
use crate::appotapay::Appotapay;
use crate::lever::LeverError;

/// What happens to subscriptions. Everything is named by AppotaPay's ids, and every lever first
/// lets happen what was due by the clock.
impl Appotapay {
    /// Lets the customer prove that a payment method is theirs, or fail; it is `ACTIVE` or `FAILED`
    /// afterwards.
    ///
    /// Answers with where the browser goes. A card that
    /// [never passes](super::super::cards::ONLY_WITHOUT_THREE_DS) 3-D Secure fails.
    ///
    /// # Errors
    ///
    /// If there is no such payment method or it is not in `REQUIRES_ACTION`.
    pub fn finish_payment_method(&self, id: &str, passed: bool) -> Result<String, LeverError> {
        methods::finish(&mut self.service.state(), id, passed)
    }

    /// Lets the customer take an `ACTIVE` payment method back, which is `INACTIVE` afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such payment method or it is not active.
    pub fn withdraw_payment_method(&self, id: &str) -> Result<(), LeverError> {
        methods::withdraw(&mut self.service.state(), id)
    }

    /// Lets the customer choose a card on AppotaPay's page, or leave; the plan is `ACTIVE` or
    /// `INACTIVE` afterwards.
    ///
    /// Answers with where the browser goes. The card is [`PAYS`](super::super::cards::PAYS).
    ///
    /// # Errors
    ///
    /// If there is no such plan, it is not in `REQUIRES_ACTION`, or it was made with payment
    /// methods.
    pub fn finish_plan(&self, id: &str, agreed: bool) -> Result<String, LeverError> {
        plans::finish(&mut self.service.state(), id, agreed)
    }

    /// Lets so many attempts to charge a plan fail, beginning with the next.
    ///
    /// # Errors
    ///
    /// If there is no such plan or it is `INACTIVE`.
    pub fn fail_next_attempts(&self, plan_id: &str, attempts: u32) -> Result<(), LeverError> {
        plans::fail_next(&mut self.service.state(), plan_id, attempts)
    }

    /// Lets attempts that are forced be `PENDING` from now on, or be over at once again, and those
    /// that are pending with them.
    pub fn hold_forced_attempts(&self, hold: bool) {
        cycles::hold_forced(&mut self.service.state(), hold);
    }

    /// Lets the customer pay a cycle that is `RETRYING` by a link.
    ///
    /// # Errors
    ///
    /// If there is no such cycle, it is not retrying, or its plan sends no links.
    pub fn pay_cycle_by_link(&self, cycle_id: &str) -> Result<(), LeverError> {
        cycles::pay_by_link(&mut self.service.state(), cycle_id)
    }
}
