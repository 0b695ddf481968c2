//! What happens to an account.

use super::{Ebill, Payment};
use crate::appotapay::auth::{API_KEY, PARTNER_CODE};
use crate::appotapay::state::State;
use crate::appotapay::{events, time};
use crate::ledger::{Line, Totals};
use crate::lever::LeverError;
use crate::object::Object;
use crate::shelf::Shelf;

/// What whoever pays writes into the transfer.
pub(super) const MEMO: &str = "chuyen khoan";

/// What is signed of the callback about money that arrived.
const SIGNED: &[&str] = &[
    "amount",
    "apiKey",
    "bankAccountName",
    "bankAccountNumber",
    "bankCode",
    "billCode",
    "extraData",
    "memo",
    "partnerCode",
    "requestTime",
    "transactionId",
    "transactionTime",
    "version",
];

/// Lets somebody send money to the account of a bill; answers with the id of the payment.
pub(in crate::appotapay::services) fn receive(
    state: &mut State,
    code: &str,
    amount: i64,
) -> Result<String, LeverError> {
    let now = state.now;
    let ebill = state.services.ebills.find(code).ok_or(LeverError::NotFound)?;
    if ebill.status(now) != "active" {
        return Err(LeverError::WrongStatus);
    }
    if !ebill.condition.takes(amount, ebill.amount) {
        return Err(LeverError::WrongAmount);
    }
    let id = state.ids.next_ulid();
    let Some(ebill) = state.services.ebills.find_mut(code) else {
        return Err(LeverError::NotFound);
    };
    ebill.payments.push(Payment { id: id.clone(), amount, time: now });
    let body = Object::new()
        .put("apiKey", API_KEY)
        .put("partnerCode", PARTNER_CODE)
        .put("billCode", code)
        .put("amount", amount)
        .put("bankAccountNumber", &*ebill.account_no)
        .put("bankAccountName", &*ebill.account_name)
        .put("bankCode", &*ebill.bank_code)
        .put("requestTime", time::seconds(now))
        .put("transactionTime", time::seconds(now))
        .put("transactionId", &*id)
        .put("extraData", &*ebill.extra_data)
        .put("version", "1.0")
        .put("memo", MEMO);
    let url = ebill.notify_url.clone();
    events::tell(state, "ebill", &url, &events::signed(body, SIGNED));
    Ok(id)
}

/// The money that arrived, payment by payment.
pub(in crate::appotapay::services) fn lines(ebills: &Shelf<Ebill>) -> impl Iterator<Item = Line> {
    let paid = ebills.iter().flat_map(|ebill| ebill.payments.iter().map(move |own| (ebill, own)));
    paid.map(|(ebill, payment)| Line {
        charge: payment.id.clone(),
        reference: ebill.code.clone(),
        currency: "VND".to_owned(),
        status: "success".to_owned(),
        totals: Totals::new(payment.amount, payment.amount, 0),
    })
}
