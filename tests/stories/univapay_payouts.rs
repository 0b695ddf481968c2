//! What UnivaPay pays out to the merchant.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::{Univapay, cards};
use kessai_univapay::charges::{CreateCharge, GetCharge};
use kessai_univapay::legacy_bank_accounts::CreateBankAccount;
use kessai_univapay::legacy_transfers::{
    LedgerOrigin, ListTransferLedgers, ListTransferStatusChanges, ListTransfers, TransferStatus,
};
use kessai_univapay::refunds::CreateRefund;
use kessai_univapay::shared::TokenKind;
use kessai_univapay::token_data::NewCardData;
use kessai_univapay::tokens::CreateToken;
use kessai_univapay::{AppToken, Client, Error};

fn client(univapay: &Univapay) -> Client {
    let token = AppToken::new(univapay.secret(), univapay.jwt()).expect("a token");
    Client::builder(token).base_url(univapay.base_url()).build().expect("a client")
}

#[tokio::test]
async fn a_payout_is_what_its_charges_brought_and_its_refunds_took() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let body = CreateBankAccount::new("0003052217", "JP", "JPY", "ﾊﾅﾔ", "みどり銀行");
    let account = client.legacy_bank_accounts().create_bank_account(&body).await?;
    let card = NewCardData { cvv: Some("314".into()), ..NewCardData::new(cards::PAYS, "08", "49") };
    let token = client.tokens().create(&CreateToken::new(TokenKind::OneTime, card)).await?;
    let charge = client.charges().create(&CreateCharge::new(token.id, 12_800, "JPY")).await?;
    let charge = client.charges().get(&charge.store_id, &charge.id, &GetCharge::default()).await?;
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
    Ok(())
}
