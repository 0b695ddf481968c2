//! The life of a payment at UnivaPay, against the sandbox: money that is held, taken in part, given
//! back in part, and that can no longer be called off; and a card that is declined.
//!
//! `cargo run --package kessai --features univapay,raw-card-data --example univapay`

use std::error::Error;

use kessai::univapay::cancels::CreateCancel;
use kessai::univapay::charges::{CaptureCharge, Charge, CreateCharge};
use kessai::univapay::errors::ErrorCode;
use kessai::univapay::refunds::CreateRefund;
use kessai::univapay::shared::TokenKind;
use kessai::univapay::token_data::NewCardData;
use kessai::univapay::tokens::{CreateToken, Token};
use kessai::univapay::{AppToken, Client, Id, Patience};
use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards;

mod table;

use table::Table;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let univapay = sandbox.univapay();
    let token = AppToken::new(univapay.secret(), univapay.jwt())?;
    let client = Client::builder(token).base_url(univapay.base_url()).build()?;
    println!("UnivaPay  sandbox on {}", univapay.base_url());
    let mut table = Table::default();

    let token = card(&client, cards::PAYS).await?;
    let body = CreateCharge { capture: Some(false), ..CreateCharge::new(token, 3_000, "JPY") };
    let charge = client.charges().create(&body).await?;
    table.add("created", &charge.id, "authorizes 3000", charge.status.to_string());

    // First the answer, then the act.
    let charge = settled(&client, &charge).await?;
    let store = &charge.store_id;
    table.add("held", &charge.id, "authorized 3000", charge.status.to_string());

    let part = CaptureCharge { amount: Some(1_200), currency: Some("JPY".into()) };
    client.charges().capture(store, &charge.id, &part).await?;
    let charges = client.charges();
    let captured = charges.wait_captured(store, &charge.id, Patience::default()).await?;
    table.add("captured", &charge.id, "1200 of 3000", captured.status.to_string());

    let refund = client.refunds().create(store, &charge.id, &CreateRefund::new(500, "JPY")).await?;
    let refunds = client.refunds();
    let refund = refunds.wait(store, &charge.id, &refund.id, Patience::default()).await?;
    let status = refund.status.map(|status| status.to_string()).unwrap_or_default();
    table.add("refunded", &refund.id, "500 of 1200", status);

    let Err(error) = client.cancels().create(store, &charge.id, &CreateCancel::default()).await
    else {
        return Err("money that was taken was called off".into());
    };
    let code = ErrorCode::of(&error).ok_or("UnivaPay gave no code")?;
    table.add("refused", &charge.id, &format!("{code}: {}", error.outcome()), String::new());
    println!("          {error}");

    let token = card(&client, cards::DECLINED).await?;
    let charge = client.charges().create(&CreateCharge::new(token, 3_000, "JPY")).await?;
    let charge = settled(&client, &charge).await?;
    let why = charge.error.and_then(|error| error.code).ok_or("UnivaPay did not say why")?;
    table.add("declined", &charge.id, &format!("error {why}"), charge.status.to_string());

    let ledger = univapay.ledger();
    ledger.assert_sound();
    table.print("JPY");
    println!("\nThe sandbox's own books agree: {:?}", ledger.totals());
    Ok(())
}

/// What UnivaPay's checkout does in the customer's browser: makes a token of a card.
async fn card(client: &Client, number: &str) -> Result<Id<Token>, Box<dyn Error>> {
    let card = NewCardData { cvv: Some("314".into()), ..NewCardData::new(number, "08", "49") };
    Ok(client.tokens().create(&CreateToken::new(TokenKind::OneTime, card)).await?.id)
}

/// A charge that has moved on.
async fn settled(client: &Client, charge: &Charge) -> Result<Charge, Box<dyn Error>> {
    let patience = Patience::default();
    Ok(client.charges().wait(&charge.store_id, &charge.id, patience).await?)
}
