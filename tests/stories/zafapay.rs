//! Lives of payments at ZAFA PAY: hosted checkouts, tokens, held money, saved cards.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::{SIGNATURE_HEADER, Zafapay, cards};
use kessai_zafapay::errors::{ErrorCode, ErrorDetail};
use kessai_zafapay::payment_methods::{BlockPaymentMethod, PaymentMethodStatus};
use kessai_zafapay::payments::{
    CaptureMethod, CapturePayment, CreatePayment, Payment, PaymentMode, PaymentRequest,
    PaymentStatus, RefundPayment,
};
use kessai_zafapay::tokens::{CardInput, CreateToken};
use kessai_zafapay::webhooks::{WebhookEvent, WebhookKind, WebhookStatus};
use kessai_zafapay::{
    AccessToken, Client, Decimal, Environment, Error, Id, Looks, Outcome, PublishableClient,
    PublishableKey, Secret, Settled, Sight, Webhooks,
};

fn client(zafapay: &Zafapay) -> Client {
    let token = AccessToken::new(zafapay.access_token()).expect("an access token");
    let client = Client::builder(Environment::Sandbox, token).base_url(zafapay.base_url());
    client.build().expect("a client")
}

/// What the customer's browser does: makes a token of a card.
async fn token(zafapay: &Zafapay, number: &str) -> Result<Secret, Error> {
    let key = PublishableKey::new(zafapay.publishable_key()).expect("a publishable key");
    let browser = PublishableClient::builder(key).base_url(zafapay.base_url()).build()?;
    let card = CreateToken::new(CardInput::new(number, 8, 2099, "314"));
    Ok(browser.tokens().create(&card).await?.id.clone())
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// 240.50 Singapore dollars.
fn order(external_id: &str) -> CreatePayment {
    CreatePayment {
        external_id: Some(external_id.into()),
        ..CreatePayment::new(decimal("240.50"), "sgd")
    }
}

/// The same, from a card that the browser made a token of.
fn charge(external_id: &str, token: Secret) -> CreatePayment {
    CreatePayment { token: Some(token), ..order(external_id) }
}

fn request_id(request: &PaymentRequest) -> &str {
    request.id.as_ref().expect("an id").as_str()
}

/// The payment that a request has led to.
async fn look(client: &Client, request: &PaymentRequest) -> Result<Payment, Error> {
    client.payments().get(&request_id(request).into()).await
}

/// Every webhook so far, checked and read as the merchant's server does it.
fn told(zafapay: &Zafapay) -> Vec<WebhookEvent> {
    let webhooks = Webhooks::new(zafapay.webhook_secret()).expect("a secret");
    let read = |body: &[u8]| webhooks.event(&zafapay.signature(body), body);
    zafapay.events().iter().map(|event| read(event.body()).expect("a genuine event")).collect()
}

fn refused<T>(result: Result<T, Error>) -> Error {
    let Err(error) = result else { panic!("it was not refused") };
    assert_eq!(error.outcome(), Outcome::Refused, "{error}");
    error
}

fn code<T>(result: Result<T, Error>) -> ErrorCode {
    ErrorCode::of(&refused(result)).expect("ZAFA PAY's own code")
}

#[tokio::test]
async fn a_hosted_checkout_is_paid_and_given_back_in_two_parts() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let client = client(zafapay);

    let request = client.payments().create(&order("A-1")).await?;
    assert_eq!(
        (&request.status, request.payment_type.as_ref()),
        (&PaymentStatus::Pending, Some(&PaymentMode::Single))
    );
    assert!(request.payment_url.is_some(), "where the customer is sent");
    assert_eq!(
        code(client.payments().get(&request_id(&request).into()).await),
        ErrorCode::NotFound
    );

    let id: Id<Payment> = zafapay.pay(request_id(&request)).expect("an open checkout").into();
    let payment = client.payments().get(&id).await?;
    assert_eq!(payment.status, PaymentStatus::Completed);
    assert_eq!(payment.request_id, request.id);

    let part = RefundPayment { amount: Some(decimal("40.5")), ..RefundPayment::default() };
    let refund = client.payments().refund(&id, &part).await?;
    assert_eq!((refund.amount.clone(), &refund.transaction_id), (Some(decimal("40.50")), &id));
    let over = RefundPayment { amount: Some(decimal("200.01")), ..RefundPayment::default() };
    assert_eq!(code(client.payments().refund(&id, &over).await), ErrorCode::InvalidAmount);
    let payment = client.payments().get(&id).await?;
    assert_eq!(payment.status, PaymentStatus::PartiallyRefunded);

    let rest = client.payments().refund(&id, &RefundPayment::default()).await?;
    assert_eq!(rest.amount, Some(decimal("200")));
    let payment = client.payments().get(&id).await?;
    assert_eq!(payment.status, PaymentStatus::Refunded);
    assert_eq!(payment.amount_refunded, payment.amount);
    assert_eq!(payment.refunds.map(|refunds| refunds.len()), Some(2));

    let ledger = zafapay.ledger();
    ledger.assert_sound();
    let totals = ledger.reference("A-1")[0].totals;
    assert_eq!((totals.captured, totals.refunded), (24050, 24050));

    // The webhooks, as the merchant's server gets them.
    let header = Environment::Sandbox.signature_header();
    assert!(header.eq_ignore_ascii_case(SIGNATURE_HEADER));
    let told = told(zafapay);
    let kinds: Vec<_> = told.iter().map(|event| event.event.clone()).collect();
    let refunded = WebhookKind::PaymentRefunded;
    assert_eq!(kinds, [WebhookKind::PaymentSucceeded, refunded.clone(), refunded]);
    assert!(told.iter().all(|event| event.transaction_id.as_ref() == Some(&id)));
    assert_eq!(told[1].status, Some(WebhookStatus::Refunded), "also of a part");
    assert_eq!(told[1].amount_refunded, Some(decimal("40.5")));
    assert_ne!(told[1].key(), told[2].key(), "two refunds are two events");
    let events = zafapay.events();
    let forged = Webhooks::new("whsec_other").expect("a secret");
    let forged = forged.event(&zafapay.signature(events[0].body()), events[0].body());
    assert!(forged.is_err());
    Ok(())
}

