//! Payments at the hosted checkout.

use serde_json::Value;

use super::methods::check_bank;
use super::{Payment, read_reference, tokens};
use crate::appotapay::refusal::{self, Refusal};
use crate::appotapay::state::State;
use crate::appotapay::time::rfc3339;
use crate::appotapay::{query, signature};
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// The hosted checkout.
const CHECKOUT: &str = "https://payment.invalid";
/// How long the customer may use the code of a bank transfer.
const QR_MS: i64 = 15 * 60 * 1000;

pub(super) fn create_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let Some(asked) = call.body.object("transaction") else {
        return Err(refusal::invalid("transaction", "it is missing"));
    };
    let text = |name: &str| asked.get(name).and_then(Value::as_str);
    if text("currency") != Some(super::VND) {
        return Err(refusal::invalid("transaction.currency", "it is VND"));
    }
    let method = text("paymentMethod").unwrap_or_default();
    let bank = text("bankCode").filter(|bank| !bank.is_empty());
    if let Some(bank) = bank {
        check_bank(method, bank)?;
    }
    let action = text("action").unwrap_or_default();
    let token = match (action, text("token")) {
        ("PAY_WITH_TOKEN", None) => {
            return Err(refusal::invalid("transaction.token", "needed to pay with a token"));
        }
        ("PAY_WITH_TOKEN", Some(token)) if !tokens::is_there(state, token) => {
            return Err(refusal::invalid("transaction.token", "there is no such token"));
        }
        ("PAY_WITH_TOKEN", token) => token.map(str::to_owned),
        _ => None,
    };
    let (order, urls) = read_reference(state, &call.body)?;
    let amount = asked.get("amount").and_then(Value::as_i64).unwrap_or_default();

    let id = state.next_transaction_id();
    let payment = Payment {
        bank: bank.map(str::to_owned),
        action: action.to_owned(),
        urls,
        token,
        ..Payment::new(state, id, order, amount, method)
    };
    let said = show(&payment);
    state.payments.all.put(payment);
    Ok(said)
}

fn show(payment: &Payment) -> Said {
    let transaction = payment.head().put("orderAmount", payment.amount);
    let transaction = payment.times(payment.means(transaction));
    let sign = signature::sign(payment.id.as_bytes());
    let page = format!("{CHECKOUT}/v2/{}", payment.method.to_lowercase());
    let link =
        Object::new().put("url", query::append(&page, &[("tran", &payment.id), ("sign", &sign)]));
    let link = if payment.method == "VA" {
        let code = Object::new()
            .put("url", format!("{CHECKOUT}/qr/{}.png", payment.id))
            .put("content", format!("VIETQR.{}.{}", payment.id, payment.amount))
            .put("expiry", rfc3339(payment.created.saturating_add(QR_MS)));
        link.object("qrCode", &code)
    } else {
        link.put("qrCode", Value::Null)
    };
    Object::new()
        .object("transaction", &transaction)
        .object("payment", &link.put("deepLinkUrl", ""))
        .into()
}
