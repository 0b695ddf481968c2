//! What a test does in place of customers who pay by credit card.

use super::enrollments;
use crate::appotapay::Appotapay;
use crate::lever::LeverError;

/// What customers do at their bank.
impl Appotapay {
    /// Lets the customer pass 3-D Secure at the `deviceDataCollectionUrl`, or fail there; answers
    /// with where the browser goes then, which proves nothing.
    ///
    /// The id is the one of the check, by which charges name the authentication. A card of
    /// [`ONLY_WITHOUT_THREE_DS`](super::ONLY_WITHOUT_THREE_DS) fails in any case.
    ///
    /// # Errors
    ///
    /// If there is no such check or it is not `PENDING`.
    pub fn finish_three_ds(&self, id: &str, passed: bool) -> Result<String, LeverError> {
        enrollments::finish(&mut self.service.state(), id, passed)
    }
}
