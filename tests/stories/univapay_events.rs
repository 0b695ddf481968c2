//! What UnivaPay tells a server of its own accord, and what a server makes of it.

use std::time::Duration;

use kessai_core::{Error, Rejected};
use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::{Event, cards};
use kessai_univapay::cancels::CreateCancel;
use kessai_univapay::charges::{ChargeStatus, CreateCharge};
use kessai_univapay::events::{EventData, EventKind, WebhookEvent};
use kessai_univapay::refunds::CreateRefund;
use kessai_univapay::shared::TokenKind;
use kessai_univapay::webhooks::{CreateWebhook, ListWebhookEvents, ListWebhooks};
use kessai_univapay::{Client, Id, Mode, WebhookAuth};

use super::univapay::{client, settled, the_store, token};

const AUTH_TOKEN: &str = "8d1f0c5b7e2a4c93a6f4";

async fn webhook(client: &Client, triggers: Vec<EventKind>) -> Result<(), Error> {
    let body = CreateWebhook {
        auth_token: Some(AUTH_TOKEN.into()),
        ..CreateWebhook::new(triggers, "https://shop.example/univapay")
    };
    let made = client.webhooks().create(&the_store(client), &body).await?;
    assert_eq!(made.active, Some(true));
    Ok(())
}

fn read(event: &Event) -> WebhookEvent {
    let auth = WebhookAuth::new(AUTH_TOKEN).expect("an authorization");
    let authorization = event.authorization().expect("an authorization");
    auth.event(authorization, event.body()).expect("an event")
}

#[tokio::test]
async fn an_event_is_typed_and_confirmed() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    webhook(&client, vec![EventKind::ChargeFinished]).await?;
    let token = token(&client, cards::PAYS, TokenKind::OneTime).await?;
    let charge = client.charges().create(&CreateCharge::new(token, 1_200, "JPY")).await?;

    let events = univapay.events();
    let [event] = &events[..] else { panic!("{events:?}") };
    let told = read(event);
    assert_eq!(told.event, EventKind::ChargeFinished);
    assert_eq!(told.id.as_ref().map(Id::as_str), Some(event.id()));
    let Some(EventData::Charge(finished)) = &told.data else { panic!("{told:?}") };
    assert_eq!((&finished.id, &finished.status), (&charge.id, &ChargeStatus::Successful));
    let Some(EventData::Charge(confirmed)) = told.confirm(&client, Mode::Test).await? else {
        panic!("a charge is confirmed")
    };
    assert_eq!(confirmed.charged_amount, Some(1_200));

    let stranger = WebhookAuth::new("guessed").expect("an authorization");
    let authorization = event.authorization().unwrap_or_default();
    let rejected = stranger.event(authorization, event.body()).expect_err("another token");
    assert!(matches!(rejected, Rejected::WrongAuthorization));
    Ok(())
}

#[tokio::test]
async fn every_kind_of_data_is_typed() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let store = the_store(&client);
    webhook(
        &client,
        vec![
            EventKind::TokenCreated,
            EventKind::ChargeFinished,
            EventKind::RefundFinished,
            EventKind::CancelFinished,
        ],
    )
    .await?;
    let token = token(&client, cards::PAYS, TokenKind::Recurring).await?;
    let charge = CreateCharge::new(token.clone(), 1_200, "JPY");
    let charge = settled(&client, &client.charges().create(&charge).await?).await;
    client.refunds().create(&store, &charge.id, &CreateRefund::new(200, "JPY")).await?;
    sandbox.clock().advance(Duration::from_secs(30));
    let held = CreateCharge { capture: Some(false), ..CreateCharge::new(token, 1_200, "JPY") };
    let held = settled(&client, &client.charges().create(&held).await?).await;
    client.cancels().create(&store, &held.id, &CreateCancel::default()).await?;

    let mut kinds = Vec::new();
    for event in univapay.events() {
        let told = read(&event);
        assert!(told.confirm(&client, Mode::Test).await?.is_some(), "{} is there", event.kind());
        kinds.push(match told.data {
            Some(EventData::Token(_)) => "token",
            Some(EventData::Charge(_)) => "charge",
            Some(EventData::Refund(_)) => "refund",
            Some(EventData::Cancel(_)) => "cancel",
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(kinds, ["token", "charge", "refund", "charge", "cancel"]);

    let webhooks = client.webhooks().list(&store, &ListWebhooks::default()).await?;
    let query = ListWebhookEvents { limit: Some(2), ..ListWebhookEvents::default() };
    let mut sent = client.webhooks().list_all_events(&store, &webhooks.items[0].id, &query);
    let mut count = 0;
    while let Some(delivery) = sent.next().await {
        assert_eq!(delivery?.successful, Some(true));
        count += 1;
    }
    assert_eq!(count, 5);
    Ok(())
}
