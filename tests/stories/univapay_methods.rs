//! Lives of payments at UnivaPay that are not by card: cash, wallets, bank transfers.

use std::time::Duration;

use kessai_core::Error;
use kessai_sandbox::Sandbox;
use kessai_univapay::charges::{
    BankTransferLedgerKind, Charge, ChargeStatus, CreateCharge, GetCharge,
};
use kessai_univapay::errors::ErrorCode;
use kessai_univapay::refunds::CreateRefund;
use kessai_univapay::shared::{CallMethod, NewPhoneNumber, PaymentMethod, TokenKind};
use kessai_univapay::token_data::{
    ConvenienceStore, NewBankTransferData, NewKonbiniData, NewOnlineData, NewTokenData,
    OnlineBrand, TokenData,
};
use kessai_univapay::tokens::{CreateToken, GetToken};
use kessai_univapay::{AppToken, Client, Outcome};

use super::univapay::{client, refused, settled, the_store};

/// A charge of 4,800 yen as it is once it is no longer pending.
async fn charge(client: &Client, data: impl Into<NewTokenData>) -> Result<Charge, Error> {
    let body = CreateToken {
        email: Some("haruka.mori@mail.example".into()),
        ..CreateToken::new(TokenKind::OneTime, data)
    };
    let token = client.tokens().create(&body).await?;
    assert_ne!(token.payment_type, PaymentMethod::Card);
    let charge = client.charges().create(&CreateCharge::new(token.id, 4_800, "JPY")).await?;
    let charge = settled(client, &charge).await;
    assert_eq!(charge.status, ChargeStatus::Awaiting);
    Ok(charge)
}

fn konbini() -> NewKonbiniData {
    let phone = NewPhoneNumber::new("81", "9000001234");
    NewKonbiniData {
        expiration_period: Some("P3D".to_owned()),
        ..NewKonbiniData::new("森 遥", ConvenienceStore::FamilyMart, phone)
    }
}

#[tokio::test]
async fn cash_is_brought_to_a_convenience_store_and_not_given_back() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);

    let waiting = charge(&client, konbini()).await?;
    let token = waiting.transaction_token_id.as_ref().expect("a token");
    let token = client.tokens().get(&store, token, &GetToken::default()).await?;
    let Some(TokenData::Konbini(data)) = &token.data else { panic!("{token:?}") };
    assert_eq!(data.convenience_store, Some(ConvenienceStore::FamilyMart));
    assert_eq!(univapay.ledger().totals()["JPY"].captured, 0, "nothing was paid yet");

    univapay.pay_at_store(waiting.id.as_str()).expect("a charge that waits");
    let paid = client.charges().get(&store, &waiting.id, &GetCharge::default()).await?;
    assert_eq!((paid.status, paid.charged_amount), (ChargeStatus::Successful, Some(4_800)));

    let body = CreateRefund::new(4_800, "JPY");
    let refund = refused(client.refunds().create(&store, &paid.id, &body).await);
    assert_eq!(refund, ErrorCode::RefundNotAllowed);
    univapay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn cash_that_is_not_brought_in_time_is_not_waited_for() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    let waiting = charge(&client, konbini()).await?;

    sandbox.clock().advance(Duration::from_secs(3 * 24 * 60 * 60));

    let late = client.charges().get(&store, &waiting.id, &GetCharge::default()).await?;
    assert_eq!(late.status, ChargeStatus::Failed);
    assert!(late.error.is_some_and(|error| error.code.is_some()));
    univapay.pay_at_store(waiting.id.as_str()).expect_err("the store takes nothing any more");
    Ok(())
}

#[tokio::test]
async fn a_wallet_is_opened_by_its_issuer_token() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);

    for (paid, end) in [(true, ChargeStatus::Successful), (false, ChargeStatus::Failed)] {
        let wallet = NewOnlineData::new(OnlineBrand::PayPayOnline, CallMethod::HttpPost);
        let waiting = charge(&client, wallet).await?;
        let issuer = client.charges().get_issuer_token(&store, &waiting.id).await?;
        assert_eq!(issuer.payment_type, Some(PaymentMethod::Online));
        assert_eq!(issuer.call_method, Some(CallMethod::HttpPost));
        let address = issuer.issuer_token.expect("an address");
        assert!(address.reveal().starts_with("https://"));
        assert!(issuer.payload.is_some_and(|fields| fields.contains_key("request_data")));

        univapay.finish_in_wallet(waiting.id.as_str(), paid).expect("a charge that waits");
        let over = client.charges().get(&store, &waiting.id, &GetCharge::default()).await?;
        assert_eq!(over.status, end);
    }
    assert_eq!(univapay.ledger().totals()["JPY"].captured, 4_800);
    Ok(())
}

#[tokio::test]
async fn a_bank_transfer_may_come_in_parts() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    let waiting = charge(&client, NewBankTransferData::new("bank_test_brand")).await?;
    let account = client.charges().get_issuer_token(&store, &waiting.id).await?;
    assert!(account.account_number.is_some());

    for (part, status) in [(4_000, ChargeStatus::Awaiting), (1_000, ChargeStatus::Successful)] {
        univapay.deposit(waiting.id.as_str(), part).expect("a charge that waits");
        let charge = client.charges().get(&store, &waiting.id, &GetCharge::default()).await?;
        assert_eq!(charge.status, status);
    }

    let denied = client.charges().list_bank_transfer_ledgers(&store, &waiting.id).await;
    let denied = denied.expect_err("a store's token");
    assert_eq!(denied.outcome(), Outcome::NotSent, "a store may not look");
    let token = AppToken::new(univapay.merchant_secret(), univapay.merchant_jwt());
    let merchant = Client::builder(token.expect("a token")).base_url(univapay.base_url()).build();
    let merchant = merchant.expect("a client");
    let ledgers = merchant.charges().list_bank_transfer_ledgers(&store, &waiting.id).await?;
    let entries: Vec<_> =
        ledgers.items.into_iter().map(|entry| (entry.bank_ledger_type, entry.balance)).collect();
    let (deposit, payment) =
        (Some(BankTransferLedgerKind::Deposit), Some(BankTransferLedgerKind::Payment));
    assert_eq!(
        entries,
        [(payment, Some(200)), (deposit.clone(), Some(5_000)), (deposit, Some(4_000))]
    );
    Ok(())
}
