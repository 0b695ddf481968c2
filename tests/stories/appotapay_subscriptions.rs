//! Subscriptions at AppotaPay.

use kessai_appotapay::customers::{CreateCustomer, Customer, CustomerDetails};
use kessai_appotapay::cycles::{Cycle, CycleAttemptKind, CycleStatus, ListCycles};
use kessai_appotapay::errors::SubscriptionErrorCode;
use kessai_appotapay::payment_methods::{
    CreatePaymentMethod, NewSubscriptionCard, NewSubscriptionCardInfo, NewSubscriptionCardSettings,
    Reusability, SubscriptionCountry, SubscriptionPaymentMethod, SubscriptionPaymentMethodKind,
    SubscriptionPaymentMethodStatus, YesNo,
};
use kessai_appotapay::plans::{
    CreatePlan, FailedCycleAction, NewPlanPaymentMethod, NewPlanSchedule, Plan, PlanInterval,
    PlanStatus,
};
use kessai_appotapay::subscription_events::SubscriptionEventKind as Kind;
use kessai_appotapay::subscription_refunds::{
    CreateSubscriptionRefund, SubscriptionRefundReason, SubscriptionRefundStatus,
};
use kessai_appotapay::{Client, Error, Id, Patch, SubscriptionNotification};
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::cards;

use super::appotapay::{DAY, callbacks, client, refused};

async fn customer(client: &Client) -> Result<Id<Customer>, Error> {
    let body = CreateCustomer::new("CUS1", CustomerDetails::new("Ha"));
    Ok(client.customers().create(&body).await?.customer_id)
}

/// A saved card, with 3-D Secure or without.
async fn method(
    client: &Client,
    customer: &Id<Customer>,
    three_ds: bool,
) -> Result<SubscriptionPaymentMethod, Error> {
    let settings = NewSubscriptionCardSettings {
        success_return_url: Some("https://shop.example/saved".into()),
        failure_return_url: Some("https://shop.example/failed".into()),
        ..NewSubscriptionCardSettings::new(if three_ds { YesNo::No } else { YesNo::Yes })
    };
    let card = NewSubscriptionCardInfo::new(cards::PAYS, "12", "2099");
    let body = CreatePaymentMethod {
        customer_id: Some(customer.clone()),
        card: Some(NewSubscriptionCard::new(settings, card)),
        ..CreatePaymentMethod::new(
            "CARD1",
            SubscriptionCountry::Vietnam,
            "VND",
            SubscriptionPaymentMethodKind::Card,
            Reusability::MultipleUse,
        )
    };
    client.payment_methods().create(&body).await
}

/// A plan of 150,000 dong every week, whose failed cycles are tried again twice, a day apart.
fn weekly(customer: &Id<Customer>, method: &SubscriptionPaymentMethod) -> CreatePlan {
    let schedule = NewPlanSchedule {
        retry_interval: Some(PlanInterval::Day),
        retry_interval_count: Some(1),
        total_retry: Patch::Set(2),
        ..NewPlanSchedule::new(PlanInterval::Week, 1)
    };
    let stop = FailedCycleAction::Stop;
    CreatePlan {
        payment_methods: vec![NewPlanPaymentMethod::new(method.payment_method_id.clone())],
        ..CreatePlan::new("PLAN1", customer.clone(), "VND", 150_000, stop, schedule)
    }
}

/// A customer with a card, and a plan that charges it.
async fn subscribe(client: &Client) -> Result<Plan, Error> {
    let customer = customer(client).await?;
    let method = method(client, &customer, false).await?;
    client.plans().create(&weekly(&customer, &method)).await
}

/// The cycles of a plan, the oldest first.
async fn cycles(client: &Client, plan: &Plan) -> Result<Vec<Cycle>, Error> {
    let list = client.cycles().list(&plan.plan_id, &ListCycles::default()).await?;
    Ok(list.data.unwrap_or_default())
}

fn statuses(cycles: &[Cycle]) -> Vec<CycleStatus> {
    cycles.iter().filter_map(|cycle| cycle.status.clone()).collect()
}

