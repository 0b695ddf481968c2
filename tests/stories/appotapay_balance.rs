//! What AppotaPay pays from the merchant's balance, and what arrives on virtual accounts.

use kessai_appotapay::bills::{CheckBill, PayBill};
use kessai_appotapay::ebills::{CloseEbill, CreateEbill, EbillPaymentCondition};
use kessai_appotapay::errors::{TransferErrorCode, VirtualAccountErrorCode};
use kessai_appotapay::service_events::TransferStatus;
use kessai_appotapay::transfers::{MakeTransfer, TransferAccountKind, TransferFeePayer};
use kessai_appotapay::{Client, Error, Outcome, Refusal};
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{BALANCE, bills, transfers};

use super::appotapay::{callbacks, client, refused};

/// 250,000 dong to an account at a bank.
fn transfer(reference: &str, account: &str) -> MakeTransfer {
    MakeTransfer::new(
        "TPBANK",
        account,
        TransferAccountKind::Account,
        transfers::OWNER,
        250_000,
        TransferFeePayer::Payer,
        reference,
    )
}

fn code<T>(result: Result<T, Error>) -> TransferErrorCode {
    TransferErrorCode::of(&refused(result)).expect("AppotaPay's own code")
}

async fn balance(client: &Client) -> Result<i64, Error> {
    let balance = client.balances().get().await?;
    Ok(balance.account.and_then(|account| account.balance).expect("a balance"))
}

#[tokio::test]
async fn a_transfer_leaves_the_balance_and_its_answer_is_signed() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    assert_eq!(balance(&client).await?, BALANCE);
    // The client takes no answer without a good signature.
    let sent = client.transfers().make(&transfer("OUT-1", "04520001234")).await?;
    assert!(sent.signature.is_some());
    assert_eq!(sent.error_code, Some(0));
    assert_eq!(balance(&client).await?, BALANCE - 250_000);

    let again = client.transfers().make(&transfer("OUT-1", "04520001234")).await;
    assert_eq!(code(again), TransferErrorCode::ReferenceRepeated);
    let found = client.transfers().find_by_partner_ref_id("OUT-1").await?;
    let found = found.transaction.expect("a transaction");
    let sent = sent.transaction.expect("a transaction");
    assert_eq!(Some(found.appotapay_trans_id), sent.appotapay_trans_id);
    assert_eq!((found.transfer_amount, sent.transfer_amount), (Some(250_000), Some(250_000)));
    let unknown = client.transfers().find_by_partner_ref_id("OUT-2").await;
    assert_eq!(code(unknown), TransferErrorCode::NotFound);
    assert_eq!(balance(&client).await?, BALANCE - 250_000, "it was sent once");
    Ok(())
}

#[tokio::test]
async fn a_transfer_on_its_way_is_told_when_it_arrives_and_comes_back_when_it_fails()
-> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    for (place, arrives) in [true, false].into_iter().enumerate() {
        let reference = format!("OUT-{place}");
        let sent = client.transfers().make(&transfer(&reference, transfers::PENDING)).await?;
        assert_eq!(sent.error_code, Some(35));
        let found = client.transfers().find_by_partner_ref_id(&reference).await?;
        assert_eq!(found.error_code, Some(35));
        let before = balance(&client).await?;

        appotapay.settle_transfer(&reference, arrives).expect("a transfer on its way");
        let told = callbacks(&sandbox).transfer(appotapay.events()[place].body());
        let told = told.expect("it is signed").transaction;
        let id = sent.transaction.and_then(|it| it.appotapay_trans_id);
        assert_eq!(Some(told.appotapay_trans_id), id);
        assert_eq!(told.partner_ref_id, reference);
        let found = client.transfers().find_by_partner_ref_id(&reference).await;
        if arrives {
            assert_eq!(told.transfer_status, Some(TransferStatus::Success));
            assert_eq!(found?.error_code, Some(0));
            assert_eq!(balance(&client).await?, before);
        } else {
            assert_eq!(told.transfer_status, Some(TransferStatus::Error));
            assert_eq!(code(found), TransferErrorCode::Failed);
            assert_eq!(balance(&client).await?, before + 250_000);
        }
    }
    appotapay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn a_transfer_above_the_balance_is_refused_and_moves_nothing() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    appotapay.set_balance(249_999);
    let poor = client.transfers().make(&transfer("OUT-1", "04520001234")).await;
    assert_eq!(code(poor), TransferErrorCode::BalanceTooLow);
    assert_eq!(balance(&client).await?, 249_999);
    assert!(appotapay.ledger().lines().is_empty());
    appotapay.set_balance(250_000);
    client.transfers().make(&transfer("OUT-1", "04520001234")).await?;
    assert_eq!(balance(&client).await?, 0, "what was refused has not used up the reference");
    Ok(())
}

