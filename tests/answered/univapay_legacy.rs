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
