//! Every operation of direct debit.

use kessai_core::Error;
use kessai_sandbox::univapay::Univapay;
use serde_json::{Value, json};

use super::{Arguments, Life};

pub(super) async fn answer<C>(life: &Life<C>, univapay: &Univapay)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let of_merchant = |mut path: Value| {
        path["merchantId"] = univapay.merchant_id().into();
        path
    };
    let merchant = of_merchant(json!({}));
    life.get("get_direct_debit_configuration", merchant.clone()).await;
    life.get("get_direct_debit_notification_configuration", merchant.clone()).await;
    life.get("get_direct_debit_current_schedule", merchant.clone()).await;

    let account = life.call("create_direct_debit_bank_account", merchant.clone(), none()).await;
    let of_account = of_merchant(json!({ "bankAccountId": account["id"] }));
    life.get("list_direct_debit_bank_accounts", merchant.clone()).await;
    life.get("get_direct_debit_bank_account", of_account.clone()).await;
    life.get("update_direct_debit_bank_account", of_account.clone()).await;
    life.get("deactivate_direct_debit_bank_account", of_account.clone()).await;
    life.get("reenable_direct_debit_bank_account", of_account.clone()).await;

    let debit = life.call("create_direct_debit_bank_transfer", of_account, none()).await;
    let of_debit = of_merchant(json!({ "bankTransferId": debit["id"] }));
    life.get("list_direct_debit_bank_transfers", merchant).await;
    life.get("get_direct_debit_bank_transfer", of_debit.clone()).await;
    life.get("update_direct_debit_bank_transfer", of_debit.clone()).await;
    life.get("delete_direct_debit_bank_transfer", of_debit).await;
}
