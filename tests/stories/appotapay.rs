//! Lives of payments at AppotaPay by credit card: held money, refunds, tokens, lost answers.

use std::time::Duration;

use kessai_appotapay::card_charges::{
    CaptureCardCharge, CardCharge, CardChargeStatus, CreateCardCharge,
};
use kessai_appotapay::card_refunds::{CardRefundStatus, CreateCardRefund};
use kessai_appotapay::card_reversals::{CardReversalStatus, CreateCardReversal};
use kessai_appotapay::card_tokens::{CardTokenUse, CreateCardToken, DeleteCardToken};
use kessai_appotapay::errors::CardErrorCode;
use kessai_appotapay::shared::CardInput;
use kessai_appotapay::{
    Callbacks, Client, Credentials, Environment, Error, Id, Outcome, Secret, Settled, seen,
};
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{Appotapay, cards};

use crate::clock::SandboxTime;

pub(super) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn credentials(appotapay: &Appotapay) -> Credentials {
    let (partner, key) = (appotapay.partner_code(), appotapay.api_key());
    Credentials::new(partner, key, appotapay.secret_key()).expect("keys")
}

/// A client whose tokens are of the sandbox's time.
pub(super) fn client(sandbox: &Sandbox) -> Client {
    let (appotapay, clock) = (sandbox.appotapay(), SandboxTime(sandbox.clock().clone()));
    let builder = Client::builder(Environment::Sandbox, credentials(appotapay));
    let builder = builder.base_url(appotapay.base_url()).clock(clock);
    builder.build().expect("a client")
}

/// What the merchant's server checks callbacks with.
pub(super) fn callbacks(sandbox: &Sandbox) -> Callbacks {
    Callbacks::new(credentials(sandbox.appotapay()))
}

pub(super) fn refused<T>(result: Result<T, Error>) -> Error {
    let Err(error) = result else { panic!("it was not refused") };
    assert_eq!(error.outcome(), Outcome::Refused, "{error}");
    error
}

/// The code of a failure that does not say how far it came.
fn unclear<T>(result: Result<T, Error>) -> CardErrorCode {
    let Err(error) = result else { panic!("it did not fail") };
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    CardErrorCode::of(&error).expect("AppotaPay's own code")
}

pub(super) fn code<T>(result: Result<T, Error>) -> CardErrorCode {
    CardErrorCode::of(&refused(result)).expect("AppotaPay's own code")
}

pub(super) fn card(number: &str) -> CardInput {
    CardInput::new(number, "NGUYEN VAN A", "12", "99", "123")
}

/// 250,000 dong from a card, taken at once.
pub(super) fn charge(reference: &str, number: &str) -> CreateCardCharge {
    CreateCardCharge {
        card: Some(card(number)),
        capture: Some(true),
        ..CreateCardCharge::new(250_000, reference, "VND")
    }
}

/// The same, only held.
fn hold(reference: &str, number: &str) -> CreateCardCharge {
    CreateCardCharge { capture: Some(false), ..charge(reference, number) }
}

fn amount(amount: i64) -> CaptureCardCharge {
    CaptureCardCharge::new(amount, "VND")
}

#[tokio::test]
async fn held_money_is_taken_in_part_on_the_sixth_day_and_given_back_in_parts() -> Result<(), Error>
{
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let held = client.card_charges().create(&hold("ORD-1", cards::PAYS)).await?;
    assert_eq!(held.status, Some(CardChargeStatus::Authorized));
    assert_eq!((held.authorized_amount, held.captured_amount), (Some(250_000), Some(0)));

    sandbox.clock().advance(6 * DAY);
    let over = client.card_charges().capture(&held.id, &amount(250_001)).await;
    assert_eq!(code(over), CardErrorCode::CaptureAmountUnfit, "no more than is held");
    let taken = client.card_charges().capture(&held.id, &amount(200_000)).await?;
    assert_eq!(taken.status, Some(CardChargeStatus::Captured));
    assert_eq!(taken.captured_amount, Some(200_000));
    let again = client.card_charges().capture(&held.id, &amount(50_000)).await;
    assert_eq!(code(again), CardErrorCode::CaptureStatusUnfit, "a part is taken once");

    let refund =
        |reference: &str, amount| CreateCardRefund::new(held.id.clone(), reference, amount, "VND");
    let first = client.card_refunds().create(&refund("REF-1", 120_000)).await?;
    assert_eq!(first.status, Some(CardRefundStatus::Success));
    let over = client.card_refunds().create(&refund("REF-2", 80_001)).await;
    assert_eq!(code(over), CardErrorCode::RefundTooLarge, "no more than was taken");
    client.card_refunds().create(&refund("REF-2", 80_000)).await?;
    let more = client.card_refunds().create(&refund("REF-3", 1_000)).await;
    assert_eq!(code(more), CardErrorCode::AlreadyRefunded);

    let ledger = sandbox.appotapay().ledger();
    ledger.assert_sound();
    let totals = ledger.charge(held.id.as_str()).expect("the charge").totals;
    assert_eq!((totals.authorized, totals.captured, totals.refunded), (250_000, 200_000, 200_000));
    Ok(())
}

