//! AppotaPay: a reference is taken once for each product, and looked up by itself.

use kessai_appotapay::{Callbacks, Client, Credentials, Environment};

use super::till::Setup;

mod cards;
mod payments;
mod transfers;

pub use cards::Cards;
pub use payments::Payments;
pub use transfers::Transfers;

fn credentials(setup: &Setup) -> Credentials {
    let appotapay = setup.sandbox.appotapay();
    let (partner, key) = (appotapay.partner_code(), appotapay.api_key());
    Credentials::new(partner, key, appotapay.secret_key()).expect("keys")
}

fn client(setup: &Setup) -> Client {
    let builder = Client::builder(Environment::Sandbox, credentials(setup));
    let builder = builder.base_url(&setup.base_url).clock(setup.clock.clone());
    builder.limits(setup.limits.clone()).build().expect("a client")
}

fn callbacks(setup: &Setup) -> Callbacks {
    Callbacks::new(credentials(setup))
}

/// The bodies of all callbacks of a kind after so many others.
fn events(setup: &Setup, kind: &str, after: usize) -> Vec<Vec<u8>> {
    let events = setup.sandbox.appotapay().events();
    let own = events.iter().filter(|event| event.kind() == kind);
    own.skip(after).map(|event| event.body().to_vec()).collect()
}
