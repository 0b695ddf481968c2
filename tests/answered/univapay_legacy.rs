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