#[tokio::test]
async fn a_transfer_whose_answer_does_not_tell_is_unknown_and_found_by_its_reference()
-> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let lost = transfer("OUT-1", transfers::UNANSWERED);
    let Err(error) = client.transfers().make(&lost).await else { panic!("it was answered") };
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    assert_eq!(TransferErrorCode::of(&error), Some(TransferErrorCode::Undefined));
    let found = client.transfers().find_by_partner_ref_id("OUT-1").await?;
    assert_eq!(found.transaction.and_then(|it| it.transfer_amount), Some(250_000));
    assert_eq!(balance(&client).await?, BALANCE - 250_000);
    let again = client.transfers().make(&lost).await;
    assert_eq!(code(again), TransferErrorCode::ReferenceRepeated);
    assert_eq!(balance(&client).await?, BALANCE - 250_000, "the reference guards the money");
    Ok(())
}

#[tokio::test]
async fn a_bill_is_paid_with_the_lines_that_the_look_up_answered() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let owed = client.bills().check(&CheckBill::new("BILL-1", "PD20260001", "ENVHN")).await?;
    let lines = owed.bill_detail.expect("what is owed");
    let amount = lines.iter().filter_map(|line| line.amount).sum();
    assert_eq!(amount, bills::AMOUNT);
    let body = PayBill::new("BILL-1", "PD20260001", "ENVHN", amount, lines);
    client.bills().pay(&body).await?;
    // The codes of bills were not read, so what 31 says of the money is left open.
    let again = client.bills().pay(&body).await.expect_err("the reference is in use");
    let told = again.refusal().map(Refusal::is_reference_in_use);
    assert_eq!((again.outcome(), told), (Outcome::Unknown, Some(true)));
    assert_eq!(TransferErrorCode::of(&again), Some(TransferErrorCode::ReferenceRepeated));
    let found = client.bills().find_by_partner_ref_id("BILL-1").await?;
    assert_eq!(found.transaction.and_then(|it| it.amount), Some(bills::AMOUNT));
    assert_eq!(balance(&client).await?, BALANCE - bills::AMOUNT);
    Ok(())
}

#[tokio::test]
async fn money_on_a_virtual_account_is_told_and_counted() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let bill = CreateEbill::new(
        "BILL-1",
        "Vé xem ca nhạc",
        "NGUYEN VAN A",
        500_000,
        EbillPaymentCondition::AtLeast,
        "WOORIBANK",
        "https://shop.example/bills",
    );
    let made = client.ebills().create(&bill).await?;
    let account = made.payment.and_then(|it| it.bank_accounts).expect("an account");
    let account = account[0].account_no.clone().expect("a number");
    let again = refused(client.ebills().create(&bill).await);
    assert_eq!(VirtualAccountErrorCode::of(&again), Some(VirtualAccountErrorCode::BillExists));

    let id = appotapay.pay_ebill("BILL-1", 550_000).expect("an open bill");
    let told = callbacks(&sandbox).ebill(appotapay.events()[0].body()).expect("it is signed");
    assert_eq!(told.transaction_id.as_str(), id);
    assert_eq!((told.bill_code.as_str(), told.amount), ("BILL-1", 550_000));
    let found = client.ebills().find_by_bill_code("BILL-1").await?;
    assert_eq!((found.amount, found.paid_amount), (Some(500_000), Some(550_000)));
    let list = client.ebills().list_transactions_of("BILL-1").await?.transactions;
    assert_eq!(list.expect("payments")[0].transaction_id.as_str(), id);

    client.ebills().close(&CloseEbill::new(account.clone(), "BILL-1", "CLOSE-1")).await?;
    let again = CloseEbill::new(account, "BILL-1", "CLOSE-2");
    let again = refused(client.ebills().close(&again).await);
    assert_eq!(VirtualAccountErrorCode::of(&again), Some(VirtualAccountErrorCode::AccountClosed));
    assert!(appotapay.pay_ebill("BILL-1", 500_000).is_err());
    assert_eq!(appotapay.ledger().totals()["VND"].captured, 550_000);
    Ok(())
}