#[tokio::test]
async fn a_card_passes_3d_secure_and_another_is_declined() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let client = client(zafapay);

    let order = CreatePayment {
        return_url: Some("https://shop.example/thanks".into()),
        ..charge("A-1", token(zafapay, cards::THREE_DS).await?)
    };
    let response = client.payments().create(&order).send().await?;
    assert_eq!(response.status(), 202);
    let request = response.into_inner();
    assert_eq!(request.status, PaymentStatus::RequiresAction);
    assert!(request.redirect_url.is_some(), "where the customer is sent");
    let back = zafapay.finish_three_ds(request_id(&request), true).expect("a waiting payment");
    assert_eq!(back.as_deref(), Some("https://shop.example/thanks?status=succeeded"));
    assert_eq!(look(&client, &request).await?.status, PaymentStatus::Completed);

    let broke = charge("A-2", token(zafapay, cards::NO_FUNDS).await?);
    let error = refused(client.payments().create(&broke).await);
    let detail = ErrorDetail::of(&error).expect("what ZAFA PAY said");
    assert_eq!(detail.code, Some(ErrorCode::InsufficientFunds));
    assert_eq!(detail.category.as_deref(), Some("soft_decline"));
    assert_eq!(detail.recommended_action.as_deref(), Some("use_different_card"));
    assert_eq!(zafapay.ledger().totals()["sgd"].captured, 24050, "of the first alone");

    let told = told(zafapay);
    let failed = told.last().expect("an event");
    assert_eq!(failed.event, WebhookKind::PaymentFailed);
    let failure = failed.failure().expect("a reason");
    assert_eq!(failure.code.as_deref(), Some("insufficient_funds"));
    let id = failed.transaction_id.as_ref().expect("a payment");
    let payment = client.payments().get(id).await?;
    assert_eq!(payment.status, PaymentStatus::Failed);
    assert_eq!(payment.error_code.as_deref(), Some("insufficient_funds"));
    Ok(())
}

#[tokio::test]
async fn money_that_is_held_is_let_go_or_captured_in_part() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let client = client(zafapay);
    let mut held = Vec::new();
    for external_id in ["A-1", "A-2"] {
        let order = CreatePayment {
            capture_method: Some(CaptureMethod::Manual),
            ..charge(external_id, token(zafapay, cards::PAYS).await?)
        };
        let request = client.payments().create(&order).await?;
        assert_eq!(request.status, PaymentStatus::Authorized);
        held.push(look(&client, &request).await?.id);
    }
    let [first, second] = [&held[0], &held[1]];

    let voided = client.payments().void(first).await?;
    assert_eq!(voided.status, Some(PaymentStatus::Canceled));
    let everything = CapturePayment::default();
    let late = client.payments().capture(first, &everything).await;
    assert_eq!(code(late), ErrorCode::InvalidStatus);

    let over = CapturePayment { amount: Some(decimal("240.51")) };
    assert_eq!(code(client.payments().capture(second, &over).await), ErrorCode::InvalidAmount);
    let part = CapturePayment { amount: Some(decimal("198.25")) };
    let captured = client.payments().capture(second, &part).await?;
    assert_eq!(captured.status, Some(PaymentStatus::Completed));
    assert_eq!(captured.amount, Some(decimal("198.25")));
    assert_eq!(code(client.payments().void(second).await), ErrorCode::InvalidStatus);

    let ledger = zafapay.ledger();
    ledger.assert_sound();
    let totals = ledger.totals()["sgd"];
    assert_eq!((totals.authorized, totals.captured), (48100, 19825));
    let kinds: Vec<_> = told(zafapay).into_iter().map(|event| event.event).collect();
    assert_eq!(kinds, [WebhookKind::PaymentCanceled, WebhookKind::PaymentSucceeded]);
    Ok(())
}

