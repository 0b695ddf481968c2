//! The life of payments at AppotaPay, against the sandbox: a card whose customer passes 3-D Secure,
//! money that is held, taken in part and given back; a card that is declined; an answer that is
//! lost, and how its payment is found; an order that a customer pays at the hosted checkout; and a
//! transfer out of the merchant's balance.
//!
//! `cargo run --package kessai --features appotapay,raw-card-data --example appotapay`

use std::error::Error;

use kessai::appotapay::card_charges::{CaptureCardCharge, CardChargeStatus, CreateCardCharge};
use kessai::appotapay::card_enrollments::CreateCardEnrollment;
use kessai::appotapay::card_refunds::CreateCardRefund;
use kessai::appotapay::errors::CardErrorCode;
use kessai::appotapay::payments::{
    CreatePayment, NewOrder, NewPartnerReference, NewTransaction, PaymentAction, PaymentMeans,
    PaymentNotificationConfig,
};
use kessai::appotapay::shared::CardInput;
use kessai::appotapay::transfers::{MakeTransfer, TransferAccountKind, TransferFeePayer};
use kessai::appotapay::{Callbacks, Client, Credentials, Environment, Outcome};
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{Appotapay, cards, transfers};

mod table;

use table::Table;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let appotapay = sandbox.appotapay();
    let credentials =
        Credentials::new(appotapay.partner_code(), appotapay.api_key(), appotapay.secret_key())?;
    let callbacks = Callbacks::new(credentials.clone());
    let client = Client::builder(Environment::Sandbox, credentials);
    let client = client.base_url(appotapay.base_url()).build()?;
    println!("AppotaPay  sandbox on {}", appotapay.base_url());
    let mut table = Table::default();

    hold(&client, appotapay, &mut table).await?;
    fail(&client, &mut table).await?;
    check_out(&client, appotapay, &callbacks, &mut table).await?;
    pay_out(&client, appotapay, &callbacks, &mut table).await?;

    let ledger = appotapay.ledger();
    ledger.assert_sound();
    table.print("VND");
    println!("\nThe sandbox's own books agree: {:?}", ledger.totals());
    Ok(())
}

/// 250,000 dong from a card, only held.
fn order(reference: &str, number: &str) -> CreateCardCharge {
    CreateCardCharge {
        card: Some(CardInput::new(number, "NGUYEN VAN A", "12", "99", "314")),
        ..CreateCardCharge::new(250_000, reference, "VND")
    }
}

/// Money that is held after 3-D Secure, taken in part and given back in part.
async fn hold(
    client: &Client,
    appotapay: &Appotapay,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let order = order("ORD-1001", cards::CHALLENGE[0]);
    let check = CreateCardEnrollment {
        card: order.card.clone(),
        ..CreateCardEnrollment::new(250_000, "ENR-1001", "https://shop.example/back", "VND")
    };
    let check = client.card_enrollments().create(&check).await?;
    table.add("checked", &check.id, "authenticates 250000", word(check.status));

    // The customer goes to `check.device_data_collection_url`, and the browser proves nothing.
    appotapay.finish_three_ds(check.id.as_str(), true)?;
    let passed = client.card_enrollments().validate(&check.id).await?;
    table.add("passed", &check.id, "authenticated 250000", word(passed.status));

    let order = CreateCardCharge { authentication_id: Some(check.id), ..order };
    let charge = client.card_charges().create(&order).await?;
    table.add("held", &charge.id, "authorized 250000", word(charge.status));
    let part = CaptureCardCharge::new(200_000, "VND");
    let taken = client.card_charges().capture(&charge.id, &part).await?;
    table.add("captured", &charge.id, "200000 of 250000", word(taken.status));

    let refund = CreateCardRefund::new(charge.id.clone(), "REF-1001", 50_000, "VND");
    let given = client.card_refunds().create(&refund).await?;
    table.add("refunded", &given.refund_id, "50000 of 200000", word(given.status));
    let over = CreateCardRefund::new(charge.id.clone(), "REF-1002", 150_001, "VND");
    let Err(error) = client.card_refunds().create(&over).await else {
        return Err("more was refunded than was taken".into());
    };
    let code = CardErrorCode::of(&error).ok_or("AppotaPay gave no code")?;
    table.add("refused", &charge.id, &format!("{code}: {}", error.outcome()), String::new());
    println!("          {error}");
    Ok(())
}

