//! Lives of payments at UnivaPay: held money, 3-D Secure, subscriptions, long lists.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::{Univapay, cards};
use kessai_univapay::cancels::CreateCancel;
use kessai_univapay::charges::{
    CaptureCharge, Charge, ChargeStatus, CreateCharge, ListStoreCharges, NewChargeThreeDs,
};
use kessai_univapay::errors::ErrorCode;
use kessai_univapay::plans::{
    PlanKind, SimulateSubscriptionPlan, SubscriptionPeriod, SubscriptionScheduleSettings,
    SubscriptionSimulationPlanSettings,
};
use kessai_univapay::refunds::{CreateRefund, RefundStatus};
use kessai_univapay::shared::{PaymentMethod, TokenKind};
use kessai_univapay::stores::Store;
use kessai_univapay::subscriptions::{CreateSubscription, SubscriptionStatus, SuspendSubscription};
use kessai_univapay::token_data::NewCardData;
use kessai_univapay::tokens::{CreateToken, Token};
use kessai_univapay::{
    AppToken, Client, Error, Id, IdempotencyStatus, Json, Mode, Outcome, Patience, Settled,
};

pub(super) fn client(univapay: &Univapay) -> Client {
    let token = AppToken::new(univapay.secret(), univapay.jwt()).expect("a token");
    let builder = Client::builder(token).base_url(univapay.base_url());
    builder.mode(Mode::Test).build().expect("a client")
}

/// A card as a token that pays as often as `kind` says.
pub(super) async fn token(
    client: &Client,
    number: &str,
    kind: TokenKind,
) -> Result<Id<Token>, Error> {
    let card = NewCardData {
        cardholder: Some("HARUKA MORI".into()),
        cvv: Some("314".into()),
        ..NewCardData::new(number, "08", "49")
    };
    let body = CreateToken {
        email: Some("haruka.mori@mail.example".into()),
        ..CreateToken::new(kind, card)
    };
    Ok(client.tokens().create(&body).await?.id)
}

fn patience() -> Patience {
    Patience { pause: Duration::from_millis(5), ..Patience::default() }
}

pub(super) fn the_store(client: &Client) -> Id<Store> {
    client.store_id().expect("a store's token").clone()
}

pub(super) async fn settled(client: &Client, charge: &Charge) -> Charge {
    let wait = client.charges().wait(&charge.store_id, &charge.id, patience());
    wait.await.expect("a charge that moves on")
}

pub(super) fn refused<T>(result: Result<T, Error>) -> ErrorCode {
    let Err(error) = result else { panic!("it was not refused") };
    assert_eq!(error.outcome(), Outcome::Refused, "{error}");
    ErrorCode::of(&error).expect("UnivaPay's own code")
}