#[tokio::test]
async fn a_token_pays_once_and_within_thirty_minutes() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let client = client(zafapay);
    let late = token(zafapay, cards::PAYS).await?;

    let order = charge("A-1", token(zafapay, cards::PAYS).await?);
    client.payments().create(&order).await?;
    let again = client.payments().create(&order).await;
    assert_eq!(code(again), ErrorCode::PaymentTokenAlreadyUsed);

    sandbox.clock().advance(Duration::from_secs(30 * 60));
    let error = refused(client.payments().create(&charge("A-2", late)).await);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::PaymentTokenExpired));
    assert!(error.request_id().is_some_and(|id| id.starts_with("req_")), "support can be asked");

    assert_eq!(zafapay.ledger().lines().len(), 1, "one payment, whatever was repeated");
    Ok(())
}

#[tokio::test]
async fn a_saved_card_is_charged_again_blocked_and_unblocked() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let client = client(zafapay);
    let customer = "member/20418".to_owned();

    let first = CreatePayment {
        save_card: Some(true),
        customer_id: Some(customer.clone().into()),
        ..order("A-1")
    };
    let request = client.payments().create(&first).await?;
    assert_eq!(request.payment_type, Some(PaymentMode::Initial));
    zafapay.pay(request_id(&request)).expect("an open checkout");
    let told_first = told(zafapay).pop().expect("an event");
    assert_eq!(told_first.save_card, Some(true));
    let card = told_first.payment_method_id.expect("the saved card");

    let again = CreatePayment {
        payment_method_id: Some(card.clone()),
        customer_id: Some(customer.clone().into()),
        ..order("A-2")
    };
    let charged = client.payments().create(&again).await?;
    assert_eq!(charged.status, PaymentStatus::Completed);
    assert_eq!(told(zafapay).last().and_then(|event| event.is_recurring), Some(true));

    client.payment_methods().block(&card, &BlockPaymentMethod::new("Reported as stolen")).await?;
    assert_eq!(code(client.payments().create(&again).await), ErrorCode::InvalidStatus);
    let list = client.payment_methods().list(&customer).await?;
    assert_eq!(list.payment_methods.len(), 1);
    assert_eq!(list.payment_methods[0].status, PaymentMethodStatus::Blocked);
    assert!(list.payment_methods[0].blocked_reason.is_some());

    let active = client.payment_methods().unblock(&card).await?;
    assert_eq!(active.status, PaymentMethodStatus::Active);
    let once_more = CreatePayment { external_id: Some("A-3".into()), ..again };
    client.payments().create(&once_more).await?;

    client.payment_methods().detach(&card).await?;
    assert_eq!(code(client.payments().create(&once_more).await), ErrorCode::NotFound);
    assert!(client.payment_methods().list(&customer).await?.payment_methods.is_empty());
    let ledger = zafapay.ledger();
    ledger.assert_sound();
    assert_eq!(ledger.lines().len(), 3, "and no payment for what was refused");
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_told_of_by_the_webhook_and_a_lost_request_by_nobody() -> Result<(), Error>
{
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let client = client(zafapay);
    let pay = async |external_id: &str| {
        let look = || {
            let told = told(zafapay).into_iter();
            let mut told = told.filter(|event| event.external_id.as_deref() == Some(external_id));
            let id = told.next().and_then(|event| event.transaction_id);
            // That no webhook has come says nothing.
            std::future::ready(Ok(id.map_or(Sight::Unclear, Sight::Found)))
        };
        let body = charge(external_id, token(zafapay, cards::PAYS).await?);
        let looks = Looks { patience: Duration::from_millis(20), ..super::looks() };
        client.payments().create(&body).or_find_by_reference(look, &looks).await
    };

    zafapay.lose_next_answer("create_payment").expect("an operation");
    let Settled::Found(id) = pay("A-1").await? else { panic!("it is told of") };
    assert_eq!(client.payments().get(&id).await?.status, PaymentStatus::Completed);

    zafapay.lose_next_request("create_payment").expect("an operation");
    let Settled::Unknown { call: Some(error), .. } = pay("A-2").await? else {
        panic!("nobody can know")
    };
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    let ledger = zafapay.ledger();
    assert_eq!(["A-1", "A-2"].map(|number| ledger.reference(number).len()), [1, 0]);
    Ok(())
}

#[tokio::test]
async fn each_key_is_refused_where_the_other_is_meant() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let stranger = AccessToken::new("token_of_someone_else").expect("an access token");
    let stranger = Client::builder(Environment::Sandbox, stranger).base_url(zafapay.base_url());
    let error = refused(stranger.build()?.payments().create(&order("A-1")).await);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::Unauthorized));
    assert_eq!(error.request_id(), None, "as documented");
    assert!(zafapay.ledger().lines().is_empty());
    Ok(())
}
