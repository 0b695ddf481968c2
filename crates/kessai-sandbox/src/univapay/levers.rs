//! What a test does in place of customers, and of time.

pub use crate::lever::LeverError;

use super::{Univapay, charges};

/// What customers and others do.
impl Univapay {
    /// Lets the customer pass 3-D Secure for a charge, or fail there.
    ///
    /// The bank may still decline the charge afterwards.
    ///
    /// # Errors
    ///
    /// If there is no such charge, it is not `awaiting`, or it is not paid by card.
    pub fn finish_three_ds(&self, charge_id: &str, passed: bool) -> Result<(), LeverError> {
        charges::finish_three_ds(&mut self.service.state(), charge_id, passed)
    }

    /// Keeps everything that is `pending` as it is, from now on or until it is called with `false`.
    ///
    /// Nothing is charged for subscriptions meanwhile, whatever the clock says.
    pub fn hold(&self, held: bool) {
        self.service.state().held = held;
    }
}
