//! Money from the bank accounts of customers, once a month.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::direct_debit;
use kessai_univapay::direct_debit::{
    CreateDirectDebitBankAccount, CreateDirectDebitBankTransfer, DirectDebitBankAccountKind,
    DirectDebitBankTransfer, DirectDebitBankTransferError, DirectDebitBankTransferLock,
    DirectDebitBankTransferStatus, ListDirectDebitBankTransfers, UpdateDirectDebitBankTransfer,
};
use kessai_univapay::errors::ErrorCode;
use kessai_univapay::merchants::Merchant;
use kessai_univapay::{Client, Error, Id, Outcome};

use super::univapay::client;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn debit(
    client: &Client,
    merchant: &Id<Merchant>,
    number: &str,
    amount: i64,
) -> Result<DirectDebitBankTransfer, Error> {
    let body = CreateDirectDebitBankAccount::new(
        "K0071",
        "0009",
        "ﾐﾄﾞﾘ",
        "118",
        DirectDebitBankAccountKind::Regular,
        "ｻﾄｳ ﾊﾅｺ",
        number,
    );
    let account = client.direct_debit().create_bank_account(merchant, &body).await?;
    let body = CreateDirectDebitBankTransfer::new(amount);
    client.direct_debit().create_bank_transfer(merchant, &account.id, &body).await
}

#[tokio::test]
async fn a_debit_is_made_changed_locked_and_paid_or_not() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let merchant = client.merchants().get_current().await?.id;
    let ways = [
        ("3050217", DirectDebitBankTransferStatus::Successful, None),
        (
            direct_debit::INSUFFICIENT_FUNDS,
            DirectDebitBankTransferStatus::Failed,
            Some(DirectDebitBankTransferError::InsufficientFunds),
        ),
    ];
    for (number, expected, why) in ways {
        let made = debit(&client, &merchant, number, 4_800).await?;
        assert_eq!(made.status, Some(DirectDebitBankTransferStatus::Awaiting));
        let more = UpdateDirectDebitBankTransfer::new(5_200);
        client.direct_debit().update_bank_transfer(&merchant, &made.id, &more).await?;

        let mut now = made;
        while now.lock == Some(DirectDebitBankTransferLock::Unlocked) {
            sandbox.clock().advance(DAY);
            now = client.direct_debit().get_bank_transfer(&merchant, &now.id).await?;
        }
        let error = client.direct_debit().update_bank_transfer(&merchant, &now.id, &more).await;
        let error = error.expect_err("a debit that is locked");
        assert_eq!(error.outcome(), Outcome::Refused);
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::ValidationError));

        while now.status == Some(DirectDebitBankTransferStatus::Awaiting) {
            sandbox.clock().advance(DAY);
            now = client.direct_debit().get_bank_transfer(&merchant, &now.id).await?;
        }
        assert_eq!((now.status, now.error, now.amount), (Some(expected), why, Some(5_200)));
    }
    univapay.ledger().assert_sound();
    assert_eq!(univapay.ledger().totals()["JPY"].captured, 5_200, "one of the two has paid");
    Ok(())
}

#[tokio::test]
async fn a_debit_whose_answer_is_lost_is_found_by_the_number_of_the_customer() -> Result<(), Error>
{
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let merchant = client.merchants().get_current().await?.id;
    let made = debit(&client, &merchant, "3050217", 4_800).await?;

    let of = |number: &str| ListDirectDebitBankTransfers {
        user_number: Some(number.into()),
        ..ListDirectDebitBankTransfers::default()
    };
    let found = client.direct_debit().list_bank_transfers(&merchant, &of("K0071")).await?;
    assert_eq!(found.items.len(), 1);
    assert_eq!((&found.items[0].id, found.items[0].amount), (&made.id, Some(4_800)));
    let none = client.direct_debit().list_bank_transfers(&merchant, &of("K0072")).await?;
    assert!(none.items.is_empty());
    Ok(())
}
