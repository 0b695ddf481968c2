//! What a life at UnivaPay has beside cards that pay at once.

use std::time::Duration;

use kessai_core::Error;
use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use super::Life;
use crate::example::Arguments;

/// Lets the time pass in which a card is not charged the same again.
pub(super) fn wait(sandbox: &Sandbox) {
    sandbox.clock().advance(Duration::from_secs(30));
}

fn in_store(sandbox: &Sandbox, others: Value) -> Value {
    let mut path = others;
    path["storeId"] = sandbox.univapay().store_id().into();
    path
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

impl<C: AsyncFn(&str, &Arguments) -> Result<Value, Error>> Life<C> {
    /// The path of a new charge that waits for the customer.
    async fn waiting(&self, sandbox: &Sandbox, method: &str, data: Value) -> Value {
        let token = json!({ "payment_type": method, "type": "one_time", "data": data });
        let token = self.call("create_token", Value::Null, token).await["id"].clone();
        let order = json!({
            "transaction_token_id": token, "capture": true, "capture_at": null, "three_ds": null,
        });
        let charge = self.call("create_charge", Value::Null, order).await["id"].clone();
        let path = in_store(sandbox, json!({ "id": charge }));
        self.get("get_charge", path.clone()).await;
        path
    }
}

/// Wallets, what the customs are told of them, and bank transfers.
pub(super) async fn other_ways_to_pay<C>(sandbox: &Sandbox, life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let univapay = sandbox.univapay();
    let wallet = json!({ "brand": "we_chat_online", "call_method": "http_post" });
    let wallet = life.waiting(sandbox, "online", wallet).await;
    life.get("get_charge_issuer_token", wallet.clone()).await;
    univapay.finish_in_wallet(&text(&wallet["id"]), true).expect("a charge that waits");
    let of_charge = in_store(sandbox, json!({ "chargeId": wallet["id"] }));
    let declared = life.get("create_customs_declaration", of_charge.clone()).await;
    let of_declaration =
        in_store(sandbox, json!({ "chargeId": wallet["id"], "id": declared["id"] }));
    life.get("get_customs_declaration", of_declaration.clone()).await;
    life.get("update_customs_declaration", of_declaration).await;

    let transfer = json!({ "brand": "bank_test_brand" });
    let transfer = life.waiting(sandbox, "bank_transfer", transfer).await;
    univapay.deposit(&text(&transfer["id"]), 1).expect("a charge that waits");
    life.get("list_bank_transfer_ledgers", transfer).await;
}

/// 3-D Secure of a token, and what a store has beside payments.
pub(super) async fn around_payments<C>(sandbox: &Sandbox, life: &Life<C>, token: &Value)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let store = in_store(sandbox, json!({}));
    let of_token = in_store(sandbox, json!({ "id": token }));
    life.get("enable_token_three_ds", of_token.clone()).await;
    life.get("get_token", of_token.clone()).await;
    life.get("get_token_three_ds_issuer_token", of_token.clone()).await;
    life.get("disable_token_three_ds", of_token).await;

    life.get("list_transaction_history", none()).await;
    life.get("list_store_transaction_history", store.clone()).await;
    life.get("get_checkout_info", none()).await;
    life.get("create_customer_id", store.clone()).await;
    let other = life.get("create_store", none()).await["id"].clone();
    life.get("update_store", json!({ "id": other })).await;
    life.get("delete_store", json!({ "id": other })).await;

    let webhook = life.get("create_webhook", store.clone()).await["id"].clone();
    let of_webhook = in_store(sandbox, json!({ "id": webhook }));
    life.get("list_webhooks", store).await;
    for operation in ["get_webhook", "update_webhook", "list_webhook_events", "delete_webhook"] {
        life.get(operation, of_webhook.clone()).await;
    }
}

/// A subscription, from working it out to its end.
pub(super) async fn subscriptions<C>(sandbox: &Sandbox, life: &Life<C>, token: &Value)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let store = in_store(sandbox, json!({}));
    let merchant = sandbox.univapay().merchant_id();
    let soon = json!({ "start_on": "2099-06-15", "zone_id": "Asia/Tokyo" });
    let without_plan = json!({ "installment_plan": null, "schedule_settings": soon });
    life.call("simulate_subscription_plan", none(), without_plan).await;
    let soon = json!({ "schedule_settings": soon });
    life.call("simulate_store_subscription_plan", store.clone(), soon).await;
    let plan = json!({
        "transaction_token_id": token, "initial_amount": null, "schedule_settings": null,
        "three_ds": null,
    });
    let plan = life.call("create_subscription", none(), plan).await["id"].clone();
    let of_plan = in_store(sandbox, json!({ "id": plan }));
    let below_plan = in_store(sandbox, json!({ "subscriptionId": plan, "merchantId": merchant }));
    life.get("list_subscriptions", none()).await;
    life.get("list_store_subscriptions", store).await;
    life.get("get_subscription", of_plan.clone()).await;
    let notes = json!({
        "installment_plan": null, "schedule_settings": null, "next_payment": null,
    });
    life.call("update_subscription", of_plan.clone(), notes).await;
    life.get("list_subscription_charges", below_plan.clone()).await;
    life.get("list_store_subscription_charges", of_plan.clone()).await;
    life.get("get_subscription_latest_charge", below_plan.clone()).await;
    let payments = life.get("list_subscription_payments", below_plan.clone()).await;
    let payment = &payments["items"][0]["id"];
    let of_payment = in_store(sandbox, json!({ "subscriptionId": plan, "paymentId": payment }));
    life.get("get_subscription_payment", of_payment.clone()).await;
    let next = json!({ "due_date": "2099-06-05" });
    life.call("update_subscription_payment", of_payment.clone(), next).await;
    life.get("list_subscription_payment_charges", of_payment).await;
    let token_again = json!({ "transaction_token_id": token });
    life.call("update_subscription_token", below_plan.clone(), token_again).await;
    life.get("suspend_subscription", below_plan.clone()).await;
    life.get("unsuspend_subscription", below_plan).await;
    life.get("cancel_subscription", of_plan).await;
}