#[tokio::test]
async fn money_that_nobody_took_within_seven_days_cannot_be_taken_on_the_eighth()
-> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let held = client.card_charges().create(&hold("ORD-1", cards::PAYS)).await?;
    sandbox.clock().advance(8 * DAY);
    let late = client.card_charges().capture(&held.id, &amount(250_000)).await;
    assert_eq!(code(late), CardErrorCode::CaptureStatusUnfit);
    let reversal = CreateCardReversal::new(held.id.clone(), "REV-1");
    let late = client.card_reversals().create(&reversal).await;
    assert_eq!(code(late), CardErrorCode::ReversalWindowOver, "it is let go already");
    let ledger = sandbox.appotapay().ledger();
    let line = ledger.charge(held.id.as_str()).expect("the charge");
    assert_eq!((line.status.as_str(), line.totals.captured), ("REVERSED", 0));
    Ok(())
}

#[tokio::test]
async fn money_that_is_let_go_is_no_longer_there_to_be_taken() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let held = client.card_charges().create(&hold("ORD-1", cards::PAYS)).await?;
    let reversal = CreateCardReversal::new(held.id.clone(), "REV-1");
    let gone = client.card_reversals().create(&reversal).await?;
    assert_eq!(gone.status, Some(CardReversalStatus::Success));
    assert_eq!(client.card_reversals().find_by_merchant_ref_id("REV-1").await?, gone);
    let late = client.card_charges().capture(&held.id, &amount(250_000)).await;
    assert_eq!(code(late), CardErrorCode::CaptureStatusUnfit);

    // A bank that does not let go says so within an answer of the status 200.
    let kept = client.card_charges().create(&hold("ORD-2", cards::KEEPS_MONEY)).await?;
    let reversal = CreateCardReversal::new(kept.id, "REV-2");
    let failed = client.card_reversals().create(&reversal).await;
    assert_eq!(unclear(failed), CardErrorCode::ReversalFailed);
    let failed = client.card_reversals().find_by_merchant_ref_id("REV-2").await?;
    assert_eq!(failed.status, Some(CardReversalStatus::Error));
    Ok(())
}

#[tokio::test]
async fn a_refund_that_takes_its_time_is_pending_until_it_succeeds() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let paid = client.card_charges().create(&charge("ORD-1", cards::GIVES_BACK_LATE)).await?;
    let refund = CreateCardRefund::new(paid.id.clone(), "REF-1", 250_000, "VND");
    let pending = client.card_refunds().create(&refund).await?;
    assert_eq!(pending.status, Some(CardRefundStatus::Pending));
    sandbox.clock().advance(DAY);
    let done = client.card_refunds().find_by_merchant_ref_id("REF-1").await?;
    assert_eq!(done.status, Some(CardRefundStatus::Success));

    let kept = client.card_charges().create(&charge("ORD-2", cards::KEEPS_MONEY)).await?;
    let refund = CreateCardRefund::new(kept.id.clone(), "REF-2", 250_000, "VND");
    let failed = client.card_refunds().create(&refund).await;
    assert_eq!(unclear(failed), CardErrorCode::RefundFailed, "within an answer of the status 200");
    let failed = client.card_refunds().find_by_merchant_ref_id("REF-2").await?;
    assert_eq!(failed.status, Some(CardRefundStatus::Error));
    let ledger = sandbox.appotapay().ledger();
    let given_back = |id: &Id<CardCharge>| ledger.charge(id.as_str()).map(|it| it.totals.refunded);
    assert_eq!((given_back(&paid.id), given_back(&kept.id)), (Some(250_000), Some(0)));
    Ok(())
}

/// A token of a card that pays.
async fn token(client: &Client, kind: CardTokenUse, reference: &str) -> Result<Secret, Error> {
    let body = CreateCardToken::new(card(cards::PAYS), kind, reference);
    Ok(client.card_tokens().create(&body).await?.token_id.expect("a token"))
}

fn by_token(reference: &str, token: &Secret) -> CreateCardCharge {
    CreateCardCharge {
        token_id: Some(token.clone()),
        capture: Some(true),
        ..CreateCardCharge::new(250_000, reference, "VND")
    }
}

