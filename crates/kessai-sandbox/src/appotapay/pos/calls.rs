//! What a merchant asks of terminals.

use super::{Payment, Status};
use crate::appotapay::page::Page;
use crate::appotapay::refusal::{Code, Refusal, absent, code, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

const REFERENCE_USED: Code = code(30, "The reference has been used before.");
const UNKNOWN: Code = absent(36, "There is no such payment.");

pub(super) fn create_pos_payment(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let text = |name: &str| call.body.text(name).unwrap_or_default().to_owned();
    let (reference, method) = (text("partner_ref_id"), text("payment_method"));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if reference.is_empty() || !reference.bytes().all(allowed) {
        return Err(invalid("partner_ref_id", "it has letters, digits, _ and - alone"));
    }
    if text("terminal_id").is_empty() {
        return Err(invalid("terminal_id", "it is empty"));
    }
    if state.terminals.payments.find(&reference).is_some() {
        return Err(REFERENCE_USED.into());
    }
    let payment = Payment {
        transaction_id: state.ids.next_ulid(),
        order_id: state.next_number(),
        reference,
        order_info: text("order_info"),
        method,
        amount: call.body.integer("amount").unwrap_or_default(),
        status: Status::Pending,
        created: state.now,
        paid: None,
        updated: state.now,
    };
    let transaction = Object::new()
        .put("transaction_id", &*payment.transaction_id)
        .put("partner_ref_id", &*payment.reference);
    let answer = Object::new().object("transaction", &payment.put_status(transaction));
    let answer = match payment.method.as_str() {
        "QR" => answer.object("payment_info", &code_to_scan(&payment.transaction_id)),
        _ => answer,
    };
    state.terminals.payments.put(payment);
    Ok(answer.into())
}

fn code_to_scan(id: &str) -> Object {
    Object::new()
        .put("qr_content", id)
        .put("qr_url", format!("https://pos.appotapay.invalid/qr/{id}"))
        .put("qr_type", "VIETQR")
}

pub(super) fn get_pos_payment(state: &State, call: &Call) -> Result<Said, Refusal> {
    let payment = state.terminals.payments.find(call.path("partner_ref_id")).ok_or(UNKNOWN)?;
    Ok(show(payment, false, state.now).into())
}

/// The newest first.
pub(super) fn list_pos_payments(state: &State, call: &Call) -> Result<Said, Refusal> {
    let query = &call.query;
    let page = Page::read(query)?;
    let wanted = query.text("payment_method");
    let payments = state.terminals.payments.iter().rev();
    let payments = payments.filter(|payment| wanted.is_none_or(|method| method == payment.method));
    let found: Vec<_> = payments.collect();
    let pagination = Object::new()
        .put("limit", page.limit)
        .put("page", page.number)
        .put("total", found.len())
        .put("total_items", found.len());
    let show = |payment: &&Payment| show(payment, true, state.now);
    let answer = Object::new().array("transactions", page.of(&found).iter().map(show));
    Ok(answer.object("pagination", &pagination).into())
}

/// A payment that was looked up; only lists tell the merchant's reference.
fn show(payment: &Payment, in_list: bool, now: i64) -> Object {
    let object = Object::new()
        .put("order_id", &*payment.order_id)
        .put("transaction_id", &*payment.transaction_id)
        .put_some("partner_ref_id", in_list.then_some(&*payment.reference));
    payment
        .put_status(object)
        .put("is_sett", payment.is_settled(now))
        .put("updated_at", time::local(payment.updated))
}
