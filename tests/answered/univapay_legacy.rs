//! Operations of UnivaPay that only older SDKs know.

use kessai_core::Error;
use kessai_sandbox::univapay::{Univapay, legacy};
use serde_json::{Value, json};

use super::{Arguments, Life};

/// Bank accounts of the merchant, payouts, and what is known of the merchant.
pub(super) async fn answer_merchant<C>(life: &Life<C>, univapay: &Univapay)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    life.get("get_platform", none()).await;
    life.get("get_heartbeat", none()).await;
    life.get("convert_exchange_rate", none()).await;
    life.get("create_verification", none()).await;
    life.get("get_verification", none()).await;
    life.get("update_verification", none()).await;

    life.get("create_bank_account", none()).await;
    let account = json!({ "account_number": "0003052217" });
    let account = life.call("create_bank_account", none(), account).await["id"].clone();
    let of_account = json!({ "id": account });
    life.get("list_bank_accounts", none()).await;
    life.get("get_bank_account", of_account.clone()).await;
    life.get("get_primary_bank_account", none()).await;
    let not_primary = json!({ "primary": null });
    life.call("update_bank_account", of_account.clone(), not_primary).await;

    let transfer = univapay.pay_out("JPY").expect("an account to pay to");
    univapay.finish_payout(&transfer, true).expect("money to pay");
    let of_transfer = json!({ "id": transfer });
    life.get("list_transfers", none()).await;
    life.get("get_transfer", of_transfer.clone()).await;
    life.get("list_transfer_status_changes", of_transfer.clone()).await;
    let entries = life.get("list_transfer_ledgers", of_transfer).await;
    life.get("get_ledger", json!({ "id": entries["items"][0]["id"] })).await;
    life.get("delete_bank_account", of_account).await;
}

/// Logging in, and the keys that sign calls.
pub(super) async fn answer_keys<C>(life: &Life<C>, univapay: &Univapay)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let of_store = |mut path: Value| {
        path["storeId"] = univapay.store_id().into();
        path
    };
    let store = of_store(json!({}));
    let person = json!({ "email": legacy::EMAIL, "password": legacy::PASSWORD });
    life.call("authenticate_user", none(), person).await;
    life.get("logout_user", none()).await;

    let token = life.get("create_app_token", store.clone()).await["id"].clone();
    let of_token = of_store(json!({ "id": token }));
    life.get("list_app_tokens", store.clone()).await;
    life.get("update_app_token", of_token.clone()).await;
    life.get("delete_app_token", of_token).await;

    let jwt = life.get("create_app_jwt", none()).await["jti"].clone();
    life.get("list_app_jwts", none()).await;
    life.get("delete_app_jwt", json!({ "jti": jwt })).await;
    let jwt = life.get("create_store_app_jwt", store.clone()).await["jti"].clone();
    life.get("list_store_app_jwts", store.clone()).await;
    life.get("delete_store_app_jwt", of_store(json!({ "jti": jwt }))).await;

    let email = "sato@mail.example";
    let first = json!({ "email": email, "otp": null });
    life.call("authenticate_customer", store.clone(), first).await;
    let code = json!({ "email": email, "otp": univapay.mailed_code(email) });
    life.call("authenticate_customer", store, code).await;
}

