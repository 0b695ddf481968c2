//! Charges and refunds as elepay writes them; what does not apply is left out.

use serde_json::{Map, Value, json};

use super::state::{Charge, Refund, State};

impl State {
    pub(super) fn show(&self, charge: &Charge) -> Value {
        let mut shown = charge.echo.clone();
        let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
        put("id", json!(charge.id));
        put("appId", json!(self.app_id));
        put("object", json!("charge"));
        put("liveMode", json!(false));
        put("amount", json!(charge.amount));
        put("currency", json!(charge.currency));
        put("authorize", json!(charge.authorize_only));
        put("paymentMethod", json!(charge.payment_method));
        put("orderNo", json!(charge.order_no));
        put("paid", json!(charge.status.is_paid()));
        put("refunded", json!(!charge.refunds.is_empty()));
        put("disputed", json!(false));
        put("status", json!(charge.status.word()));
        put("createTime", json!(charge.create_time));
        if charge.authorize_only {
            put("authorizeAmount", json!(charge.authorized));
        }
        if let Some(credential) = &charge.credential {
            put("credential", json!(credential));
        }
        if let Some(time) = charge.paid_time {
            put("paidTime", json!(time));
        }
        if let Some(last) = charge.refunds.last() {
            put("refundTime", json!(last.time));
            put("refunds", summary(charge));
        }
        Value::Object(shown)
    }
}

fn summary(charge: &Charge) -> Value {
    let data: Vec<_> = charge.refunds.iter().map(|refund| show_refund(charge, refund)).collect();
    json!({ "amount": charge.refunded(), "totalCount": data.len(), "data": data })
}

pub(super) fn show_refund(charge: &Charge, refund: &Refund) -> Value {
    let mut shown: Map<String, Value> = refund.echo.clone();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", json!(refund.id));
    put("object", json!("refund"));
    put("chargeId", json!(charge.id));
    put("liveMode", json!(false));
    put("amount", json!(refund.amount));
    put("currency", json!(charge.currency));
    put("status", json!("refunded"));
    put("refundedTime", json!(refund.time));
    put("createTime", json!(refund.time));
    Value::Object(shown)
}