/// What the merchant's server was told of, read as it came.
fn told(sandbox: &Sandbox) -> Vec<Kind> {
    let callbacks = callbacks(sandbox);
    let events = sandbox.appotapay().events();
    let told = events.iter().map(|event| {
        match callbacks.subscription(event.body()).expect("it is signed") {
            SubscriptionNotification::Plan(told) => told.event,
            SubscriptionNotification::Cycle(told) => told.event,
            SubscriptionNotification::Refund(told) => told.event,
            other => panic!("{other:?}"),
        }
    });
    told.map(|event| event.expect("an event")).collect()
}

#[tokio::test]
async fn a_cycle_is_paid_whenever_it_is_due_and_given_back_in_part() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let plan = subscribe(&client).await?;
    assert_eq!(plan.status, Some(PlanStatus::Active));
    assert!(appotapay.ledger().lines().is_empty());
    sandbox.clock().advance(14 * DAY);
    let cycles = cycles(&client, &plan).await?;
    let (paid, open) = (CycleStatus::Succeeded, CycleStatus::Scheduled);
    assert_eq!(statuses(&cycles), [paid.clone(), paid, open]);
    assert_eq!(appotapay.ledger().totals()["VND"].captured, 300_000);

    let first = client.cycles().get(&plan.plan_id, &cycles[0].cycle_id).await?;
    let attempt = first.attempt_details.expect("attempts").remove(0).attempt_id.expect("an id");
    let refund = |reference: &str, amount| {
        let reason = SubscriptionRefundReason::RequestedByCustomer;
        CreateSubscriptionRefund::new(reference, attempt.clone(), amount, "VND", reason)
    };
    let given = client.subscription_refunds().create(&refund("REF1", 50_000)).await?;
    assert_eq!(given.status, Some(SubscriptionRefundStatus::Success));
    let found = client.subscription_refunds().find_by_refund_ref_id("REF1").await?;
    assert_eq!(found.refund_id, given.refund_id);
    let error = refused(client.subscription_refunds().create(&refund("REF1", 50_000)).await);
    let code = SubscriptionErrorCode::of(&error);
    assert_eq!(code, Some(SubscriptionErrorCode::ReferenceRepeated));
    let error = refused(client.subscription_refunds().create(&refund("REF2", 100_001)).await);
    let code = SubscriptionErrorCode::of(&error);
    assert_eq!(code, Some(SubscriptionErrorCode::RefundTooLarge));
    let ledger = appotapay.ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(attempt.as_str()).map(|line| line.totals.refunded), Some(50_000));
    assert_eq!(told(&sandbox).pop(), Some(Kind::RefundSucceeded));
    Ok(())
}