/// Pages to pay on, and batches of subscriptions with this card.
pub(super) async fn answer_pages<C>(life: &Life<C>, univapay: &Univapay, token: &Value)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    use legacy::checkout::{EMAIL_ID, FORM_ID, LINK_ID, PRODUCT_CODE, PRODUCT_ID};

    let none = || Value::Null;
    life.get("get_checkout_gateway", none()).await;
    life.get("get_checkout_form", json!({ "id": FORM_ID })).await;
    life.get("get_checkout_link", json!({ "id": LINK_ID })).await;
    life.get("list_checkout_link_products", json!({ "id": LINK_ID })).await;
    life.get("get_checkout_email", json!({ "id": EMAIL_ID })).await;
    life.get("get_checkout_product", json!({ "id": PRODUCT_ID })).await;
    life.get("get_checkout_product_by_code", json!({ "code": PRODUCT_CODE })).await;
    let link = json!({
        "merchant_id": univapay.merchant_id(), "store_id": univapay.store_id(),
        "form_id": FORM_ID, "expiry": null, "jwt": univapay.jwt(),
    });
    let link = life.call("create_temporary_checkout_link", none(), link).await;
    let secret = json!({ "secret": link["secret"] });
    life.ask("get_checkout_link_info", json!({ "id": link["id"] }), secret).await;

    let paid_by =
        |amount: i64| json!({ "transaction_token_id": token, "amount": amount, "currency": "JPY" });
    let mut plan = paid_by(3000);
    plan["period"] = "monthly".into();
    let batch = json!({ "subscriptions": [plan], "charges": [paid_by(500)] });
    let batch = life.call("create_subscription_batch", none(), batch).await;
    let batch = life.get("get_subscription_batch", json!({ "batchId": batch["batch_id"] })).await;
    assert_eq!(batch["status"], "successful");
}

/// What older SDKs do with tokens and charges.
pub(super) async fn answer_tokens<C>(life: &Life<C>, univapay: &Univapay)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let of_store = |mut path: Value| {
        path["storeId"] = univapay.store_id().into();
        path
    };
    let mut card = super::recurring_card();
    card["email"] = "sato@mail.example".into();
    card["use_confirmation"] = true.into();
    let token = life.call("create_token", none(), card).await["id"].clone();
    let of_token = of_store(json!({ "id": token }));
    let code = univapay.confirmation_code(token.as_str().expect("an id"));
    let code = json!({ "confirmation_code": code });
    life.call("confirm_token", of_token.clone(), code).await;
    let token = life.get("renew_token", of_token).await["id"].clone();
    let alias = json!({ "transaction_token_id": token, "valid_until": null });
    let alias = life.call("create_token_alias", none(), alias).await["key"].clone();
    let of_alias = of_store(json!({ "id": alias }));
    life.get("get_token_alias", of_alias.clone()).await;
    life.get("delete_token_alias", of_alias).await;

    let ways = [
        ("get_charge_qr", "qr_merchant", "alipay_connect_mpm"),
        ("get_charge_expiry", "bank_transfer", "bank_test_brand"),
    ];
    for (operation, method, brand) in ways {
        let token = json!({
            "payment_type": method, "type": "one_time", "data": { "brand": brand },
        });
        let token = life.call("create_token", none(), token).await["id"].clone();
        let order = json!({
            "transaction_token_id": token, "capture": true, "capture_at": null, "three_ds": null,
        });
        let charge = life.call("create_charge", none(), order).await["id"].clone();
        life.get(operation, of_store(json!({ "id": charge }))).await;
    }
}

/// Webhooks of the merchant, and an event that is sent once more.
pub(super) async fn answer_webhooks<C>(life: &Life<C>, univapay: &Univapay)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let store = univapay.store_id();
    let hook = life.get("create_merchant_webhook", none()).await["id"].clone();
    let of_hook = json!({ "id": hook });
    life.get("list_merchant_webhooks", none()).await;
    life.get("get_merchant_webhook", of_hook.clone()).await;
    life.get("update_merchant_webhook", of_hook.clone()).await;
    life.get("delete_merchant_webhook", of_hook).await;

    let hook = json!({ "triggers": ["token_created"], "url": "https://hooks.hanaya.example/2" });
    let of_store = json!({ "storeId": store });
    let hook = life.call("create_webhook", of_store, hook).await["id"].clone();
    life.call("create_token", none(), super::recurring_card()).await;
    let told = univapay.events();
    let event = told.last().expect("an event").id();
    let of_event = json!({ "storeId": store, "id": hook, "eventId": event });
    life.get("redeliver_webhook_event", of_event).await;
}
