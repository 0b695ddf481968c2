//! Confirming a payment with the one-time password of the wallet's owner.

use super::{
    OTP, OTP_OVER, SUCCEEDED, WRONG_OTP, WRONG_OTP_AGAIN, WRONG_VERIFICATION, caller, find, settle,
    show,
};
use crate::appotapay::payments::{Status, UNKNOWN};
use crate::appotapay::refusal::Refusal;
use crate::appotapay::state::State;
use crate::document::Call;
use crate::said::Said;

/// Which wrong password is the last.
const LAST_WRONG: u8 = 3;

pub(super) fn confirm_wallet_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let text = |name: &str| call.body.text(name).unwrap_or_default();
    let payment = find(state, text("orderId")).ok_or(UNKNOWN)?;
    let wallet = payment.wallet.as_ref().ok_or(UNKNOWN)?;
    if caller(state) != Some(wallet.owner) {
        return Err(UNKNOWN.into());
    }
    match payment.status {
        Status::Pending => {}
        Status::Success => return Err(SUCCEEDED.into()),
        Status::Failed(code) => return Err(code.into()),
    }
    if text("verificationMethod") != "OTP" {
        return Err(WRONG_VERIFICATION.into());
    }
    if wallet.otp_end.is_none_or(|end| end <= state.now) {
        return Err(OTP_OVER.into());
    }
    let id = payment.id.clone();
    if text("verificationCode") == OTP {
        settle(state, &id);
    } else {
        count_wrong(state, &id)?;
    }
    Ok(show(state.payments.all.find(&id).ok_or(UNKNOWN)?, false))
}

/// Counts a wrong password; the last lets the payment fail, the others only refuse the call.
fn count_wrong(state: &mut State, id: &str) -> Result<(), Refusal> {
    let now = state.now;
    let payment = state.payments.all.find_mut(id).ok_or(UNKNOWN)?;
    let wallet = payment.wallet.as_mut().ok_or(UNKNOWN)?;
    wallet.wrong_otps += 1;
    if wallet.wrong_otps < LAST_WRONG {
        return Err(WRONG_OTP.into());
    }
    payment.status = Status::Failed(WRONG_OTP_AGAIN);
    payment.updated = now;
    Ok(())
}
