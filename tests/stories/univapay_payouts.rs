//! What UnivaPay pays out to the merchant.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::{Univapay, cards};
use kessai_univapay::charges::CreateCharge;
use kessai_univapay::events::{EventData, EventKind};
use kessai_univapay::legacy_bank_accounts::CreateBankAccount;
use kessai_univapay::legacy_transfers::{
    LedgerOrigin, ListTransferLedgers, ListTransferStatusChanges, ListTransfers, Transfer,
    TransferStatus,
};
use kessai_univapay::refunds::CreateRefund;
use kessai_univapay::shared::TokenKind;
use kessai_univapay::webhooks::CreateWebhook;
use kessai_univapay::{Error, WebhookAuth};

use super::univapay::{client, settled, token};

const AUTH_TOKEN: &str = "0b6e2f9c41d74d0c8a35";

/// What a server makes of the events: which there were, and the last payout that they tell of.
fn told(univapay: &Univapay) -> (Vec<EventKind>, Option<Transfer>) {
    let auth = WebhookAuth::new(AUTH_TOKEN).expect("an authorization");
    let (mut kinds, mut last) = (Vec::new(), None);
    for event in univapay.events() {
        let authorization = event.authorization().expect("an authorization");
        let event = auth.event(authorization, event.body()).expect("an event");
        let Some(EventData::Transfer(transfer)) = event.data else { panic!("{event:?}") };
        kinds.push(event.event);
        last = Some(*transfer);
    }
    (kinds, last)
}

#[tokio::test]
async fn a_payout_is_what_its_charges_brought_and_its_refunds_took() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let body = CreateBankAccount::new("0003052217", "JP", "JPY", "ﾊﾅﾔ", "みどり銀行");
    let account = client.legacy_bank_accounts().create_bank_account(&body).await?;
    let hook = CreateWebhook {
        auth_token: Some(AUTH_TOKEN.into()),
        ..CreateWebhook::new(
            vec![
                EventKind::TransferCreated,
                EventKind::TransferUpdated,
                EventKind::TransferFinalized,
            ],
            "https://shop.example/univapay",
        )
    };
    client.legacy_webhooks().create_merchant_webhook(&hook).await?;
    let token = token(&client, cards::PAYS, TokenKind::OneTime).await?;
    let charge = client.charges().create(&CreateCharge::new(token, 12_800, "JPY")).await?;
    let charge = settled(&client, &charge).await;
    let back = CreateRefund::new(2_800, "JPY");
    client.refunds().create(&charge.store_id, &charge.id, &back).await?;

    let id = univapay.pay_out("JPY").expect("an account to pay to");
    univapay.finish_payout(&id, true).expect("a payout that was made");

    let paid = ListTransfers { status: Some(TransferStatus::Paid), ..ListTransfers::default() };
    let transfers = client.legacy_transfers().list_transfers(&paid).await?.items;
    assert_eq!(transfers.len(), 1);
    let transfer = &transfers[0];
    assert_eq!((transfer.id.as_str(), transfer.amount), (id.as_str(), Some(10_000)));
    assert_eq!(transfer.bank_account_id.as_ref(), Some(&account.id));

    let mut entries = client
        .legacy_transfers()
        .list_all_transfer_ledgers(&transfer.id, &ListTransferLedgers::default());
    let mut seen = Vec::new();
    while let Some(entry) = entries.next().await {
        let entry = entry?;
        assert_eq!(client.legacy_transfers().get_ledger(&entry.id).await?.amount, entry.amount);
        seen.push((entry.origin, entry.amount));
    }
    let expected =
        [(Some(LedgerOrigin::Refund), Some(-2_800)), (Some(LedgerOrigin::Charge), Some(12_800))];
    assert_eq!(seen, expected, "the newest first");

    let all = ListTransferStatusChanges::default();
    let changes =
        client.legacy_transfers().list_transfer_status_changes(&transfer.id, &all).await?;
    let steps: Vec<_> = changes.items.into_iter().map(|change| change.new_status).collect();
    let expected = [TransferStatus::Paid, TransferStatus::Processing, TransferStatus::Approved];
    assert_eq!(steps, expected.map(Some));

    let (kinds, last) = told(univapay);
    let updated = || EventKind::TransferUpdated;
    let expected = [EventKind::TransferCreated, updated(), updated(), EventKind::TransferFinalized];
    assert_eq!(kinds, expected);
    assert_eq!(last.as_ref(), Some(transfer));
    Ok(())
}
