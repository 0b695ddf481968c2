//! What the merchant's server and the customer's browser are told of payments.

use serde_json::Value;

use super::{Payment, Status, look, tokens};
use crate::appotapay::auth::PARTNER_CODE;
use crate::appotapay::events::{sealed, sealed_return, tell};
use crate::appotapay::state::State;
use crate::appotapay::time::seconds;
use crate::lever::LeverError;
use crate::object::Object;

/// How many months a payment is spread over.
const MONTHS: i64 = 12;

/// Tells of a payment that has succeeded; of others nobody is told.
pub(super) fn tell_paid(state: &mut State, id: &str) {
    let Some(payment) = state.payments.all.find(id) else { return };
    let (url, data) = (payment.urls.notify.clone(), data(payment));
    let body = sealed(&data, state.now);
    tell(state, "payment", &url, &body);
}

/// Where the browser goes from the checkout, as things stand.
pub(super) fn address(state: &State, id: &str) -> Result<String, LeverError> {
    let payment = state.payments.all.find(id).ok_or(LeverError::NotFound)?;
    if payment.wallet.is_some() {
        return Err(LeverError::WrongMethod);
    }
    Ok(sealed_return(&payment.urls.redirect, &data(payment), state.now))
}

fn data(payment: &Payment) -> Object {
    look::show(payment).put_some("tokenResult", tokens::result(payment))
}

/// Tells whether a paid amount was turned into monthly ones.
pub(super) fn settle_installment(
    state: &mut State,
    id: &str,
    converted: bool,
) -> Result<(), LeverError> {
    let payment = state.payments.all.find(id).ok_or(LeverError::NotFound)?;
    if payment.method != "ISTM" {
        return Err(LeverError::WrongMethod);
    }
    if payment.status != Status::Success || payment.urls.installment.is_empty() {
        return Err(LeverError::WrongStatus);
    }
    let (status, code, message) = if converted {
        ("success", 103, "Converted.")
    } else {
        ("error", 105, "The bank refuses.")
    };
    let now = seconds(state.now);
    let transaction = Object::new()
        .put("transactionId", &*payment.id)
        .put("partnerCode", PARTNER_CODE)
        .put("referenceId", &*payment.order.id)
        .put_some("bankCode", payment.bank.as_deref())
        .put("authCode", &payment.id[payment.id.len() - 7..])
        .put("paymentAmount", payment.amount)
        .put("payPerMonth", payment.amount / MONTHS)
        .literal("feeConversion", "2.5")
        .put("loanPackageId", "LP_12M")
        .put("gracePeriod", MONTHS.to_string())
        .put("status", status)
        .put("statusCancel", Value::Null)
        .put("errorCode", code)
        .put("errorMessage", message)
        .put("feePartner", 0)
        .put("feeUser", 0)
        .put("reasonCancel", Value::Null)
        .put("reasonUpdate", Value::Null)
        .put("completedAt", now)
        .put("updatedAt", now)
        .put("createdAt", seconds(payment.created));
    let url = payment.urls.installment.clone();
    let body = sealed(&Object::new().object("transaction", &transaction), state.now);
    tell(state, "installment", &url, &body);
    Ok(())
}