/// A card that is declined, and one whose answer is lost although it pays.
async fn fail(client: &Client, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let broke = client.card_charges().create(&order("ORD-1002", cards::NO_FUNDS)).await;
    let Err(error) = broke else { return Err("a card without money paid".into()) };
    let code = CardErrorCode::of(&error).ok_or("AppotaPay gave no code")?;
    table.add("declined", &"ORD-1002", &format!("error {code}"), error.outcome().to_string());
    println!("          {error}");

    let lost = client.card_charges().create(&order("ORD-1003", cards::PAYS_UNANSWERED)).await;
    let Err(error) = lost else { return Err("the answer was not lost".into()) };
    table.add("lost", &"ORD-1003", "250000", error.outcome().to_string());
    println!("          {error}");
    if error.outcome() != Outcome::Unknown {
        return Err("what is lost may have been done".into());
    }
    // Never again under another reference: that could pay twice.
    let found = client.card_charges().find_by_merchant_ref_id("ORD-1003").await?;
    if found.status != Some(CardChargeStatus::Authorized) {
        return Err("the payment was not found".into());
    }
    table.add("found", &found.id, "authorized 250000", word(found.status));
    Ok(())
}

/// An order that a customer pays at the hosted checkout, and what the merchant's server is told.
async fn check_out(
    client: &Client,
    appotapay: &Appotapay,
    callbacks: &Callbacks,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let notified = PaymentNotificationConfig::new(
        "https://shop.example/appotapay",
        "https://shop.example/thanks",
    );
    let order = CreatePayment::new(
        NewTransaction::new(90_000, "VND", PaymentMeans::All, PaymentAction::Pay),
        NewPartnerReference::new(NewOrder::new("ORD-1004", "Two seats"), notified),
    );
    let asked = client.payments().create(&order).await?;
    let asked = asked.transaction.ok_or("the payment has no transaction")?;
    table.add("asked", &asked.transaction_id, "90000", word(asked.status));

    // The customer pays at `payment.url`, and AppotaPay tells of it.
    appotapay.pay_order(asked.transaction_id.as_str())?;
    let told = callbacks.payment(&last_callback(appotapay)?)?;
    let told = told.transaction;
    table.add("told", &told.transaction_id, "90000", word(told.status));
    Ok(())
}

/// A transfer that is on its way until AppotaPay tells that it has arrived.
async fn pay_out(
    client: &Client,
    appotapay: &Appotapay,
    callbacks: &Callbacks,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let body = MakeTransfer::new(
        "TPBANK",
        transfers::PENDING,
        TransferAccountKind::Account,
        transfers::OWNER,
        120_000,
        TransferFeePayer::Payer,
        "OUT-1001",
    );
    let sent = client.transfers().make(&body).await?;
    let code = sent.error_code.ok_or("the answer has no code")?;
    let sent = sent.transaction.and_then(|it| it.appotapay_trans_id).ok_or("it has no id")?;
    table.add("sent", &sent, "120000 out", format!("code {code}"));

    appotapay.settle_transfer("OUT-1001", true)?;
    let told = callbacks.transfer(&last_callback(appotapay)?)?;
    let told = told.transaction;
    table.add("arrived", &sent, "120000 out", word(told.transfer_status));
    let balance = client.balances().get().await?.account.and_then(|account| account.balance);
    println!("          {} dong are left", balance.ok_or("there is no balance")?);
    Ok(())
}

/// The body that the merchant's server got last.
fn last_callback(appotapay: &Appotapay) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(appotapay.events().last().ok_or("no callback came")?.body().to_vec())
}

fn word<T: ToString>(status: Option<T>) -> String {
    status.map(|status| status.to_string()).unwrap_or_default()
}
