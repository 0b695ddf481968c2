//! Looking back at UnivaPay: what was paid, by whom, and what came of it.

use std::time::Duration;

use kessai_core::Error;
use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards;
use kessai_univapay::charges::CreateCharge;
use kessai_univapay::refunds::CreateRefund;
use kessai_univapay::shared::TokenKind;
use kessai_univapay::transaction_history::{
    ListStoreTransactionHistory, ListTransactionHistory, TransactionHistoryKind,
    TransactionHistoryStatus,
};

use super::univapay::{client, settled, the_store, token};

#[tokio::test]
async fn the_history_is_narrowed_and_walked() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    for (number, count) in [(cards::PAYS, 5), (cards::NO_CANCELS, 3), (cards::DECLINED, 2)] {
        let token = token(&client, number, TokenKind::Recurring).await?;
        for amount in 1..=count {
            let body = CreateCharge::new(token.clone(), amount * 100, "JPY");
            let charge = settled(&client, &client.charges().create(&body).await?).await;
            if amount == 1 && number != cards::DECLINED {
                let body = CreateRefund::new(100, "JPY");
                client.refunds().create(&store, &charge.id, &body).await?;
            }
        }
        sandbox.clock().advance(Duration::from_secs(60));
    }

    let paid = ListStoreTransactionHistory {
        status: Some(TransactionHistoryStatus::Successful),
        type_: Some(TransactionHistoryKind::Charge),
        brand: vec!["mastercard".to_owned()],
        limit: Some(2),
        ..ListStoreTransactionHistory::default()
    };
    let first = client.transaction_history().list_store(&store, &paid).await?;
    assert_eq!((first.items.len(), first.total_hits), (2, Some(5)));
    let mut rows = client.transaction_history().list_all_store(&store, &paid);
    let mut amounts = Vec::new();
    while let Some(row) = rows.next().await {
        amounts.extend(row?.amount);
    }
    assert_eq!(amounts, [500, 400, 300, 200, 100]);

    let failed = ListTransactionHistory {
        status: Some(TransactionHistoryStatus::Failed),
        ..ListTransactionHistory::default()
    };
    let failed = client.transaction_history().list(&failed).await?;
    assert_eq!(failed.total_hits, Some(2));
    let refunds = ListTransactionHistory {
        type_: Some(TransactionHistoryKind::Refund),
        card_last_four: Some("1881".into()),
        ..ListTransactionHistory::default()
    };
    let refunds = client.transaction_history().list(&refunds).await?;
    let [refund] = &refunds.items[..] else { panic!("{refunds:?}") };
    assert_eq!(refund.amount, Some(100));
    assert!(refund.charge_id.is_some());
    Ok(())
}
