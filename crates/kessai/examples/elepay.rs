//! The life of a payment at elepay, against the sandbox: held, captured in part, refunded, looked
//! up, refused.
//!
//! `cargo run --package kessai --features elepay --example elepay`

use std::error::Error;

use kessai::elepay::charges::{CaptureCharge, Charge, CreateCharge, ListCharges};
use kessai::elepay::errors::ErrorCode;
use kessai::elepay::refunds::CreateRefund;
use kessai::elepay::shared::PaymentMethod;
use kessai::elepay::{Client, SecretKey};
use kessai_sandbox::Sandbox;

mod table;

use table::Table;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let elepay = sandbox.elepay();
    let client = Client::builder(SecretKey::new(elepay.secret_key())?)
        .base_url(elepay.base_url())
        .build()?;
    println!("elepay  sandbox on {}", elepay.base_url());
    let mut table = Table::default();

    let order = CreateCharge {
        capture: Some(false),
        ..CreateCharge::new(3000, PaymentMethod::Creditcard, "A-1001")
    };
    let charge = client.charges().create(&order).await?;
    let id = charge.id.clone();
    table.add("created", &id, "authorized 3000", status(&charge));

    let part = CaptureCharge { amount: Some(1200), ..CaptureCharge::default() };
    let charge = client.charges().capture(&id, &part).await?;
    table.add("captured", &id, "1200 of 3000", status(&charge));

    for (amount, rest) in [(500, "500 of 1200"), (700, "700 of 700")] {
        let refund = client.refunds().create(&id, &CreateRefund::new(amount)).await?;
        let charge = client.charges().get(&id).await?;
        table.add("refunded", &refund.id, rest, status(&charge));
    }

    let page = client.charges().list(&ListCharges::default()).await?;
    let total = page.total.unwrap_or_default();
    table.add("listed", &id, &format!("{} of {total}", page.charges.len()), String::new());

    let Err(error) = client.charges().capture(&id, &part).await else {
        return Err("a refunded charge was captured again".into());
    };
    let code = ErrorCode::of(&error).ok_or("elepay gave no code")?;
    table.add("refused", &id, &format!("{code}: {}", error.outcome()), String::new());
    println!("          {error}");

    let ledger = elepay.ledger();
    ledger.assert_sound();
    table.print("JPY");
    println!("\nThe sandbox's own books agree: {:?}", ledger.totals());
    Ok(())
}

fn status(charge: &Charge) -> String {
    charge.status.as_ref().map(ToString::to_string).unwrap_or_default()
}
