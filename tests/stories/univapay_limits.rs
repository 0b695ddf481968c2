//! What UnivaPay does not let happen too often.

use std::time::Duration;

use kessai_core::Error;
use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards;
use kessai_univapay::charges::CreateCharge;
use kessai_univapay::errors::ErrorCode;
use kessai_univapay::shared::TokenKind;
use kessai_univapay::{Outcome, RateLimits};

use super::univapay::{client, refused, token};

#[tokio::test]
async fn the_same_charge_with_another_key_is_refused_for_a_while() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let token = token(&client, cards::PAYS, TokenKind::Recurring).await?;
    let body = CreateCharge::new(token, 1_200, "JPY");
    client.charges().create(&body).idempotency_key("order-7").await?;

    let again = refused(client.charges().create(&body).idempotency_key("order-8").await);
    assert_eq!(again, ErrorCode::ChargeTooQuick);
    assert_eq!(univapay.ledger().lines().len(), 1);
    sandbox.clock().advance(Duration::from_secs(30));
    client.charges().create(&body).idempotency_key("order-9").await?;
    Ok(())
}

#[tokio::test]
async fn the_head_tells_how_many_calls_are_left() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    univapay.limit_calls(1, 120);

    let merchant = client.merchants().get_current().send().await?;
    let limits = RateLimits::of(merchant.headers());
    assert_eq!((limits.per_minute, limits.remaining), (Some(1), Some(0)));
    assert_eq!((limits.route_per_minute, limits.route_remaining), (Some(120), Some(119)));
    let error = client.merchants().get_current().await.expect_err("too many calls");
    assert_eq!(error.outcome(), Outcome::Refused);
    sandbox.clock().advance(Duration::from_secs(60));
    client.merchants().get_current().await?;
    Ok(())
}
