//! The code of the README, so that it compiles; a test holds the two together.

use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    use kessai::elepay::charges::CaptureCharge;
    use kessai::elepay::{Client, SecretKey};

    let client = Client::new(SecretKey::new(std::env::var("ELEPAY_KEY")?)?)?;
    let id = "ch_4QpTz1LmK8".into();
    let part = CaptureCharge { amount: Some(1200), ..CaptureCharge::default() };
    let charge = client.charges().capture(&id, &part).await?;
    println!("{:?}: {:?} of {:?}", charge.status, charge.amount, charge.authorize_amount);

    if let Err(error) = client.charges().revoke(&id).await {
        println!("{}", advice(&error));
    }
    Ok(())
}

fn advice(error: &kessai::Error) -> &'static str {
    use kessai::Outcome;

    match error.outcome() {
        Outcome::NotSent => "nothing left this machine: it is safe to send it again",
        Outcome::Refused => "the provider said no, and this call did nothing: read error.refusal()",
        Outcome::Unknown => "the money may have moved: look before you send anything again",
    }
}
