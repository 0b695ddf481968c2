//! Lives of payments, against the sandbox.

use std::time::Duration;

use kessai_elepay::charges::{CaptureCharge, ChargeStatus, CreateCharge, ListCharges};
use kessai_elepay::errors::ErrorCode;
use kessai_elepay::refunds::{CreateRefund, RefundStatus};
use kessai_elepay::shared::PaymentMethod;
use kessai_elepay::{Client, EpochMillis, Error, Looks, Outcome, SecretKey, Settled};
use kessai_sandbox::Sandbox;

mod appotapay;
mod appotapay_balance;
mod appotapay_checkout;
mod appotapay_subscriptions;
mod appotapay_three_ds;
mod codes;
mod disputes;
mod subscriptions;
mod univapay;
mod univapay_direct_debit;
mod univapay_events;
mod univapay_history;
mod univapay_keys;
mod univapay_limits;
mod univapay_methods;
mod univapay_payouts;
mod zafapay;

fn client(base_url: &str, key: &str) -> Client {
    let key = SecretKey::new(key).expect("a secret key");
    Client::builder(key).base_url(base_url).build().expect("a client")
}

fn hold(amount: i64, order_no: &str) -> CreateCharge {
    CreateCharge {
        capture: Some(false),
        ..CreateCharge::new(amount, PaymentMethod::Creditcard, order_no)
    }
}

fn capture(amount: i64) -> CaptureCharge {
    CaptureCharge { amount: Some(amount), ..CaptureCharge::default() }
}

/// Looks of tests, where what is done is seen at once.
fn looks() -> Looks {
    let (pause, patience) = (Duration::from_millis(1), Duration::from_secs(60));
    Looks { delay: Duration::ZERO, pause, patience, ..Looks::default() }
}

fn refused<T>(result: Result<T, Error>) -> ErrorCode {
    let Err(error) = result else { panic!("it was not refused") };
    assert_eq!(error.outcome(), Outcome::Refused, "{error}");
    ErrorCode::of(&error).expect("elepay's own code")
}

#[tokio::test]
async fn a_charge_is_held_captured_in_part_and_given_back_in_two_parts() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());

    let charge = client.charges().create(&hold(3000, "A-1")).await?;
    assert_eq!(charge.status, Some(ChargeStatus::Uncaptured));
    assert_eq!(charge.authorize_amount, Some(3000));
    let id = charge.id;

    let over = refused(client.charges().capture(&id, &capture(3001)).await);
    assert_eq!(over, ErrorCode::U008001, "no more than was held");

    let charge = client.charges().capture(&id, &capture(1200)).await?;
    assert_eq!((charge.status, charge.amount), (Some(ChargeStatus::Captured), Some(1200)));

    let refund = client.refunds().create(&id, &CreateRefund::new(500)).await?;
    assert_eq!(refund.status, Some(RefundStatus::Refunded));
    let state = client.charges().get_status(&id).await?;
    assert_eq!(state.status, Some(ChargeStatus::PartiallyRefunded));

    let over = refused(client.refunds().create(&id, &CreateRefund::new(701)).await);
    assert_eq!(over, ErrorCode::U008001, "no more than was captured");

    client.refunds().create(&id, &CreateRefund::new(700)).await?;
    let charge = client.charges().get(&id).await?;
    assert_eq!(charge.status, Some(ChargeStatus::Refunded));
    let refunds = client.refunds().list(&id).await?;
    assert_eq!((refunds.total, refunds.refunds.len()), (Some(2), 2));
    let again = client.refunds().get(&id, &refund.id).await?;
    assert_eq!(again.amount, Some(500));

    let ledger = elepay.ledger();
    ledger.assert_sound();
    let lines = ledger.reference("A-1");
    assert_eq!(lines.len(), 1, "one charge for the order");
    let line = lines[0];
    assert_eq!(
        (line.totals.authorized, line.totals.captured, line.totals.refunded),
        (3000, 1200, 1200)
    );
    Ok(())
}

