//! Paying from a wallet.

use super::{OTP_FROM, Wallet, caller, settle, show};
use crate::appotapay::payments::{Order, Payment, UNKNOWN, VND, check_order};
use crate::appotapay::refusal::{self, Refusal};
use crate::appotapay::state::State;
use crate::document::Call;
use crate::said::Said;

/// How long the one-time password is good.
const OTP_MS: i64 = 5 * 60 * 1000;

pub(super) fn create_wallet_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let text = |name: &str| body.text(name).unwrap_or_default();
    if text("currency") != VND {
        return Err(refusal::invalid("currency", "it is VND"));
    }
    let order = text("orderId");
    check_order(state, order)?;
    let owner = caller(state).ok_or(refusal::TOKEN)?;
    let amount = body.integer("amount").unwrap_or_default();
    let order = Order {
        id: order.to_owned(),
        info: text("orderInfo").to_owned(),
        extra: body.text("extraData").map(str::to_owned),
    };
    let otp_end = (amount >= OTP_FROM).then(|| state.now.saturating_add(OTP_MS));
    let id = state.next_number();
    let mut payment = Payment::new(state, id.clone(), order, amount, "EWALLET");
    payment.bank = Some("APPOTA".to_owned());
    payment.wallet = Some(Wallet { owner, otp_end, wrong_otps: 0 });
    state.payments.all.put(payment);
    if otp_end.is_none() {
        settle(state, &id);
    }
    Ok(show(state.payments.all.find(&id).ok_or(UNKNOWN)?, true))
}
