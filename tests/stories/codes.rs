//! A page that a customer pays on, and what the webhook says of it.

use std::time::Duration;

use kessai_elepay::codes::{CodeItem, CodeStatus, CreateCode};
use kessai_elepay::errors::ErrorCode;
use kessai_elepay::shared::PaymentMethod;
use kessai_elepay::sources::SourceStatus;
use kessai_elepay::webhooks::EventKind;
use kessai_elepay::{Error, SIGNATURE_HEADER, Subject, Webhooks};
use kessai_sandbox::Sandbox;

use super::{client, refused};

fn page(amount: i64, order_no: &str) -> CreateCode {
    CreateCode {
        amount: Some(amount),
        order_no: Some(order_no.into()),
        items: vec![CodeItem::new("Seat in the stalls", amount / 2, 2)],
        ..CreateCode::default()
    }
}

#[tokio::test]
async fn a_customer_pays_on_a_page_and_the_webhook_tells_of_it() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());

    let code = client.codes().create(&page(5000, "A-1")).await?;
    assert_eq!(code.status, Some(CodeStatus::Pending));
    assert!(code.code_url.as_ref().is_some_and(|url| url.reveal().starts_with("https://")));
    assert_eq!(refused(client.codes().create(&page(5000, "A-1")).await), ErrorCode::M002007);

    let charge_id = elepay.pay_code(code.id.as_str(), "paypay").expect("an open page");
    let code = client.codes().get(&code.id).await?;
    assert_eq!(code.status, Some(CodeStatus::Captured));
    let charge = code.charge.expect("a charge");
    assert_eq!(charge.id.as_str(), charge_id);
    assert_eq!(charge.payment_method, Some(PaymentMethod::Paypay));
    assert_eq!(refused(client.codes().close(&code.id).await), ErrorCode::M006003);

    // The webhook, as the merchant's server gets it.
    let events = elepay.events();
    let event = events.last().expect("an event");
    let header = elepay.signature(event.body(), now(&sandbox));
    assert!(SIGNATURE_HEADER.eq_ignore_ascii_case(kessai_sandbox::elepay::SIGNATURE_HEADER));
    let webhooks = Webhooks::new(elepay.webhook_secret()).expect("a secret");
    let told = webhooks.event(&header, event.body()).expect("a genuine event");
    assert_eq!((told.type_.clone(), told.id.as_str()), (EventKind::ChargeSucceeded, event.id()));
    let Ok(Subject::Charge(told)) = told.subject() else { panic!("not a charge") };
    assert_eq!((told.id.as_str(), told.amount), (charge_id.as_str(), Some(5000)));

    // While the secret is replaced, the old one and the new one are both good.
    elepay.rotate_webhook_secret();
    let header = elepay.signature(event.body(), now(&sandbox));
    assert!(webhooks.event(&header, event.body()).is_ok());
    let newest = Webhooks::new(elepay.webhook_secret()).expect("a secret");
    assert!(newest.event(&header, event.body()).is_ok());
    elepay.ledger().assert_sound();
    Ok(())
}

fn now(sandbox: &Sandbox) -> i64 {
    sandbox.clock().now_ms() / 1000
}

#[tokio::test]
async fn a_page_that_nobody_pays_expires_and_frees_the_order() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());

    let code = client.codes().create(&page(5000, "A-1")).await?;
    let unpaid = elepay.begin_code(code.id.as_str(), "linepay").expect("an open page");
    sandbox.clock().advance(Duration::from_secs(11 * 60));

    let code = client.codes().get(&code.id).await?;
    assert_eq!((code.status, code.expired), (Some(CodeStatus::Closed), Some(true)));
    assert!(elepay.pay(&unpaid).is_err(), "its charge is revoked");
    let revoked = elepay.events().iter().any(|event| event.kind() == "charge.revoked");
    assert!(revoked, "and the merchant is told");

    client.codes().create(&page(5000, "A-1")).await?;
    assert_eq!(elepay.ledger().totals().get("JPY").map_or(0, |totals| totals.captured), 0);
    Ok(())
}

#[tokio::test]
async fn a_customer_registers_a_card_on_a_page_and_it_is_charged_later() -> Result<(), Error> {
    use kessai_elepay::charges::{ChargeStatus, CreateCharge};
    use kessai_elepay::customers::CreateCustomer;

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());
    let customer = client.customers().create(&CreateCustomer::default()).await?;

    let body = CreateCode {
        customer_id: Some(customer.id.clone()),
        should_create_source: Some(true),
        ..CreateCode::default()
    };
    let both = CreateCode { amount: Some(100), order_no: Some("A-1".into()), ..body.clone() };
    assert!(client.codes().create(&both).await.is_err(), "it registers or it pays, not both");
    let code = client.codes().create(&body).await?;
    let source = elepay.complete_code(code.id.as_str()).expect("an open page");

    let state = client.sources().get_status(&source.as_str().into()).await?;
    assert_eq!(state.status, Some(SourceStatus::Active));
    let body = CreateCharge {
        customer_id: Some(customer.id.clone()),
        source_id: Some(source.as_str().into()),
        ..CreateCharge::new(800, PaymentMethod::Creditcard, "A-2")
    };
    let charge = client.charges().create(&body).await?;
    assert_eq!(charge.status, Some(ChargeStatus::Captured), "without the customer");

    // Once the customer has ended it, nothing can be charged.
    elepay.cancel_source(&source).expect("an active source");
    let body = CreateCharge { order_no: "A-3".into(), ..body };
    assert_eq!(refused(client.charges().create(&body).await), ErrorCode::M002003);
    Ok(())
}
