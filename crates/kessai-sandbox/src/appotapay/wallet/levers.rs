//! What a test does in place of the owners of wallets.

use super::links;
use crate::appotapay::Appotapay;
use crate::lever::LeverError;

/// What owners of wallets do.
impl Appotapay {
    /// Lets the owner of a new wallet log in at the login form of this address and agree; answers
    /// with where the browser goes then, with `code` and `state` in the query.
    ///
    /// # Errors
    ///
    /// If the address lacks a member of its query that matters, or has another API key.
    pub fn link_wallet(&self, login_form: &str) -> Result<String, LeverError> {
        links::agree(&mut self.service.state(), login_form)
    }

    /// Puts an amount into a linked wallet, in VND, in place of what is there.
    ///
    /// # Errors
    ///
    /// If no wallet is linked by this access token, or no more.
    pub fn set_wallet_balance(&self, access_token: &str, balance: i64) -> Result<(), LeverError> {
        let mut state = self.service.state();
        let owner = links::find(&state, access_token).ok_or(LeverError::NotFound)?.owner;
        let owner = state.wallets.owners.get_mut(owner).ok_or(LeverError::NotFound)?;
        owner.balance = balance;
        Ok(())
    }
}
