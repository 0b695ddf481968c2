//! A customer who says that the payment was not theirs.

use kessai_elepay::disputes::{DisputeStatus, ListDisputes};
use kessai_elepay::errors::ErrorCode;
use kessai_elepay::refunds::CreateRefund;
use kessai_elepay::{Error, charges::CaptureCharge};
use kessai_sandbox::Sandbox;

use super::{client, hold, refused};

#[tokio::test]
async fn a_disputed_charge_cannot_be_refunded_until_the_dispute_is_won() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let client = client(elepay.base_url(), elepay.secret_key());
    let charge = client.charges().create(&hold(3000, "A-1")).await?;
    assert!(elepay.dispute(charge.id.as_str(), "never seen").is_err(), "nothing is paid yet");
    client.charges().capture(&charge.id, &CaptureCharge::default()).await?;

    let dispute = elepay.dispute(charge.id.as_str(), "never seen").expect("a paid charge");
    let charge = client.charges().get(&charge.id).await?;
    assert_eq!(charge.disputed, Some(true));
    let back = CreateRefund::new(1000);
    assert_eq!(refused(client.refunds().create(&charge.id, &back).await), ErrorCode::M006006);
    let query = ListDisputes { charge_id: Some(charge.id.clone()), ..ListDisputes::default() };
    let open = client.disputes().list_all(&query).into_vec().await?;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].status, Some(DisputeStatus::New));
    assert_eq!((open[0].amount, open[0].resolved_time), (Some(3000), None));

    elepay.resolve_dispute(&dispute, true).expect("an open dispute");
    let dispute = client.disputes().get(&dispute.as_str().into()).await?;
    assert_eq!(dispute.status, Some(DisputeStatus::Won));
    assert!(dispute.resolved_time >= dispute.create_time);
    client.refunds().create(&charge.id, &back).await?;
    elepay.ledger().assert_sound();
    Ok(())
}
