//! What a test does in the customers' place.

use super::{Univapay, charges, tokens};
use crate::lever::LeverError;

/// What customers do to pay.
impl Univapay {
    /// Lets the customer pay a charge at a convenience store.
    ///
    /// # Errors
    ///
    /// If there is no such charge, it is not `awaiting` (its time may be over), or it is not to be
    /// paid so.
    pub fn pay_at_store(&self, charge_id: &str) -> Result<(), LeverError> {
        charges::finish_at_store(&mut self.service.state(), charge_id)
    }

    /// Lets the customer pay a charge in a wallet (`online`, or `qr_merchant`), or refuse to.
    ///
    /// # Errors
    ///
    /// If there is no such charge, it is not `awaiting`, or it is not to be paid so.
    pub fn finish_in_wallet(&self, charge_id: &str, paid: bool) -> Result<(), LeverError> {
        charges::finish_in_wallet(&mut self.service.state(), charge_id, paid)
    }

    /// Lets money come in by bank transfer for a charge, in the currency's minor unit.
    ///
    /// The charge is `successful` once there is enough.
    ///
    /// # Errors
    ///
    /// If there is no such charge, it is not `awaiting` (its time may be over), it is not to be paid
    /// so, or the amount is less than 1.
    pub fn deposit(&self, charge_id: &str, amount: i64) -> Result<(), LeverError> {
        charges::deposit(&mut self.service.state(), charge_id, amount)
    }

    /// Lets the customer pass 3-D Secure for a recurring token, or fail there.
    ///
    /// # Errors
    ///
    /// If there is no such token, or its 3-D Secure is not `awaiting`.
    pub fn finish_token_three_ds(&self, token_id: &str, passed: bool) -> Result<(), LeverError> {
        tokens::finish_three_ds(&mut self.service.state(), token_id, passed)
    }

    /// Lets UnivaPay refuse charges of a recurring token with `RECURRING_USAGE_REQUIRES_CVV` until
    /// the security code of its card is sent.
    ///
    /// # Errors
    ///
    /// If there is no such token, it is not of a card, not recurring, or not active.
    pub fn ask_for_cvv(&self, token_id: &str) -> Result<(), LeverError> {
        tokens::ask_for_cvv(&mut self.service.state(), token_id)
    }
}
