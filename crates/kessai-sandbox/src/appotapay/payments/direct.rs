//! Payments by domestic card or account at the merchant's own checkout.

use serde_json::{Map, Value};

use super::methods::check_bank;
use super::{NO_METHOD, Payment, read_reference};
use crate::appotapay::query;
use crate::appotapay::refusal::{self, Refusal};
use crate::appotapay::state::State;
use crate::appotapay::time::local;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// Where the customer types in what the bank has sent.
const BANK: &str = "https://ibanking.invalid/verify";

pub(super) fn create_direct_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let Some(asked) = call.body.object("transaction") else {
        return Err(refusal::invalid("transaction", "it is missing"));
    };
    let text = |name: &str| asked.get(name).and_then(Value::as_str);
    if text("currency") != Some(super::VND) {
        return Err(refusal::invalid("transaction.currency", "it is VND"));
    }
    if text("action").is_some_and(|action| action != "PAY") {
        return Err(refusal::invalid("transaction.action", "it is PAY"));
    }
    let method = text("paymentMethod").unwrap_or_default();
    if method != "ATM" {
        return Err(NO_METHOD.into());
    }
    let bank = text("bankCode").unwrap_or_default();
    check_bank(method, bank)?;
    let masked = source(call.body.object("sourceOfFunds"))?;
    let (order, urls) = read_reference(state, &call.body)?;
    let amount = asked.get("amount").and_then(Value::as_i64).unwrap_or_default();

    let id = state.next_transaction_id();
    let payment = Payment {
        bank: Some(bank.to_owned()),
        masked: Some(masked),
        urls,
        ..Payment::new(state, id, order, amount, method)
    };
    let said = show(&payment);
    state.payments.all.put(payment);
    Ok(said)
}

/// The number of the card or account, as it is shown.
fn source(source: Option<&Map<String, Value>>) -> Result<String, Refusal> {
    let kind = source.and_then(|source| source.get("type")?.as_str()).unwrap_or_default();
    let number = if kind == "account" { "accountNumber" } else { "cardNumber" };
    let number = source.and_then(|source| source.get(kind)?.get(number)?.as_str());
    match number {
        Some(number) => Ok(mask(number)),
        None => Err(refusal::invalid(&format!("sourceOfFunds.{kind}"), "it is missing")),
    }
}

/// The first six characters and the last four, if there are more than that.
fn mask(number: &str) -> String {
    let shown = |place: usize| place < 6 || place + 4 >= number.chars().count();
    let letters = number.chars().enumerate();
    letters.map(|(place, letter)| if shown(place) { letter } else { 'x' }).collect()
}

fn show(payment: &Payment) -> Said {
    let time = |ms: i64| format!("{}.000", local(ms).replace('T', " "));
    let transaction =
        payment.head().put("amount", payment.amount).put("orderAmount", payment.amount);
    let transaction = payment
        .means(transaction)
        .put("createdAt", time(payment.created))
        .put("updatedAt", time(payment.updated));
    let authentication = Object::new()
        .put("verificationUrl", query::append(BANK, &[("tran", &payment.id)]))
        .put("verificationMethod", "OTP")
        .put("verificationStatus", "AUTHENTICATE_REQUIRED");
    Object::new()
        .object("transaction", &transaction)
        .object("authentication", &authentication)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_of_a_number_are_kept() {
        assert_eq!(mask("9704229306604047"), "970422xxxxxx4047");
        assert_eq!(mask("01040001"), "01040001");
    }
}