#[tokio::test]
async fn a_token_for_many_payments_pays_twice_and_one_for_a_single_payment_once()
-> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let many = token(&client, CardTokenUse::Multiple, "TOK-1").await?;
    for reference in ["ORD-1", "ORD-2"] {
        let paid = client.card_charges().create(&by_token(reference, &many)).await?;
        assert_eq!(paid.status, Some(CardChargeStatus::Captured));
    }
    let single = token(&client, CardTokenUse::Single, "TOK-2").await?;
    client.card_charges().create(&by_token("ORD-3", &single)).await?;
    let again = client.card_charges().create(&by_token("ORD-4", &single)).await;
    assert_eq!(code(again), CardErrorCode::TokenUsed);

    client.card_tokens().delete(&many.reveal().into(), &DeleteCardToken::new("TOK-1")).await?;
    let gone = client.card_charges().create(&by_token("ORD-4", &many)).await;
    assert_eq!(code(gone), CardErrorCode::TokenInvalid);
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 3 * 250_000);
    Ok(())
}

#[tokio::test]
async fn a_repeated_reference_is_refused_and_finds_the_first_charge() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let first = client.card_charges().create(&charge("ORD-1", cards::PAYS)).await?;
    let again = client.card_charges().create(&charge("ORD-1", cards::PAYS)).await;
    assert_eq!(code(again), CardErrorCode::TransactionExists);
    assert_eq!(client.card_charges().find_by_merchant_ref_id("ORD-1").await?, first);

    let refund = CreateCardRefund::new(first.id, "REF-1", 1_000, "VND");
    let given = client.card_refunds().create(&refund).await?;
    let again = client.card_refunds().create(&refund).await;
    assert_eq!(code(again), CardErrorCode::RequestRepeated);
    assert_eq!(client.card_refunds().find_by_merchant_ref_id("REF-1").await?, given);
    let totals = sandbox.appotapay().ledger().totals()["VND"];
    assert_eq!((totals.captured, totals.refunded), (250_000, 1_000), "each was done once");
    Ok(())
}

#[tokio::test]
async fn a_payment_whose_answer_is_lost_is_unknown_and_found_by_its_reference() -> Result<(), Error>
{
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let lost = charge("ORD-1", cards::PAYS_UNANSWERED);
    let Err(error) = client.card_charges().create(&lost).await else { panic!("it was answered") };
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    let found = client.card_charges().find_by_merchant_ref_id("ORD-1").await?;
    assert_eq!(found.status, Some(CardChargeStatus::Captured));
    assert_eq!(found.captured_amount, Some(250_000));
    let again = client.card_charges().create(&lost).await;
    assert_eq!(code(again), CardErrorCode::TransactionExists, "the reference guards the money");
    assert_eq!(sandbox.appotapay().ledger().lines().len(), 1);

    let unsent = client.card_charges().find_by_merchant_ref_id("ORD-2").await;
    assert_eq!(code(unsent), CardErrorCode::TransactionUnknown);
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_found_and_a_lost_request_is_absent() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let pay = async |reference: &str| {
        let look =
            || async { seen(client.card_charges().find_by_merchant_ref_id(reference).await) };
        let body = charge(reference, cards::PAYS);
        client.card_charges().create(&body).or_find_by_reference(look, &super::looks()).await
    };

    appotapay.lose_next_answer("create_card_charge").expect("an operation");
    let Settled::Found(found) = pay("ORD-1").await? else { panic!("it is there") };
    assert_eq!(found.captured_amount, Some(250_000));

    appotapay.lose_next_request("create_card_charge").expect("an operation");
    let Settled::Absent(error) = pay("ORD-2").await? else { panic!("nothing is there") };
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    assert!(matches!(pay("ORD-2").await?, Settled::Done(_)));

    let ledger = appotapay.ledger();
    assert_eq!(["ORD-1", "ORD-2"].map(|number| ledger.reference(number).len()), [1, 1]);
    Ok(())
}

#[tokio::test]
async fn a_card_that_is_declined_moves_nothing_and_says_why() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    for (number, why) in [
        (cards::DECLINED, CardErrorCode::IssuerRefused),
        (cards::NO_FUNDS, CardErrorCode::InsufficientFunds),
        (cards::STOLEN, CardErrorCode::CardLostOrStolen),
        (cards::WRONG_CVV, CardErrorCode::SecurityCodeWrong),
    ] {
        assert_eq!(code(client.card_charges().create(&charge("ORD-1", number)).await), why);
    }
    assert!(sandbox.appotapay().ledger().lines().is_empty());
    // What was declined has not used up the reference.
    client.card_charges().create(&charge("ORD-1", cards::PAYS)).await?;
    Ok(())
}