#[tokio::test]
async fn held_money_is_taken_in_part_given_back_in_part_and_not_called_off() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    let token = token(&client, cards::PAYS, TokenKind::OneTime).await?;

    let body = CreateCharge {
        capture: Some(false),
        metadata: BTreeMap::from([("order".into(), Json::from("A-1"))]),
        ..CreateCharge::new(token, 12_800, "JPY")
    };
    let charge = client.charges().create(&body).await?;
    assert_eq!(charge.status, ChargeStatus::Pending, "first the answer, then the act");
    let charge = settled(&client, &charge).await;
    assert_eq!(charge.status, ChargeStatus::Authorized);

    let too_much = CaptureCharge { amount: Some(12_801), currency: Some("JPY".into()) };
    let refusal = refused(client.charges().capture(&store, &charge.id, &too_much).await);
    assert_eq!(refusal, ErrorCode::CaptureAmountTooLarge);
    let part = CaptureCharge { amount: Some(10_000), currency: Some("JPY".into()) };
    client.charges().capture(&store, &charge.id, &part).await?;
    let charge = settled(&client, &charge).await;
    assert_eq!(charge.status, ChargeStatus::Successful);
    assert_eq!(charge.charged_amount, Some(10_000));
    let again = refused(client.charges().capture(&store, &charge.id, &part).await);
    assert_eq!(again, ErrorCode::AlreadyCaptured);

    let body = CreateRefund::new(2_500, "JPY");
    let refund = client.refunds().create(&store, &charge.id, &body).await?;
    let refund = client.refunds().wait(&store, &charge.id, &refund.id, patience()).await;
    let refund = refund.expect("a refund that moves on");
    assert_eq!((refund.status, refund.amount), (Some(RefundStatus::Successful), Some(2_500)));
    let body = CreateRefund::new(7_501, "JPY");
    refused(client.refunds().create(&store, &charge.id, &body).await);

    refused(client.cancels().create(&store, &charge.id, &CreateCancel::default()).await);
    univapay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn a_customer_passes_three_d_secure_or_does_not() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    for (passed, expected) in [(true, ChargeStatus::Successful), (false, ChargeStatus::Failed)] {
        let token = token(&client, cards::THREE_DS, TokenKind::OneTime).await?;
        let body = CreateCharge {
            three_ds: Some(NewChargeThreeDs {
                redirect_endpoint: Some("https://nagisa.example/orders/7".into()),
                ..NewChargeThreeDs::default()
            }),
            ..CreateCharge::new(token, 1_200, "JPY")
        };
        let charge = client.charges().create(&body).await?;
        let charge = settled(&client, &charge).await;
        assert_eq!(charge.status, ChargeStatus::Awaiting);
        client.charges().get_three_ds_issuer_token(&charge.store_id, &charge.id).await?;

        univapay.finish_three_ds(charge.id.as_str(), passed).expect("a charge that awaits it");

        let mut charge = settled(&client, &charge).await;
        while charge.status == ChargeStatus::Awaiting {
            charge = settled(&client, &charge).await;
        }
        assert_eq!(charge.status, expected);
        assert_eq!(charge.error.is_some(), !passed, "a failure says why");
        // The same card is not charged the same so soon.
        sandbox.clock().advance(Duration::from_secs(30));
    }
    univapay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn a_declined_card_takes_no_money() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let token = token(&client, cards::DECLINED, TokenKind::OneTime).await?;

    let charge = client.charges().create(&CreateCharge::new(token, 1_200, "JPY")).await?;
    let charge = settled(&client, &charge).await;

    assert_eq!(charge.status, ChargeStatus::Failed);
    assert!(charge.error.is_some_and(|error| error.code.is_some()));
    univapay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn a_subscription_is_simulated_started_suspended_and_canceled() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    let subscriptions = client.subscriptions();

    // 10,000 in 3 payments: the sandbox adds what does not divide to the last one.
    let body = SimulateSubscriptionPlan {
        period: Some(SubscriptionPeriod::Monthly),
        subscription_plan: Some(SubscriptionSimulationPlanSettings {
            plan_type: Some(PlanKind::FixedCycles),
            fixed_cycles: Some(3),
            ..SubscriptionSimulationPlanSettings::default()
        }),
        ..SimulateSubscriptionPlan::new(
            10_000,
            "JPY",
            PaymentMethod::Card,
            SubscriptionScheduleSettings::default(),
        )
    };
    let payments = subscriptions.simulate_store_plan(&store, &body).await?;
    let amounts: Vec<_> = payments.iter().map(|payment| payment.amount).collect();
    assert_eq!(amounts, [Some(3_333), Some(3_333), Some(3_334)]);

    let token = token(&client, cards::PAYS, TokenKind::Subscription).await?;
    let body = CreateSubscription {
        period: Some(SubscriptionPeriod::Monthly),
        ..CreateSubscription::new(token, 980, "JPY")
    };
    let started = subscriptions.create(&body).await?;
    let wait = subscriptions.wait(&store, &started.id, patience());
    let started = wait.await.expect("a first payment");
    assert_eq!(started.status, Some(SubscriptionStatus::Current));
    let charge = subscriptions.get_latest_charge(&store, &started.id).await?;
    assert_eq!(charge.requested_amount, 980);

    let body = SuspendSubscription::default();
    let suspended = subscriptions.suspend(&store, &started.id, &body).await?;
    assert_eq!(suspended.status, Some(SubscriptionStatus::Suspended));
    subscriptions.unsuspend(&store, &started.id).await?;
    subscriptions.cancel(&store, &started.id).await?;
    univapay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn a_walk_over_many_charges_skips_none() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    let token = token(&client, cards::PAYS, TokenKind::Recurring).await?;
    let mut made = BTreeSet::new();
    for amount in 1..=253 {
        let body = CreateCharge::new(token.clone(), amount, "JPY");
        made.insert(client.charges().create(&body).await?.id.as_str().to_owned());
    }

    let query = ListStoreCharges { limit: Some(100), ..ListStoreCharges::default() };
    let mut charges = client.charges().list_all_store(&store, &query);
    let mut seen = Vec::new();
    while let Some(charge) = charges.next().await {
        seen.push(charge?.id.as_str().to_owned());
    }

    assert_eq!(seen.len(), 253);
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), made);
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_found_by_its_note_and_a_lost_request_is_absent() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let token = token(&client, cards::PAYS, TokenKind::Recurring).await?;
    let pay = async |order: &str, amount| {
        let body = CreateCharge {
            metadata: BTreeMap::from([("order".into(), Json::from(order))]),
            ..CreateCharge::new(token.clone(), amount, "JPY")
        };
        let look = || async {
            let found = client.charges().find_by_note(Mode::Test, "order", order).await?;
            Ok(found.sight())
        };
        client.charges().create(&body).or_find_by_reference(look, &super::looks()).await
    };

    univapay.lose_next_answer("create_charge").expect("an operation");
    let Settled::Found(found) = pay("A-1", 1_200).await? else { panic!("it is there") };
    assert_eq!(settled(&client, &found.charges[0]).await.status, ChargeStatus::Successful);

    univapay.lose_next_request("create_charge").expect("an operation");
    let Settled::Absent(error) = pay("A-2", 1_300).await? else { panic!("nothing is there") };
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    assert!(matches!(pay("A-2", 1_300).await?, Settled::Done(_)));

    let ledger = univapay.ledger();
    assert_eq!(["A-1", "A-2"].map(|order| ledger.by_note("order", order).len()), [1, 1]);
    Ok(())
}

#[tokio::test]
async fn the_same_key_is_the_same_charge() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let token = token(&client, cards::PAYS, TokenKind::Recurring).await?;
    let body = CreateCharge::new(token.clone(), 1_200, "JPY");
    let create = |body| client.charges().create(body).idempotency_key("order-7");

    let first = create(&body).send().await?;
    let again = create(&body).send().await?;

    assert_eq!(first.id, again.id);
    assert!(IdempotencyStatus::of(again.headers()).is_some_and(|status| status.is_replay()));
    let other = CreateCharge::new(token, 1_201, "JPY");
    let conflict = create(&other).await.expect_err("a conflict");
    assert!(ErrorCode::is_key_conflict(&conflict));
    assert_eq!(conflict.outcome(), Outcome::Unknown);
    Ok(())
}
