//! A subscription, month after month.

use std::time::Duration;

use kessai_elepay::customers::CreateCustomer;
use kessai_elepay::errors::ErrorCode;
use kessai_elepay::shared::{PaymentMethod, Resource};
use kessai_elepay::sources::CreateSource;
use kessai_elepay::subscriptions::{
    CreateSubscription, ListSubscriptionPeriods, SubscriptionInterval, SubscriptionStatus,
};
use kessai_elepay::{Client, Error, Id};
use kessai_sandbox::Sandbox;

use super::{client, refused};

const MONTH: Duration = Duration::from_secs(31 * 24 * 60 * 60);

/// A customer with a card that the customer agreed to.
async fn customer(
    client: &Client,
    sandbox: &Sandbox,
) -> Result<(Id<kessai_elepay::customers::Customer>, String), Error> {
    let customer = client.customers().create(&CreateCustomer::default()).await?;
    let source = give_card(client, sandbox, &customer.id).await?;
    Ok((customer.id, source))
}

async fn give_card(
    client: &Client,
    sandbox: &Sandbox,
    customer: &Id<kessai_elepay::customers::Customer>,
) -> Result<String, Error> {
    let card = CreateSource::new(PaymentMethod::Creditcard, Resource::Web);
    let source = client.sources().create(customer, &card).await?;
    sandbox.elepay().approve_source(source.id.as_str()).expect("a pending source");
    Ok(source.id.as_str().to_owned())
}

#[tokio::test]
async fn a_subscription_is_billed_falls_behind_is_resumed_and_ends() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());
    let (customer, card) = customer(&client, &sandbox).await?;

    let plan = CreateSubscription {
        name: Some("Season ticket".into()),
        amount: Some(1500),
        interval: Some(SubscriptionInterval::Month),
        initial_amount: Some(500),
        ..CreateSubscription::new(customer.clone())
    };
    let plan = client.subscriptions().create(&plan).await?;
    assert_eq!(plan.status, Some(SubscriptionStatus::New));
    let captured = || elepay.ledger().totals().get("JPY").map_or(0, |totals| totals.captured);
    assert_eq!(captured(), 0, "nothing is billed before it starts");
    assert_eq!(refused(client.subscriptions().resume(&plan.id).await), ErrorCode::M006000);

    let plan = client.subscriptions().start(&plan.id).await?;
    assert_eq!(plan.status, Some(SubscriptionStatus::Active));
    assert_eq!(captured(), 2000, "the initial amount and the first period");
    sandbox.clock().advance(2 * MONTH);
    let periods = client.subscriptions();
    let periods = periods.list_all_periods(&plan.id, &ListSubscriptionPeriods::default());
    assert_eq!(periods.into_vec().await?.len(), 3);
    assert_eq!(captured(), 5000);

    // The card goes, and with it the next payment.
    elepay.cancel_source(&card).expect("an active source");
    sandbox.clock().advance(MONTH);
    let behind = client.subscriptions().get(&plan.id).await?;
    assert_eq!(behind.status, Some(SubscriptionStatus::PastDue));
    assert_eq!(captured(), 5000);
    assert!(elepay.events().iter().any(|event| event.kind() == "subscription.paused"));

    give_card(&client, &sandbox, &customer).await?;
    let resumed = client.subscriptions().resume(&plan.id).await?;
    assert_eq!(resumed.status, Some(SubscriptionStatus::Active));
    assert_eq!(captured(), 6500);

    elepay.set_charging(plan.id.as_str(), true).expect("an active subscription");
    assert!(client.subscriptions().cancel(&plan.id).await.is_err(), "not while it is charged");
    elepay.set_charging(plan.id.as_str(), false).expect("an active subscription");
    client.subscriptions().cancel(&plan.id).await?;
    sandbox.clock().advance(2 * MONTH);
    let ended = client.subscriptions().get(&plan.id).await?;
    assert_eq!(ended.status, Some(SubscriptionStatus::Canceled));
    assert_eq!(captured(), 6500, "and nothing more is billed");
    elepay.ledger().assert_sound();
    Ok(())
}