#[tokio::test]
async fn a_refund_that_is_pending_is_no_money_given_back_yet() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());
    let charge = client.charges().create(&hold(3000, "A-1")).await?;
    client.charges().capture(&charge.id, &CaptureCharge::default()).await?;

    elepay.hold_refunds(true);
    // The mark by which this refund is known again, should its answer be lost.
    let body = CreateRefund {
        metadata: [("mark".to_owned(), "R-1".into())].into(),
        ..CreateRefund::new(1000)
    };
    let refund = client.refunds().create(&charge.id, &body).await?;
    assert_eq!((refund.status, refund.refunded_time), (Some(RefundStatus::Pending), None));
    let state = client.charges().get_status(&charge.id).await?;
    assert_eq!(state.status, Some(ChargeStatus::Captured));
    let over = refused(client.refunds().create(&charge.id, &CreateRefund::new(2001)).await);
    assert_eq!(over, ErrorCode::U008001, "what is pending is promised");

    elepay.complete_refund(refund.id.as_str()).expect("a pending refund");
    let refunds = client.refunds().list(&charge.id).await?.refunds;
    let marked = refunds.iter().find(|refund| {
        let mark = refund.metadata.as_ref().and_then(|notes| notes.get("mark"));
        mark.is_some_and(|mark| mark.reveal() == "R-1")
    });
    assert_eq!(marked.and_then(|it| it.status.clone()), Some(RefundStatus::Refunded));
    let charge = client.charges().get(&charge.id).await?;
    assert_eq!(charge.status, Some(ChargeStatus::PartiallyRefunded));
    elepay.ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn an_order_number_is_taken_once() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());

    client.charges().create(&hold(3000, "A-1")).await?;
    assert_eq!(refused(client.charges().create(&hold(3000, "A-1")).await), ErrorCode::M002007);

    let page = client.charges().list(&ListCharges::default()).await?;
    assert_eq!((page.total, page.charges.len()), (Some(1), 1), "the repeat charged nothing");
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_found_by_its_order_and_a_lost_request_is_absent() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());
    let pay = async |order_no: &str| {
        let look = || async {
            let now = EpochMillis::now().get();
            let (from, to) = (EpochMillis::new(now - 60_000), EpochMillis::new(now + 60_000));
            Ok(client.charges().find_by_order_no(order_no, from, to).await?.sight())
        };
        let body = hold(3000, order_no);
        client.charges().create(&body).or_find_by_reference(look, &looks()).await
    };

    elepay.lose_next_answer("create_charge").expect("an operation");
    let Settled::Found(found) = pay("A-1").await? else { panic!("it is there") };
    assert_eq!(found.charges[0].amount, Some(3000));

    elepay.lose_next_request("create_charge").expect("an operation");
    let Settled::Absent(error) = pay("A-2").await? else { panic!("nothing is there") };
    assert_eq!(error.outcome(), Outcome::Unknown, "the client cannot tell them apart: {error}");
    assert!(matches!(pay("A-2").await?, Settled::Done(_)));

    let ledger = elepay.ledger();
    assert_eq!(["A-1", "A-2"].map(|order_no| ledger.reference(order_no).len()), [1, 1]);
    assert!(elepay.lose_next_answer("create_charges").is_err(), "no such operation");
    Ok(())
}

#[tokio::test]
async fn a_charge_that_does_not_exist_is_refused_with_elepays_code() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());

    let error = client.charges().get(&"ch_nowhere".into()).await.expect_err("no such charge");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::M002003));
    assert!(error.request_id().is_some_and(|id| id.starts_with("req_")), "support can be asked");
    assert_eq!(error.to_string(), "refused: get_charge at elepay was answered 400 M002003");
}

#[tokio::test]
async fn a_wrong_key_moves_nothing() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), "sk_test_of_someone_else");

    assert_eq!(refused(client.charges().create(&hold(3000, "A-1")).await), ErrorCode::M004001);
    assert!(elepay.ledger().lines().is_empty());
}

#[tokio::test]
async fn a_held_charge_can_be_let_go_and_then_not_be_captured() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());

    let charge = client.charges().create(&hold(3000, "A-1")).await?;
    let charge = client.charges().revoke(&charge.id).await?;
    assert_eq!(charge.status, Some(ChargeStatus::Revoked));
    let late = refused(client.charges().capture(&charge.id, &CaptureCharge::default()).await);
    assert_eq!(late, ErrorCode::M006000);
    assert_eq!(elepay.ledger().totals()["JPY"].captured, 0);
    Ok(())
}

#[tokio::test]
async fn pages_of_a_list_hold_every_charge_once() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());
    for number in 0..7 {
        client.charges().create(&hold(100 + number, &format!("A-{number}"))).await?;
    }

    let mut amounts = Vec::new();
    for offset in [0, 3, 6] {
        let query = ListCharges { limit: Some(3), offset: Some(offset), ..ListCharges::default() };
        let page = client.charges().list(&query).await?;
        assert_eq!(page.total, Some(7));
        amounts.extend(page.charges.iter().filter_map(|charge| charge.amount));
    }
    amounts.sort_unstable();
    assert_eq!(amounts, [100, 101, 102, 103, 104, 105, 106]);

    let query = ListCharges {
        payment_method: vec![PaymentMethod::Creditcard, PaymentMethod::Paypay],
        status: Some(ChargeStatus::Captured),
        ..ListCharges::default()
    };
    assert_eq!(client.charges().list(&query).await?.total, Some(0), "filters reach the server");
    Ok(())
}
