//! Lists that continue, walked against the sandbox.

use std::collections::BTreeSet;

use kessai_elepay::charges::{ChargeStatus, CreateCharge, ListCharges};
use kessai_elepay::shared::{PaymentMethod, SortOrder};
use kessai_elepay::{Client, EpochMillis, Error, Found, SecretKey};
use kessai_sandbox::Sandbox;

fn client(sandbox: &Sandbox) -> Client {
    let key = SecretKey::new(sandbox.elepay().secret_key()).expect("a secret key");
    Client::builder(key).base_url(sandbox.elepay().base_url()).build().expect("a client")
}

async fn create(client: &Client, order_no: &str) -> Result<String, Error> {
    let body = CreateCharge::new(100, PaymentMethod::Paypay, order_no);
    Ok(client.charges().create(&body).await?.id.as_str().to_owned())
}

#[tokio::test]
async fn all_of_250_charges_are_walked_once_in_the_order_of_the_list() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let mut made = Vec::new();
    for number in 0..250 {
        made.push(create(&client, &format!("A-{number}")).await?);
    }
    made.reverse();
    for (limit, requests) in [(None, 4), (Some(100), 4), (Some(7), 43), (Some(1), 250)] {
        let before = sandbox.elepay().journal().len();
        let query = ListCharges { limit, ..ListCharges::default() };
        let walked = client.charges().list_all(&query).into_vec().await?;
        let walked: Vec<_> = walked.iter().map(|charge| charge.id.as_str().to_owned()).collect();
        assert_eq!(walked, made, "{limit:?}");
        assert_eq!(sandbox.elepay().journal().len() - before, requests, "{limit:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_stays_is_walked_while_charges_come_and_go() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let mut stays = BTreeSet::new();
    let mut goes = Vec::new();
    for number in 0..60 {
        let id = create(&client, &format!("A-{number}")).await?;
        if number % 3 == 0 {
            goes.push(id);
        } else {
            stays.insert(id);
        }
    }
    // The newest come first, and a charge that is revoked leaves the list of the pending ones.
    let query = ListCharges {
        status: Some(ChargeStatus::Pending),
        limit: Some(10),
        ..ListCharges::default()
    };
    let mut charges = client.charges().list_all(&query);
    let mut walked = BTreeSet::new();
    let mut step = 0;
    while let Some(charge) = charges.next().await {
        assert!(walked.insert(charge?.id.as_str().to_owned()), "nothing comes twice");
        step += 1;
        if step % 4 == 0 {
            create(&client, &format!("B-{step}")).await?;
        }
        if let Some(id) = goes.pop().filter(|_| step % 2 == 0) {
            client.charges().revoke(&id.as_str().into()).await?;
        }
    }
    let skipped: Vec<_> = stays.difference(&walked).collect();
    assert!(skipped.is_empty(), "{skipped:?}");
    Ok(())
}

#[tokio::test]
async fn a_walk_asks_again_for_a_page_that_failed_and_gives_up_after_three_errors() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let query = ListCharges { limit: Some(101), ..ListCharges::default() };
    let mut charges = client.charges().list_all(&query);
    for _ in 0..3 {
        let refused = charges.next().await.expect("an error").expect_err("more than is allowed");
        assert!(refused.is_refused());
    }
    assert!(charges.next().await.is_none(), "and nothing after it");
    assert_eq!(sandbox.elepay().journal().len(), 3);
}

#[tokio::test]
async fn a_charge_is_found_again_by_its_order_number() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let now = || EpochMillis::new(sandbox.clock().now_ms());
    let began = now();
    let lost = create(&client, "LOST").await?;
    for number in 0..120 {
        create(&client, &format!("A-{number}")).await?;
    }
    let charges = client.charges();
    let ids = |found: Found| {
        assert!(found.unclear.is_empty());
        found.charges.iter().map(|charge| charge.id.as_str().to_owned()).collect::<Vec<_>>()
    };

    let found = charges.find_by_order_no("LOST", began, now()).await?;
    assert_eq!(ids(found), [lost.as_str()]);

    // A number is free again once its charge is revoked, so there may be two.
    charges.revoke(&lost.as_str().into()).await?;
    sandbox.clock().advance(std::time::Duration::from_secs(60));
    let later = now();
    let again = create(&client, "LOST").await?;
    let found = charges.find_by_order_no("LOST", began, now()).await?;
    assert_eq!(ids(found), [lost, again.clone()], "oldest first");

    let found = charges.find_by_order_no("LOST", later, now()).await?;
    assert_eq!(ids(found), [again], "only within the time");
    let never = charges.find_by_order_no("NEVER", began, now()).await?;
    assert!(never.charges.is_empty() && never.unclear.is_empty());

    let query = ListCharges { order: Some(SortOrder::Asc), ..ListCharges::default() };
    assert_eq!(charges.list(&query).await?.total, Some(122));
    Ok(())
}
