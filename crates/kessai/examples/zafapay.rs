//! The life of a payment at ZAFA PAY, against the sandbox: asked for, paid at the hosted checkout,
//! refunded in two parts, refused; a card that is declined; money that is held and let go; and what
//! the webhooks told of it all.
//!
//! `cargo run --package kessai --features zafapay --example zafapay`

use std::error::Error;

use kessai::zafapay::errors::ErrorDetail;
use kessai::zafapay::payments::{
    CaptureMethod, CreatePayment, Payment, PaymentRequest, RefundPayment,
};
use kessai::zafapay::tokens::{CardInput, CreateToken};
use kessai::zafapay::{
    AccessToken, Client, Decimal, Environment, Id, PublishableClient, PublishableKey, Secret,
    Webhooks,
};
use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::{Zafapay, cards};

mod table;

use table::Table;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let zafapay = sandbox.zafapay();
    let token = AccessToken::new(zafapay.access_token())?;
    let client =
        Client::builder(Environment::Sandbox, token).base_url(zafapay.base_url()).build()?;
    println!("ZAFA PAY  sandbox on {}", zafapay.base_url());
    let mut table = Table::default();

    let order = CreatePayment {
        external_id: Some("A-1001".into()),
        ..CreatePayment::new("86.35".parse()?, "sgd")
    };
    let request = client.payments().create(&order).await?;
    let request_id = request.id.clone().ok_or("the request has no id")?;
    table.add("asked", &request_id, "86.35", request.status.to_string());

    // The customer pays at `request.payment_url`, and the webhook tells the payment's own id.
    zafapay.pay(request_id.as_str())?;
    let id = last_webhook(zafapay)?;
    let payment = client.payments().get(&id).await?;
    table.add("paid", &id, &amount(payment.amount), payment.status.to_string());

    let part = RefundPayment { amount: Some("6.35".parse()?), ..RefundPayment::default() };
    for (body, rest) in [(&part, "6.35 of 86.35"), (&RefundPayment::default(), "80.00 of 80.00")] {
        let refund = client.payments().refund(&id, body).await?;
        let payment = client.payments().get(&id).await?;
        table.add("refunded", &refund.id, rest, payment.status.to_string());
    }

    let Err(error) = client.payments().refund(&id, &part).await else {
        return Err("a refunded payment was refunded again".into());
    };
    let detail = ErrorDetail::of(&error).ok_or("ZAFA PAY said nothing")?;
    let code = detail.code.ok_or("ZAFA PAY gave no code")?;
    table.add("refused", &id, &format!("{code}: {}", error.outcome()), String::new());
    println!("          {error}");

    let broke =
        CreatePayment { token: Some(card(zafapay, cards::NO_FUNDS).await?), ..order.clone() };
    let Err(error) = client.payments().create(&broke).await else {
        return Err("a card without money paid".into());
    };
    let detail = ErrorDetail::of(&error).ok_or("ZAFA PAY said nothing")?;
    let (code, action) = detail.code.zip(detail.recommended_action).ok_or("no advice")?;
    table.add("declined", &code, &action, error.outcome().to_string());
    println!("          {error}");

    let hold = CreatePayment {
        token: Some(card(zafapay, cards::PAYS).await?),
        capture_method: Some(CaptureMethod::Manual),
        ..order
    };
    let request = client.payments().create(&hold).await?;
    let payment = look(&client, &request).await?;
    table.add("held", &payment.id, &amount(payment.amount), payment.status.to_string());
    client.payments().void(&payment.id).await?;
    let payment = client.payments().get(&payment.id).await?;
    table.add("let go", &payment.id, &amount(payment.amount), payment.status.to_string());

    let ledger = zafapay.ledger();
    ledger.assert_sound();
    table.print("SGD");
    println!("\nThe sandbox's own books agree, in cents: {:?}", ledger.totals());
    Ok(())
}

/// What the customer's browser does: makes a token of a card.
async fn card(zafapay: &Zafapay, number: &str) -> Result<Secret, Box<dyn Error>> {
    let key = PublishableKey::new(zafapay.publishable_key())?;
    let browser = PublishableClient::builder(key).base_url(zafapay.base_url()).build()?;
    let card = CreateToken::new(CardInput::new(number, 8, 2099, "314"));
    Ok(browser.tokens().create(&card).await?.id)
}

/// What the merchant's server does with a webhook: checks it, then reads which payment it is about.
fn last_webhook(zafapay: &Zafapay) -> Result<Id<Payment>, Box<dyn Error>> {
    let events = zafapay.events();
    let body = events.last().ok_or("no webhook came")?.body();
    let webhooks = Webhooks::new(zafapay.webhook_secret())?;
    let event = webhooks.event(&zafapay.signature(body), body)?;
    Ok(event.transaction_id.ok_or("the webhook names no payment")?)
}

/// The payment that a request has led to, while its webhook is not here.
async fn look(client: &Client, request: &PaymentRequest) -> Result<Payment, Box<dyn Error>> {
    let id = request.id.as_ref().ok_or("the request has no id")?;
    Ok(client.payments().get(&id.as_str().into()).await?)
}

fn amount(amount: Option<Decimal>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}