#[tokio::test]
async fn a_cycle_that_fails_is_tried_again_a_day_later_and_the_plan_goes_on() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let plan = subscribe(&client).await?;
    appotapay.fail_next_attempts(plan.plan_id.as_str(), 1).expect("an active plan");
    sandbox.clock().advance(7 * DAY);
    let failed = cycles(&client, &plan).await?.remove(0);
    assert_eq!(failed.status, Some(CycleStatus::Retrying));
    assert!(appotapay.ledger().totals().values().all(|totals| totals.captured == 0));
    sandbox.clock().advance(DAY);
    let paid = client.cycles().get(&plan.plan_id, &failed.cycle_id).await?;
    assert_eq!(paid.status, Some(CycleStatus::Succeeded));
    let attempts = paid.attempt_details.unwrap_or_default();
    let kinds: Vec<_> = attempts.into_iter().filter_map(|attempt| attempt.type_).collect();
    assert_eq!(kinds, [CycleAttemptKind::Initial, CycleAttemptKind::Retry]);
    assert_eq!(appotapay.ledger().totals()["VND"].captured, 150_000);
    let told = told(&sandbox);
    for kind in [Kind::PlanActivated, Kind::CycleCreated, Kind::CycleRetrying, Kind::CycleSucceeded]
    {
        assert!(told.contains(&kind), "{kind:?} in {told:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_plan_stops_when_every_attempt_of_a_cycle_has_failed() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let plan = subscribe(&client).await?;
    appotapay.fail_next_attempts(plan.plan_id.as_str(), 3).expect("an active plan");
    sandbox.clock().advance(30 * DAY);
    let found = client.plans().find_by_plan_ref_id("PLAN1").await?;
    assert_eq!(found.status, Some(PlanStatus::Inactive));
    assert_eq!(statuses(&cycles(&client, &plan).await?)[0], CycleStatus::Failed);
    assert_eq!(told(&sandbox).pop(), Some(Kind::PlanInactivated));
    assert!(appotapay.ledger().totals().values().all(|totals| totals.captured == 0));
    Ok(())
}

#[tokio::test]
async fn a_card_is_charged_only_after_its_customer_has_agreed() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let customer = customer(&client).await?;
    let waits = method(&client, &customer, true).await?;
    assert_eq!(waits.status, Some(SubscriptionPaymentMethodStatus::RequiresAction));
    let early = refused(client.plans().create(&weekly(&customer, &waits)).await);
    let code = SubscriptionErrorCode::of(&early);
    assert_eq!(code, Some(SubscriptionErrorCode::PaymentMethodInvalid));
    let id = waits.payment_method_id.as_str();
    let back = appotapay.finish_payment_method(id, true).expect("a card that waits");
    let (_, query) = back.split_once('?').expect("a query");
    let told = callbacks(&sandbox).payment_method_return(query).expect("it is signed");
    assert_eq!(told.payment_method_id.as_ref(), Some(&waits.payment_method_id));
    let active = client.payment_methods().find_by_payment_method_ref_id("CARD1").await?;
    assert_eq!(active.status, Some(SubscriptionPaymentMethodStatus::Active));
    let plan = client.plans().create(&weekly(&customer, &active)).await?;
    assert_eq!(plan.status, Some(PlanStatus::Active));
    let again = refused(client.plans().create(&weekly(&customer, &active)).await);
    let code = SubscriptionErrorCode::of(&again);
    assert_eq!(code, Some(SubscriptionErrorCode::ReferenceRepeated));

    let ended = client.plans().deactivate(&plan.plan_id).await?;
    assert_eq!(ended.status, Some(PlanStatus::Inactive));
    sandbox.clock().advance(30 * DAY);
    assert_eq!(statuses(&cycles(&client, &plan).await?), [CycleStatus::Cancelled]);
    assert!(appotapay.ledger().lines().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_plan_without_a_card_waits_for_the_customer_to_choose_one() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let customer = customer(&client).await?;
    let stop = FailedCycleAction::Stop;
    let schedule = NewPlanSchedule::new(PlanInterval::Week, 1);
    let body = CreatePlan {
        country: Some("VN".into()),
        return_url: Some("https://shop.example/subscribed".into()),
        ..CreatePlan::new("PLAN1", customer, "VND", 150_000, stop, schedule)
    };
    let waits = client.plans().create(&body).await?;
    assert_eq!(waits.status, Some(PlanStatus::RequiresAction));
    assert!(waits.actions.is_some_and(|actions| actions[0].url.is_some()), "where to send them");
    sandbox.clock().advance(8 * DAY);
    assert!(appotapay.ledger().lines().is_empty(), "nobody has agreed");

    let back = appotapay.finish_plan(waits.plan_id.as_str(), true).expect("a plan that waits");
    let (_, query) = back.split_once('?').expect("a query");
    let told = callbacks(&sandbox).plan_return(query).expect("it is signed");
    assert_eq!((told.plan_id, told.status), (waits.plan_id, Some(PlanStatus::Active)));
    sandbox.clock().advance(7 * DAY);
    let plan = client.plans().find_by_plan_ref_id("PLAN1").await?;
    assert_eq!(statuses(&cycles(&client, &plan).await?)[0], CycleStatus::Succeeded);
    assert_eq!(appotapay.ledger().totals()["VND"].captured, 150_000);
    Ok(())
}
