//! 3-D Secure of credit cards at AppotaPay.

use kessai_appotapay::card_charges::{CardChargeStatus, CreateCardCharge};
use kessai_appotapay::card_enrollments::{
    CardAuthentication, CardAuthenticationStatus, CardEnrollment, CreateCardEnrollment,
};
use kessai_appotapay::errors::CardErrorCode;
use kessai_appotapay::{Client, Error, Id};
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::cards;

use super::appotapay::{card, charge, client, code};

/// Checks a card for 250,000 dong.
async fn enroll(client: &Client, reference: &str, number: &str) -> Result<CardEnrollment, Error> {
    let back = "https://shop.example/back";
    let body = CreateCardEnrollment {
        card: Some(card(number)),
        ..CreateCardEnrollment::new(250_000, reference, back, "VND")
    };
    client.card_enrollments().create(&body).await
}

fn authenticated(reference: &str, number: &str, id: &Id<CardAuthentication>) -> CreateCardCharge {
    CreateCardCharge { authentication_id: Some(id.clone()), ..charge(reference, number) }
}

#[tokio::test]
async fn a_customer_who_passes_the_challenge_is_charged_what_was_authenticated() -> Result<(), Error>
{
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let number = cards::CHALLENGE[0];
    let unchecked = client.card_charges().create(&charge("ORD-1", number)).await;
    assert_eq!(code(unchecked), CardErrorCode::EnrollmentNeeded);

    let check = enroll(&client, "ENR-1", number).await?;
    assert_eq!(check.status, Some(CardAuthenticationStatus::Pending));
    assert!(check.device_data_collection_url.is_some(), "where the customer is sent");
    let body = authenticated("ORD-1", number, &check.id);
    let early = client.card_charges().create(&body).await;
    assert_eq!(code(early), CardErrorCode::AuthenticationNeeded);

    sandbox.appotapay().finish_three_ds(check.id.as_str(), true).expect("a check that waits");
    let passed = client.card_enrollments().validate(&check.id).await?;
    assert_eq!(passed.status, Some(CardAuthenticationStatus::Verified));
    let over = CreateCardCharge { amount: 250_001, ..body.clone() };
    let over = client.card_charges().create(&over).await;
    assert_eq!(code(over), CardErrorCode::AboveAuthenticatedAmount);
    let paid = client.card_charges().create(&body).await?;
    assert_eq!(paid.status, Some(CardChargeStatus::Captured));
    assert_eq!(
        (paid.authentication_id.as_ref(), paid.eci.as_deref()),
        (Some(&check.id), Some("05"))
    );

    let again = CreateCardCharge { merchant_ref_id: "ORD-2".into(), ..body };
    let again = client.card_charges().create(&again).await;
    assert_eq!(code(again), CardErrorCode::AuthenticationUsed);
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 250_000);
    Ok(())
}

#[tokio::test]
async fn a_customer_who_fails_the_challenge_is_not_charged() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let number = cards::CHALLENGE[1];
    let check = enroll(&client, "ENR-1", number).await?;
    sandbox.appotapay().finish_three_ds(check.id.as_str(), false).expect("a check that waits");
    let failed = client.card_enrollments().validate(&check.id).await?;
    assert_eq!(failed.status, Some(CardAuthenticationStatus::Failed));
    let charged = client.card_charges().create(&authenticated("ORD-1", number, &check.id)).await;
    assert_eq!(code(charged), CardErrorCode::ThreeDsFailed);
    assert!(sandbox.appotapay().ledger().lines().is_empty());
    Ok(())
}

#[tokio::test]
async fn some_cards_pass_without_their_customers() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let alone = enroll(&client, "ENR-1", cards::FRICTIONLESS[0]).await?;
    assert_eq!(alone.status, Some(CardAuthenticationStatus::Verified));
    let body = authenticated("ORD-1", cards::FRICTIONLESS[0], &alone.id);
    client.card_charges().create(&body).await?;
    let outside = enroll(&client, "ENR-2", cards::PAYS).await?;
    assert_eq!(outside.status, Some(CardAuthenticationStatus::CardNotEnrolled));
    client.card_charges().create(&charge("ORD-2", cards::PAYS)).await?;
    Ok(())
}
